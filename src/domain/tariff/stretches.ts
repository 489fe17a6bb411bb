import { boundsOf } from "../calendar.ts";
import { type Instant, type LocalDate, minuteMs } from "../units.ts";
import { type ClockPiece, clockPieces } from "./clock-day.ts";
import { type ColorOn, factsKey, factsOf } from "./clock-day-facts.ts";
import type { TariffPeriod } from "./period.ts";
import { type PlanHistory, planOn, type TariffPlan } from "./plan.ts";

export type { ColorOn } from "./clock-day-facts.ts";

/** `[start, end)` under one tariff period; null is pending, which is no period and never guessed. */
export interface Stretch {
  readonly start: Instant;
  readonly end: Instant;
  readonly period: TariffPeriod | null;
}

/**
 * The civil day cut where its price changes: ascending, without hole or overlap from midnight to midnight in Paris,
 * neighbours of different periods. Prices follow the clock that is shown, so that both readings of the repeated hour
 * fall under the same windows, and minutes that no clock shows belong to none.
 */
export function stretchesOf(date: LocalDate, history: PlanHistory, colorOn: ColorOn): readonly Stretch[] {
  const { start, minutes } = boundsOf(date);
  return patternOf(date, planOn(history, date), { colorOn, minutes }).map(({ from, to, period }) => ({
    start: (start + from * minuteMs) as Instant,
    end: (start + to * minuteMs) as Instant,
    period,
  }));
}

/** In minutes since the day's first instant, unlike a clock's. */
type Pattern = readonly ClockPiece[];

/** Ten years hold few different days: each is cut once per plan, and forgotten with it. */
const patterns = new WeakMap<TariffPlan, Map<number, Pattern>>();

function patternOf(
  date: LocalDate,
  plan: TariffPlan,
  { colorOn, minutes }: { readonly colorOn: ColorOn; readonly minutes: number },
): Pattern {
  const known = patterns.get(plan) ?? new Map<number, Pattern>();
  patterns.set(plan, known);
  const facts = factsOf(date, plan, colorOn);
  const key = factsKey(facts) * longestDay + minutes;
  let pattern = known.get(key);
  if (pattern === undefined) {
    pattern = elapsed(clockPieces(plan, facts), minutes);
    known.set(key, pattern);
  }
  return pattern;
}

const longestDay = 1501;

/** What a clock shows in the course of a day of so many minutes: 02:00 to 03:00 is left out in spring and told twice in autumn. */
const clockRuns = new Map<number, readonly { readonly from: number; readonly to: number }[]>([
  [
    1380,
    [
      { from: 0, to: 120 },
      { from: 180, to: 1440 },
    ],
  ],
  [1440, [{ from: 0, to: 1440 }]],
  [
    1500,
    [
      { from: 0, to: 180 },
      { from: 120, to: 1440 },
    ],
  ],
]);

function elapsed(pieces: readonly ClockPiece[], minutes: number): Pattern {
  const runs = clockRuns.get(minutes);
  if (!runs) throw new RangeError(`No Paris day has ${minutes} minutes`);
  const pattern: { from: number; to: number; readonly period: TariffPeriod | null }[] = [];
  let at = 0;
  for (const run of runs)
    for (const piece of pieces) {
      const length = Math.min(piece.to, run.to) - Math.max(piece.from, run.from);
      if (length <= 0) continue;
      const last = pattern.at(-1);
      if (last && last.period === piece.period) last.to += length;
      else pattern.push({ from: at, to: at + length, period: piece.period });
      at += length;
    }
  return pattern;
}
