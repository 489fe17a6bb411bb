import { execFile } from "node:child_process";
import { chown, lchown, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type Account, isRoot, spawnAs } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { DatabaseFailure } from "./failure.ts";

const run = promisify(execFile);
export const databaseUser = "linky";
export const databaseName = "linky";
const unfinished = ".initializing-";

/**
 * Makes a new cluster appear at `directory` at once and whole: it is initialised beside it and renamed. Sockets are the
 * only way in and their directory is closed to others, hence no password (`trust`).
 */
export async function createCluster(
  directory: string,
  { binaries, account, signal }: { binaries: Binaries; account: Account; signal?: AbortSignal | undefined },
): Promise<void> {
  const parent = dirname(directory);
  const fresh = join(parent, `${unfinished}${process.pid}-${Date.now()}`);
  await mkdir(fresh, { mode: 0o700 });
  try {
    if (account.isOther) await chown(fresh, account.uid, account.gid);
    const options = ["-U", databaseUser, "-A", "trust", "-E", "UTF8", "--no-locale", "-k", "--wal-segsize=4"];
    await run(join(binaries.directory, "initdb"), ["-D", fresh, ...options], {
      ...spawnAs(account),
      ...(signal ? { signal } : {}),
    });
    await rename(fresh, directory);
    await syncDirectory(parent);
  } catch (cause) {
    await rm(fresh, { recursive: true, force: true, maxRetries: 5 });
    signal?.throwIfAborted();
    throw initFailed(directory, cause);
  }
}

/** A rename outlasts a power cut only once its directory is on the disk. */
async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what a killed initialisation left. Only for the owner of `dataDir`. */
export async function removeUnfinished(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (name.startsWith(unfinished)) await rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * Who an existing cluster runs as: its owner, since PostgreSQL accepts no one else. A cluster that root owns (restored
 * from a backup, say) is given to `account`.
 * @throws DatabaseFailure when this user is neither its owner nor root.
 */
export async function accountOf(directory: string, account: Account): Promise<Account> {
  const { uid, gid } = await stat(directory);
  if (uid === account.uid) return account;
  if (!isRoot()) throw notOurs(directory, uid);
  if (uid !== 0) return { uid, gid, isOther: true };
  await giveTo(directory, account);
  return account;
}

async function giveTo(path: string, account: Account): Promise<void> {
  await lchown(path, account.uid, account.gid);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) await giveTo(inner, account);
    else await lchown(inner, account.uid, account.gid);
  }
}

/** The last lines that a program wrote before it failed. */
export const lastLines = (text: string, count = 6): string => text.trim().split("\n").slice(-count).join("\n");

function initFailed(directory: string, cause: unknown): DatabaseFailure {
  const stderr = cause instanceof Error && "stderr" in cause ? lastLines(String(cause.stderr)) : String(cause);
  return new DatabaseFailure(
    "start_failed",
    {
      fr: `PostgreSQL n'a pas pu créer sa base dans ${directory} : ${stderr}`,
      en: `PostgreSQL could not create its database in ${directory}: ${stderr}`,
    },
    { cause },
  );
}

const notOurs = (directory: string, uid: number): DatabaseFailure =>
  new DatabaseFailure("directory_not_ours", {
    fr: `${directory} appartient à l'utilisateur numéro ${uid}. Lancez Linky Bridge sous cet utilisateur (ou root), ou choisissez un autre dossier par LINKY_DATA_DIR.`,
    en: `${directory} belongs to user number ${uid}. Run Linky Bridge as that user (or as root), or choose another directory with LINKY_DATA_DIR.`,
  });
