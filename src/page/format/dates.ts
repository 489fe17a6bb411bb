import { addDays, daysBetween, mondayOf } from "../../domain/calendar.ts";
import type { LocalDate } from "../../domain/units.ts";
import type { Language } from "../../shared/language.ts";

const locales: Readonly<Record<Language, string>> = { fr: "fr-FR", en: "en-GB" };
const formats = new Map<string, Intl.DateTimeFormat>();

function formatted(date: string, language: Language, parts: Intl.DateTimeFormatOptions): string {
  const key = `${language}${JSON.stringify(parts)}`;
  let format = formats.get(key);
  if (format === undefined) {
    // A day is no instant: it is read and written on the same clock, whichever that is.
    format = new Intl.DateTimeFormat(locales[language], { timeZone: "UTC", ...parts });
    formats.set(key, format);
  }
  const text = format.format(Date.parse(`${date}T00:00:00Z`));
  return language === "fr" ? text.replace(/(^| )1 (?=\p{Letter})/u, "$11er ") : text;
}

/** `jeudi 19 novembre`, `Thursday 19 November`. */
export const dayInFull = (date: LocalDate, language: Language): string =>
  formatted(date, language, { weekday: "long", day: "numeric", month: "long" }).replace(",", "");

/** `jeudi 19 novembre 2026`. */
export const dayInFullWithYear = (date: LocalDate, language: Language): string =>
  formatted(date, language, { weekday: "long", day: "numeric", month: "long", year: "numeric" }).replace(",", "");

/** `19 nov. 2026`. */
export const dayShort = (date: LocalDate, language: Language): string =>
  formatted(date, language, { day: "numeric", month: "short", year: "numeric" });

/** `19 nov.` */
export const dayAndMonth = (date: LocalDate, language: Language): string =>
  formatted(date, language, { day: "numeric", month: "short" });

/** `jeu. 19`, for an axis of a few days. */
export const weekdayAndDay = (date: LocalDate, language: Language): string =>
  formatted(date, language, { weekday: "short", day: "numeric" }).replace(",", "");

/** `novembre 2026`: of a month `YYYY-MM`. */
export const monthInFull = (month: string, language: Language): string =>
  formatted(`${month}-01`, language, { month: "long", year: "numeric" });

/** `novembre`. */
export const monthName = (month: string, language: Language): string =>
  formatted(`${month}-01`, language, { month: "long" });

/** `nov.` */
export const monthShort = (month: string, language: Language): string =>
  formatted(`${month}-01`, language, { month: "short" });

/** `L`, `M`… for the head of a calendar; 1 is Monday. */
export const weekdayLetter = (weekday: number, language: Language): string =>
  formatted(addDays("2024-01-01" as LocalDate, weekday - 1), language, { weekday: "narrow" });

export const weekdayName = (weekday: number, language: Language): string =>
  formatted(addDays("2024-01-01" as LocalDate, weekday - 1), language, { weekday: "long" });

/** `du 16 au 22 novembre 2026`, `du 30 nov. au 6 déc. 2026`; both ends included. */
export function span({ from, to }: { from: LocalDate; to: LocalDate }, language: Language): string {
  if (from === to) return dayShort(from, language);
  const isSameMonth = from.slice(0, 7) === to.slice(0, 7);
  const isSameYear = from.slice(0, 4) === to.slice(0, 4);
  const start = isSameMonth
    ? dayOfMonth(from, language)
    : isSameYear
      ? dayAndMonth(from, language)
      : dayShort(from, language);
  const end = isSameMonth
    ? formatted(to, language, { day: "numeric", month: "long", year: "numeric" })
    : dayShort(to, language);
  return language === "fr" ? `du ${start} au ${end}` : `${start} to ${end}`;
}

const dayOfMonth = (date: LocalDate, language: Language): string => {
  const day = Number(date.slice(8, 10));
  return day === 1 && language === "fr" ? "1er" : String(day);
};

/** The week that holds `date`, Monday to Sunday. */
export const weekSpan = (date: LocalDate, language: Language): string =>
  span({ from: mondayOf(date), to: addDays(mondayOf(date), 6) }, language);

/** `hier`, `aujourd'hui`, `demain`; null for any other day. */
export function nearDay(date: LocalDate, today: LocalDate, language: Language): string | null {
  return near[language][daysBetween(today, date)] ?? null;
}

const near: Readonly<Record<Language, Readonly<Record<number, string>>>> = {
  fr: { [-2]: "avant-hier", [-1]: "hier", 0: "aujourd'hui", 1: "demain", 2: "après-demain" },
  en: { [-1]: "yesterday", 0: "today", 1: "tomorrow" },
};

/** A sentence's beginning: `hier` becomes `Hier`. */
export const capitalised = (text: string): string => text.slice(0, 1).toLocaleUpperCase() + text.slice(1);
