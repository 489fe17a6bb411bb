import { addDays, clockMinutesAt, dateAt, daysBetween, localDate } from "./calendar.ts";
import type { Instant, LocalDate } from "./units.ts";

/** As users of today's tools read them in topics and entities. */
export const tempoColors = ["BLEU", "BLANC", "ROUGE"] as const;
export type TempoColor = (typeof tempoColors)[number];

/** The colour of the Tempo day that begins at 06:00 Paris time on `date`. */
export interface TempoDay {
  readonly date: LocalDate;
  readonly color: TempoColor;
  /** When RTE, else the source, last said so; null when neither tells. */
  readonly announcedAt: Instant | null;
}

/** A Tempo day runs from 06:00 to 06:00 on a Paris clock. */
const dayStartsAtMinutes = 6 * 60;

/** The Tempo day in force at `at`: before 06:00 it is still the previous date's. */
export function tempoDateAt(at: Instant): LocalDate {
  const date = dateAt(at);
  return clockMinutesAt(at) < dayStartsAtMinutes ? addDays(date, -1) : date;
}

/** 1 September to 31 August: 22 red and 43 white days, the others blue (300, or 301 with a 29 February). */
export interface TempoSeason {
  /** `2026-2027`. */
  readonly name: string;
  readonly first: LocalDate;
  readonly last: LocalDate;
  readonly allotted: Readonly<Record<TempoColor, number>>;
}

const whiteDays = 43;
const redDays = 22;

export function tempoSeasonOf(date: LocalDate): TempoSeason {
  const calendarYear = Number(date.slice(0, 4));
  const year = date.slice(5) >= "09-01" ? calendarYear : calendarYear - 1;
  const first = localDate(`${year}-09-01`);
  const last = localDate(`${year + 1}-08-31`);
  const days = daysBetween(first, last) + 1;
  return {
    name: `${year}-${year + 1}`,
    first,
    last,
    allotted: { BLEU: days - whiteDays - redDays, BLANC: whiteDays, ROUGE: redDays },
  };
}

/** Days left of a season, by colour. */
export interface TempoRemaining {
  /**
   * The meaning of "days left" wherever one figure is shown: those whose colour nobody has announced. A day counts from its
   * announcement on (about 11:00 on its eve), because what a household asks is how many red days may still come.
   */
  readonly notAnnounced: Readonly<Record<TempoColor, number>>;
  /** A detail beside it: also the day that is announced and has not begun. */
  readonly notLived: Readonly<Record<TempoColor, number>>;
}

/**
 * What remains of a season, by default that of `today`, while the Tempo day `today` is in force: colours of the day after
 * it are announced, those of later days are not, so that a past day gives what was left on it. `remaining` is null while a
 * day from the season's start to today has no known colour, because an unknown day is not a blue one; `unknownPastDays`
 * tells how many there are.
 */
export function tempoRemaining(
  known: readonly TempoDay[],
  today: LocalDate,
  season: TempoSeason = tempoSeasonOf(today),
): { readonly remaining: TempoRemaining | null; readonly unknownPastDays: number } {
  const { first, last, allotted } = season;
  const tomorrow = addDays(today, 1);
  const announced = known.filter(({ date }) => date >= first && date <= last && date <= tomorrow);
  const lived = announced.filter(({ date }) => date <= today);
  const past = Math.max(0, daysBetween(first, today < last ? today : last) + 1);
  const unknownPastDays = past - lived.length;
  if (unknownPastDays > 0) return { remaining: null, unknownPastDays };
  return {
    remaining: { notAnnounced: lessOf(allotted, announced), notLived: lessOf(allotted, lived) },
    unknownPastDays: 0,
  };
}

/**
 * What history keeps of a Tempo day: the days left once the colour after it was announced, or that none follows in its
 * season. Null before that, and while a day is unknown. The first day of a season is told at once, so that no count of the
 * season before stands for it.
 */
export function tempoRemainingAfter(
  known: readonly TempoDay[],
  date: LocalDate,
): Readonly<Record<TempoColor, number>> | null {
  const { first, last } = tempoSeasonOf(date);
  const next = addDays(date, 1);
  const isTold = date === first || date === last || known.some((day) => day.date === next);
  return isTold ? (tempoRemaining(known, date).remaining?.notAnnounced ?? null) : null;
}

function lessOf(allotted: Readonly<Record<TempoColor, number>>, days: readonly TempoDay[]): Record<TempoColor, number> {
  const left = { ...allotted };
  for (const day of days) left[day.color]--;
  return left;
}
