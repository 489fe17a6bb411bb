import type postgres from "postgres";
import { boundsOf } from "../../domain/calendar.ts";
import type { DayQuality, DerivedDay, KnownDay } from "../../domain/day.ts";
import type { Instant, LocalDate, UsagePointId, Va, Wh } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { MaxPowerReading, Period } from "../../sync/source.ts";
import type { EnergyIndex, ReadingStore, StaleDay } from "../../sync/store.ts";
import { arrayText, batchesOf, date, lockFor, type Queries, rowsOf, timestamp } from "./arguments.ts";
import { loadDayInputs } from "./day-inputs.ts";
import { readingsLock } from "./readings-lock.ts";

type Days = Omit<ReadingStore, "ingestCurve" | "ingestDaily" | "ingestMaxPower">;

export function createDays(sql: postgres.Sql): Days {
  return {
    loadStaleDays: () => loadStaleDays(sql),
    loadDayInputs: (usagePoint, flow, period) => loadDayInputs(sql, usagePoint, flow, period),
    saveDays: (usagePoint, flow, days, at) =>
      sql.begin(async (tx) => {
        await lockFor(tx, readingsLock({ usagePoint, flow }));
        for (const batch of batchesOf(days)) await saveDays(tx, { usagePoint, flow, days: batch, at });
      }),
    loadDays: (usagePoint, flow, period) => loadDays(sql, usagePoint, flow, period),
    loadIndex: (usagePoint, flow) => loadIndex(sql, usagePoint, flow),
    loadMonthMarks: (usagePoint, flow) => loadMonthMarks(sql, usagePoint, flow),
    loadLatestMaxPower: (usagePoint) => loadLatestMaxPower(sql, usagePoint),
    loadMaxPowers: (usagePoint, period) => loadMaxPowers(sql, usagePoint, period),
  };
}

async function loadStaleDays(sql: Queries): Promise<readonly StaleDay[]> {
  return rowsOf(sql<StaleDay[]>`
    select usage_point_id as "usagePoint", flow, date from day where stale order by usage_point_id, day.flow, date`);
}

interface SaveDays {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly days: readonly DerivedDay[];
  readonly at: Instant;
}

/**
 * A derived day tells what it was derived from: the sum of its slots, their minutes, the official value. It is stored
 * only while the store still holds exactly that. Readings that arrived since they were loaded (another instance) leave
 * the row as it was, stale, to be derived again. The lock keeps every writer of these readings out until the commit.
 * Each row written gets a new revision, so that the hours of its statistics are derived again too.
 */
async function saveDays(tx: Queries, { usagePoint, flow, days, at }: SaveDays): Promise<void> {
  const bounds = days.map((day) => boundsOf(day.date));
  await tx`
    insert into day as stored (
      usage_point_id, flow, date, stale, readings_at, value_wh, quality, slots_wh, official_wh, minutes_present, derived_at
    )
    select ${usagePoint}, ${flow}::flow, given.date, false, saved.at, given.value_wh, given.quality, given.slots_wh,
      given.official_wh, given.minutes_present, saved.at
    from unnest(
      ${arrayText(days.map((day) => day.date))}::text::date[],
      ${arrayText(days.map((day) => day.energyWh))}::text::integer[],
      ${arrayText(days.map((day) => day.quality))}::text::day_quality[],
      ${arrayText(days.map((day) => day.slotsWh))}::text::integer[],
      ${arrayText(days.map((day) => day.officialWh))}::text::integer[],
      ${arrayText(days.map((day) => day.minutesPresent))}::text::smallint[],
      ${arrayText(bounds.map(({ start }) => start))}::text::float8[],
      ${arrayText(bounds.map(({ end }) => end))}::text::float8[]
    ) as given (date, value_wh, quality, slots_wh, official_wh, minutes_present, start_ms, end_ms)
    cross join (select ${timestamp(tx, at)} as at) as saved
    cross join lateral (
      -- The one rounding of the domain: watt-minutes to the nearest watt-hour, halves upwards.
      select coalesce(sum(minutes), 0) as minutes, div(sum(power_w::bigint * minutes) + 30, 60) as energy_wh
      from slot
      where usage_point_id = ${usagePoint} and flow = ${flow}::flow
        and starts_at >= to_timestamp(given.start_ms / 1000) and starts_at < to_timestamp(given.end_ms / 1000)
    ) as held
    left join lateral (
      select value_wh from daily_reading
      where usage_point_id = ${usagePoint} and flow = ${flow}::flow and daily_reading.date = given.date
      limit 1
    ) as official on true
    left join lateral (
      select stale, value_wh, quality, slots_wh, official_wh, minutes_present from day
      where usage_point_id = ${usagePoint} and flow = ${flow}::flow and day.date = given.date
      limit 1
    ) as former on true
    where held.minutes = given.minutes_present
      and held.energy_wh is not distinct from given.slots_wh
      and official.value_wh is not distinct from given.official_wh
      and (
        former.stale is distinct from false
        or (former.value_wh, former.quality, former.slots_wh, former.official_wh, former.minutes_present)
          is distinct from (given.value_wh, given.quality, given.slots_wh, given.official_wh, given.minutes_present)
      )
    on conflict (usage_point_id, flow, date) do update set
      stale = false,
      revision = stored.revision + 1,
      value_wh = excluded.value_wh,
      quality = excluded.quality,
      slots_wh = excluded.slots_wh,
      official_wh = excluded.official_wh,
      minutes_present = excluded.minutes_present,
      derived_at = case
        when (stored.value_wh, stored.quality, stored.slots_wh, stored.official_wh, stored.minutes_present)
          is distinct from
          (excluded.value_wh, excluded.quality, excluded.slots_wh, excluded.official_wh, excluded.minutes_present)
        then excluded.derived_at
        else stored.derived_at
      end`;
}

