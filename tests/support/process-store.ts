import type { Sql } from "postgres";
import { closeSql, openSql } from "../../src/adapters/postgres/connection.ts";
import { startDatabase } from "../../src/adapters/postgres/launcher/start-database.ts";
import { createStore } from "../../src/adapters/postgres/store.ts";
import type { Store } from "../../src/sync/store.ts";

/** What lies in a data directory, read as a guest of the server that runs there, or by one of our own. */
export async function withStoreOf<T>(
  dataDir: string,
  use: (sql: Sql<Record<string, never>>, store: Store) => Promise<T>,
): Promise<T> {
  const database = await startDatabase({ dataDir, share: true });
  const sql = openSql(database.connection);
  try {
    return await use(sql as Sql<Record<string, never>>, createStore(sql));
  } finally {
    await closeSql(sql);
    await database.stop();
  }
}

/** Columns that tell when something was asked or written, or how often it took: no part of what is known. */
const circumstances = [
  "readings_at",
  "derived_at",
  "first_seen_at",
  "asked_at",
  "tries",
  "succeeded_at",
  "failures",
  "retry_at",
  "problem_since",
  "revision",
  "statistics_revision",
];
const knowledge = [
  "usage_point",
  "contract",
  "address",
  "slot",
  "daily_reading",
  "max_power",
  "day",
  "tempo_day",
  "ecowatt_day",
  "ecowatt_hour",
  "inquiry",
] as const;

/** Every row of every table that holds data, in order, without the times of asking. */
export function loadKnowledge(dataDir: string): Promise<Record<string, readonly string[]>> {
  return withStoreOf(dataDir, async (sql) => {
    const found: Record<string, readonly string[]> = {};
    for (const table of knowledge) {
      const rows = await sql<{ row: string }[]>`
        select (to_jsonb(t) - ${circumstances}::text[])::text as row from ${sql(table)} t order by 1`;
      found[table] = rows.map(({ row }) => row);
    }
    const [former] = await sql<{ count: number }[]>`select count(*)::integer as count from former_reading`;
    return { ...found, former_reading: [String(former?.count)] };
  });
}

/** What one has and the other lacks, a few rows of each table; empty when they are the same row for row. */
export function differences(
  expected: Record<string, readonly string[]>,
  actual: Record<string, readonly string[]>,
): string[] {
  return Object.keys(expected).flatMap((table) => {
    const [one, other] = [new Set(expected[table]), new Set(actual[table])];
    const lacking = [...one].filter((row) => !other.has(row)).map((row) => `${table} lacks ${row}`);
    const surplus = [...other].filter((row) => !one.has(row)).map((row) => `${table} has besides ${row}`);
    return [...lacking.slice(0, 3), ...surplus.slice(0, 3)];
  });
}

/** Changes with every row inserted, updated or deleted in any table: built from each row version's place and writer. */
export function fingerprintOf(dataDir: string): Promise<string> {
  return withStoreOf(dataDir, async (sql) => {
    const tables = await sql<{ name: string }[]>`
      select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`;
    const parts: string[] = [];
    for (const { name } of tables) {
      const [row] = await sql<{ rows: number; sum: string }[]>`
        select count(*)::integer as rows, coalesce(sum(hashtext(ctid::text || xmin::text)), 0)::text as sum from ${sql(name)}`;
      parts.push(`${name} ${row?.rows} ${row?.sum}`);
    }
    return parts.join("\n");
  });
}
