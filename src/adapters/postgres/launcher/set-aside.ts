import { readdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "../../../shared/log.ts";
import { backupDirectory, listDumps } from "../backup/directory.ts";
import { BackupFailure } from "../backup/failure.ts";
import { wasReplaced } from "../backup/names.ts";
import { checkDump } from "../backup/read.ts";
import { migrationNames } from "../migrate.ts";

/**
 * How much older than the cluster's last write a dump may be that stands in for it. What came in between is asked of the
 * gateway again, which tells recent days for longer than this.
 */
const freshMs = 48 * 3_600_000;

/**
 * Moves a cluster aside that no installed PostgreSQL can run, when the newest dump is whole, fresh and readable by this
 * program: the start goes on as a first one, which restores it. The cluster stays beside it, under a name that says so.
 * False, and nothing is touched, when no dump may stand in.
 */
export async function setAside(cluster: string, dataDir: string, log: Logger): Promise<boolean> {
  const directory = backupDirectory(dataDir);
  const newest = (await listDumps(directory))[0];
  if (!newest || wasReplaced(newest)) return false;
  const dump = join(directory, newest.file);
  const madeAt = await usableSince(dump, log);
  const writtenAt = await lastWrite(cluster);
  if (madeAt === undefined || madeAt < writtenAt - freshMs) {
    log.error(
      { dump, writtenAt: new Date(writtenAt).toISOString() },
      "the newest dump cannot stand in for the database",
    );
    return false;
  }
  const aside = `${cluster}-set-aside-${new Date(writtenAt).toISOString().replaceAll(/[-:.]/g, "")}`;
  await rename(cluster, aside);
  log.warn({ aside, dump }, "no installed PostgreSQL can run the database: it was set aside, its dump takes its place");
  return true;
}

/** When a dump was made, in milliseconds; undefined where it is damaged or of a newer version. */
async function usableSince(dump: string, log: Logger): Promise<number | undefined> {
  try {
    const { madeAt, migrations } = await checkDump(dump);
    const known = await migrationNames();
    return migrations.every((name) => known.includes(name)) ? Date.parse(madeAt) : undefined;
  } catch (error) {
    if (!(error instanceof BackupFailure)) throw error;
    log.error({ dump, reason: error.message }, "the newest dump cannot be read");
    return undefined;
  }
}

/** In milliseconds: its control file changes at each checkpoint and at its stop, its log with each commit. */
async function lastWrite(cluster: string): Promise<number> {
  const log = await readdir(join(cluster, "pg_wal"));
  const files = [join(cluster, "global", "pg_control"), ...log.map((name) => join(cluster, "pg_wal", name))];
  const times = await Promise.all(files.map(async (file) => (await stat(file)).mtimeMs));
  return Math.max(...times);
}
