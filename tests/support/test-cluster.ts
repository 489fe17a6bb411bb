import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "../../src/adapters/postgres/connection.ts";
import { closeSql, openSql } from "../../src/adapters/postgres/connection.ts";
import { startDatabase } from "../../src/adapters/postgres/launcher/start-database.ts";
import { migrate } from "../../src/adapters/postgres/migrate.ts";
import { silentLog } from "../../src/shared/log.ts";

/** How test files find the cluster that the run has started: its connection as JSON. */
export const clusterVariable = "LINKY_TEST_CLUSTER";
/** The migrated, empty database that the others are copies of. */
export const templateName = "linky_template";

export type SocketConnection = Exclude<Connection, { url: string }>;

export interface TestCluster {
  readonly connection: SocketConnection;
  stop(): Promise<void>;
}

/** A private cluster in a temporary directory, with the template; nothing is left of it after `stop`. */
export async function startTestCluster(signal?: AbortSignal): Promise<TestCluster> {
  const directory = await mkdtemp(join(tmpdir(), "linky-test-"));
  const removeAll = (): Promise<void> => rm(directory, { recursive: true, force: true });
  try {
    // The database's user passes through it on its way to the data.
    await chmod(directory, 0o711);
    const database = await startDatabase({
      dataDir: join(directory, "data"),
      stagingDir: join(directory, "binaries"),
      signal,
      // What a test stores need not outlive a power cut.
      settings: { fsync: "off", max_connections: "90" },
    });
    const stop = (): Promise<void> => database.stop().finally(removeAll);
    const { connection } = database;
    if ("url" in connection) throw new Error("A private cluster was asked for");
    await makeTemplate(connection).catch(async (error: unknown) => {
      await stop();
      throw error;
    });
    return { connection, stop };
  } catch (error) {
    await removeAll();
    throw error;
  }
}

async function makeTemplate(connection: SocketConnection): Promise<void> {
  const sql = openSql({ ...connection, database: "postgres" }, { max: 1 });
  try {
    await sql`create database ${sql(templateName)}`;
  } finally {
    await closeSql(sql);
  }
  await migrate({ ...connection, database: templateName }, { log: silentLog() });
}
