import { join } from "node:path";
import type { Logger } from "../../../shared/log.ts";
import { type Connection, closeSql, openSql } from "../connection.ts";
import { type Account, isRoot } from "./account.ts";
import { type Binaries, findBinaries } from "./binaries.ts";
import { accountOf, createCluster, databaseName, databaseUser, removeUnfinished } from "./cluster.ts";
import { clusterDirectory, existingMajors } from "./data-directory.ts";
import type { Database, StartOptions } from "./database.ts";
import { embeddedPackage } from "./embedded.ts";
import { DatabaseFailure } from "./failure.ts";
import { clearLeftovers } from "./leftovers.ts";
import { type Server, startServer } from "./server.ts";
import { setAside } from "./set-aside.ts";
import { makeSocketDirectory, port, removeSocketDirectory } from "./socket-directory.ts";

export interface PrivateStart extends StartOptions {
  readonly dataDir: string;
  readonly account: Account;
  readonly log: Logger;
}

interface Place {
  readonly cluster: string;
  readonly binaries: Binaries;
  readonly account: Account;
}

/** Starts the cluster of `dataDir`, made first where absent. Only for the directory's owner. */
export async function startPrivate(start: PrivateStart): Promise<Database> {
  const { dataDir, log, signal, settings } = start;
  await removeUnfinished(dataDir);
  const place = await findPlace(start);
  const socketDirectory = await makeSocketDirectory(place.cluster, place.account);
  try {
    const server = await startServer({ ...place, socketDirectory, settings, log, signal });
    const { version } = place.binaries;
    log.info({ version, directory: place.cluster }, "database started");
    return await prepare(server, { ...place, socketDirectory, signal });
  } catch (error) {
    await removeSocketDirectory(socketDirectory, place.account);
    throw error;
  }
}

/**
 * The existing cluster of the newest major, cleared of leftovers, or a new one; a new one also in the place of a cluster
 * that nothing installed can run, where a dump can be restored into it.
 */
async function findPlace(start: PrivateStart): Promise<Place> {
  const { dataDir, account, log, signal } = start;
  const majors = await existingMajors(dataDir);
  const binaries = await findBinariesOf(start, majors[0]).catch(async (error: unknown) => {
    // Older clusters beside it would come to light instead.
    const [major, ...others] = majors;
    if (!isMajorMissing(error) || major === undefined || others.length > 0) throw error;
    const found = await findBinariesOf(start, undefined);
    await clearOf(clusterDirectory(dataDir, major), start);
    if (!(await setAside(clusterDirectory(dataDir, major), dataDir, log))) throw error;
    return found;
  });
  const cluster = clusterDirectory(dataDir, binaries.major);
  if (majors[0] !== binaries.major) {
    log.info({ version: binaries.version, directory: cluster }, "creating the database");
    await createCluster(cluster, { binaries, account, signal });
    return { cluster, binaries, account };
  }
  return { cluster, binaries, account: await clearOf(cluster, start) };
}

const isMajorMissing = (error: unknown): boolean =>
  error instanceof DatabaseFailure && error.code === "binaries_of_major_missing";

const findBinariesOf = (
  { dataDir, account, binDir, stagingDir }: PrivateStart,
  major: number | undefined,
): Promise<Binaries> =>
  findBinaries({
    account,
    major,
    only: binDir ?? process.env.LINKY_POSTGRES_BIN,
    stagingDir: stagingDir ?? (isRoot() ? "/var/cache/linky-bridge" : join(dataDir, "binaries")),
    root: "/",
    path: process.env.PATH ?? "",
    embedded: embeddedPackage(),
  });

/** Clears a cluster of leftovers and returns who it runs as. */
async function clearOf(cluster: string, { account, log }: PrivateStart): Promise<Account> {
  const owner = await accountOf(cluster, account);
  await clearLeftovers({ cluster, account: owner }, log);
  return owner;
}

async function prepare(
  server: Server,
  {
    cluster,
    binaries,
    account,
    socketDirectory,
    signal,
  }: Place & { socketDirectory: string; signal?: AbortSignal | undefined },
): Promise<Database> {
  let isStopping = false;
  const stop = async (): Promise<void> => {
    isStopping = true;
    await server.stop();
    await removeSocketDirectory(socketDirectory, account);
  };
  const connection = { host: socketDirectory, port, user: databaseUser, database: databaseName };
  try {
    await createDatabase(connection);
    signal?.throwIfAborted();
  } catch (error) {
    await stop();
    throw error;
  }
  const lost = new Promise<DatabaseFailure>((resolve) => {
    void server.ended.then((words) => {
      if (!isStopping) resolve(serverLost(cluster, words));
    });
  });
  return { connection, version: binaries.version, origin: "private", lost, stop };
}

async function createDatabase(connection: Connection): Promise<void> {
  const sql = openSql({ ...connection, database: "postgres" }, { max: 1 });
  try {
    const existing = await sql`select 1 from pg_database where datname = ${databaseName}`;
    if (existing.length === 0) await sql`create database ${sql(databaseName)}`;
  } finally {
    await closeSql(sql);
  }
}

const serverLost = (cluster: string, words: string): DatabaseFailure =>
  new DatabaseFailure("start_failed", {
    fr: `Le serveur PostgreSQL de ${cluster} s'est arrêté sans qu'on le lui demande. Il dit : ${words}`,
    en: `The PostgreSQL server of ${cluster} ended although nobody asked it to. It says: ${words}`,
  });
