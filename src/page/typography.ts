import type { Language } from "../shared/language.ts";

const noBreak = "\u00a0";
const thinNoBreak = "\u202f";

/**
 * A text with the spaces that its language puts beside punctuation, so that none of it begins a line. French has a
 * no-break space before the colon and inside guillemets and a narrow one before `;`, `!` and `?` (Imprimerie nationale,
 * Lexique des règles typographiques); English has none before any of them. A unit stays with its figure in both.
 */
export function spaced(text: string, language: Language): string {
  const whole = text.replace(/(?<=\d) (?=(?:k?(?:Wh|VA|W)|ct|min|h|s|[€%])(?![\p{L}\d]))/gu, thinNoBreak);
  if (language === "en") return whole.replace(/ (?=[:;!?](?:\s|$))/g, "");
  return whole
    .replace(/ (?=[:»])/g, noBreak)
    .replace(/« /g, `«${noBreak}`)
    .replace(/ (?=[;!?])/g, thinNoBreak);
}
