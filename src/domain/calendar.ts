import { IANAZone } from "luxon";
import { dayMs, type Instant, instant, type LocalDate, minuteMs } from "./units.ts";

/**
 * The Paris calendar over integers. The offsets come once from the platform's time zone data, through luxon, as the table of
 * instants at which the offset changes; every other function walks that table. Property tests hold it against luxon.
 *
 * "Wall" numbers are a clock reading as if it were UTC, in milliseconds: `2026-10-25 02:30` is
 * `Date.UTC(2026, 9, 25, 2, 30)`, whichever of its two instants is meant.
 */
interface OffsetChange {
  readonly at: number;
  readonly offsetMs: number;
}

const firstYear = 1990;
const lastYear = 2080;
let changes: readonly OffsetChange[] | undefined;
let lastPosition = 0;

function readOffsets(): readonly OffsetChange[] {
  const zone = IANAZone.create("Europe/Paris");
  const offsetAt = (ms: number): number => zone.offset(ms) * minuteMs;
  const found: OffsetChange[] = [];
  let previousAt = Date.UTC(firstYear, 0, 1);
  let previous = offsetAt(previousAt);
  found.push({ at: Number.NEGATIVE_INFINITY, offsetMs: previous });
  const end = Date.UTC(lastYear, 0, 1);
  // Changes are five months apart or more, so that a look every four weeks meets each of them alone.
  for (let at = previousAt + 28 * dayMs; at <= end; at += 28 * dayMs) {
    const offset = offsetAt(at);
    if (offset !== previous) {
      let low = previousAt;
      let high = at;
      while (high - low > minuteMs) {
        const middle = Math.floor((low + high) / (2 * minuteMs)) * minuteMs;
        if (offsetAt(middle) === previous) low = middle;
        else high = middle;
      }
      found.push({ at: high, offsetMs: offset });
      previous = offset;
    }
    previousAt = at;
  }
  return found;
}

/** Milliseconds to add to UTC to read a Paris clock at `at`. */
export function parisOffsetMs(at: number): number {
  changes ??= readOffsets();
  // Neighbouring calls ask about neighbouring instants, so the last position answers nearly always.
  let position = lastPosition;
  while (position > 0 && (changes[position] as OffsetChange).at > at) position--;
  while (position + 1 < changes.length && (changes[position + 1] as OffsetChange).at <= at) position++;
  lastPosition = position;
  return (changes[position] as OffsetChange).offsetMs;
}

/** The Paris clock reading at `at`, as a wall number. */
export const wallAt = (at: Instant): number => at + parisOffsetMs(at);

/** The instants at which a Paris clock reads `wall`: one, two on the repeated hour (earliest first), none in the gap. */
export function instantsAt(wall: number): readonly Instant[] {
  const before = parisOffsetMs(wall - dayMs);
  const after = parisOffsetMs(wall + dayMs);
  const found: Instant[] = [];
  if (parisOffsetMs(wall - before) === before) found.push((wall - before) as Instant);
  if (after !== before && parisOffsetMs(wall - after) === after) found.push((wall - after) as Instant);
  return found;
}

/** As `instantsAt`, choosing the earlier on the repeated hour; in the gap, the instant the clock would show without the change. */
export function firstInstantAt(wall: number): Instant {
  return instantsAt(wall)[0] ?? instant(wall - parisOffsetMs(wall - dayMs));
}

/** @throws RangeError unless `text` is a day of the calendar, `YYYY-MM-DD`. */
export function localDate(text: string): LocalDate {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match && dateOfDayNumber(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / dayMs) === text)
    return text as LocalDate;
  throw new RangeError(`Not a day (YYYY-MM-DD): "${text}"`);
}

/**
 * A day as somebody may ask for it, which is of a year that a Linky, its user or a contract could have seen: a little
 * arithmetic on it stays within the four digits of a year. @throws RangeError
 */
