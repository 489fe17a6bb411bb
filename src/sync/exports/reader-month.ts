import { createHash } from "node:crypto";
import { addDays, firstOfMonth, localDate, monthOf } from "../../domain/calendar.ts";
import type { LocalDate } from "../../domain/units.ts";
import type { Period } from "../source.ts";
import type { ExportDay, Month } from "./series.ts";

/** One series: its marks over whatever is known, its days over the span of a month. */
export interface SeriesReader {
  marks(always: Period): Promise<ReadonlyMap<Month, string>>;
  days(month: Period): Promise<readonly ExportDay[]>;
}

/** No reading is older, and none lies further ahead: the calendar is known this far. */
export const always: Period = { from: localDate("1990-01-01"), to: localDate("2079-12-31") };

/** From the first of a month to its last day, both included. */
export function daysOfMonth(month: Month): Period {
  const from = localDate(`${month}-01`);
  return { from, to: addDays(firstOfMonth(addDays(from, 31)), -1) };
}

/** Another text, another mark; 16 characters. */
export const markOf = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 16);

/** A mark of each month of what `factsOf` tells of its days. */
export function marksByMonth<Day extends { readonly date: LocalDate }>(
  days: readonly Day[],
  factsOf: (day: Day, month: Month) => string,
): ReadonlyMap<Month, string> {
  const months = Map.groupBy(days, ({ date }) => monthOf(date));
  return new Map([...months].map(([month, own]) => [month, markOf(own.map((day) => factsOf(day, month)).join("\n"))]));
}
