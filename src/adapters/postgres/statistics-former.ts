import { boundsOf } from "../../domain/calendar.ts";
import type { LocalDate } from "../../domain/units.ts";
import type { DerivedHour, DerivedStatisticDay } from "../../sync/statistics/store.ts";
import { arrayText, type Queries } from "./arguments.ts";

/**
 * Days that the store does not know whole, and of which another tool's hours, kept in the series, hold more energy than
 * what is derived and pending. A tool may have written its periods, a total, or both: the larger counts. Where nothing is
 * derived, those hours are better whatever they hold: a tool that began its sum anew wrote one below zero.
 */
export async function daysBetterFormer(
  tx: Queries,
  series: readonly number[],
  days: readonly DerivedStatisticDay[],
): Promise<ReadonlySet<LocalDate>> {
  const doubtful = days.filter(({ isWhole }) => !isWhole);
  if (doubtful.length === 0) return new Set();
  const bounds = doubtful.map(({ date }) => boundsOf(date));
  const rows = await tx<{ date: LocalDate; energy: number | null }[]>`
    select span.date, former.energy
    from unnest(
      ${arrayText(doubtful.map(({ date }) => date))}::text::date[],
      ${arrayText(bounds.map(({ start }) => start))}::text::float8[],
      ${arrayText(bounds.map(({ end }) => end))}::text::float8[]
    ) as span (date, start_ms, end_ms)
    cross join lateral (
      select greatest(
        sum(hour.amount) filter (where role <> 'total'), sum(hour.amount) filter (where role = 'total')
      )::bigint as energy
      from statistic_series
      cross join lateral (
        select amount from statistic_hour
        where series_id = id and origin = 'former'
          and starts_at >= to_timestamp(span.start_ms / 1000) and starts_at < to_timestamp(span.end_ms / 1000)
        offset 0
      ) as hour
      where id = any (${arrayText(series)}::text::integer[]) and measure = 'energy'
    ) as former`;
  const formerOn = new Map(rows.map(({ date, energy }) => [date, energy]));
  const isBetterFormer = (day: DerivedStatisticDay): boolean => {
    const former = formerOn.get(day.date) ?? null;
    return former !== null && (former > knownEnergyOf(day) || (day.hours.length === 0 && day.pending === 0));
  };
  return new Set(doubtful.filter(isBetterFormer).map(({ date }) => date));
}

/** `total` holds also what waits for its period. */
function knownEnergyOf({ hours, pending }: DerivedStatisticDay): number {
  const sumOf = (some: readonly DerivedHour[]): number => some.reduce((sum, { amount }) => sum + amount, 0);
  const energy = hours.filter(({ key }) => key.measure === "energy");
  const total = sumOf(energy.filter(({ key }) => key.role === "total"));
  return Math.max(sumOf(energy) - total + pending, total);
}
