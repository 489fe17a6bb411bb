import { parisOffsetMs, wallAt } from "./calendar.ts";
import { type Instant, minuteMs } from "./units.ts";

/** `2026-11-21T19:00:00+01:00`: a Paris clock with its offset, which Home Assistant demands of timestamps. */
export function parisTime(at: Instant): string {
  const offset = parisOffsetMs(at) / minuteMs;
  const twoDigits = (value: number): string => String(value).padStart(2, "0");
  const zone = `${offset < 0 ? "-" : "+"}${twoDigits(Math.floor(Math.abs(offset) / 60))}:${twoDigits(Math.abs(offset) % 60)}`;
  return `${new Date(wallAt(at)).toISOString().slice(0, 19)}${zone}`;
}

export const parisTimeOrNull = (at: Instant | null): string | null => (at === null ? null : parisTime(at));
