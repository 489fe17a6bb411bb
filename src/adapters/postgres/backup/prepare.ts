import { join } from "node:path";
import type { Instant } from "../../../domain/units.ts";
import type { Logger } from "../../../shared/log.ts";
import { closeSql, openSql, type Sql } from "../connection.ts";
import type { Database } from "../launcher/database.ts";
import { migrate } from "../migrate.ts";
import { type Extent, holdsData, ownTables } from "./catalog.ts";
import { backupDirectory, listDumps, saveDump } from "./directory.ts";
import { allDamaged, BackupFailure } from "./failure.ts";
import { removeAbandoned } from "./files.ts";
import { type DumpHeader, rowsIn } from "./header.ts";
import { loadDump } from "./load.ts";

export interface PrepareOptions {
  readonly dataDir: string;
  readonly now: () => Instant;
  readonly log: Logger;
  readonly signal?: AbortSignal | undefined;
  /** Where the migrations are; for tests. */
  readonly directory?: string;
}

export interface Prepared {
  /** The migrations that ran. */
  readonly migrations: readonly string[];
  /** The dump that a database without data was filled from. */
  readonly restored: { readonly path: string; readonly header: DumpHeader } | null;
  /** The dump made before the migrations. */
  readonly saved: string | null;
}

type Place = Pick<Database, "connection" | "origin">;

/** Only in the private cluster is everything the program's. */
export const extentOf = ({ origin }: Pick<Database, "origin">): Extent => ({ isAlone: origin !== "url" });

/**
 * Brings a database that just started to where the store can be built on it:
 *
 * | it holds | then |
 * |---|---|
 * | no data, and is our own server, and dumps lie in the data directory | the newest one that is whole is restored |
 * | data of an earlier schema | a dump is made, then the migrations run |
 * | anything else | the migrations run, if any |
 *
 * @throws BackupFailure when a dump that must be made or restored cannot be: going on would put data at risk.
 * @throws MigrationError when the migrations cannot run; the database is as it was before them.
 */
export async function prepareStore(database: Place, options: PrepareOptions): Promise<Prepared> {
  const { log, signal, directory } = options;
  const restored = database.origin === "private" ? await restoreIfNew(database, options) : null;
  let saved: string | null = null;
  const beforeChange = async (pending: readonly string[]): Promise<void> => {
    // What was just restored lies there as a dump already.
    if (restored === null) saved = await saveBefore(database, pending, options);
  };
  const migrations = await migrate(database.connection, {
    log,
    beforeChange,
    ...(signal ? { signal } : {}),
    ...(directory ? { directory } : {}),
  }).catch((error: unknown) => {
    if (saved !== null) log.error({ dump: saved }, "the migration failed; the database is as it was before");
    throw error;
  });
  return { migrations, restored, saved };
}

async function saveBefore(
  { connection, origin }: Place,
  pending: readonly string[],
  { dataDir, now, log, signal }: PrepareOptions,
): Promise<string | null> {
  if (!(await hasData({ connection, origin }))) return null;
  const written = await saveDump(connection, {
    directory: backupDirectory(dataDir),
    kind: "before-update",
    at: now(),
    prune: true,
    ...extentOf({ origin }),
    signal,
  });
  log.info({ dump: written.path, rows: rowsIn(written.header), migrations: pending }, "dumped before the migration");
  return written.path;
}

/** Whether the store holds anything that would be missed. */
export const hasData = (database: Place): Promise<boolean> =>
  withSql(database, async (sql) => holdsData(sql, await ownTables(sql, extentOf(database))));

async function withSql<T>({ connection }: Place, use: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = openSql(connection, { max: 1 });
  try {
    return await use(sql);
  } finally {
    await closeSql(sql);
  }
}

/**
 * A damaged dump gives way to the next older one. Nothing else does: of a dump that this version cannot read, an older
 * one in its place would silently lose data, and so would a new beginning.
 */
async function restoreIfNew(database: Place, { dataDir, log, signal }: PrepareOptions): Promise<Prepared["restored"]> {
  const directory = backupDirectory(dataDir);
  await removeAbandoned(directory);
  const dumps = await listDumps(directory);
  if (dumps.length === 0 || (await hasData(database))) return null;
  for (const { file } of dumps) {
    const path = join(directory, file);
    try {
      const request = { ...extentOf(database), mayReplace: false, signal };
      const header = await loadDump(database.connection, path, request);
      log.warn({ dump: path, madeAt: header.madeAt, rows: rowsIn(header) }, "the database was empty; restored a dump");
      return { path, header };
    } catch (error) {
      if (!(error instanceof BackupFailure) || !["damaged", "not_a_dump"].includes(error.code)) throw error;
      log.error({ dump: path, reason: error.message }, "a dump cannot be read; trying the one before");
    }
  }
  throw allDamaged(directory);
}
