import type { Text } from "../../../shared/language.ts";
import { texts } from "./texts.ts";

/** The fewest characters, as `passwordLength` of the API has it. */
const fewest = 8;

export interface Choice {
  readonly code: string;
  readonly password: string;
  readonly again: string;
}

/** What is at fault with a password that is being chosen, by field; empty when it can be sent. */
export function faultsOf({ code, password, again }: Choice): Partial<Readonly<Record<keyof Choice, Text>>> {
  const isShort = [...password.normalize("NFKC")].length < fewest;
  return {
    ...(code.trim() === "" ? { code: texts.codeMissing } : {}),
    ...(isShort ? { password: texts.short } : password !== again ? { again: texts.differs } : {}),
  };
}

/** Where a reader goes who is let in: back to what was asked for, never to another site or in a circle. */
export const placeAfter = (back: string | undefined): string =>
  back?.startsWith("#/") === true && !back.startsWith("#/connexion") ? back : "#/";

/** `Trop d'essais : attendez 8 s avant le prochain.` as the seconds go by. */
export const waitSentence = (seconds: number): Text => ({
  fr: `Trop d'essais : le prochain sera possible dans ${seconds} s.`,
  en: `Too many attempts: the next one is possible in ${seconds} s.`,
});
