import type postgres from "postgres";
import { boundsOf } from "../../domain/calendar.ts";
import type { Instant, LocalDate, UsagePointId } from "../../domain/units.ts";
import { type Subject, subjects } from "../../domain/usage-point.ts";
import type { DayAnswer, DayMemory, MemoryStore, TaskClaimStore, TaskMemory } from "../../sync/store.ts";
import { preferIndexes, type Queries, timestamp } from "./arguments.ts";

export function createMemory(sql: postgres.Sql): MemoryStore & TaskClaimStore {
  return {
    loadDayMemory: (usagePoint) =>
      sql.begin("read only", async (tx) => {
        await preferIndexes(tx);
        return loadDayMemory(tx, usagePoint);
      }),
    loadTasks: () => loadTasks(sql),
    saveTask: (task) => saveTask(sql, task),
    changeTask: (task, from, act) => sql.begin((tx) => changeTask(tx, task, { from, act })),
  };
}

/** One list per column, packed as JSON: three years of five subjects are 5,500 days. */
interface PackedDays {
  readonly subject: Subject;
  readonly dates: readonly LocalDate[];
  /** Minutes covered by slots, on curves; -1 where a value is held, on other subjects; 0 where nothing is. */
  readonly held: readonly number[];
  readonly disagreeing: readonly (number | null)[];
  readonly asked: readonly (number | null)[];
  readonly answers: readonly (DayAnswer | null)[];
  readonly tries: readonly (number | null)[];
}

/**
 * Coverage of a curve is kept in `day`; on the few stale days, whose row is older than their readings, the slots
 * themselves are counted. A daily value typed by hand is none that the source was asked for.
 */
async function loadDayMemory(
  sql: Queries,
  usagePoint: UsagePointId,
): Promise<ReadonlyMap<Subject, readonly DayMemory[]>> {
  const rows = await sql<PackedDays[]>`
    with held as (
      select (flow || '_curve')::subject as subject, date,
        case
          when stale then (
            select coalesce(sum(minutes), 0)
            from slot
            where slot.usage_point_id = ${usagePoint} and slot.flow = day.flow
              and starts_at >= date::timestamp at time zone 'Europe/Paris'
              and starts_at < (date + 1)::timestamp at time zone 'Europe/Paris'
          )
          else minutes_present
        end as minutes,
        case when quality = 'disagreeing' then round(date_part('epoch', readings_at) * 1000)::bigint end as disagreeing
      from day where usage_point_id = ${usagePoint}
      union all
      select (flow || '_daily')::subject, date, -1, null from daily_reading
      where usage_point_id = ${usagePoint} and origin = 'source'
      union all
      select 'max_power', date, -1, null from max_power where usage_point_id = ${usagePoint}
    ), known as (
      select subject, date, coalesce(minutes, 0) as minutes, disagreeing,
        round(date_part('epoch', asked_at) * 1000)::bigint as asked, answer, tries
      from held
      full join (select subject, date, asked_at, answer, tries from inquiry where usage_point_id = ${usagePoint}) as asked
        using (subject, date)
      where minutes <> 0 or answer is not null
    )
    select subject,
      json_agg(date order by date) as dates,
      json_agg(minutes order by date) as held,
      json_agg(disagreeing order by date) as disagreeing,
      json_agg(asked order by date) as asked,
      json_agg(answer order by date) as answers,
      json_agg(tries order by date) as tries
    from known group by subject`;
  const packed = new Map(rows.map((row) => [row.subject, row]));
  return new Map(subjects.map((subject) => [subject, unpack(packed.get(subject))]));
}

function unpack(packed: PackedDays | undefined): readonly DayMemory[] {
  if (!packed) return [];
  return packed.dates.map((date, position) => ({
    date,
    has: coverageOf(date, packed.held[position] ?? 0),
    disagreeingSince: (packed.disagreeing[position] ?? null) as Instant | null,
    askedAt: (packed.asked[position] ?? null) as Instant | null,
    answer: packed.answers[position] ?? null,
    tries: packed.tries[position] ?? 0,
  }));
}

function coverageOf(date: LocalDate, minutes: number): DayMemory["has"] {
  if (minutes === 0) return "none";
  // No Paris day is shorter than 1380 minutes: most partial days need no calendar.
  if (minutes === -1) return "all";
  return minutes >= 1380 && minutes >= boundsOf(date).minutes ? "all" : "some";
}

async function loadTasks(sql: Queries): Promise<ReadonlyMap<string, TaskMemory>> {
  const rows = await sql<TaskMemory[]>`
    select key, asked_at as "askedAt", succeeded_at as "succeededAt", failures, retry_at as "retryAt", detail
    from task order by key`;
  return new Map(rows.map((row) => [row.key, row]));
}

/** The row is held while it is acted on, so that of several instances one acts; the others do not wait for it. */
async function changeTask(
  tx: Queries,
  task: TaskMemory,
  { from, act }: { readonly from: string; readonly act: () => Promise<void> },
): Promise<boolean> {
  const held = await tx`
    select from task where key = ${task.key} and detail is not distinct from ${from}::text for update skip locked`;
  if (held.count === 0) return false;
  await act();
  await saveTask(tx, task);
  return true;
}

async function saveTask(sql: Queries, task: TaskMemory): Promise<void> {
  await sql`
    insert into task (key, asked_at, succeeded_at, failures, retry_at, detail)
    select given.* from (
      select ${task.key}::text as key, ${timestamp(sql, task.askedAt)} as asked_at,
        ${timestamp(sql, task.succeededAt)} as succeeded_at, ${task.failures}::integer as failures,
        ${timestamp(sql, task.retryAt)} as retry_at, ${task.detail}::text as detail
    ) as given
    where not exists (
      select from task as former
      where former.key = given.key
        and (former.asked_at, former.succeeded_at, former.failures, former.retry_at, former.detail)
          is not distinct from (given.asked_at, given.succeeded_at, given.failures, given.retry_at, given.detail)
    )
    on conflict (key) do update set asked_at = excluded.asked_at, succeeded_at = excluded.succeeded_at,
      failures = excluded.failures, retry_at = excluded.retry_at, detail = excluded.detail`;
}
