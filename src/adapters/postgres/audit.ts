import type postgres from "postgres";
import type { DayQuality } from "../../domain/day.ts";
import type { Instant, LocalDate, UsagePointId, Wh } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { Bucket, DayAnswer, StaleDay } from "../../sync/store.ts";
import { type Queries, rowsOf, timestamp } from "./arguments.ts";

/** Read-only checks of the whole store. Each gives the rows that break a rule: none on a sound store. */
export interface Audit {
  /** Pairs of neighbouring slots of which the first reaches into the second. */
  findOverlaps(): Promise<readonly Overlap[]>;
  /** Slots that do not start on a whole minute. */
  findUnalignedSlots(): Promise<readonly SlotKey[]>;
  /** Derived days, not stale, whose figures are not those of their slots and official value. */
  findContradictedDays(): Promise<readonly ContradictedDay[]>;
  findStaleDays(): Promise<readonly StaleDay[]>;
  /** Days that have readings and no row of their own, so that nothing would ever derive them. */
  findForgottenDays(): Promise<readonly StaleDay[]>;
  /** Questions asked after `now`: a clock that went backwards. */
  findFutureInquiries(now: Instant): Promise<readonly FutureInquiry[]>;
  findOverspentBudgets(): Promise<readonly OverspentBudget[]>;
  /** What is held, by usage point and flow. */
  countReadings(): Promise<readonly ReadingCount[]>;
  countFormerReadings(): Promise<readonly { readonly kind: string; readonly count: number }[]>;
}

export interface SlotKey {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly start: Instant;
}
export interface Overlap extends SlotKey {
  readonly minutes: number;
  readonly nextStart: Instant;
}
export interface DayFigures {
  readonly slotsWh: Wh | null;
  readonly officialWh: Wh | null;
  readonly minutesPresent: number;
}
export interface ContradictedDay extends StaleDay {
  readonly energyWh: Wh;
  readonly quality: DayQuality;
  readonly stored: DayFigures;
  /** What the readings themselves give. */
  readonly held: DayFigures;
}
export interface FutureInquiry {
  readonly usagePoint: UsagePointId;
  readonly subject: string;
  readonly date: LocalDate;
  readonly askedAt: Instant;
  readonly answer: DayAnswer;
}
export interface OverspentBudget {
  readonly account: string;
  readonly utcDay: string;
  readonly bucket: Bucket;
  readonly used: number;
  readonly allowed: number;
}
export interface ReadingCount {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly slots: number;
  readonly firstStart: Instant | null;
  readonly lastStart: Instant | null;
  readonly dailyReadings: number;
  readonly firstDate: LocalDate | null;
  readonly lastDate: LocalDate | null;
}

export function createAudit(sql: postgres.Sql): Audit {
  return {
    findOverlaps: () => findOverlaps(sql),
    findUnalignedSlots: () => findUnalignedSlots(sql),
    findContradictedDays: () => findContradictedDays(sql),
    findStaleDays: () =>
      rowsOf(sql<StaleDay[]>`
      select usage_point_id as "usagePoint", flow, date from day where stale order by usage_point_id, day.flow, date`),
    findForgottenDays: () => findForgottenDays(sql),
    findFutureInquiries: (now) =>
      rowsOf(sql<FutureInquiry[]>`
      select usage_point_id as "usagePoint", subject, date, asked_at as "askedAt", answer from inquiry
      where asked_at > ${timestamp(sql, now)} order by usage_point_id, inquiry.subject, date`),
    findOverspentBudgets: () =>
      rowsOf(sql<OverspentBudget[]>`
      select account, utc_day as "utcDay", bucket, used, allowed from budget
      where used > allowed order by account, utc_day, bucket`),
    countReadings: () => countReadings(sql),
    countFormerReadings: () =>
      rowsOf(sql<{ kind: string; count: number }[]>`
      select kind, count(*)::integer as count from former_reading group by kind order by kind`),
  };
}

const findOverlaps = (sql: Queries) =>
  rowsOf(sql<Overlap[]>`
  select usage_point_id as "usagePoint", flow, starts_at as start, minutes, next_starts_at as "nextStart"
  from (
    select *, lead(starts_at) over (partition by usage_point_id, flow order by starts_at) as next_starts_at from slot
  ) as each
  where next_starts_at < starts_at + minutes * interval '1 minute'
  order by usage_point_id, each.flow, starts_at`);

const findUnalignedSlots = (sql: Queries) =>
  rowsOf(sql<SlotKey[]>`
  select usage_point_id as "usagePoint", flow, starts_at as start from slot
  where starts_at <> date_trunc('minute', starts_at) order by usage_point_id, slot.flow, starts_at`);

interface ContradictedRow extends StaleDay, DayFigures {
  readonly energyWh: Wh;
  readonly quality: DayQuality;
  readonly heldSlotsWh: Wh | null;
  readonly heldOfficialWh: Wh | null;
  readonly heldMinutes: number;
}

async function findContradictedDays(sql: Queries): Promise<readonly ContradictedDay[]> {
  const rows = await sql<ContradictedRow[]>`
    with held as (
      select usage_point_id, flow, (starts_at at time zone 'Europe/Paris')::date as date, sum(minutes)::integer as minutes,
        div(sum(power_w::bigint * minutes) + 30, 60)::integer as energy_wh
      from slot group by 1, 2, 3
    )
    select usage_point_id as "usagePoint", flow, date, day.value_wh as "energyWh", quality, slots_wh as "slotsWh",
      official_wh as "officialWh", minutes_present as "minutesPresent", energy_wh as "heldSlotsWh",
      official.value_wh as "heldOfficialWh", coalesce(minutes, 0) as "heldMinutes"
    from day
    left join held using (usage_point_id, flow, date)
    left join daily_reading as official using (usage_point_id, flow, date)
    where not stale
      and (slots_wh, official_wh, minutes_present::integer)
        is distinct from (energy_wh, official.value_wh, coalesce(minutes, 0))
    order by usage_point_id, day.flow, date`;
  return rows.map(({ heldSlotsWh, heldOfficialWh, heldMinutes, slotsWh, officialWh, minutesPresent, ...day }) => ({
    ...day,
    stored: { slotsWh, officialWh, minutesPresent },
    held: { slotsWh: heldSlotsWh, officialWh: heldOfficialWh, minutesPresent: heldMinutes },
  }));
}

const findForgottenDays = (sql: Queries) =>
  rowsOf(sql<StaleDay[]>`
  select usage_point_id as "usagePoint", flow, date
  from (
    select usage_point_id, flow, (starts_at at time zone 'Europe/Paris')::date as date from slot
    union
    select usage_point_id, flow, date from daily_reading
  ) as read
  where not exists (
    select from day
    where day.usage_point_id = read.usage_point_id and day.flow = read.flow and day.date = read.date
  )
  order by usage_point_id, read.flow, date`);

const countReadings = (sql: Queries) =>
  rowsOf(sql<ReadingCount[]>`
  with slots as (
    select usage_point_id, flow, count(*)::integer as slots, min(starts_at) as "firstStart", max(starts_at) as "lastStart"
    from slot group by 1, 2
  ), daily as (
    select usage_point_id, flow, count(*)::integer as "dailyReadings", min(date) as "firstDate", max(date) as "lastDate"
    from daily_reading group by 1, 2
  )
  select usage_point_id as "usagePoint", flow, coalesce(slots, 0) as slots, "firstStart", "lastStart",
    coalesce("dailyReadings", 0) as "dailyReadings", "firstDate", "lastDate"
  from slots full join daily using (usage_point_id, flow)
  order by usage_point_id, flow`);
