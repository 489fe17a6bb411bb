import type { Instant } from "../../../domain/units.ts";
import type { Logger } from "../../../shared/log.ts";
import { type Connection, closeSql, openSql } from "../connection.ts";
import type { Database } from "../launcher/database.ts";
import { waitUntil } from "../launcher/processes.ts";
import { migrate } from "../migrate.ts";
import { backupDirectory, saveDump } from "./directory.ts";
import { inUse, notEmpty } from "./failure.ts";
import type { DumpHeader } from "./header.ts";
import { loadDump } from "./load.ts";
import { extentOf, hasData } from "./prepare.ts";
import { checkDump } from "./read.ts";

export interface RestoreRequest {
  readonly path: string;
  /** Whether data that are there may be replaced; they are dumped first. */
  readonly mayReplace: boolean;
  /** Where the dump of the replaced data goes. */
  readonly dataDir: string;
  readonly at: Instant;
  readonly log: Logger;
  readonly signal?: AbortSignal | undefined;
}

export interface Restored {
  readonly header: DumpHeader;
  /** The dump of what was there before; null where nothing was. */
  readonly before: string | null;
  /** The later migrations that ran on the restored data. */
  readonly migrations: readonly string[];
}

/** Puts a dump in the place of what the database holds, and brings it to this program's schema. @throws BackupFailure */
export async function restoreDump(
  database: Pick<Database, "connection" | "origin">,
  { path, mayReplace, dataDir, at, log, signal }: RestoreRequest,
): Promise<Restored> {
  const { connection } = database;
  if (database.origin === "guest" || (await isInUse(connection))) throw inUse();
  // Before the data that are there are touched or even saved.
  await checkDump(path);
  const isFull = await hasData(database);
  if (isFull && !mayReplace) throw notEmpty();
  const extent = extentOf(database);
  const saved = isFull
    ? await saveDump(connection, {
        directory: backupDirectory(dataDir),
        kind: "before-restore",
        at,
        prune: false,
        ...extent,
        signal,
      })
    : null;
  const header = await loadDump(connection, path, { ...extent, mayReplace: isFull, signal });
  const migrations = await migrate(connection, { log, ...(signal ? { signal } : {}) });
  return { header, before: saved?.path ?? null, migrations };
}

/** Whether another program of ours is connected. Connections of this process that just ended may still be seen. */
async function isInUse(connection: Connection): Promise<boolean> {
  const sql = openSql(connection, { max: 1 });
  try {
    const isFree = async (): Promise<boolean> => {
      const others = await sql`
        select 1 from pg_stat_activity
        where datname = current_database() and application_name = 'linky-bridge' and pid <> pg_backend_pid()`;
      return others.length === 0;
    };
    return !(await waitUntil(isFree, { withinMs: 2_000, everyMs: 50 }));
  } finally {
    await closeSql(sql);
  }
}
