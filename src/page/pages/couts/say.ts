import type { Language } from "../../../shared/language.ts";

/** One of two sentences that say the same. */
export const say = (language: Language, fr: string, en: string): string => (language === "fr" ? fr : en);
