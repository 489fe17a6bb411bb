import { boundsOf } from "../../domain/calendar.ts";
import { type LocalDate, type UsagePointId, wattMinutes } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { SeriesKey } from "../../sync/statistics/series.ts";
import type { DerivedStatisticDay, ReplacedHours } from "../../sync/statistics/store.ts";
import { arrayText, lastOfEach, lockFor, type Queries } from "./arguments.ts";
import { readingsLock } from "./readings-lock.ts";
import { isOneOf } from "./statistics-days.ts";
import { daysBetterFormer } from "./statistics-former.ts";

interface Replacement {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly days: readonly DerivedStatisticDay[];
}

/** Days per statement, two months: its memory stays bounded. */
const daysPerStatement = 62;

/** Holds the lock of the readings: whoever marks days or says that they are derived waits. */
export async function replaceHours(tx: Queries, replacement: Replacement): Promise<ReplacedHours> {
  const { usagePoint, flow } = replacement;
  await lockFor(tx, readingsLock({ usagePoint, flow }));
  const series = await loadSeriesIds(tx, usagePoint, flow);
  const days = lastOfEach(replacement.days, ({ date }) => date);
  let changed = 0;
  for (let from = 0; from < days.length; from += daysPerStatement)
    changed += await replaceDays(tx, series, {
      usagePoint,
      flow,
      days: days.slice(from, from + daysPerStatement),
    });
  return { changed };
}

/** Days that have no readings any more hold no energy of the bridge's. The caller holds the lock. */
export async function emptyDays(
  tx: Queries,
  { usagePoint, flow }: Omit<Replacement, "days">,
  dates: readonly LocalDate[],
): Promise<void> {
  if (dates.length === 0) return;
  const nothing = { revision: 0, hours: [], isWhole: false, pending: wattMinutes(0) };
  const days = dates.map((date) => ({ date, ...nothing }));
  await replaceDays(tx, await loadSeriesIds(tx, usagePoint, flow), { usagePoint, flow, days });
}

async function replaceDays(tx: Queries, series: SeriesIds, replacement: Replacement): Promise<number> {
  const newer = await loadNewerDays(tx, replacement);
  const days = replacement.days.filter(({ date }) => !newer.has(date));
  if (days.length === 0) return 0;
  const former = await daysBetterFormer(tx, [...series.values()], days);
  const changed = await writeHours(
    tx,
    series,
    days.filter(({ date }) => !former.has(date)),
  );
  // Energy that is another tool's has no cost of the bridge's: what was derived goes, and what came with it stays.
  const without = days.flatMap((day) => (former.has(day.date) ? [{ ...day, hours: [] }] : []));
  const emptied = await writeHours(tx, costsAmong(series), without, { keepsFormer: true });
  if (replacement.flow === "consumption") await savePending(tx, replacement.usagePoint, days);
  await endStaleness(tx, { ...replacement, days });
  return changed + emptied;
}

/** By measure and role. */
type SeriesIds = ReadonlyMap<string, number>;

const nameOf = ({ measure, role }: Pick<SeriesKey, "measure" | "role">): string => `${measure} ${role}`;

const costsAmong = (series: SeriesIds): SeriesIds => new Map([...series].filter(([name]) => name.startsWith("cost ")));

async function loadSeriesIds(tx: Queries, usagePoint: UsagePointId, flow: Flow): Promise<SeriesIds> {
  const rows = await tx<(Pick<SeriesKey, "measure" | "role"> & { id: number })[]>`
    select id, measure, role from statistic_series where usage_point_id = ${usagePoint} and flow = ${flow}::flow order by id`;
  return new Map(rows.map(({ id, ...key }) => [nameOf(key), id]));
}

/** Days that somebody has meanwhile derived from something newer: what is given of them is out of date. */
async function loadNewerDays(tx: Queries, { usagePoint, flow, days }: Replacement): Promise<ReadonlySet<LocalDate>> {
  const rows = await tx<{ date: LocalDate }[]>`
    select day.date
    from unnest(
      ${arrayText(days.map(({ date }) => date))}::text::date[],
      ${arrayText(days.map(({ revision }) => revision))}::text::integer[]
    ) as given (date, revision)
    cross join lateral (
      select date, statistics_revision from day
      where usage_point_id = ${usagePoint} and flow = ${flow}::flow and day.date = given.date
      limit 1
    ) as day
    where day.statistics_revision > given.revision`;
  return new Set(rows.map(({ date }) => date));
}

/** The hours of some days as the columns of a statement. @throws RangeError for a key or an hour that is not theirs. */
function columnsOf(series: SeriesIds, days: readonly DerivedStatisticDay[]) {
  const hours = days.flatMap(({ date, hours }) => {
    const { start, end } = boundsOf(date);
    return hours.map((hour) => {
      const id = series.get(nameOf(hour.key));
      if (id === undefined) throw new RangeError(`There is no series of ${nameOf(hour.key)} for ${date}`);
      if (hour.start < start || hour.start >= end)
        throw new RangeError(`An hour outside its day ${date}: ${hour.start}`);
      return { id, ...hour };
    });
  });
  return {
    ids: arrayText(hours.map(({ id }) => id)),
    starts: arrayText(hours.map(({ start }) => start)),
    amounts: arrayText(hours.map(({ amount }) => amount)),
    origins: arrayText(hours.map(({ origin }) => origin)),
  };
}

