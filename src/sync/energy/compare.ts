import { addDays, dateAt } from "../../domain/calendar.ts";
import { dailyBars } from "../../domain/statistics/daily-bars.ts";
import { type Instant, type LocalDate, type WattMinutes, wattMinutes } from "../../domain/units.ts";
import type { StatisticRow } from "../statistics/recorder.ts";

/** Energy by hour; hours in which nothing is known are absent. */
export type Curve = ReadonlyMap<Instant, WattMinutes>;

/** How two curves compare over the days on which both know some energy. */
export interface Likeness {
  readonly commonDays: number;
  /** Those on which the curves are so alike that they are of one house. */
  readonly alikeDays: number;
  /** 1 where they are the same, 0 where they have nothing in common: the mean of the common days; null without any. */
  readonly likeness: number | null;
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  readonly ownEnergy: WattMinutes;
  readonly otherEnergy: WattMinutes;
  /** Whether both are of one house: alike on at least half of the common days. */
  readonly isSameHouse: boolean;
}

/** A meter and a clamp on the same cable differ by some percent; two households by much more. */
const alikeFrom = 0.8;
/** Energies of a whole day say less than a curve does: two households can come near each other by chance. */
const alikeBarFrom = 0.95;
/** What a live entity is told of yesterday it books on the hour in which it hears of it, up to two days later. */
const lags = [0, 1, 2];

/**
 * Compares another series with the bridge's, day by day: `1 - Σ|a - b| / Σ max(a, b)`. Only hours in which the other
 * series counts are looked at, so that one tariff period of the same house is recognised beside the whole of it. Days
 * that the other tool drew without knowing their hours are compared by their energy alone; with `mayBeLate` also with
 * the days before.
 */
export function compareCurves(own: Curve, other: Curve, { mayBeLate }: { readonly mayBeLate: boolean }): Likeness {
  const ownDays = energyByDay(own);
  const otherDays = energyByDay(other);
  const bars = new Set(dailyBars([...other].map(([start, energy]) => ({ start, energy }))).map(({ date }) => date));
  const common = [...otherDays.keys()].filter(
    (date) => isPositive(ownDays.get(date)) && isPositive(otherDays.get(date)),
  );
  const curves = curveLikeness(own, other);
  const byLag = (mayBeLate ? lags : [0]).map((lag) =>
    common.map((date): Day => {
      if (!bars.has(date)) return { likeness: curves.get(date) ?? 0, isBar: false };
      return { likeness: ratio(ownDays.get(addDays(date, -lag)) ?? 0, otherDays.get(date) ?? 0), isBar: true };
    }),
  );
  const best = byLag.reduce((winner, days) => (meanOf(days) > meanOf(winner) ? days : winner));
  const sorted = common.toSorted();
  return {
    commonDays: common.length,
    alikeDays: best.filter(isAlike).length,
    likeness: common.length === 0 ? null : meanOf(best),
    from: sorted[0] ?? null,
    to: sorted.at(-1) ?? null,
    ownEnergy: sumOf(common, ownDays),
    otherEnergy: sumOf(common, otherDays),
    isSameHouse: isSameHouse(best),
  };
}

interface Day {
  readonly likeness: number;
  readonly isBar: boolean;
}

const isAlike = ({ likeness, isBar }: Day): boolean => likeness >= (isBar ? alikeBarFrom : alikeFrom);

/** Three alike days tell; where there are fewer in common all of them must be, and by their curves: energies meet by chance. */
function isSameHouse(days: readonly Day[]): boolean {
  const alike = days.filter(isAlike);
  if (2 * alike.length < days.length) return false;
  return alike.length >= 3 || (days.length > 0 && alike.filter(({ isBar }) => !isBar).length === days.length);
}

/**
 * What a series' sums grow by, hour by hour, as the dashboard shows it. The first row only says where the sum begins.
 * Null where the unit is not one of energy.
 */
export function curveOf(rows: readonly StatisticRow[], unit: string | null): Curve | null {
  const scale = wattMinutesPer[unit ?? ""];
  if (scale === undefined) return null;
  const curve = new Map<Instant, WattMinutes>();
  let before: number | null = null;
  for (const { start, sum } of rows) {
    if (sum === null) continue;
    if (before !== null) curve.set(start, wattMinutes(Math.round((sum - before) * scale) + 0));
    before = sum;
  }
  return curve;
}

/** Energy units of Home Assistant: a joule is a watt-second, a calorie 4.184 of them. */
const wattMinutesPer: Readonly<Record<string, number>> = {
  mWh: 0.06,
  Wh: 60,
  kWh: 60e3,
  MWh: 60e6,
  GWh: 60e9,
  J: 1 / 60,
  kJ: 1e3 / 60,
  MJ: 1e6 / 60,
  GJ: 1e9 / 60,
  cal: 4.184 / 60,
  kcal: 4.184e3 / 60,
  Mcal: 4.184e6 / 60,
  Gcal: 4.184e9 / 60,
};

/** By Paris day, over the hours in which the other curve counts. */
function curveLikeness(own: Curve, other: Curve): Map<LocalDate, number> {
  const days = new Map<LocalDate, { difference: number; most: number }>();
  for (const [start, energy] of other) {
    if (energy <= 0) continue;
    const mine = own.get(start) ?? 0;
    const date = dateAt(start);
    const day = days.get(date) ?? { difference: 0, most: 0 };
    day.difference += Math.abs(energy - mine);
    day.most += Math.max(energy, mine);
    days.set(date, day);
  }
  return new Map([...days].map(([date, { difference, most }]) => [date, 1 - difference / most]));
}

function energyByDay(curve: Curve): Map<LocalDate, number> {
  const days = new Map<LocalDate, number>();
  for (const [start, energy] of curve) {
    const date = dateAt(start);
    days.set(date, (days.get(date) ?? 0) + energy);
  }
  return days;
}

const ratio = (a: number, b: number): number => (a > 0 && b > 0 ? Math.min(a, b) / Math.max(a, b) : 0);

const isPositive = (energy: number | undefined): boolean => energy !== undefined && energy > 0;

const meanOf = (days: readonly { readonly likeness: number }[]): number =>
  days.length === 0 ? 0 : days.reduce((sum, { likeness }) => sum + likeness, 0) / days.length;

const sumOf = (dates: readonly LocalDate[], energies: ReadonlyMap<LocalDate, number>): WattMinutes =>
  wattMinutes(dates.reduce((sum, date) => sum + (energies.get(date) ?? 0), 0));
