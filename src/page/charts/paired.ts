import { clockMinutesAt, dateAt } from "../../domain/calendar.ts";
import type { SeriesAnswer, SeriesBucket } from "../../server/api/series.ts";
import { instantOf } from "../format.ts";

type Series = Pick<SeriesAnswer, "step" | "buckets">;

/**
 * Beside each bucket the one of the former span that stands for the same part of it. Parts of a day meet by the clock in
 * Paris: on the days of 23 and 25 hours their places differ. The hour that a clock change adds has none beside it.
 */
export function paired({ step, buckets }: Series, before: Series | null | undefined): (SeriesBucket | undefined)[] {
  const others = before?.buckets ?? [];
  if (step !== "half_hour" && step !== "hour") return buckets.map((_, position) => others[position]);
  const places = placesOf(others);
  const byPlace = new Map(others.map((bucket, position) => [places[position], bucket]));
  return placesOf(buckets).map((place) => byPlace.get(place));
}

/** `0 150 1`: which day of the span, the minutes on its clock, and which of the times the clock shows them. */
function placesOf(buckets: readonly SeriesBucket[]): string[] {
  const seen = new Map<string, number>();
  const days: string[] = [];
  return buckets.map(({ start }) => {
    const at = instantOf(start);
    const date = dateAt(at);
    if (days.at(-1) !== date) days.push(date);
    const clock = `${days.length - 1} ${clockMinutesAt(at)}`;
    const times = (seen.get(clock) ?? 0) + 1;
    seen.set(clock, times);
    return `${clock} ${times}`;
  });
}
