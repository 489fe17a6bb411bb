import { addDays, dateAt } from "../../domain/calendar.ts";
import { endOf, type Slot } from "../../domain/slot.ts";
import { hourMs, type LocalDate, minuteMs } from "../../domain/units.ts";
import type { IngestCurve } from "../../sync/store.ts";
import { arrayText, batchesOf, date, type Queries, timestamp } from "./arguments.ts";

/** The schema's longest slot: nothing that starts earlier than this before a slot can reach into it. */
const longestSlotMs = hourMs;

/**
 * Removes the stored slots that a new one overlaps under another start (a trigger keeps them as former readings) and
 * marks their days stale. Nothing else is removed: what an answer does not mention stays.
 *
 * Two slots of one length that both start on a multiple of it are the same or apart. So the pairwise search runs only
 * when the new slots, or the stored ones around them, are not all of one such kind.
 *
 * Returns whether it ran: `forgetEmptiedDays` is then due, once the new slots are stored.
 */
export async function supersedeOverlapped(tx: Queries, input: IngestCurve): Promise<boolean> {
  const step = stepOf(input.slots);
  if (step !== null && !(await hasOtherSteps(tx, input, step))) return false;
  for (const batch of batchesOf(input.slots)) await removeOverlapped(tx, input, batch);
  return true;
}

/** The minutes that all slots last and start on a multiple of; null when there is no such number. */
function stepOf(slots: readonly Slot[]): number | null {
  const step = slots[0]?.minutes ?? 0;
  return slots.every((slot) => slot.minutes === step && slot.start % (step * minuteMs) === 0) ? step : null;
}

async function hasOtherSteps(tx: Queries, { usagePoint, flow, slots }: IngestCurve, step: number): Promise<boolean> {
  const [first, last] = [slots[0], slots.at(-1)];
  if (!first || !last) return false;
  const [row] = await tx<{ found: boolean }[]>`
    select exists (
      select from slot
      where usage_point_id = ${usagePoint} and flow = ${flow}::flow
        and starts_at > ${timestamp(tx, first.start - longestSlotMs)} and starts_at < ${timestamp(tx, endOf(last))}
        and (minutes <> ${step}::integer or mod((date_part('epoch', starts_at) * 1000)::bigint, ${step * minuteMs}::bigint) <> 0)
    ) as found`;
  return row?.found ?? false;
}

async function removeOverlapped(tx: Queries, { usagePoint, flow, at }: IngestCurve, slots: readonly Slot[]) {
  await tx`
    with given as materialized (
      select to_timestamp(start_ms / 1000) as starts_at, to_timestamp(end_ms / 1000) as ends_at
      from unnest(
        ${arrayText(slots.map((slot) => slot.start))}::text::float8[],
        ${arrayText(slots.map((slot) => endOf(slot)))}::text::float8[]
      ) as each (start_ms, end_ms)
    ), overlapped as (
      select distinct former.starts_at
      from given
      cross join lateral (
        select starts_at from slot
        where usage_point_id = ${usagePoint} and flow = ${flow}::flow
          and starts_at > given.starts_at - interval '1 hour' and starts_at < given.ends_at
          and starts_at + minutes * interval '1 minute' > given.starts_at and starts_at <> given.starts_at
        -- Keeps it from being turned into a join: see preferIndexes.
        offset 0
      ) as former
      where not exists (select from given as same where same.starts_at = former.starts_at)
    ), removed as (
      delete from slot
      where usage_point_id = ${usagePoint} and flow = ${flow}::flow
        and starts_at between (select min(starts_at) from overlapped) and (select max(starts_at) from overlapped)
        and starts_at = any (array(select starts_at from overlapped))
      returning starts_at
    )
    insert into day (usage_point_id, flow, date, readings_at)
    select distinct ${usagePoint}, ${flow}::flow, (starts_at at time zone 'Europe/Paris')::date, ${timestamp(tx, at)}
    from removed
    on conflict (usage_point_id, flow, date) do update set stale = true, readings_at = excluded.readings_at
      where not day.stale or day.readings_at <> excluded.readings_at`;
}

/**
 * A slot that reaches over midnight may have taken the place of all that the next day had. Nothing is left to derive
 * that day from: its row goes, and its readings are among the former ones. Returns those days.
 */
export async function forgetEmptiedDays(
  tx: Queries,
  { usagePoint, flow, slots }: IngestCurve,
): Promise<readonly LocalDate[]> {
  const [first, last] = [slots[0], slots.at(-1)];
  if (!first || !last) return [];
  const emptied = await tx<{ date: LocalDate }[]>`
    delete from day
    where usage_point_id = ${usagePoint} and flow = ${flow}::flow and stale
      and date between ${date(tx, addDays(dateAt(first.start), -1))} and ${date(tx, dateAt(endOf(last)))}
      and not exists (
        select from slot
        where slot.usage_point_id = day.usage_point_id and slot.flow = day.flow
          and starts_at >= date::timestamp at time zone 'Europe/Paris'
          and starts_at < (date + 1)::timestamp at time zone 'Europe/Paris'
        -- Not turned into a join either.
        offset 0
      )
      and not exists (
        select from daily_reading as official
        where official.usage_point_id = day.usage_point_id and official.flow = day.flow and official.date = day.date
      )
    returning date`;
  return emptied.map(({ date }) => date);
}
