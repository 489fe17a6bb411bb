import type postgres from "postgres";
import { boundsOf } from "../../domain/calendar.ts";
import type { LocalDate, UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { FormerReading, ManualStore, TypedDay, TypedValue } from "../../sync/manual/store.ts";
import type { Period } from "../../sync/source.ts";
import { date, lockFor, type Queries, rowsOf, timestamp } from "./arguments.ts";
import { readingsLock } from "./readings-lock.ts";
import { emptyDays } from "./statistics-hours.ts";

export function createManual(sql: postgres.Sql): ManualStore {
  return {
    saveTypedValue: (value) => sql.begin((tx) => saveTypedValue(tx, value)),
    removeTypedValue: (value) => sql.begin((tx) => removeTypedValue(tx, value)),
    loadTypedValues: (usagePoint, flow, period) => loadTypedValues(sql, { usagePoint, flow, ...period }),
    loadCorrectedDays: (usagePoint, flow, period) => loadCorrectedDays(sql, { usagePoint, flow, ...period }),
    loadFormerReadings: (day, limit) => loadFormerReadings(sql, day, limit),
  };
}

type Days = { readonly usagePoint: UsagePointId; readonly flow: Flow } & Period;
type Day = Omit<TypedValue, "energyWh" | "at">;

async function saveTypedValue(tx: Queries, { energyWh, at, ...day }: TypedValue): Promise<boolean> {
  const { usagePoint, flow } = day;
  await lockFor(tx, readingsLock(day));
  if (await isCovered(tx, day)) return false;
  const saved = await tx`
    insert into daily_reading as stored (usage_point_id, flow, date, value_wh, origin)
    values (${usagePoint}, ${flow}, ${date(tx, day.date)}, ${energyWh}, 'user')
    on conflict (usage_point_id, flow, date) do update set value_wh = excluded.value_wh where stored.origin = 'user'`;
  if (saved.count === 0) return false;
  await tx`
    insert into day (usage_point_id, flow, date, readings_at)
    values (${usagePoint}, ${flow}, ${date(tx, day.date)}, ${timestamp(tx, at)})
    on conflict (usage_point_id, flow, date) do update set stale = true, readings_at = excluded.readings_at`;
  return true;
}

/** Whether slots cover the whole day. The caller holds the lock of the readings. */
async function isCovered(tx: Queries, { usagePoint, flow, date: day }: Day): Promise<boolean> {
  const { start, end, minutes } = boundsOf(day);
  const [row] = await tx<{ minutes: number }[]>`
    select coalesce(sum(minutes), 0)::integer as minutes from slot
    where usage_point_id = ${usagePoint} and flow = ${flow}::flow
      and starts_at >= ${timestamp(tx, start)} and starts_at < ${timestamp(tx, end)}`;
  return (row?.minutes ?? 0) >= minutes;
}

async function removeTypedValue(tx: Queries, { at, ...day }: Omit<TypedValue, "energyWh">): Promise<boolean> {
  const { usagePoint, flow } = day;
  await lockFor(tx, readingsLock(day));
  if (!(await deleteTyped(tx, day))) return false;
  const { start, end } = boundsOf(day.date);
  const kept = await tx`
    update day set stale = true, readings_at = ${timestamp(tx, at)}
    where usage_point_id = ${usagePoint} and flow = ${flow}::flow and date = ${date(tx, day.date)}
      and exists (
        select from slot
        where slot.usage_point_id = day.usage_point_id and slot.flow = day.flow
          and starts_at >= ${timestamp(tx, start)} and starts_at < ${timestamp(tx, end)}
      )`;
  if (kept.count > 0) return true;
  // Nothing is left to derive the day from: its row goes, and with it what it put into the statistics.
  await tx`
    delete from day where usage_point_id = ${usagePoint} and flow = ${flow}::flow and date = ${date(tx, day.date)}`;
  await emptyDays(tx, day, [day.date]);
  return true;
}

async function deleteTyped(tx: Queries, { usagePoint, flow, date: day }: Day): Promise<boolean> {
  const deleted = await tx`
    delete from daily_reading
    where usage_point_id = ${usagePoint} and flow = ${flow}::flow and date = ${date(tx, day)} and origin = 'user'`;
  return deleted.count > 0;
}

/**
 * Removes the typed values of days that slots cover by now: the source's word passes before the user's. The days are
 * stale already, because their slots changed. The caller holds the lock of the readings.
 */
export async function yieldTypedValues(tx: Queries, days: Days): Promise<void> {
  for (const { date: day } of await loadTypedValues(tx, days)) {
    const { usagePoint, flow } = days;
    if (await isCovered(tx, { usagePoint, flow, date: day })) await deleteTyped(tx, { usagePoint, flow, date: day });
  }
}

const loadTypedValues = (sql: Queries, { usagePoint, flow, from, to }: Days): Promise<readonly TypedDay[]> =>
  rowsOf(sql<TypedDay[]>`
    select date, value_wh as "energyWh" from daily_reading
    where usage_point_id = ${usagePoint} and flow = ${flow}::flow and origin = 'user'
      and date between ${date(sql, from)} and ${date(sql, to)}
    order by date`);

/** As the index `former_reading_of_day` has it. */
const dayOf = (sql: Queries) => sql`coalesce(date, (starts_at at time zone 'Europe/Paris')::date)`;
const originOf = (sql: Queries) => sql`coalesce(former ->> 'origin', 'source')`;

async function loadCorrectedDays(sql: Queries, { usagePoint, flow, from, to }: Days): Promise<readonly LocalDate[]> {
  const rows = await sql<{ date: LocalDate }[]>`
    select distinct ${dayOf(sql)} as date from former_reading
    where usage_point_id = ${usagePoint} and flow = ${flow}::flow
      and ${dayOf(sql)} between ${date(sql, from)} and ${date(sql, to)} and ${originOf(sql)} = 'source'
    order by 1`;
  return rows.map((row) => row.date);
}

async function loadFormerReadings(
  sql: Queries,
  { usagePoint, flow, date: day }: Day,
  limit: number,
): Promise<{ readonly readings: readonly FormerReading[]; readonly count: number }> {
  const rows = await sql<(FormerReading & { readonly count: number })[]>`
    select case kind when 'slot' then 'slot' else 'daily' end as kind, starts_at as start,
      (former ->> 'minutes')::integer as minutes, coalesce(former ->> 'power_w', former ->> 'value_wh')::integer as value,
      ${originOf(sql)} as origin, replaced_at as "replacedAt", count(*) over ()::integer as count
    from former_reading
    where usage_point_id = ${usagePoint} and flow = ${flow}::flow and ${dayOf(sql)} = ${date(sql, day)}
    order by id desc limit ${limit}`;
  return { readings: rows.map(({ count: _, ...reading }) => reading), count: rows[0]?.count ?? 0 };
}
