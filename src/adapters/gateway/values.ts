import { z } from "zod";
import { dayNumber, localDate } from "../../domain/calendar.ts";
import { dayMs, hourMs, type Instant, instant, type LocalDate, minuteMs } from "../../domain/units.ts";

/** For a key that may be absent and is read by a rule of its own. */
export const anything = z.unknown().optional();

/** A point without a value is missing, never zero; one that cannot be understood is left out and counted. */
export type ReadNumber = number | "missing" | "unreadable";

/**
 * A whole number, zero or more, given as text or number. `factor` is 1, or 1000 where the source says kilo; a fraction
 * without it cannot be what the unit says, and is not guessed at.
 */
export function readWhole(value: unknown, factor: 1 | 1000 = 1): ReadNumber {
  if (value === null || value === undefined) return "missing";
  const text = typeof value === "number" ? String(value) : typeof value === "string" ? value.trim() : "?";
  if (!/^\d+(?:\.\d+)?$/.test(text)) return text === "" || /^null$/i.test(text) ? "missing" : "unreadable";
  const whole = factor === 1 ? Number(text) : Math.round(Number(text) * factor);
  return Number.isSafeInteger(whole) ? whole : "unreadable";
}

/** Whether the source's own unit says kilo. Its word is not needed otherwise: the daily route may say W for Wh. */
export const kiloOf = (unit: string | null | undefined): 1 | 1000 => (/^k(?:Wh|W|VA)$/i.test(unit ?? "") ? 1000 : 1);

/** A curve names each of its days 48 times. Only days of the calendar are remembered, hence a few thousand. */
const daysRead = new Map<string, LocalDate>();

/** The day at the head of a text such as `2013-08-14+01:00` or `2026-11-17 12:06:20`; null when there is none. */
export function readDate(value: unknown): LocalDate | null {
  if (typeof value !== "string") return null;
  const text = value.slice(0, 10);
  const known = daysRead.get(text);
  if (known !== undefined) return known;
  try {
    const date = localDate(text);
    daysRead.set(text, date);
    return date;
  } catch {
    return null;
  }
}

const label = /^\d{4}-\d{2}-\d{2}[ T](\d{2}):(\d{2})(?::(\d{2}))?/;

/**
 * A naive label, with a space or a `T`, read as if it were UTC, in ms; null when it cannot be read. An offset behind it
 * is left aside: the clock reading before it is Paris time.
 */
export function readLabel(value: unknown): number | null {
  const date = readDate(value);
  const match = typeof value === "string" ? label.exec(value) : null;
  if (date === null || match === null) return null;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hours > 24 || minutes > 59 || seconds > 59) return null;
  return dayNumber(date) * dayMs + hours * hourMs + minutes * minuteMs + seconds * 1000;
}

/** Minutes of `PT30M` or `PT1H`, 1 to 60; null when it is none. */
export function readMinutes(value: unknown): number | null {
  const match = typeof value === "string" ? /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(value) : null;
  if (!match) return null;
  const minutes = Number(match[1] ?? 0) * 60 + Number(match[2] ?? 0);
  return minutes >= 1 && minutes <= 60 ? minutes : null;
}

/** An instant written with an offset, or naive, which is UTC here; microseconds are dropped. Null when unreadable. */
export function readInstant(value: unknown): Instant | null {
  if (typeof value !== "string") return null;
  const isNaive = !/(?:Z|[+-]\d{2}:?\d{2})$/i.test(value.slice(10));
  const ms = Date.parse(isNaive ? `${value.replace(" ", "T")}Z` : value);
  return Number.isNaN(ms) ? null : instant(Math.floor(ms));
}

/** A text without blanks around it; null when nothing is left. */
export function readText(value: unknown): string | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const text = String(value).trim();
  return text === "" ? null : text;
}

/** The first number of `9 kVA` or `9`; null when there is none. */
export function readKva(value: unknown): number | null {
  const match = /(\d+)/.exec(readText(value) ?? "");
  return match ? Number(match[1]) : null;
}
