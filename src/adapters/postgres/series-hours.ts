import type { Instant } from "../../domain/units.ts";
import type { Amount, AmountSum } from "../../sync/statistics/amount.ts";
import type { HourOrigin, SeriesHour } from "../../sync/statistics/series.ts";
import { type Queries, timestamp } from "./arguments.ts";

interface HoursOf {
  readonly series: number;
  readonly from: Instant | null;
  readonly limit: number | undefined;
}

type Packed = Readonly<Record<"starts" | "amounts" | "origins", string | null>>;

/** Ten years are 87,600 hours: packed into three JSON arrays, as slots are. */
export async function loadHours(sql: Queries, { series, from, limit }: HoursOf): Promise<readonly SeriesHour[]> {
  const [row] = await sql<Packed[]>`
    select
      array_to_json(array_agg((date_part('epoch', starts_at) * 1000)::bigint))::text as starts,
      array_to_json(array_agg(amount))::text as amounts,
      array_to_json(array_agg(origin))::text as origins
    from (
      select starts_at, amount, origin from statistic_hour
      where series_id = ${series} and starts_at >= ${timestamp(sql, from ?? Number.NEGATIVE_INFINITY)}
      order by starts_at
      limit ${limit ?? null}::bigint
    ) as each`;
  const starts: readonly Instant[] = JSON.parse(row?.starts ?? "[]");
  const amounts: readonly Amount[] = JSON.parse(row?.amounts ?? "[]");
  const origins: readonly HourOrigin[] = JSON.parse(row?.origins ?? "[]");
  return starts.map((start, position) => ({
    start,
    amount: amounts[position] ?? (0 as Amount),
    origin: origins[position] ?? "measured",
  }));
}

interface Before {
  readonly sum: AmountSum;
  readonly last: Instant | null;
}

/** What is written lies near the end of a series: counting back from its total reads the fewest hours. */
export async function loadBefore(sql: Queries, series: number, at: Instant): Promise<Before> {
  const [row] = await sql<(Omit<Before, "sum"> & { readonly sum: string })[]>`
    select (total - coalesce(after.amount, 0))::text as sum, before.starts_at as last
    from statistic_series
    cross join lateral (
      select sum(amount)::bigint as amount from statistic_hour
      where series_id = ${series} and starts_at >= ${timestamp(sql, at)}
    ) as after
    left join lateral (
      select starts_at from statistic_hour
      where series_id = ${series} and starts_at < ${timestamp(sql, at)}
      order by starts_at desc limit 1
    ) as before on true
    where id = ${series}`;
  if (!row) throw new RangeError(`There is no series ${series}`);
  return { ...row, sum: BigInt(row.sum) };
}
