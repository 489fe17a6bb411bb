import type postgres from "postgres";
import { addDays } from "../../domain/calendar.ts";
import type { TempoDay } from "../../domain/tempo.ts";
import type { Instant, LocalDate, UsagePointId } from "../../domain/units.ts";
import type { Period } from "../../sync/source.ts";
import { arrayText, batchesOf, date, lastOfEach, lockFor, type Queries, rowsOf, timestamp } from "./arguments.ts";
import { readingsLock } from "./readings-lock.ts";
import { markDays } from "./statistics-days.ts";

/**
 * A colour that changes is replaced, the former one kept in `former_reading`; an unknown announcement never erases. The
 * hours of a day that is coloured otherwise, and of the next one until 06:00, are marked to be derived again.
 */
export function saveTempo(sql: postgres.Sql, days: readonly TempoDay[], at: Instant): Promise<{ written: number }> {
  return sql.begin(async (tx) => {
    await lockFor(tx, "tempo");
    const saved: SavedDay[] = [];
    for (const batch of batchesOf(lastOfEach(days, (day) => day.date))) saved.push(...(await saveBatch(tx, batch, at)));
    await markColored(
      tx,
      saved.filter((day) => day.isRecolored).map((day) => day.date),
    );
    return { written: saved.length };
  });
}

interface SavedDay {
  readonly date: LocalDate;
  readonly isRecolored: boolean;
}

async function saveBatch(tx: Queries, days: readonly TempoDay[], at: Instant): Promise<readonly SavedDay[]> {
  return tx<SavedDay[]>`
    with changed as materialized (
      select given.date, given.color, coalesce(to_timestamp(given.ms / 1000), former.announced_at) as announced_at,
        former.color as former_color
      from unnest(
        ${arrayText(days.map((day) => day.date))}::text::date[],
        ${arrayText(days.map((day) => day.color))}::text::tempo_color[],
        ${arrayText(days.map((day) => day.announcedAt))}::text::float8[]
      ) as given (date, color, ms)
      left join lateral (
        select color, announced_at from tempo_day as stored where stored.date = given.date limit 1
      ) as former on true
      where (former.color, former.announced_at)
        is distinct from (given.color, coalesce(to_timestamp(given.ms / 1000), former.announced_at))
    ), saved as (
      insert into tempo_day (date, color, announced_at, first_seen_at)
      select date, color, announced_at, ${timestamp(tx, at)} from changed
      on conflict (date) do update set color = excluded.color, announced_at = excluded.announced_at
    )
    select date, color is distinct from former_color as "isRecolored" from changed`;
}

/** Whoever else holds the lock of some readings asks for no other one: the locks are taken in any order safely. */
async function markColored(tx: Queries, colored: readonly LocalDate[]): Promise<void> {
  if (colored.length === 0) return;
  const dates = [...new Set(colored.flatMap((day) => [day, addDays(day, 1)]))];
  const points = await tx<{ usagePoint: UsagePointId }[]>`select id as "usagePoint" from usage_point order by id`;
  for (const { usagePoint } of points) {
    await lockFor(tx, readingsLock({ usagePoint, flow: "consumption" }));
    await markDays(tx, { usagePoint, flow: "consumption", dates });
  }
}

export async function loadTempo(sql: Queries, { from, to }: Period): Promise<readonly TempoDay[]> {
  return rowsOf(sql<TempoDay[]>`
    select date, color, announced_at as "announcedAt" from tempo_day
    where date between ${date(sql, from)} and ${date(sql, to)} order by date`);
}
