import type postgres from "postgres";
import type { Instant } from "../../domain/units.ts";
import type { SeriesKey, SeriesName, SeriesState } from "../../sync/statistics/series.ts";
import type { StatisticStore } from "../../sync/statistics/store.ts";
import { arrayText, batchesOf, lockFor, type Queries, timestamp } from "./arguments.ts";
import { readingsLock } from "./readings-lock.ts";

type SeriesStates = Pick<
  StatisticStore,
  "loadSeries" | "createSeries" | "moveCursor" | "rewriteFrom" | "adoptForeignHours" | "noteForeign"
>;

export function createSeriesStates(sql: postgres.Sql): SeriesStates {
  return {
    loadSeries: () => loadStates(sql`${statesWhere(sql, sql`true`)} order by usage_point_id, flow, id`),
    createSeries: (key, name) => sql.begin((tx) => createSeries(tx, key, name)),
    moveCursor: (series, revision, dirtyFrom, at) => moveCursor(sql, { series, revision, dirtyFrom, at }),
    rewriteFrom: (series, from) => rewriteFrom(sql, series, from),
    adoptForeignHours: (series, starts) => sql.begin((tx) => adoptForeignHours(tx, series, starts)),
    async noteForeign(series, at, repairedAt) {
      await sql`
        update statistic_series set foreign_at = given.at, repaired_at = coalesce(given.repaired_at, statistic_series.repaired_at)
        from (select ${timestamp(sql, at)} as at, ${timestamp(sql, repairedAt)} as repaired_at) as given
        where id = ${series}
          and (foreign_at, statistic_series.repaired_at)
            is distinct from (given.at, coalesce(given.repaired_at, statistic_series.repaired_at))`;
    },
  };
}

/** First and last hour each cost one look into the index, however long the series. */
const statesWhere = (sql: Queries, condition: postgres.PendingQuery<postgres.Row[]>) => sql`
  select id, usage_point_id as "usagePoint", statistic_series.flow, measure, role, statistic_id as "statisticId", name, unit,
    base::text as base, total::text as total,
    (select starts_at from statistic_hour where series_id = id order by starts_at limit 1) as "firstHour",
    (select starts_at from statistic_hour where series_id = id order by starts_at desc limit 1) as "lastHour",
    dirty_from as "dirtyFrom", revision, foreign_at as "foreignAt", repaired_at as "repairedAt"
  from statistic_series where ${condition}`;

/** Sums may be larger than numbers are exact: they come as text. */
type Row = Omit<SeriesState, "base" | "total"> & Readonly<Record<"base" | "total", string>>;

const loadStates = async (query: postgres.PendingQuery<Row[]>): Promise<readonly SeriesState[]> =>
  (await query).map((row) => ({ ...row, base: BigInt(row.base), total: BigInt(row.total) }));

async function createSeries(tx: Queries, key: SeriesKey, { statisticId, name, unit }: SeriesName) {
  const { usagePoint, flow, measure, role } = key;
  await lockFor(tx, readingsLock(key));
  const isKey = tx`usage_point_id = ${usagePoint} and statistic_series.flow = ${flow}::flow
    and measure = ${measure} and role = ${role}`;
  const [known] = await loadStates(tx`${statesWhere(tx, isKey)}`);
  if (known) return known;
  await tx`
    insert into statistic_series (usage_point_id, flow, measure, role, statistic_id, name, unit)
    values (${usagePoint}, ${flow}::flow, ${measure}, ${role}, ${statisticId}, ${name}, ${unit})`;
  const [created] = await loadStates(tx`${statesWhere(tx, isKey)}`);
  if (!created) throw new Error(`The series ${statisticId} was not stored`);
  return created;
}

interface Move {
  readonly series: number;
  readonly revision: number;
  readonly dirtyFrom: Instant | null;
  readonly at: Instant;
}

async function moveCursor(sql: Queries, { series, revision, dirtyFrom, at }: Move): Promise<boolean> {
  const [row] = await sql<{ isCurrent: boolean }[]>`
    with current as materialized (
      select id from statistic_series where id = ${series} and revision = ${revision} for update
    ), moved as (
      update statistic_series set dirty_from = given.dirty_from, confirmed_at = given.at
      from current, (select ${timestamp(sql, dirtyFrom)} as dirty_from, ${timestamp(sql, at)} as at) as given
      where statistic_series.id = current.id and statistic_series.dirty_from is distinct from given.dirty_from
    )
    select exists (select from current) as "isCurrent"`;
  return row?.isCurrent ?? false;
}

/**
 * The revision grows even where the cursor stands there already: somebody may have written those hours and be about to
 * move it on, not knowing that they are gone again.
 */
async function rewriteFrom(sql: Queries, series: number, from: Instant | null): Promise<void> {
  await sql`
    update statistic_series set dirty_from = least(dirty_from, given.starts_at), revision = revision + 1
    from (
      select coalesce(
        ${timestamp(sql, from)},
        (select starts_at from statistic_hour where series_id = ${series} order by starts_at limit 1)
      ) as starts_at
    ) as given
    where id = ${series} and given.starts_at is not null`;
}

async function adoptForeignHours(tx: Queries, series: number, starts: readonly Instant[]): Promise<void> {
  const [key] = await tx<Pick<SeriesKey, "usagePoint" | "flow">[]>`
    select usage_point_id as "usagePoint", flow from statistic_series where id = ${series}`;
  if (!key) throw new RangeError(`There is no series ${series}`);
  await lockFor(tx, readingsLock(key));
  for (const batch of batchesOf(starts))
    await tx`
      with inserted as (
        insert into statistic_hour (series_id, starts_at, amount, origin)
        select ${series}, to_timestamp(ms / 1000), 0, 'estimated' from unnest(${arrayText(batch)}::text::float8[]) as ms
        on conflict (series_id, starts_at) do nothing
        returning starts_at
      )
      update statistic_series set dirty_from = least(dirty_from, given.starts_at), revision = revision + 1
      from (select min(starts_at) as starts_at from inserted) as given
      where id = ${series} and given.starts_at is not null`;
}
