import { addDays, localDate } from "../domain/calendar.ts";
import type { Instant, LocalDate } from "../domain/units.ts";
import { parisToday } from "./notation.ts";

/** The day that `text` names, or null when it names none. */
export function parseDate(text: string): LocalDate | null {
  try {
    return localDate(text);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * The gateway's `adjust_date_range`: the end capped to yesterday in Paris; then, should the start not lie before it, the
 * start moved to the day before the end.
 */
export function adjustDateRange(
  { start, end }: { start: LocalDate; end: LocalDate },
  now: Instant,
): { readonly start: LocalDate; readonly end: LocalDate } {
  const yesterday = addDays(parisToday(now), -1);
  const cappedEnd = end > yesterday ? yesterday : end;
  return { start: start >= cappedEnd ? addDays(cappedEnd, -1) : start, end: cappedEnd };
}

/**
 * The same day `years` earlier, as Python's `date.replace` finds it: null on 29 February when that year has none, where
 * the gateway fails all day long.
 */
export function yearsBefore(today: LocalDate, years: number): LocalDate | null {
  return parseDate(`${Number(today.slice(0, 4)) - years}${today.slice(4)}`);
}

/** Runs of consecutive days, each at most `longest` long. `days` ascending. */
export function runsOf(days: readonly LocalDate[], longest = Number.POSITIVE_INFINITY): LocalDate[][] {
  const runs: LocalDate[][] = [];
  let run: LocalDate[] = [];
  for (const day of days) {
    const last = run.at(-1);
    if (last !== undefined && (addDays(last, 1) !== day || run.length >= longest)) {
      runs.push(run);
      run = [];
    }
    run.push(day);
  }
  if (run.length > 0) runs.push(run);
  return runs;
}
