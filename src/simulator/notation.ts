import { boundsOf, dateAt, wallAt } from "../domain/calendar.ts";
import { type Instant, type LocalDate, minuteMs } from "../domain/units.ts";

/** How the gateway writes times: four ways, none of which says so. */

/** `YYYY-MM-DD HH:MM:SS`, naive, of a clock reading (a wall number). Meter labels. */
export const labelOfWall = (wall: number): string => new Date(wall).toISOString().slice(0, 19).replace("T", " ");

/** `YYYY-MM-DDTHH:MM:SS.ffffff`, naive UTC. The microseconds under the millisecond are the caller's, 0 to 999. */
export const naiveUtc = (at: Instant, microseconds = 1): string =>
  `${new Date(at).toISOString().slice(0, 23)}${String(microseconds).padStart(3, "0")}`;

/** `YYYY-MM-DDTHH:MM:SS`, naive UTC, without a fraction. */
export const naiveUtcSeconds = (at: Instant): string => new Date(at).toISOString().slice(0, 19);

/** `…+00:00`, with microseconds. Tempo, offers and national periods. */
export const utcWithOffset = (at: Instant, microseconds = 0): string =>
  microseconds === 0 && at % 1000 === 0 ? `${naiveUtcSeconds(at)}+00:00` : `${naiveUtc(at, microseconds)}+00:00`;

/** `YYYY-MM-DD+01:00`: a date glued to the offset Paris has on it, as Enedis contracts do. */
export function dateWithOffset(date: LocalDate): string {
  const noon = (boundsOf(date).start + 12 * 60 * minuteMs) as Instant;
  const hours = Math.round((wallAt(noon) - noon) / (60 * minuteMs));
  return `${date}+0${hours}:00`;
}

/** The UTC calendar date of `at`; Paris is one or two hours ahead of it. */
export const utcDateOf = (at: Instant): LocalDate => new Date(at).toISOString().slice(0, 10) as LocalDate;

/** The day on a Paris calendar. */
export const parisToday = (at: Instant): LocalDate => dateAt(at);
