import { boundsOf } from "../../domain/calendar.ts";
import { type EnergyPrice, type MicroEur, toEur } from "../../domain/tariff/price.ts";
import type { Instant } from "../../domain/units.ts";
import type { Period } from "../source.ts";

/** Values as answers write them. */
export const isoOf = (at: Instant): string => new Date(at).toISOString();
export const isoOrNull = (at: Instant | null): string | null => (at === null ? null : isoOf(at));
export const eurOrNull = (amount: MicroEur | null): number | null => (amount === null ? null : toEur(amount));
/** Both are counted in millionths. */
export const perKwhOrNull = (price: EnergyPrice | null): number | null => (price === null ? null : price / 1_000_000);

/** From the first midnight to the last one, in Paris. */
export const isoBounds = ({ from, to }: Period): { readonly start: string; readonly end: string } => ({
  start: isoOf(boundsOf(from).start),
  end: isoOf(boundsOf(to).end),
});
