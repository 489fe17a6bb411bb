import type postgres from "postgres";
import type { Instant } from "../../domain/units.ts";
import type { SentMonth, SentPlace, SentSeries } from "../../sync/exports/memory.ts";
import type { Month } from "../../sync/exports/series.ts";
import { jsonText, lockFor, type Queries, timestamp } from "./arguments.ts";

export async function loadSent(sql: Queries, { destination, target, series }: SentPlace): Promise<SentSeries> {
  const rows = await sql<(SentMonth & { readonly month: Month | null; readonly correctedAt: Instant | null })[]>`
    select month, mark, days, corrected_at as "correctedAt"
    from export_series left join export_month on series_id = id
    where destination = ${destination} and target = ${target} and series = ${series}
    order by month`;
  return {
    months: new Map(rows.flatMap(({ month, mark, days }) => (month === null ? [] : [[month, { mark, days }]]))),
    correctedAt: rows[0]?.correctedAt ?? null,
  };
}

/** What is remembered anew. */
interface Sent {
  readonly months: ReadonlyMap<Month, SentMonth>;
  readonly correctedAt: Instant | null;
}

/** Writes the rows that differ, and no other. */
export async function saveSent(sql: postgres.Sql, place: SentPlace, { months, correctedAt }: Sent): Promise<void> {
  if (months.size === 0 && correctedAt === null) return;
  await sql.begin(async (tx) => {
    await lockFor(tx, `export/${place.destination}`);
    const id = (await findSeries(tx, place)) ?? (await addSeries(tx, place));
    if (correctedAt !== null)
      await tx`
        update export_series set corrected_at = ${timestamp(tx, correctedAt)}
        where id = ${id} and corrected_at is distinct from ${timestamp(tx, correctedAt)}`;
    await saveMonths(tx, id, months);
  });
}

async function saveMonths(tx: Queries, id: number, months: ReadonlyMap<Month, SentMonth>): Promise<void> {
  const given = [...months].map(([month, { mark, days }]) => ({ month, mark, days }));
  await tx`
    insert into export_month (series_id, month, mark, days)
    select ${id}, given.month, given.mark, given.days
    from json_to_recordset(${jsonText(given)}::text::json) as given (month text, mark text, days jsonb)
    left join lateral (
      select mark, days from export_month as stored
      where stored.series_id = ${id} and stored.month = given.month limit 1
    ) as former on true
    where (former.mark, former.days) is distinct from (given.mark, given.days)
    on conflict (series_id, month) do update set mark = excluded.mark, days = excluded.days`;
}

async function findSeries(tx: Queries, { destination, target, series }: SentPlace): Promise<number | null> {
  const [row] = await tx<{ id: number }[]>`
    select id from export_series where destination = ${destination} and target = ${target} and series = ${series}`;
  return row?.id ?? null;
}

async function addSeries(tx: Queries, { destination, target, series }: SentPlace): Promise<number> {
  const [row] = await tx<{ id: number }[]>`
    insert into export_series (destination, target, series) values (${destination}, ${target}, ${series}) returning id`;
  if (row === undefined) throw new Error("An inserted row was not returned");
  return row.id;
}

/** Its months go with it. */
export async function forgetSent(sql: Queries, { destination, target, series }: SentPlace): Promise<void> {
  await sql`
    delete from export_series where destination = ${destination} and target = ${target} and series = ${series}`;
}
