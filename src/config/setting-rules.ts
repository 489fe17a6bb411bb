import type { Text } from "../shared/language.ts";
import { movedSecrets } from "./moved-secrets.ts";
import { hiddenPart, isOptionKey, isSettableInPage, mayHoldSecret } from "./page-settings.ts";
import type { ConfigReader } from "./read.ts";
import { inPage, remark } from "./remark.ts";

interface SettingsMove {
  readonly former: Readonly<Record<string, unknown>>;
  readonly next: Readonly<Record<string, unknown>>;
  readonly given: readonly string[];
}

/** What the options allow the page; the shape that the settings' use cases ask for. */
export const settingRules = (reader: ConfigReader) => ({
  isKnown: (key: string): boolean => isOptionKey(key),
  isSettable: (key: string): boolean => isOptionKey(key) && isSettableInPage(key),
  mayHoldSecret: (key: string): boolean => isOptionKey(key) && mayHoldSecret(key),
  isOverruled: (key: string): boolean =>
    reader.describe({}).some((option) => option.key === key && option.source === "commandLine"),
  check(values: Readonly<Record<string, unknown>>): readonly Text[] {
    const masked = Object.entries(values).filter(([, value]) => JSON.stringify(value)?.includes(hiddenPart));
    if (masked.length > 0) return masked.map(([key]) => stillMasked(key));
    const read = reader.read(values);
    return "faults" in read ? read.faults.map(({ text }) => text) : [];
  },
  checkMove: ({ former, next, given }: SettingsMove): readonly Text[] =>
    movedSecrets({ former: reader.describe(former), next: reader.describe(next), given }),
});

const stillMasked = (key: string): Text =>
  remark(
    { option: key, where: inPage },
    {
      fr: `la valeur contient encore ${hiddenPart} à la place du mot de passe ; écrivez-la en entier.`,
      en: `the value still holds ${hiddenPart} in the place of the password; write all of it.`,
    },
  ).text;
