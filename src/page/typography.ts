import type { Language } from "../shared/language.ts";

const noBreak = "\u00a0";
const thinNoBreak = "\u202f";

/**
 * A text with the spaces that its language puts beside punctuation, so that none of it begins a line. French has a
 * no-break space before the colon and inside guillemets and a narrow one before `;`, `!` and `?` (Imprimerie nationale,
 * Lexique des règles typographiques); English has none before any of them.
 */
export function spaced(text: string, language: Language): string {
  if (language === "en") return text.replace(/ (?=[:;!?](?:\s|$))/g, "");
  return text
    .replace(/ (?=[:»])/g, noBreak)
    .replace(/« /g, `«${noBreak}`)
    .replace(/ (?=[;!?])/g, thinNoBreak);
}
