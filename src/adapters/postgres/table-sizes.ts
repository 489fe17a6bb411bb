import type postgres from "postgres";
import { type Extent, ownTables } from "./backup/catalog.ts";

export interface TableSize {
  readonly name: string;
  readonly rows: number;
  /** With its indexes. */
  readonly bytes: number;
}

/** Every table of the program's, by name; rows are counted, which reads each table once. */
export async function tableSizes(sql: postgres.Sql, extent: Extent): Promise<readonly TableSize[]> {
  const sizes: TableSize[] = [];
  for (const { name } of await ownTables(sql, extent)) {
    const table = `public.${name}`;
    const [row] = await sql<{ rows: number; bytes: number }[]>`
      select (select count(*) from ${sql(table)}) as rows, pg_total_relation_size(${table}::regclass) as bytes`;
    sizes.push({ name, rows: row?.rows ?? 0, bytes: row?.bytes ?? 0 });
  }
  return sizes.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
