import type { Config } from "./config/config.ts";
import type { ConfigReader } from "./config/read.ts";
import { type Fault, inPage } from "./config/remark.ts";
import type { PageValues } from "./config/sources.ts";
import type { Text } from "./shared/language.ts";
import type { Logger } from "./shared/log.ts";
import type { PageSettings } from "./sync/settings/settings.ts";

/**
 * The config with what was set in the page. What no longer goes with the environment, which may have changed since, is
 * left out and told: the service starts with the rest, and its page is there to set it right.
 */
export function configWithPage(
  base: Config,
  reader: ConfigReader,
  { page: { values, unreadable }, log }: { readonly page: PageSettings; readonly log: Logger },
): Config {
  for (const key of unreadable) log.warn({ option: key }, secretLost(key)[base.language]);
  for (let left = values; Object.keys(left).length > 0; ) {
    const read = reader.read(left);
    if ("config" in read) return read.config;
    for (const { text } of read.faults) log.warn(text[base.language]);
    left = lessFaulty(left, reader, read.faults);
  }
  return base;
}

/** The values without those at fault; always fewer of them. */
function lessFaulty(values: PageValues, reader: ConfigReader, faults: readonly Fault[]): PageValues {
  const keys = Object.keys(values);
  const faulty = keys.filter((key) => faults.some(({ option, where }) => where === inPage && option === key));
  if (faulty.length > 0) return without(values, faulty);
  // What is missing is no value to leave out: the one that asks for it is.
  const asking = keys.find((key) => {
    const read = reader.read(without(values, [key]));
    return "config" in read || read.faults.length < faults.length;
  });
  // Where no single one is at fault, all of them together are.
  return asking === undefined ? {} : without(values, [asking]);
}

const without = (values: PageValues, left: readonly string[]): PageValues =>
  Object.fromEntries(Object.entries(values).filter(([key]) => !left.includes(key)));

const secretLost = (key: string): Text => ({
  fr: `${key} ne peut plus être lu : la clé des secrets (secret.key ou LINKY_SECRET_KEY) n'est plus la même. Redonnez-le dans les réglages ; rien d'autre n'est perdu.`,
  en: `${key} can no longer be read: the key of secrets (secret.key or LINKY_SECRET_KEY) is no longer the same. Give it again in the settings; nothing else is lost.`,
});
