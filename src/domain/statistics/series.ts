import { hourMs, type Instant, type WattMinutes, wattMinutes } from "../units.ts";
import { type DailyBar, dailyBars } from "./daily-bars.ts";

/** The units in which statistics of energy are kept: kWh everywhere but in the series of ha-linky. */
export const energyUnits = ["kWh", "Wh"] as const;
export type EnergyUnit = (typeof energyUnits)[number];

const wattMinutesPerUnit: Readonly<Record<EnergyUnit, number>> = { kWh: 60_000, Wh: 60 };

/** Watt-minutes in one unit. */
export const unitScale = (unit: EnergyUnit): number => wattMinutesPerUnit[unit];

/** The nearest watt-minute. @throws RangeError unless the value is a number of safe size. */
export const fromUnit = (value: number, unit: EnergyUnit): WattMinutes =>
  // The addition turns the -0 of a tiny negative into 0.
  wattMinutes(Math.round(value * unitScale(unit)) + 0);

/** An hour as another tool left it, in the unit of its series. */
export interface FormerRow {
  readonly start: Instant;
  readonly state: number | null;
  readonly sum: number | null;
}

export interface AdoptedHour {
  readonly start: Instant;
  readonly energy: WattMinutes;
}

export interface AdoptedSums {
  /** The total before the first hour: what the other tool's sum began with. */
  readonly base: WattMinutes;
  readonly hours: readonly AdoptedHour[];
  /** Hours at which the sum fell, because the tool began to count anew. */
  readonly negativeSteps: number;
  /** Hours between the first and the last without a sum. What they held stands in the next hour that has one. */
  readonly holes: number;
  /** Hours after the hour before whose state is not what the sum grew by, by more than a watt-hour: no hourly energy, then. */
  readonly otherStates: number;
  readonly firstStart: Instant | null;
  readonly lastStart: Instant | null;
  readonly dailyBars: readonly DailyBar[];
}

/**
 * Another tool's rows (ascending) as hours of whole watt-minutes: the differences of its sums, rounded as sums, so that no
 * rounding adds up. Where a sum falls the tool has begun anew, and the hour holds its state; without a state it holds 0,
 * because nothing tells what it held. Rows without a sum are holes.
 *
 * @throws RangeError for a number that is beyond any energy.
 */
export function adoptSums(rows: readonly FormerRow[], unit: EnergyUnit): AdoptedSums {
  const hours: AdoptedHour[] = [];
  let before: { readonly start: Instant; readonly sum: WattMinutes } | null = null;
  let [base, negativeSteps, holes, otherStates] = [0, 0, 0, 0];
  for (const row of rows) {
    if (row.sum === null) continue;
    const sum = fromUnit(row.sum, unit);
    const state = row.state === null ? null : fromUnit(row.state, unit);
    let energy: number;
    if (before === null) {
      energy = hourlyEnergy(state, sum) ?? sum;
      base = sum - energy;
    } else {
      const skipped: number = (row.start - before.start) / hourMs - 1;
      const step: number = sum - before.sum;
      holes += skipped;
      if (step < 0) negativeSteps++;
      else if (skipped === 0 && state !== null && Math.abs(state - step) > unitScale("Wh")) otherStates++;
      energy = step < 0 ? (hourlyEnergy(state, sum) ?? 0) : step;
    }
    hours.push({ start: row.start, energy: energy as WattMinutes });
    before = { start: row.start, sum };
  }
  return {
    base: base as WattMinutes,
    hours,
    negativeSteps,
    holes,
    otherStates,
    firstStart: hours[0]?.start ?? null,
    lastStart: hours.at(-1)?.start ?? null,
    dailyBars: dailyBars(hours),
  };
}

/** Of an hour at which a sum begins: its state, but for a state above the sum, which is no energy but, say, a meter's reading. */
const hourlyEnergy = (state: WattMinutes | null, sum: WattMinutes): WattMinutes | null =>
  state !== null && state > sum && sum >= 0 ? sum : state;
