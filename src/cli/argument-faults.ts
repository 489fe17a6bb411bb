import { nearMiss } from "../config/near-miss.ts";
import type { Text } from "../shared/language.ts";

/** A word that nothing takes. */
export const tooMuch = (word: string, name: string): Text =>
  hinted(`« ${word} » est de trop après ${name}`, `"${word}" is too much after ${name}`);

/** What stands before an @ in an address may be a password. */
export const withoutCredentials = (word: string): string => word.replace(/\/\/.*@/, "//•••@");

const nouns = { option: "option", commande: "command", destination: "destination" } as const;

/** A word that is none of those known, with the one that may be meant. */
export function unknown(typed: string, known: readonly string[], what: keyof typeof nouns): Text {
  const word = withoutCredentials(typed);
  const meant = nearMiss(word, known);
  const fr = `${what} inconnue : ${word}`;
  const en = `unknown ${nouns[what]}: ${word}`;
  return meant === undefined
    ? hinted(fr, en)
    : { fr: `${fr} ; vouliez-vous dire ${meant} ?`, en: `${en}; did you mean ${meant}?` };
}

export const hinted = (fr: string, en: string): Text => ({
  fr: `${fr} ; « linky-bridge help » montre ce qui est possible.`,
  en: `${en}; "linky-bridge help" shows what is possible.`,
});
