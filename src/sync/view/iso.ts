import { boundsOf, dateOfDayNumber } from "../../domain/calendar.ts";
import { type EnergyPrice, type MicroEur, toEur } from "../../domain/tariff/price.ts";
import { dayMs, type Instant, minuteMs } from "../../domain/units.ts";
import type { Period } from "../source.ts";

/** Values as answers write them. */
export const isoOf = (at: Instant): string => {
  const minute = (at % dayMs) / minuteMs;
  // A year of half-hours is written in an eighth of the time that dates take.
  const clock = Number.isInteger(minute) ? clockTexts[minute] : undefined;
  return clock === undefined ? new Date(at).toISOString() : dateOfDayNumber(Math.floor(at / dayMs)) + clock;
};

const clockTexts = Array.from(
  { length: dayMs / minuteMs },
  (_, minute) => `T${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}:00.000Z`,
);

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

export const isoOrNull = (at: Instant | null): string | null => (at === null ? null : isoOf(at));
export const eurOrNull = (amount: MicroEur | null): number | null => (amount === null ? null : toEur(amount));
/** Both are counted in millionths. */
export const perKwhOrNull = (price: EnergyPrice | null): number | null => (price === null ? null : price / 1_000_000);

/** From the first midnight to the last one, in Paris. */
export const isoBounds = ({ from, to }: Period): { readonly start: string; readonly end: string } => ({
  start: isoOf(boundsOf(from).start),
  end: isoOf(boundsOf(to).end),
});
