import { resolve } from "node:path";
import { silentLog } from "../../../shared/log.ts";
import { type Account, findAccount } from "./account.ts";
import { defaultDataDir, prepareDataDir } from "./data-directory.ts";
import type { Database, StartOptions } from "./database.ts";
import { DatabaseFailure } from "./failure.ts";
import { joinRunning } from "./guest.ts";
import { type Holder, takeOwnership } from "./owner-lock.ts";
import { startPrivate } from "./private-cluster.ts";
import { waitUntil } from "./processes.ts";
import { connectToUrl } from "./url.ts";

/** How long a service waits for a command to give the server back, and a command for a starting service to be ready. */
const turnMs = 30_000;

/**
 * A database that takes connections: the URL's, else a private cluster in the data directory, made on the first start.
 * @throws DatabaseFailure telling the user what to do.
 */
export async function startDatabase(options: StartOptions = {}): Promise<Database> {
  const { log = silentLog(), language = "fr", signal } = options;
  if (options.url) return connectToUrl(options.url, { log, language, signal, timeoutMs: options.urlTimeoutMs });
  const dataDir = resolve(options.dataDir ?? defaultDataDir());
  const account = await findAccount();
  await prepareDataDir(dataDir, account);
  const start = { ...options, log, dataDir, account };
  let result: Database | Holder | undefined;
  const isSettled = async (): Promise<boolean> => {
    result = options.share ? await joinOrStart(start) : await startAsOwner(start);
    // A command holds the server for a short time only, and a service that is starting is soon ready.
    return "stop" in result || (!options.share && result.role === "service");
  };
  await waitUntil(isSettled, { withinMs: turnMs, everyMs: 100, signal });
  if (result && "stop" in result) return result;
  throw inUse(dataDir, result?.pid);
}

type Start = StartOptions & Parameters<typeof startPrivate>[0] & { readonly account: Account };

async function joinOrStart(start: Start): Promise<Database | Holder> {
  return (await joinRunning(start.dataDir)) ?? startAsOwner(start);
}

async function startAsOwner(start: Start): Promise<Database | Holder> {
  const ownership = await takeOwnership(start.dataDir, start.share ? "command" : "service");
  if (!ownership.held) return ownership.by;
  try {
    const database = await startPrivate(start);
    return { ...database, stop: () => database.stop().finally(ownership.release) };
  } catch (error) {
    await ownership.release();
    throw error;
  }
}

const inUse = (dataDir: string, pid: number | undefined): DatabaseFailure =>
  new DatabaseFailure("directory_in_use", {
    fr: `Linky Bridge utilise déjà ${dataDir} (processus ${pid}). Arrêtez-le d'abord, ou choisissez un autre dossier par LINKY_DATA_DIR.`,
    en: `Linky Bridge already uses ${dataDir} (process ${pid}). Stop it first, or choose another directory with LINKY_DATA_DIR.`,
  });