/**
 * An hour that is stored and not given becomes 0. Only a change of amount concerns Home Assistant: one of origin alone
 * leaves the cursor where it is.
 */
async function writeHours(
  tx: Queries,
  series: SeriesIds,
  days: readonly DerivedStatisticDay[],
  { keepsFormer = false }: { readonly keepsFormer?: boolean } = {},
): Promise<number> {
  if (days.length === 0 || series.size === 0) return 0;
  const bounds = days.map(({ date }) => boundsOf(date));
  const { ids, starts, amounts, origins } = columnsOf(series, days);
  const [row] = await tx<{ changed: number }[]>`
    with given as materialized (
      select series_id, to_timestamp(ms / 1000) as starts_at, amount, origin
      from unnest(${ids}::text::integer[], ${starts}::text::float8[], ${amounts}::text::bigint[],
        ${origins}::text::hour_origin[]) as each (series_id, ms, amount, origin)
    ), stored as materialized (
      select hour.series_id, hour.starts_at, hour.amount, hour.origin
      from unnest(${arrayText([...series.values()])}::text::integer[]) as series (id)
      cross join unnest(
        ${arrayText(bounds.map(({ start }) => start))}::text::float8[],
        ${arrayText(bounds.map(({ end }) => end))}::text::float8[]
      ) as span (start_ms, end_ms)
      cross join lateral (
        select series_id, starts_at, amount, origin from statistic_hour
        where series_id = series.id
          and starts_at >= to_timestamp(span.start_ms / 1000) and starts_at < to_timestamp(span.end_ms / 1000)
        -- Keeps it from being turned into a join: see preferIndexes.
        offset 0
      ) as hour
    ), differing as materialized (
      select series_id, starts_at, coalesce(given.amount, 0) as amount, coalesce(given.origin, 'measured') as origin,
        stored.amount as former, stored.amount is null as is_new
      from given full join stored using (series_id, starts_at)
      where case
        when given.amount is null and stored.origin = 'former' then not ${keepsFormer}::boolean
        when given.amount is null then stored.amount <> 0
        else (given.amount, given.origin) is distinct from (stored.amount, stored.origin)
      end
    ), inserted as (
      insert into statistic_hour (series_id, starts_at, amount, origin)
      select series_id, starts_at, amount, origin from differing where is_new
    ), updated as (
      insert into statistic_hour (series_id, starts_at, amount, origin)
      select series_id, starts_at, amount, origin from differing where not is_new
      on conflict (series_id, starts_at)
        do update set amount = excluded.amount, origin = excluded.origin, adoption_id = null
    ), moved as (
      update statistic_series
      set total = total + change.amount, dirty_from = least(dirty_from, change.starts_at), revision = revision + 1
      from (
        select series_id, min(starts_at) as starts_at, sum(amount - coalesce(former, 0))::bigint as amount
        from differing where former is distinct from amount group by series_id
      ) as change
      where id = change.series_id
    )
    select count(*)::integer as changed from differing`;
  return row?.changed ?? 0;
}

async function savePending(tx: Queries, usagePoint: UsagePointId, days: readonly DerivedStatisticDay[]) {
  const waiting = days.filter(({ pending }) => pending > 0);
  await tx`
    delete from statistic_pending
    where usage_point_id = ${usagePoint} and date = any (${arrayText(days.map(({ date }) => date))}::text::date[])
      and date <> all (${arrayText(waiting.map(({ date }) => date))}::text::date[])`;
  if (waiting.length === 0) return;
  await tx`
    insert into statistic_pending (usage_point_id, date, energy)
    select ${usagePoint}, given.date, given.energy
    from unnest(
      ${arrayText(waiting.map(({ date }) => date))}::text::date[],
      ${arrayText(waiting.map(({ pending }) => pending))}::text::bigint[]
    ) as given (date, energy)
    left join lateral (
      select energy from statistic_pending as stored
      where usage_point_id = ${usagePoint} and stored.date = given.date
      limit 1
    ) as former on true
    where former.energy is distinct from given.energy
    on conflict (usage_point_id, date) do update set energy = excluded.energy`;
}

/** A revision that the day never had belongs to a row that is gone, and ends nothing. */
async function endStaleness(tx: Queries, { usagePoint, flow, days }: Replacement): Promise<void> {
  const dates = days.map(({ date }) => date);
  await tx`
    update day set statistics_revision = given.revision
    from unnest(${arrayText(dates)}::text::date[], ${arrayText(days.map(({ revision }) => revision))}::text::integer[])
      as given (date, revision)
    where usage_point_id = ${usagePoint} and flow = ${flow}::flow and ${isOneOf(tx, dates)}
      and day.date = given.date
      and day.statistics_revision < given.revision and given.revision <= day.revision`;
}
