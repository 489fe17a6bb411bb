import { z } from "zod";
import { dayMs, hourMs, type Instant, instant, minuteMs } from "../../../domain/units.ts";
import { boundsAt } from "../period.ts";
import type { Zone } from "../zone.ts";

/** `[from, before)`; null where open. */
export interface Span {
  readonly from: Instant | null;
  readonly before: Instant | null;
}

const duration = z.strictObject({
  days: z.number().optional(),
  hours: z.number().optional(),
  minutes: z.number().optional(),
  seconds: z.number().optional(),
});
type Duration = z.infer<typeof duration>;
const calendar = z.strictObject({
  period: z.enum(["hour", "day", "week", "month", "year"]),
  offset: z.number().int().optional(),
});
const window = z.strictObject({ duration, offset: duration.optional() });

/** The three ways to say which span is meant; at most one of them is given. */
export const periodFields = {
  fixed_period: z.strictObject({ start_time: z.string().optional(), end_time: z.string().optional() }).optional(),
  calendar: calendar.optional(),
  rolling_window: window.optional(),
};
export type PeriodChoice = z.infer<z.ZodObject<typeof periodFields>>;

/** The calendar period that is `offset` away from the one that holds `now`; -1 is the last one. */
export function calendarSpan({ period, offset = 0 }: z.infer<typeof calendar>, now: Instant, zone: Zone): Span {
  let bounds = boundsAt(period, now, zone);
  for (let step = 0; step < Math.abs(offset); step++)
    bounds = boundsAt(period, offset < 0 ? instant(bounds.start - 1) : bounds.end, zone);
  return { from: bounds.start, before: bounds.end };
}

/** The span that ends `offset` before `now`. */
export function rollingSpan({ duration, offset = {} }: z.infer<typeof window>, now: Instant): Span {
  const before = now - msOf(offset);
  return { from: instant(Math.round(before - msOf(duration))), before: instant(Math.round(before)) };
}

const msOf = ({ days = 0, hours = 0, minutes = 0, seconds = 0 }: Duration): number =>
  days * dayMs + hours * hourMs + minutes * minuteMs + seconds * 1_000;
