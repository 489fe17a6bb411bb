import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { directoryPlace, explainStorage } from "../storage.ts";
import { type Account, isRoot, spawnAs } from "./account.ts";
import { DatabaseFailure } from "./failure.ts";

const run = promisify(execFile);

/**
 * Where the program keeps what it must not lose: `/data` inside a Home Assistant app, else `LINKY_DATA_DIR`, else
 * `/var/lib/linky-bridge` for root and `$XDG_DATA_HOME/linky-bridge` (`~/.local/share`) for anyone else.
 */
export function defaultDataDir(env: NodeJS.ProcessEnv = process.env, appOptions = "/data/options.json"): string {
  if (existsSync(appOptions)) return dirname(appOptions);
  if (env.LINKY_DATA_DIR) return resolve(env.LINKY_DATA_DIR);
  if (isRoot()) return "/var/lib/linky-bridge";
  return join(env.XDG_DATA_HOME || join(homedir(), ".local", "share"), "linky-bridge");
}

/** Creates the directory where absent. Root's is entered by the database's user, anyone else's by nobody. */
export async function prepareDataDir(dataDir: string, account: Account): Promise<void> {
  try {
    await makeDirectory(dataDir, account.isOther ? 0o755 : 0o700);
  } catch (cause) {
    throw notWritable(dataDir, cause);
  }
  if (account.isOther) await refuseUnreachable(dataDir, account);
}

/**
 * Makes the directory and those above it. Node's own `recursive` never ends where a parent exists and yet nothing can be
 * made in it, as below /proc.
 */
async function makeDirectory(path: string, mode: number): Promise<void> {
  if (existsSync(path)) return void (await readdir(path));
  if (!existsSync(dirname(path))) await makeDirectory(dirname(path), mode);
  await mkdir(path, { mode }).catch((error: NodeJS.ErrnoException) => {
    // Another process was as quick.
    if (error.code !== "EEXIST") throw error;
  });
}

/**
 * The clusters in `dataDir`, by major; newest first. Each is a `pg<major>` with a `PG_VERSION` that agrees.
 * @throws DatabaseFailure for a directory of that name that holds something else.
 */
export async function existingMajors(dataDir: string): Promise<readonly number[]> {
  const names = await readdir(dataDir).catch(() => []);
  const majors: number[] = [];
  for (const name of names) {
    if (!/^pg\d+$/.test(name)) continue;
    const directory = join(dataDir, name);
    const major = Number(name.slice(2));
    const version = (await readFile(join(directory, "PG_VERSION"), "utf8").catch(ifMissing))?.trim();
    if (version === String(major)) majors.push(major);
    else if (version !== undefined) throw wrongVersion(directory, version);
    else if ((await readdir(directory)).length > 0) throw corrupt(directory);
  }
  return majors.sort((a, b) => b - a);
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw notReadable(error);
}

export const clusterDirectory = (dataDir: string, major: number): string => join(dataDir, `pg${major}`);

/** Asked of the system as the account itself, since modes alone do not tell of access lists. */
async function refuseUnreachable(dataDir: string, account: Account): Promise<void> {
  if (await mayEnter(dataDir, account)) return;
  let blocking = resolve(dataDir);
  while (dirname(blocking) !== blocking && !(await mayEnter(dirname(blocking), account))) blocking = dirname(blocking);
  throw unreachable(dataDir, blocking, account);
}

const mayEnter = (directory: string, account: Account): Promise<boolean> =>
  run("/bin/sh", ["-c", 'cd "$1"', "sh", directory], spawnAs(account)).then(
    () => true,
    () => false,
  );

const unreachable = (dataDir: string, blocking: string, { uid }: Account): DatabaseFailure =>
  new DatabaseFailure("directory_unreachable", {
    fr: `PostgreSQL ne tourne pas sous root mais sous l'utilisateur numéro ${uid}, qui ne peut pas entrer dans ${dataDir} : ${blocking} le lui interdit. Autorisez le passage (chmod o+x ${blocking}), ou choisissez un autre dossier par LINKY_DATA_DIR.`,
    en: `PostgreSQL does not run as root but as user number ${uid}, which cannot enter ${dataDir}: ${blocking} forbids it. Let it pass (chmod o+x ${blocking}), or choose another directory with LINKY_DATA_DIR.`,
  });

function notWritable(dataDir: string, cause: unknown): DatabaseFailure {
  const trouble = explainStorage(cause, directoryPlace(dataDir));
  if (trouble) return new DatabaseFailure("directory_unreachable", trouble.text, { cause });
  return new DatabaseFailure(
    "directory_unreachable",
    {
      fr: `Le dossier des données ${dataDir} n'existe pas et ne peut pas être créé. Créez-le et donnez-le à cet utilisateur, ou choisissez-en un autre par LINKY_DATA_DIR.`,
      en: `The data directory ${dataDir} does not exist and cannot be created. Create it and give it to this user, or choose another one with LINKY_DATA_DIR.`,
    },
    { cause },
  );
}

const notReadable = (cause: NodeJS.ErrnoException): DatabaseFailure =>
  new DatabaseFailure(
    "directory_not_ours",
    {
      fr: `${cause.path} ne peut pas être lu (${cause.code}). Lancez Linky Bridge sous l'utilisateur à qui ce dossier appartient (ou root), ou choisissez un autre dossier par LINKY_DATA_DIR.`,
      en: `${cause.path} cannot be read (${cause.code}). Run Linky Bridge as the user who owns that directory (or as root), or choose another directory with LINKY_DATA_DIR.`,
    },
    { cause },
  );

const corrupt = (directory: string): DatabaseFailure =>
  new DatabaseFailure("directory_corrupt", {
    fr: `${directory} n'est pas une base PostgreSQL entière (PG_VERSION manque). Rien n'a été touché : restaurez une sauvegarde, ou déplacez ce dossier pour repartir d'une base vide.`,
    en: `${directory} is not a whole PostgreSQL database (PG_VERSION is missing). Nothing was touched: restore a backup, or move the directory away to start with an empty database.`,
  });

const wrongVersion = (directory: string, version: string): DatabaseFailure =>
  new DatabaseFailure("directory_corrupt", {
    fr: `${directory} contient des données de PostgreSQL ${version || "de version inconnue"}, ce que son nom dément. Rien n'a été touché : remettez le dossier sous son nom (pg<version>) ou restaurez une sauvegarde.`,
    en: `${directory} holds data of PostgreSQL ${version || "of unknown version"}, which its name contradicts. Nothing was touched: give the directory its name back (pg<version>) or restore a backup.`,
  });
