import { addDays, addYears, firstOfMonth, firstOfYear, mondayOf } from "../../domain/calendar.ts";
import { hourMs, type Instant, instant } from "../../domain/units.ts";
import type { Zone } from "./zone.ts";

export const readPeriods = ["5minute", "hour", "day", "week", "month", "year"] as const;
export type ReadPeriod = (typeof readPeriods)[number];
/** Periods that hours are grouped into. */
export type GroupPeriod = Exclude<ReadPeriod, "5minute" | "hour">;

export interface Bounds {
  readonly start: Instant;
  /** Exclusive. */
  readonly end: Instant;
}

/** The period that holds `at`; weeks begin on Monday. A Paris day has 23, 24 or 25 hours. */
export function boundsAt(period: GroupPeriod | "hour", at: Instant, zone: Zone): Bounds {
  if (period === "hour") {
    const start = Math.floor(at / hourMs) * hourMs;
    return { start: instant(start), end: instant(start + hourMs) };
  }
  const date = zone.dateAt(at);
  const [first, next] = {
    day: () => [date, addDays(date, 1)] as const,
    week: () => [mondayOf(date), addDays(mondayOf(date), 7)] as const,
    month: () => [firstOfMonth(date), firstOfMonth(addDays(firstOfMonth(date), 31))] as const,
    year: () => [firstOfYear(date), addYears(firstOfYear(date), 1)] as const,
  }[period]();
  return { start: zone.startOf(first), end: zone.startOf(next) };
}
