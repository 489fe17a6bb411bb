import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeSql, openSql } from "../../src/adapters/postgres/connection.ts";
import { startDatabase } from "../../src/adapters/postgres/launcher/start-database.ts";
import { migrate } from "../../src/adapters/postgres/migrate.ts";
import { silentLog } from "../../src/shared/log.ts";
import type { TestDatabase } from "../support/test-database.ts";

export interface BenchDatabase extends TestDatabase {
  /** The cluster's own, in which its processes work. */
  readonly clusterDir: string;
}

/** A private cluster of its own, with the settings users have: every commit reaches the disk. */
export async function withDatabase<T>(use: (database: BenchDatabase) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "linky-bench-"));
  try {
    // The database's user passes through it on its way to the data.
    await chmod(directory, 0o711);
    const database = await startDatabase({ dataDir: join(directory, "data"), stagingDir: join(directory, "binaries") });
    try {
      const { connection } = database;
      if ("url" in connection) throw new Error("A private cluster was asked for");
      await migrate(connection, { log: silentLog() });
      const sql = openSql(connection);
      const clusterDir = join(directory, "data", `pg${Number.parseInt(database.version, 10)}`);
      return await use({ sql, connection, clusterDir }).finally(() => closeSql(sql));
    } finally {
      await database.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
