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

export interface TempoRemaining {
  /** Days of the season whose colour has not been announced. */
  readonly notAnnounced: Readonly<Record<TempoColor, number>>;
  /** Days of the season after the one in force, announced or not. */
  readonly notLived: Readonly<Record<TempoColor, number>>;
}

/**
 * What remains of the season of `today`. `remaining` is null while a day from the season's start to today has no known
 * colour, because an unknown day is not a blue one; `unknownPastDays` tells how many there are.
 */
export function tempoRemaining(
  known: readonly TempoDay[],
  today: LocalDate,
): { readonly remaining: TempoRemaining | null; readonly unknownPastDays: number } {
  const season = tempoSeasonOf(today);
  const inSeason = known.filter((day) => day.date >= season.first && day.date <= season.last);
  const lived = inSeason.filter((day) => day.date <= today);
  const unknownPastDays = daysBetween(season.first, today) + 1 - lived.length;
  if (unknownPastDays > 0) return { remaining: null, unknownPastDays };
  return {
    remaining: { notAnnounced: lessOf(season.allotted, inSeason), notLived: lessOf(season.allotted, lived) },
    unknownPastDays: 0,
  };
}

function lessOf(allotted: Readonly<Record<TempoColor, number>>, days: readonly TempoDay[]): Record<TempoColor, number> {
  const left = { ...allotted };
  for (const day of days) left[day.color]--;
  return left;
}