/** One list per column: ten years are 3,650 days, which as rows take the client three times as long. */
interface PackedDays {
  readonly dates: readonly LocalDate[];
  readonly energies: readonly Wh[];
  readonly qualities: readonly DayQuality[];
  readonly slots: readonly (Wh | null)[];
  readonly official: readonly (Wh | null)[];
  readonly minutes: readonly number[];
  readonly changed: readonly Instant[];
  readonly revisions: readonly number[];
}

async function loadDays(
  sql: Queries,
  usagePoint: UsagePointId,
  flow: Flow,
  { from, to }: Period,
): Promise<readonly KnownDay[]> {
  const [row] = await sql<{ days: string | null }[]>`
    select json_build_object(
      'dates', json_agg(date), 'energies', json_agg(value_wh), 'qualities', json_agg(quality),
      'slots', json_agg(slots_wh), 'official', json_agg(official_wh), 'minutes', json_agg(minutes_present),
      'changed', json_agg(round(date_part('epoch', derived_at) * 1000)::bigint), 'revisions', json_agg(revision)
    )::text as days
    from (
      select * from day
      where usage_point_id = ${usagePoint} and flow = ${flow}::flow and value_wh is not null
        and date between ${date(sql, from)} and ${date(sql, to)}
      order by date
    ) as known
    having count(*) > 0`;
  return row?.days ? unpack(JSON.parse(row.days)) : [];
}

const unpack = (days: PackedDays): KnownDay[] =>
  days.dates.map((day, position) => ({
    date: day,
    energyWh: (days.energies[position] ?? 0) as Wh,
    quality: days.qualities[position] ?? "partial",
    slotsWh: days.slots[position] ?? null,
    officialWh: days.official[position] ?? null,
    minutesPresent: days.minutes[position] ?? 0,
    changedAt: (days.changed[position] ?? 0) as Instant,
    revision: days.revisions[position] ?? 0,
  }));

async function loadIndex(sql: Queries, usagePoint: UsagePointId, flow: Flow): Promise<EnergyIndex | null> {
  // A double holds every sum below 9 PWh exactly.
  const [row] = await sql<{ [Key in keyof EnergyIndex]: EnergyIndex[Key] | null }[]>`
    select sum(value_wh)::float8 as "energyWh", min(date) as "from", max(date) as "through", max(derived_at) as "changedAt"
    from day
    where usage_point_id = ${usagePoint} and flow = ${flow}::flow and value_wh is not null`;
  if (!row || row.energyWh === null || row.from === null || row.through === null || row.changedAt === null) return null;
  return { energyWh: row.energyWh, from: row.from, through: row.through, changedAt: row.changedAt };
}

async function loadMonthMarks(
  sql: Queries,
  usagePoint: UsagePointId,
  flow: Flow,
): Promise<ReadonlyMap<string, string>> {
  const rows = await sql<{ month: string; mark: string }[]>`
    select to_char(date, 'YYYY-MM') as month, count(*) || ' ' || sum(revision) as mark
    from day
    where usage_point_id = ${usagePoint} and flow = ${flow}::flow
    group by 1`;
  return new Map(rows.map(({ month, mark }) => [month, mark]));
}

async function loadLatestMaxPower(sql: Queries, usagePoint: UsagePointId): Promise<MaxPowerReading | null> {
  const [row] = await sql<{ date: LocalDate; at: Instant; powerVa: Va }[]>`
    select date, reached_at as "at", power_va as "powerVa"
    from max_power where usage_point_id = ${usagePoint} order by date desc limit 1`;
  return row ?? null;
}

async function loadMaxPowers(
  sql: Queries,
  usagePoint: UsagePointId,
  { from, to }: Period,
): Promise<readonly MaxPowerReading[]> {
  return rowsOf(sql<{ date: LocalDate; at: Instant; powerVa: Va }[]>`
    select date, reached_at as "at", power_va as "powerVa"
    from max_power
    where usage_point_id = ${usagePoint} and date between ${date(sql, from)} and ${date(sql, to)}
    order by date`);
}
