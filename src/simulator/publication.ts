import { addDays, clockOn, dayNumber } from "../domain/calendar.ts";
import { type Instant, type LocalDate, minuteMs } from "../domain/units.ts";
import type { Flow } from "../domain/usage-point.ts";
import { random, type Seed } from "./random.ts";

/** What is published of a day, each at an hour of its own if the table below says so. */
export type Measure = "curve" | "daily" | "max_power";

/** When a meter's days reach Enedis' customers. Documents say 08:00 Paris, sometimes 1 to 2 h late, else the next day. */
export interface PublicationOptions {
  /** Minutes past Paris midnight of the next day. Default 480, that is 08:00. */
  readonly minutes?: number;
  /** A seeded delay from 0 to this many minutes is added. Default 120. */
  readonly spreadMinutes?: number;
  /** Days published one day later than usual, at `minutes` sharp. */
  readonly lateDays?: readonly LocalDate[];
  /** Part of the days that are late as well, 0 to 1, drawn by the seed. Default 0. */
  readonly lateChance?: number;
  /** The user's own table: an instant, null for "never", undefined for "as the rules above say". */
  readonly at?: (day: {
    readonly date: LocalDate;
    readonly flow: Flow;
    readonly measure: Measure;
  }) => Instant | null | undefined;
}

/** The instant from which a day can be read; null when it never can. */
export function publishedAt(
  options: PublicationOptions,
  seed: Seed,
  day: { readonly date: LocalDate; readonly flow: Flow; readonly measure: Measure },
): Instant | null {
  const told = options.at?.(day);
  if (told !== undefined) return told;
  const minutes = options.minutes ?? 480;
  const number = dayNumber(day.date);
  const isLate = options.lateDays?.includes(day.date) || random(seed + 1, number) < (options.lateChance ?? 0);
  if (isLate) return clockOn(addDays(day.date, 2), minutes);
  const delay = Math.floor(random(seed, number) * ((options.spreadMinutes ?? 120) + 1));
  return (clockOn(addDays(day.date, 1), minutes) + delay * minuteMs) as Instant;
}
