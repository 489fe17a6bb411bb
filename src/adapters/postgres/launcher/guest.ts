import { type Connection, closeSql, openSql } from "../connection.ts";
import { databaseName, databaseUser } from "./cluster.ts";
import { clusterDirectory, existingMajors } from "./data-directory.ts";
import { type Database, neverLost } from "./database.ts";
import { currentOwner } from "./owner-lock.ts";
import { readPostmasterFile } from "./postmaster-file.ts";

/**
 * The server that another living process runs on `dataDir`; undefined when there is none or it is not ready. Stopping
 * a guest stops nothing.
 */
export async function joinRunning(dataDir: string): Promise<Database | undefined> {
  const owner = await currentOwner(dataDir);
  if (!owner) return undefined;
  const major = (await existingMajors(dataDir))[0];
  const file = major === undefined ? undefined : await readPostmasterFile(clusterDirectory(dataDir, major));
  if (!file?.isReady) return undefined;
  const connection = { host: file.socketDirectory, port: file.port, user: databaseUser, database: databaseName };
  const version = await versionAt(connection);
  if (version === undefined) return undefined;
  return { connection, version, origin: "guest", lost: neverLost(), stop: async () => {} };
}

/** Undefined where no database answers: the server is starting, ending, or has not made ours yet. */
async function versionAt(connection: Connection): Promise<string | undefined> {
  const sql = openSql(connection, { max: 1, connectTimeoutMs: 5_000 });
  try {
    const [row] = await sql<{ version: string }[]>`select current_setting('server_version') as version`;
    return row?.version.split(" ")[0];
  } catch {
    return undefined;
  } finally {
    await closeSql(sql);
  }
}
