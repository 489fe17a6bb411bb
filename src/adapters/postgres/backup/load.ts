import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Writable } from "node:stream";
import type { Connection, Transaction } from "../connection.ts";
import { lockKey, migrationNames, migrationsDirectory, migrationsTable } from "../migrate.ts";
import { appliedMigrations, type Extent, everyObject, holdsData, ownObjects, ownTables } from "./catalog.ts";
import {
  damaged,
  hasCode,
  hasDependents,
  inUse,
  isLockedOut,
  newerDump,
  newerStore,
  noRoom,
  notAllowed,
  notEmpty,
} from "./failure.ts";
import type { DumpedTable, DumpHeader } from "./header.ts";
import { checkDump, type OpenDump, openDump } from "./read.ts";
import { exactText } from "./session-settings.ts";
import { withStoppable } from "./stoppable.ts";
import { quoted } from "./write.ts";

export interface LoadRequest extends Extent {
  /** Whether data that are there are replaced. Without, only a database without data is filled. */
  readonly mayReplace: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes the database hold what a dump holds, at the dump's schema; later migrations are the caller's next step. The file
 * is read to its end first, and all that changes does so in one transaction: whatever fails, and wherever the process is
 * killed, the database is as it was. The dump may come from another machine and another PostgreSQL major.
 * @throws BackupFailure saying what to do.
 */
export async function loadDump(connection: Connection, path: string, request: LoadRequest): Promise<DumpHeader> {
  const { migrations } = await checkDump(path);
  const known = await migrationNames();
  const unknown = migrations.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw newerDump(path, unknown);
  const dump = await openDump(path);
  try {
    await withStoppable(connection, request.signal, async (sql) => {
      await sql.begin((tx) => replace(tx, { dump, path, known, request })).catch(rethrowExplained);
      // Without statistics the planner takes a full table for an empty one.
      await sql`analyze`;
    });
    return dump.header;
  } finally {
    dump.close();
  }
}

/** PostgreSQL's codes for what only the user can change (its manual, appendix A). */
function rethrowExplained(error: unknown): never {
  if (hasCode(error, "42501")) throw notAllowed(error);
  if (hasCode(error, "53100")) throw noRoom(error);
  throw error;
}

interface Replacement {
  readonly dump: OpenDump;
  readonly path: string;
  readonly known: readonly string[];
  readonly request: LoadRequest;
}

async function replace(tx: Transaction, { dump, path, known, request }: Replacement): Promise<void> {
  await exactText(tx);
  await tx`select set_config('search_path', 'public', true)`;
  await withoutOthers(() => tx`select pg_advisory_xact_lock(${lockKey}::bigint)`);
  const applied = await appliedMigrations(tx);
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length > 0 && !request.isAlone) throw newerStore(unknown);
  const tables = await ownTables(tx, request);
  if (!request.mayReplace && (await holdsData(tx, tables))) throw notEmpty();
  const names = tables.map(({ name }) => `public.${quoted(name)}`);
  const isSameSchema = applied.length > 0 && applied.join() === dump.header.migrations.join();
  // Emptied tables keep what the user granted on them and built upon them.
  if (isSameSchema) await withoutOthers(() => tx.unsafe(`truncate ${names.join(", ")}`));
  else await makeSchema(tx, dump.header.migrations, request);
  for (const table of dump.header.tables) {
    request.signal?.throwIfAborted();
    await copyIn(tx, table, dump.rows(table));
    await check(tx, path, table);
  }
  await dump.end();
}

/** Somebody who works in the tables is waited for, and not for ever. */
async function withoutOthers(query: () => PromiseLike<unknown>): Promise<void> {
  try {
    await query();
  } catch (error) {
    throw isLockedOut(error) ? inUse() : error;
  }
}

/** In place of whatever schema there is. The rest of the migrations finds these as if it had run them itself. */
async function makeSchema(tx: Transaction, migrations: readonly string[], { isAlone }: Extent): Promise<void> {
  const objects = isAlone ? await everyObject(tx) : await ownObjects();
  for (const kind of ["view", "table", "function", "type"] as const) {
    const names = kind === "table" ? [...objects.table, migrationsTable] : objects[kind];
    if (names.length === 0) continue;
    const list = names.map((name) => `public.${quoted(name)}`).join(", ");
    await tx.unsafe(`drop ${kind} if exists ${list}`).catch((error: unknown) => {
      if (hasCode(error, "2BP01")) throw hasDependents(error);
      throw isLockedOut(error) ? inUse() : error;
    });
  }
  for (const name of migrations) await tx.unsafe(await upPart(name));
  // As node-pg-migrate makes it.
  await tx.unsafe(
    `create table public.${migrationsTable} (id serial primary key, name varchar(255) not null, run_on timestamp not null)`,
  );
  for (const name of migrations)
    await tx`insert into ${tx(`public.${migrationsTable}`)} (name, run_on) values (${name}, now())`;
}

async function upPart(migration: string): Promise<string> {
  const text = await readFile(join(migrationsDirectory, `${migration}.sql`), "utf8");
  return text.split(/^-- Down Migration/m)[0] ?? "";
}

async function copyIn(tx: Transaction, { name, columns, identities }: DumpedTable, rows: AsyncIterable<Buffer>) {
  const target = await tx`copy ${tx(`public.${name}`)} (${tx([...columns])}) from stdin`.writable();
  await send(tx, target, rows);
  // Part of the transaction, which setval would not be.
  for (const { column, next } of identities)
    await tx.unsafe(`alter table public.${quoted(name)} alter column ${quoted(column)} restart with ${Number(next)}`);
}

/**
 * Writes rows and waits until the server has taken them. A server that refuses the last of them says so after the end
 * was sent, which the client's stream does not tell: the next query does, and is sent behind that end.
 */
async function send(tx: Transaction, target: Writable, rows: AsyncIterable<Buffer>): Promise<void> {
  const refused = new Promise<never>((_, reject) => target.once("error", reject));
  refused.catch(() => undefined);
  try {
    for await (const chunk of rows) await Promise.race([written(target, chunk), refused]);
  } catch (error) {
    target.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
  const finished = new Promise<void>((resolve) => target.once("finish", resolve));
  target.end();
  await Promise.race([finished, refused, tx`select 1`]);
}

const written = (target: Writable, chunk: Buffer): Promise<void> =>
  new Promise((resolve, reject) => target.write(chunk, (error) => (error ? reject(error) : resolve())));

async function check(tx: Transaction, path: string, { name, rows }: DumpedTable): Promise<void> {
  const [row] = await tx<{ rows: number }[]>`select count(*) as rows from ${tx(`public.${name}`)}`;
  if (row?.rows !== rows) throw damaged(path, `${name}: ${row?.rows} / ${rows}`);
}
