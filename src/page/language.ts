import { signal } from "@preact/signals";
import { type Language, languages, type Text } from "../shared/language.ts";
import { remember, remembered } from "./memory.ts";

const isLanguage = (text: string | null): text is Language => languages.some((language) => language === text);

const chosen = remembered("language");

/** What the page speaks: the reader's choice, else the browser's language. */
export const language = signal<Language>(
  isLanguage(chosen) ? chosen : navigator.language.startsWith("fr") ? "fr" : "en",
);

/** The reader's own choice, which this browser keeps. */
export function chooseLanguage(next: Language): void {
  remember("language", next);
  language.value = next;
}

/** The text in the page's language; what calls it is drawn again when that changes. */
export const t = (text: Text): string => text[language.value];
