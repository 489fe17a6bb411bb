import type postgres from "postgres";
import { boundsOf, dateAt } from "../../domain/calendar.ts";
import type { Slot } from "../../domain/slot.ts";
import { type Instant, instant, type LocalDate, type UsagePointId, type W, type Wh } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { Period } from "../../sync/source.ts";
import type { DayInput } from "../../sync/store.ts";
import { date, type Queries, timestamp } from "./arguments.ts";

/**
 * Slots (ascending) and official value of each day of the period that has any. Both come from one statement, hence
 * from one state of the store.
 *
 * Three years are 52,560 slots. As rows they take the client three times as long as packed into three JSON arrays.
 */
export async function loadDayInputs(
  sql: postgres.Sql,
  usagePoint: UsagePointId,
  flow: Flow,
  period: Period,
): Promise<readonly DayInput[]> {
  const { starts, minutes, powers, dates, values } = await loadPacked(sql, usagePoint, flow, period);
  const official = new Map(dates.map((day, position) => [day, (values[position] ?? 0) as Wh]));
  const slotsByDate = groupByDate(starts, minutes, powers);
  const known = new Set([...slotsByDate.keys(), ...official.keys()]);
  return [...known].sort().map((day) => ({
    date: day,
    slots: slotsByDate.get(day) ?? [],
    officialWh: official.get(day) ?? null,
  }));
}

interface Packed {
  readonly starts: readonly number[];
  readonly minutes: readonly number[];
  readonly powers: readonly number[];
  readonly dates: readonly LocalDate[];
  readonly values: readonly number[];
}

async function loadPacked(sql: Queries, usagePoint: UsagePointId, flow: Flow, period: Period): Promise<Packed> {
  const [row] = await sql<Record<keyof Packed, string>[]>`
    select slots.*, official.*
    from (
      select
        array_to_json(array_agg((date_part('epoch', starts_at) * 1000)::bigint))::text as starts,
        array_to_json(array_agg(minutes))::text as minutes,
        array_to_json(array_agg(power_w))::text as powers
      from (
        select starts_at, minutes, power_w from slot
        where usage_point_id = ${usagePoint} and flow = ${flow}::flow
          and starts_at >= ${timestamp(sql, boundsOf(period.from).start)}
          and starts_at < ${timestamp(sql, boundsOf(period.to).end)}
        order by starts_at
      ) as each
    ) as slots
    cross join (
      select
        array_to_json(array_agg(date))::text as dates,
        array_to_json(array_agg(value_wh))::text as values
      from daily_reading
      where usage_point_id = ${usagePoint} and flow = ${flow}::flow
        and date between ${date(sql, period.from)} and ${date(sql, period.to)}
    ) as official`;
  const list = (text: string | null | undefined) => JSON.parse(text ?? "[]");
  return {
    starts: list(row?.starts),
    minutes: list(row?.minutes),
    powers: list(row?.powers),
    dates: list(row?.dates),
    values: list(row?.values),
  };
}

/** Ascending instants, cut at each Paris midnight. */
function groupByDate(
  starts: readonly number[],
  minutes: readonly number[],
  powers: readonly number[],
): Map<LocalDate, Slot[]> {
  const days = new Map<LocalDate, Slot[]>();
  let slots: Slot[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const [position, start] of starts.entries()) {
    if (start >= end) {
      const day = dateAt(instant(start));
      end = boundsOf(day).end;
      slots = [];
      days.set(day, slots);
    }
    slots.push({ start: start as Instant, minutes: minutes[position] ?? 0, powerW: (powers[position] ?? 0) as W });
  }
  return days;
}
