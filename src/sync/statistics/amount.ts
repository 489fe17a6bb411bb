import { type EnergyUnit, unitScale } from "../../domain/statistics/series.ts";
import { type ExactCost, exactPerMicroEur } from "../../domain/tariff/price.ts";
import type { WattMinutes } from "../../domain/units.ts";

/** What a series measures: energy, or the money that goes with it (a cost, or the revenue of what is sold). */
export const measures = ["energy", "cost"] as const;
export type Measure = (typeof measures)[number];

/** What the hours and sums of a series count: watt-minutes of energy; of money the exact cost. Whole either way. */
export type Amount = WattMinutes | ExactCost;

/** The units in which Home Assistant keeps series. */
export type SeriesUnit = EnergyUnit | "EUR";

const amountsPerUnit: Readonly<Record<SeriesUnit, number>> = {
  kWh: unitScale("kWh"),
  Wh: unitScale("Wh"),
  EUR: exactPerMicroEur * 1_000_000,
};

/** One division, and with it the only rounding. */
export const inUnit = (amount: Amount, unit: SeriesUnit): number => amount / amountsPerUnit[unit];

/** The nearest amount. @throws RangeError unless the value is a number of safe size. */
export function fromSeriesUnit(value: number, unit: SeriesUnit): Amount {
  // The addition turns the -0 of a tiny negative into 0.
  return addAmounts(0, Math.round(value * amountsPerUnit[unit]) + 0);
}

/**
 * The sum of two amounts of one series.
 * @throws RangeError where it would no longer be exact: beyond 150,119 €, or 150 GWh.
 */
export function addAmounts(sum: number, amount: number): Amount {
  const grown = sum + amount;
  if (!Number.isSafeInteger(grown))
    throw new RangeError(
      `A sum of a series is exact up to ${Number.MAX_SAFE_INTEGER} (150,119 € of money), and this one is ${grown}`,
    );
  return grown as Amount;
}
