import { dayMs, hourMs, type Instant, instant, minuteMs } from "../../domain/units.ts";
import type { Zone } from "./zone.ts";

/** A date and time as text has it. */
export interface DateTime {
  /** The clock reading as if it were UTC, in milliseconds. */
  readonly wall: number;
  /** Null without an offset: a naive time. */
  readonly offsetMs: number | null;
  /** By the clock reading, whatever the offset: `05:00+05:30` is one. */
  readonly isTopOfHour: boolean;
}

const form =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(?:(Z|z)|([+-])(\d\d):?(\d\d)?)?$/;

/** An ISO 8601 date, with or without time and offset; null when it is none. */
export function parseDateTime(text: string): DateTime | null {
  const match = form.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((part) => Number(match[part] ?? 0));
  if (year === undefined || month === undefined || day === undefined) return null;
  if (hour === undefined || minute === undefined || second === undefined) return null;
  const date = Date.UTC(year, month - 1, day);
  if (new Date(date).toISOString().slice(0, 10) !== text.slice(0, 10)) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const fraction = Number(`0.${match[7] ?? 0}`);
  const wall = date + hour * hourMs + minute * minuteMs + second * 1_000 + Math.floor(fraction * 1_000);
  return { wall, offsetMs: offsetOf(match), isTopOfHour: minute === 0 && second === 0 && fraction === 0 };
}

function offsetOf(match: RegExpExecArray): number | null {
  if (match[8]) return 0;
  if (!match[9]) return null;
  const size = Number(match[10]) * hourMs + Number(match[11] ?? 0) * minuteMs;
  return match[9] === "-" ? -size : size;
}

/** The instant meant by a text; a naive one is read in the zone of Home Assistant. Null when unreadable. */
export function instantOf(text: string, zone: Zone): Instant | null {
  const parsed = parseDateTime(text);
  if (!parsed) return null;
  if (parsed.offsetMs !== null) return instant(parsed.wall - parsed.offsetMs);
  // Naive: the zone's midnight of that day and the time since, which is exact but for hours after a clock change.
  const date = zone.dateAt(instant(Math.floor(parsed.wall / dayMs) * dayMs + dayMs / 2));
  return instant(zone.startOf(date) + (((parsed.wall % dayMs) + dayMs) % dayMs));
}
