import { addYears, dayNumber, daysFromTo, firstOfMonth, localDate, weekdayOf } from "../calendar.ts";
import type { DayCost } from "../tariff/cost.ts";
import { type ExactSum, exactPerMicroEur, type MicroEur, microEur } from "../tariff/price.ts";
import type { LocalDate } from "../units.ts";

/**
 * By what a day to come is estimated, the first that has days enough:
 *
 * | basis | days | at least |
 * |---|---|---|
 * | `weekday_in_season` | same weekday, at most 30 days from this time of the year, in any year | 4 |
 * | `weekday` | same weekday | 4 |
 * | `any_day` | all | 7 |
 */
export const projectionBases = ["weekday_in_season", "weekday", "any_day"] as const;
export type ProjectionBasis = (typeof projectionBases)[number];

const leastDays: Readonly<Record<ProjectionBasis, number>> = { weekday_in_season: 4, weekday: 4, any_day: 7 };
const seasonDays = 30;

export interface ProjectionInput {
  /** `YYYY-MM`. */
  readonly month: string;
  /** Costs of days of the month; those that are not whole are estimated like days to come. */
  readonly known: readonly DayCost[];
  /** The household's days to go by, best at the prices of today: an old price tells what the day cost, not what it will. */
  readonly usual: readonly DayCost[];
  /** Of the whole month; null: not known. */
  readonly standing: MicroEur | null;
}

export interface Range {
  readonly expected: MicroEur;
  readonly low: MicroEur;
  readonly high: MicroEur;
}

export interface Projection {
  readonly month: string;
  readonly knownDays: number;
  readonly knownCost: MicroEur;
  /** How many days are estimated by what. */
  readonly estimatedDays: Readonly<Record<ProjectionBasis, number>>;
  /**
   * Energy of the month. Expected: known days plus the mean of each other day's basis. Low and high: its quartiles, all
   * added up as if every day leant the same way, because a cold week is cold on all its days.
   */
  readonly energy: Range;
  /** With the standing charge; null while that is not known. */
  readonly total: Range | null;
}

/** The first day to go by in the month of `date`: the same month of the year before is in it whole. */
export const usualSince = (date: LocalDate): LocalDate => addYears(firstOfMonth(date), -1);

/** What a month will have cost, from its known days and the household's usual ones; null while too few are known. */
export function projectMonth({ month, known, usual, standing }: ProjectionInput): Projection | null {
  const costOn = new Map(wholeOf(known).map((day) => [day.date, day.microEur]));
  const days = wholeOf(usual);
  const sum = { knownDays: 0, known: 0, expected: 0, low: 0, high: 0 };
  const estimatedDays = { weekday_in_season: 0, weekday: 0, any_day: 0 };
  for (const date of daysOfMonth(month)) {
    const cost = costOn.get(date);
    if (cost !== undefined) {
      sum.knownDays++;
      sum.known += cost;
      continue;
    }
    const estimate = estimateOf(date, days);
    if (estimate === null) return null;
    estimatedDays[estimate.basis]++;
    sum.expected += estimate.mean;
    sum.low += estimate.low;
    sum.high += estimate.high;
  }
  const rangeOver = (base: number): Range => ({
    expected: microEur(Math.round(base + sum.expected)),
    low: microEur(Math.round(base + sum.low)),
    high: microEur(Math.round(base + sum.high)),
  });
  return {
    month,
    knownDays: sum.knownDays,
    knownCost: microEur(Math.round(sum.known)),
    estimatedDays,
    energy: rangeOver(sum.known),
    total: standing === null ? null : rangeOver(sum.known + standing),
  };
}

interface UsualDay {
  readonly date: LocalDate;
  /** Not rounded. */
  readonly microEur: number;
}

const wholeOf = (days: readonly DayCost[]): UsualDay[] =>
  days.flatMap(({ date, cost, isWhole }) => (isWhole && cost !== null ? [{ date, microEur: unrounded(cost) }] : []));

const unrounded = (cost: ExactSum): number => Number(cost) / exactPerMicroEur;

function daysOfMonth(month: string): LocalDate[] {
  const first = localDate(`${month}-01`);
  return daysFromTo(first, lastOfMonth(first));
}

function lastOfMonth(first: LocalDate): LocalDate {
  const [year, month] = [Number(first.slice(0, 4)), Number(first.slice(5, 7))];
  return localDate(new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10));
}

interface Estimate {
  readonly basis: ProjectionBasis;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

function estimateOf(date: LocalDate, usual: readonly UsualDay[]): Estimate | null {
  for (const basis of projectionBases) {
    const costs = usual.filter((day) => servesAs(basis, day.date, date)).map(({ microEur }) => microEur);
    if (costs.length < leastDays[basis]) continue;
    const sorted = costs.sort((a, b) => a - b);
    return {
      basis,
      mean: sorted.reduce((sum, cost) => sum + cost, 0) / sorted.length,
      low: sorted[Math.floor((sorted.length - 1) / 4)] ?? 0,
      high: sorted[Math.ceil(((sorted.length - 1) * 3) / 4)] ?? 0,
    };
  }
  return null;
}

function servesAs(basis: ProjectionBasis, usual: LocalDate, date: LocalDate): boolean {
  switch (basis) {
    case "weekday_in_season":
      return weekdayOf(usual) === weekdayOf(date) && seasonalDistance(usual, date) <= seasonDays;
    case "weekday":
      return weekdayOf(usual) === weekdayOf(date);
    case "any_day":
      return true;
  }
}

const yearDays = 365.25;

/** Days between two times of the year, whichever the years: at most half a year. */
function seasonalDistance(a: LocalDate, b: LocalDate): number {
  const apart = Math.abs(dayNumber(a) - dayNumber(b)) % yearDays;
  return Math.min(apart, yearDays - apart);
}