export function askedDate(text: string): LocalDate {
  const date = localDate(text);
  if (/^(19|20)/.test(date)) return date;
  throw new RangeError(`Not a day of 1900 to 2099: "${text}"`);
}

/** The plan walks thousands of days a minute between few thousand different ones: both directions are remembered. */
const numberByDate = new Map<string, number>();
const dateByNumber = new Map<number, LocalDate>();

/** Days since 1970-01-01, for arithmetic. */
export function dayNumber(date: LocalDate): number {
  let day = numberByDate.get(date);
  if (day === undefined) {
    day = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / dayMs;
    numberByDate.set(date, day);
  }
  return day;
}

export function dateOfDayNumber(day: number): LocalDate {
  let date = dateByNumber.get(day);
  if (date === undefined) {
    date = new Date(day * dayMs).toISOString().slice(0, 10) as LocalDate;
    dateByNumber.set(day, date);
  }
  return date;
}

export const addDays = (date: LocalDate, days: number): LocalDate => dateOfDayNumber(dayNumber(date) + days);
/** How many days `to` lies after `from`; negative when before. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => dayNumber(to) - dayNumber(from);

/** The same day `years` later; 29 February becomes 28 February where there is none. */
export function addYears(date: LocalDate, years: number): LocalDate {
  const year = String(Number(date.slice(0, 4)) + years).padStart(4, "0");
  const moved = `${year}${date.slice(4)}`;
  return dateOfDayNumber(dayNumber(moved as LocalDate)) === moved ? (moved as LocalDate) : localDate(`${year}-02-28`);
}

/** Every day from `from` to `to`, both included; empty when `to` is before `from`. */
export function daysFromTo(from: LocalDate, to: LocalDate): LocalDate[] {
  const days: LocalDate[] = [];
  for (let day = dayNumber(from), last = dayNumber(to); day <= last; day++) days.push(dateOfDayNumber(day));
  return days;
}

/** The Paris calendar day that holds `at`. */
export const dateAt = (at: Instant): LocalDate => dateOfDayNumber(Math.floor(wallAt(at) / dayMs));

/** Minutes since the last Paris midnight as the clock shows them, 0 to 1439. */
export const clockMinutesAt = (at: Instant): number => {
  const wall = wallAt(at);
  return Math.floor((wall - Math.floor(wall / dayMs) * dayMs) / minuteMs);
};

/** The instant at which a Paris clock shows `minutes` past midnight on `date` (the earlier one when there are two). */
export const clockOn = (date: LocalDate, minutes: number): Instant =>
  firstInstantAt(dayNumber(date) * dayMs + minutes * minuteMs);

/** Midnight to midnight in Paris: `[start, end)`, with 1380, 1440 or 1500 minutes. */
export function boundsOf(date: LocalDate): {
  readonly start: Instant;
  readonly end: Instant;
  readonly minutes: number;
} {
  const start = clockOn(date, 0);
  const end = clockOn(addDays(date, 1), 0);
  return { start, end, minutes: (end - start) / minuteMs };
}

/** `YYYY-MM` of a day. */
export const monthOf = (date: LocalDate): string => date.slice(0, 7);
export const firstOfMonth = (date: LocalDate): LocalDate => `${date.slice(0, 7)}-01` as LocalDate;
export const firstOfYear = (date: LocalDate): LocalDate => `${date.slice(0, 4)}-01-01` as LocalDate;

/** 1 Monday to 7 Sunday. */
export const weekdayOf = (date: LocalDate): number => ((dayNumber(date) + 3) % 7) + 1;

/** Monday of the week that holds `date`. */
export const mondayOf = (date: LocalDate): LocalDate => addDays(date, 1 - weekdayOf(date));

/** The UTC day that holds `at`: what the gateway counts its quota by. Not a Paris day, and therefore plain text. */
export const utcDayAt = (at: Instant): string => new Date(at).toISOString().slice(0, 10);
/** The first instant of the next UTC day. */
export const nextUtcMidnight = (at: Instant): Instant => instant((Math.floor(at / dayMs) + 1) * dayMs);
