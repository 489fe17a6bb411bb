/**
 * Branded numbers. Energy is integer inside: watt-minutes per slot (`W × minutes`), watt-hours per day and above.
 * Kilowatt-hours exist only where a value leaves.
 */
declare const unit: unique symbol;
type Tagged<Base, Name extends string> = Base & { readonly [unit]: Name };

/** Milliseconds since 1970-01-01T00:00:00Z. An instant, never a calendar day. */
export type Instant = Tagged<number, "Instant">;
/** A Paris calendar day, `YYYY-MM-DD`. Sorts as text. */
export type LocalDate = Tagged<string, "LocalDate">;
/** 14 digits, kept as text: leading zeros count. */
export type UsagePointId = Tagged<string, "UsagePointId">;
export type Wh = Tagged<number, "Wh">;
/** Watt-minutes: 60 of them make a watt-hour. */
export type WattMinutes = Tagged<number, "WattMinutes">;
export type W = Tagged<number, "W">;
export type Va = Tagged<number, "Va">;

export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

function integer(value: number, what: string): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${what} must be a whole number, got ${value}`);
  return value;
}

/** @throws RangeError unless `ms` is a whole number of milliseconds. */
export const instant = (ms: number): Instant => integer(ms, "An instant in milliseconds") as Instant;
/** @throws RangeError unless whole; may be negative only as a difference. */
export const wh = (value: number): Wh => integer(value, "An energy in Wh") as Wh;
/** @throws RangeError unless whole. */
export const watts = (value: number): W => integer(value, "A power in W") as W;
/** @throws RangeError unless whole. */
export const voltAmperes = (value: number): Va => integer(value, "An apparent power in VA") as Va;
/** @throws RangeError unless whole. */
export const wattMinutes = (value: number): WattMinutes => integer(value, "An energy in watt-minutes") as WattMinutes;

/** Whole watt-hours nearest to `energy`, halves upwards: the one rounding between slots and a day. */
export const toWh = (energy: WattMinutes): Wh => Math.floor((energy + 30) / 60) as Wh;

/** Kilowatt-hours for a sink: the watt-hours over a thousand, hence at most three decimals. */
export const toKwh = (energy: Wh): number => energy / 1000;

/** @throws RangeError unless `text` is exactly 14 digits. */
export function usagePointId(text: string): UsagePointId {
  if (!/^\d{14}$/.test(text)) throw new RangeError(`A usage point (PDL/PRM) has 14 digits, got "${text}"`);
  return text as UsagePointId;
}
