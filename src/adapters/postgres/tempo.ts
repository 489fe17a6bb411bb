import type postgres from "postgres";
import type { TempoDay } from "../../domain/tempo.ts";
import type { Instant } from "../../domain/units.ts";
import type { Period } from "../../sync/source.ts";
import { arrayText, batchesOf, date, lastOfEach, lockFor, type Queries, rowsOf, timestamp } from "./arguments.ts";

/** A colour that changes is replaced, the former one kept in `former_reading`; an unknown announcement never erases. */
export function saveTempo(sql: postgres.Sql, days: readonly TempoDay[], at: Instant): Promise<{ written: number }> {
  return sql.begin(async (tx) => {
    await lockFor(tx, "tempo");
    let written = 0;
    for (const batch of batchesOf(lastOfEach(days, (day) => day.date))) written += await saveBatch(tx, batch, at);
    return { written };
  });
}

async function saveBatch(tx: Queries, days: readonly TempoDay[], at: Instant): Promise<number> {
  const changed = await tx`
    insert into tempo_day (date, color, announced_at, first_seen_at)
    select given.date, given.color, coalesce(to_timestamp(given.ms / 1000), former.announced_at), ${timestamp(tx, at)}
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
    on conflict (date) do update set color = excluded.color, announced_at = excluded.announced_at`;
  return changed.count;
}

export async function loadTempo(sql: Queries, { from, to }: Period): Promise<readonly TempoDay[]> {
  return rowsOf(sql<TempoDay[]>`
    select date, color, announced_at as "announcedAt" from tempo_day
    where date between ${date(sql, from)} and ${date(sql, to)} order by date`);
}
