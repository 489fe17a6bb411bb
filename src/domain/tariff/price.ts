import type { LocalDate, WattMinutes } from "../units.ts";
import type { TariffPeriod } from "./period.ts";
import type { PlanKind } from "./plan.ts";

/**
 * Money is integer inside: micro-euros for prices and sums that are shown, and for energy times price the exact product,
 * of which 60,000 make a micro-euro. Euros exist where a value leaves.
 */
declare const money: unique symbol;
type Tagged<Name extends string> = number & { readonly [money]: Name };

/** A millionth of a euro, taxes included. */
export type MicroEur = Tagged<"MicroEur">;
/** Micro-euros per kWh, taxes included. */
export type EnergyPrice = Tagged<"EnergyPrice">;
/** Watt-minutes times micro-euros per kWh: exact, whole, 60,000 to the micro-euro. */
export type ExactCost = Tagged<"ExactCost">;

/** A sum of exact costs, whatever its size: an `ExactCost` ends at 150,119 €, which a small company spends in some years. */
export type ExactSum = bigint;

export const exactPerMicroEur = 60_000;

function whole(value: number, what: string): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${what} must be a whole number, got ${value}`);
  return value;
}
/** @throws RangeError unless whole. */
export const microEur = (value: number): MicroEur => whole(value, "An amount in micro-euros") as MicroEur;
/** @throws RangeError unless whole and not negative. */
export function energyPrice(value: number): EnergyPrice {
  if (value < 0) throw new RangeError(`A price per kWh is not negative, got ${value}`);
  return whole(value, "A price in micro-euros per kWh") as EnergyPrice;
}
/** @throws RangeError when the product is too large to be exact: 150,000 € in one hour. */
export const costOf = (energy: WattMinutes, price: EnergyPrice): ExactCost =>
  whole(energy * price, "An exact cost") as ExactCost;
/**
 * The nearest micro-euro, halves upwards: the one rounding of a cost that is shown.
 * @throws RangeError beyond 9 thousand million €, which are more micro-euros than a number counts.
 */
export function toMicroEur(cost: ExactCost | ExactSum): MicroEur {
  const per = BigInt(exactPerMicroEur);
  const shifted = BigInt(cost) + per / 2n;
  // The division of integers cuts towards zero.
  const isCutUpwards = shifted < 0n && shifted % per !== 0n;
  return microEur(Number(shifted / per) - Number(isCutUpwards));
}
export const toEur = (amount: MicroEur): number => amount / 1_000_000;

/** Where a price comes from, in the order in which it is believed. */
export const priceSources = ["user", "selected_offer", "seen_offer", "regulated"] as const;
export type PriceSourceKind = (typeof priceSources)[number];

export interface PriceSource {
  readonly kind: PriceSourceKind;
  /** The offer's or the table's name, as it is shown. */
  readonly name: string;
}

/** What one plan costs for one subscribed power, over one span of days. */
export interface DatedPrices {
  /** First day; null: since ever. */
  readonly from: LocalDate | null;
  /** Last day, included; null: until further notice. */
  readonly to: LocalDate | null;
  readonly kind: PlanKind;
  /** Null: any. */
  readonly powerKva: number | null;
  /** Periods of the plan; one that is absent has no known price. */
  readonly energy: Readonly<Partial<Record<TariffPeriod, EnergyPrice>>>;
  /** Standing charge for a month; null: not known. */
  readonly standing: MicroEur | null;
  readonly source: PriceSource;
}

/** What injected energy earns from a day on. */
export interface BuybackPrice {
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  readonly energy: EnergyPrice;
  /** Surplus: what is left over is sold; total: all that is produced is. The same meter reading either way. */
  readonly sale: "surplus" | "total";
  readonly source: PriceSource;
}
