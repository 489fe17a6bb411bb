import { type EnergyUnit, unitScale } from "../../domain/statistics/series.ts";
import { type ExactCost, exactPerMicroEur } from "../../domain/tariff/price.ts";
import { toWh, type WattMinutes, type Wh, wattMinutes } from "../../domain/units.ts";

/** What a series measures: energy, or the money that goes with it (a cost, or the revenue of what is sold). */
export const measures = ["energy", "cost"] as const;
export type Measure = (typeof measures)[number];

/** What the hours of a series count: watt-minutes of energy; of money the exact cost. Whole either way. */
export type Amount = WattMinutes | ExactCost;

/**
 * What hours of a series come to. Of money 2^53 amounts are 150,119 €, which a small company reaches within years, so that a
 * sum is no number; the store holds 153 million €.
 */
export type AmountSum = bigint;

/** The units in which Home Assistant keeps series. */
export type SeriesUnit = EnergyUnit | "EUR";

const amountsPerUnit: Readonly<Record<SeriesUnit, number>> = {
  kWh: unitScale("kWh"),
  Wh: unitScale("Wh"),
  EUR: exactPerMicroEur * 1_000_000,
};

/** One division, and with it the only rounding. */
export const inUnit = (amount: Amount, unit: SeriesUnit): number => amount / amountsPerUnit[unit];

/** The same of a sum, to the last digit that a number of its size has. */
export function sumInUnit(sum: AmountSum, unit: SeriesUnit): number {
  const exact = Number(sum);
  if (Number.isSafeInteger(exact)) return exact / amountsPerUnit[unit];
  const perUnit = BigInt(amountsPerUnit[unit]);
  return Number(sum / perUnit) + Number(sum % perUnit) / amountsPerUnit[unit];
}

/**
 * What a sum grows to with each of the amounts, in its unit: reckoned in numbers while they are exact, which is many times
 * faster, and in bigints beyond.
 */
export function sumsInUnit(before: AmountSum, amounts: readonly Amount[], unit: SeriesUnit): number[] {
  const isNear = Number.isSafeInteger(Number(before));
  let [far, near] = isNear ? [0n, Number(before)] : [before, 0];
  return amounts.map((amount) => {
    const grown = near + amount;
    if (far === 0n && Number.isSafeInteger(grown)) {
      near = grown;
      return inUnit(grown as Amount, unit);
    }
    far += BigInt(near) + BigInt(amount);
    near = 0;
    return sumInUnit(far, unit);
  });
}

/** The nearest amounts. @throws RangeError unless the value is a finite number. */
export function sumFromUnit(value: number, unit: SeriesUnit): AmountSum {
  return BigInt(Math.round(value * amountsPerUnit[unit]));
}

/** What one hour adds to a sum. @throws RangeError beyond 150,119 €, or 150 GWh. */
export function amountBetween({ from, to }: { readonly from: AmountSum; readonly to: AmountSum }): Amount {
  const amount = Number(to - from);
  if (!Number.isSafeInteger(amount))
    throw new RangeError(
      `One hour adds ${Number.MAX_SAFE_INTEGER} (150,119 € of money) at most, and this one ${amount}`,
    );
  return amount as Amount;
}

/** Of a series of energy. @throws RangeError beyond 150 GWh. */
export const sumInWh = (sum: AmountSum): Wh => toWh(wattMinutes(Number(sum)));
