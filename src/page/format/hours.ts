import { boundsOf, clockMinutesAt, dateAt, instantsAt, parisOffsetMs, wallAt } from "../../domain/calendar.ts";
import { hourMs, type Instant, type LocalDate } from "../../domain/units.ts";
import type { Language, Text } from "../../shared/language.ts";
import { dayAndMonth, nearDay } from "./dates.ts";

/** An instant as the API writes it: ISO 8601 in UTC. */
export const instantOf = (iso: string): Instant => Date.parse(iso) as Instant;

const summer: Text = { fr: "heure d'été", en: "summer time" };
const winter: Text = { fr: "heure d'hiver", en: "winter time" };

/**
 * The clock in Paris: `2 h`, `6 h 30`, `02:00`. On the hour that autumn repeats, which of the two it is:
 * `2 h (heure d'été)` and `2 h (heure d'hiver)`.
 */
export function clock(at: Instant, language: Language): string {
  const time = timeOf(clockMinutesAt(at), language);
  if (instantsAt(wallAt(at)).length < 2) return time;
  const name = parisOffsetMs(at) === 2 * hourMs ? summer : winter;
  return `${time} (${name[language]})`;
}

/** `6 h 30`, `06:30`: of minutes after midnight. */
export function timeOf(minutes: number, language: Language): string {
  const hour = Math.floor(minutes / 60);
  const minute = String(minutes % 60).padStart(2, "0");
  if (language === "en") return `${String(hour).padStart(2, "0")}:${minute}`;
  return minute === "00" ? `${hour}\u202fh` : `${hour}\u202fh\u202f${minute}`;
}

/** `de 2 h à 2 h 30`, `02:00 to 02:30`. */
export function interval({ start, end }: { start: Instant; end: Instant }, language: Language): string {
  const from = clock(start, language);
  const to = clock(end, language);
  return language === "fr" ? `de ${from} à ${to}` : `${from} to ${to}`;
}

/** What the scale of a day's hours does not tell where the clocks change; null on every other day. */
export function clockChangeNote(date: LocalDate, language: Language): string | null {
  const { start, end } = boundsOf(date);
  return changes[(end - start) / hourMs]?.[language] ?? null;
}

/** By the hours that the day has. */
const changes: Readonly<Record<number, Text>> = {
  23: {
    fr: "Cette journée a 23 heures : on y passe de 2 h à 3 h d'un coup.",
    en: "This day has 23 hours: it goes from 02:00 straight to 03:00.",
  },
  25: {
    fr: "Cette journée a 25 heures : celle de 2 h à 3 h y est deux fois.",
    en: "This day has 25 hours: that from 02:00 to 03:00 is there twice.",
  },
};

/** `aujourd'hui à 8 h 07`, `le 12 nov. à 8 h 07`: when something happened or will. */
export function moment(at: Instant, now: Instant, language: Language): string {
  const date = dateAt(at);
  const day = nearDay(date, dateAt(now), language) ?? onDay(date, language);
  return language === "fr" ? `${day} à ${clock(at, "fr")}` : `${day} at ${clock(at, "en")}`;
}

const onDay = (date: LocalDate, language: Language): string =>
  language === "fr" ? `le ${dayAndMonth(date, "fr")}` : `on ${dayAndMonth(date, "en")}`;

/** `il y a 5 min`, `il y a 3 h`, `il y a 2 jours`; null for what is to come. */
export function ago(at: Instant, now: Instant, language: Language): string | null {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 0) return null;
  if (minutes < 1) return language === "fr" ? "à l'instant" : "just now";
  const length = lengthOf(minutes, language);
  return language === "fr" ? `il y a ${length}` : `${length} ago`;
}

function lengthOf(minutes: number, language: Language): string {
  if (minutes < 60) return `${minutes}\u202fmin`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)}\u202fh`;
  return `${Math.floor(minutes / 1440)}\u202f${language === "fr" ? "jours" : "days"}`;
}
