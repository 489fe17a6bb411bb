import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Queries } from "../arguments.ts";
import { migrationNames, migrationsDirectory, migrationsTable } from "../migrate.ts";

/** A table as it stands in the database. */
export interface StoredTable {
  readonly name: string;
  /** Without generated ones. */
  readonly columns: readonly string[];
  /** Its identity columns and their sequences, quoted for SQL. */
  readonly identities: readonly { readonly column: string; readonly sequence: string }[];
}

/** Which objects of `public` are the program's. */
export interface Extent {
  /** Whether nothing else lives in the database: the private cluster's, but not the user's own. */
  readonly isAlone: boolean;
}

export interface OwnObjects {
  readonly table: readonly string[];
  readonly view: readonly string[];
  readonly function: readonly string[];
  readonly type: readonly string[];
}

/** Names of the migrations that ran, in order; none in a database without the schema. */
export async function appliedMigrations(sql: Queries): Promise<readonly string[]> {
  const found = await sql`select 1 from pg_tables where schemaname = 'public' and tablename = ${migrationsTable}`;
  if (found.length === 0) return [];
  const rows = await sql<{ name: string }[]>`select name from ${sql(`public.${migrationsTable}`)} order by id`;
  return rows.map(({ name }) => name);
}

/**
 * What the program's own migrations create, read from their text: in a database of the user's, nothing else may be
 * touched.
 */
export async function ownObjects(directory: string = migrationsDirectory): Promise<OwnObjects> {
  const own = {
    table: new Set<string>(),
    view: new Set<string>(),
    function: new Set<string>(),
    type: new Set<string>(),
  };
  for (const name of await migrationNames(directory)) {
    const text = await readFile(join(directory, `${name}.sql`), "utf8");
    for (const [, kind, object] of text.matchAll(/^create (?:or replace )?(table|view|function|type) (\w+)/gm))
      if (kind === "table" || kind === "view" || kind === "function" || kind === "type") own[kind].add(object ?? "");
  }
  return { table: [...own.table], view: [...own.view], function: [...own.function], type: [...own.type] };
}

/** Everything in `public`, extensions' objects aside: what also newer versions of the program may have made. */
export async function everyObject(sql: Queries): Promise<OwnObjects> {
  const rows = await sql<{ kind: keyof OwnObjects; name: string }[]>`
    select kind, name from (
      select case relkind when 'v' then 'view' else 'table' end as kind, relname::text as name, oid, 'pg_class'::regclass as class
      from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v')
      union all
      select 'function', proname, oid, 'pg_proc'::regclass from pg_proc where pronamespace = 'public'::regnamespace
      union all
      select 'type', typname, oid, 'pg_type'::regclass from pg_type
      where typnamespace = 'public'::regnamespace and typtype in ('e', 'd')
    ) as object
    where not exists (select from pg_depend where classid = class and objid = oid and deptype = 'e')
      and name <> ${migrationsTable}`;
  const of = (kind: keyof OwnObjects): string[] => rows.filter((row) => row.kind === kind).map(({ name }) => name);
  return { table: of("table"), view: of("view"), function: of("function"), type: of("type") };
}

/** The given tables that exist, each after those its rows refer to. */
async function storedTables(sql: Queries, names: readonly string[]): Promise<readonly StoredTable[]> {
  const rows = await sql<
    { name: string; columns: string[]; identities: StoredTable["identities"]; refers: string[] }[]
  >`
    select c.relname as name,
      array(
        select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum
      ) as columns,
      coalesce((
        select json_agg(json_build_object('column', a.attname,
          'sequence', pg_get_serial_sequence(quote_ident(n.nspname) || '.' || quote_ident(c.relname), a.attname))
          order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attidentity <> '' and not a.attisdropped
      ), '[]') as identities,
      array(
        select distinct r.relname::text from pg_constraint k join pg_class r on r.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid
      ) as refers
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and c.relname = any (${names}::text[])
    order by c.relname collate "C"`;
  return inOrder(rows).map(({ name, columns, identities }) => ({ name, columns, identities }));
}

/** @throws when tables refer to each other in a circle: no order of copying would satisfy them. */
function inOrder<T extends { readonly name: string; readonly refers: readonly string[] }>(
  tables: readonly T[],
): readonly T[] {
  const placed = new Set<string>();
  const ordered: T[] = [];
  while (ordered.length < tables.length) {
    const ready = tables.filter(({ name, refers }) => !placed.has(name) && refers.every((other) => placed.has(other)));
    if (ready.length === 0) throw new Error("Tables of the store refer to each other in a circle");
    for (const table of ready) placed.add(table.name);
    ordered.push(...ready);
  }
  return ordered;
}

/** Of a first start that found nothing to keep: who the installation is, what was asked and published. */
const circumstances = [
  "installation",
  "lease",
  "statistic_claim",
  "task",
  "budget",
  "mqtt_topic",
  "export_logs",
  "web_password",
  "web_session",
  "api_token",
  migrationsTable,
];

/** Whether the store holds anything worth keeping. */
export async function holdsData(sql: Queries, tables: readonly StoredTable[]): Promise<boolean> {
  for (const { name } of tables) {
    if (circumstances.includes(name)) continue;
    const [row] = await sql<{ found: boolean }[]>`select exists (select from ${sql(`public.${name}`)}) as found`;
    if (row?.found) return true;
  }
  return false;
}

/** The program's tables in this database; those of a newer version too, where nothing else lives in it. */
export async function ownTables(sql: Queries, { isAlone }: Extent): Promise<readonly StoredTable[]> {
  const { table } = isAlone ? await everyObject(sql) : await ownObjects();
  return storedTables(sql, table);
}
