import type postgres from "postgres";
import type { UsagePointId } from "../../domain/units.ts";
import type { KnownSpan, ViewStore } from "../../sync/view/store.ts";
import { type Queries, rowsOf } from "./arguments.ts";

export function createViews(sql: postgres.Sql): ViewStore {
  return {
    loadKnownSpans: (account) => loadKnownSpans(sql, account),
    loadCities: (account) => loadCities(sql, account),
    loadWritePosition: () => loadWritePosition(sql),
  };
}

const loadKnownSpans = (sql: Queries, account: string): Promise<readonly KnownSpan[]> =>
  rowsOf(sql<KnownSpan[]>`
    select usage_point_id as "usagePoint", day.flow, min(date) as "from", max(date) as "through",
      count(*)::integer as days
    from day join usage_point on usage_point.id = usage_point_id
    where account = ${account} and value_wh is not null
    group by usage_point_id, day.flow
    order by usage_point_id, day.flow`);

async function loadCities(sql: Queries, account: string): Promise<ReadonlyMap<UsagePointId, string>> {
  const rows = await sql<{ id: UsagePointId; city: string }[]>`
    select id, city from address join usage_point on usage_point.id = usage_point_id
    where account = ${account} and city is not null`;
  return new Map(rows.map(({ id, city }) => [id, city]));
}

/** Each commit that wrote a row is in the log before anybody sees it. Others' writes move the position too, which is safe. */
async function loadWritePosition(sql: Queries): Promise<string> {
  const [row] = await sql<{ position: string }[]>`select pg_current_wal_insert_lsn()::text as position`;
  return row?.position ?? "";
}
