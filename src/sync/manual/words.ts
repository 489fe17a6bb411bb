import { type Instant, type LocalDate, toKwh, type Wh } from "../../domain/units.ts";
import type { Language } from "../../shared/language.ts";

const locales: Readonly<Record<Language, string>> = { fr: "fr-FR", en: "en-GB" };

const formatOf = (language: Language): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locales[language], {
    timeZone: "Europe/Paris",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
const formats = { fr: formatOf("fr"), en: formatOf("en") };

/** `22 novembre 2026 à 01:04`, on a Paris clock. */
export const momentText = (at: Instant, language: Language): string =>
  withOrdinal(formats[language].format(at), language);

/** French counts the first of a month: `1er mars`. */
const withOrdinal = (text: string, language: Language): string =>
  language === "fr" ? text.replace(/^1 /, "1er ") : text;

/** `14,820 kWh`: exact to the watt-hour, since differences are what is read. */
export const energyText = (energy: Wh, language: Language): string =>
  `${toKwh(energy).toLocaleString(locales[language], { minimumFractionDigits: 3 })}\u202FkWh`;

const dayFormatOf = (language: Language): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locales[language], { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" });
const dayFormats = { fr: dayFormatOf("fr"), en: dayFormatOf("en") };

/** `19 novembre 2026`. */
export const dayText = (date: LocalDate, language: Language): string =>
  withOrdinal(dayFormats[language].format(Date.parse(`${date}T00:00:00Z`)), language);
