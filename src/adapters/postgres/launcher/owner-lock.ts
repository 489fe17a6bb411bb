import { randomUUID } from "node:crypto";
import { link, mkdir, readdir, readFile, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { directoryPlace, explainStorage } from "../storage.ts";
import { DatabaseFailure } from "./failure.ts";
import { processIdentity } from "./processes.ts";

/** A `service` keeps the server for long; a `command` gives it back soon. */
export const roles = ["service", "command"] as const;
export type Role = (typeof roles)[number];

const holderSchema = z.object({
  pid: z.number().int().positive(),
  /** As `processIdentity` tells it: survives no reboot and no reuse of the pid. */
  identity: z.string(),
  role: z.enum(roles),
  token: z.string(),
});
export type Holder = z.infer<typeof holderSchema>;

export type Ownership =
  | { readonly held: true; release(): Promise<void> }
  | { readonly held: false; readonly by: Holder };

const lockName = "owner.lock";
const lockPath = (dataDir: string): string => join(dataDir, lockName);

/**
 * Makes this process the one that may start and stop the server of `dataDir`, unless a living process is. A holder that
 * was killed is found dead by pid and start time and replaced.
 */
export async function takeOwnership(dataDir: string, role: Role): Promise<Ownership> {
  const path = lockPath(dataDir);
  const mine: Holder = {
    pid: process.pid,
    identity: (await processIdentity(process.pid)) ?? "",
    role,
    token: randomUUID(),
  };
  const draft = `${path}.${mine.token}`;
  try {
    await writeFile(draft, JSON.stringify(mine), { mode: 0o644 }).catch((cause: unknown) => {
      throw notWritable(dataDir, cause);
    });
    while (!(await placed(draft, path))) {
      const found = await readFile(path, "utf8").catch(() => undefined);
      const living = found === undefined ? undefined : await livingHolder(found);
      if (living) return { held: false, by: living };
      if (found !== undefined) await removeDead(path, found);
    }
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
  await removeDeadDrafts(dataDir);
  return { held: true, release: () => releaseOwn(path, mine.token) };
}

/** Who owns the server of `dataDir` now; undefined when nobody living does. */
export async function currentOwner(dataDir: string): Promise<Holder | undefined> {
  const found = await readFile(lockPath(dataDir), "utf8").catch(() => undefined);
  return found === undefined ? undefined : livingHolder(found);
}

/** A hard link appears with its content or not at all, and never over another. */
async function placed(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw notWritable(dirname(path), error);
  }
}

/** Locks that this process has given up and could not remove, on a disk that has become read-only. */
const givenUp = new Set<string>();

async function livingHolder(text: string): Promise<Holder | undefined> {
  const holder = parseHolder(text);
  if (!holder || givenUp.has(holder.token)) return undefined;
  return (await processIdentity(holder.pid)) === holder.identity ? holder : undefined;
}

/** Undefined for a text cut short by a power failure: nobody who wrote it lives. */
function parseHolder(text: string): Holder | undefined {
  try {
    return holderSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** A start that was killed inside the guard, which it holds for a few milliseconds, leaves it behind. */
const staleGuardMs = 5_000;
const guardPauseMs = 5;

/**
 * Removes the lock of a dead holder. Only inside the guard, and looked at again there: no other start can have replaced
 * it then, since a lock is only ever placed where there is none.
 */
async function removeDead(path: string, dead: string): Promise<void> {
  const guard = `${path}.guard`;
  if (!(await entered(guard))) {
    await delay(guardPauseMs);
    return;
  }
  try {
    if ((await readFile(path, "utf8").catch(() => undefined)) === dead) await rm(path, { force: true });
  } finally {
    await rmdir(guard).catch(() => undefined);
  }
}

/** A directory is made by one process only. */
async function entered(guard: string): Promise<boolean> {
  try {
    await mkdir(guard);
    return true;
  } catch {
    if ((await ageOf(guard)) > staleGuardMs) await rmdir(guard).catch(() => undefined);
    return false;
  }
}

/** Milliseconds; 0 for what is no longer there. */
const ageOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );

/** Drafts of starts that were killed between two lines above. */
async function removeDeadDrafts(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (!name.startsWith(`${lockName}.`)) continue;
    const draft = join(dataDir, name);
    // A young one may still be being written, and its writer alive.
    if ((await ageOf(draft)) < staleGuardMs) continue;
    const text = await readFile(draft, "utf8").catch(() => undefined);
    if (text !== undefined && !(await livingHolder(text))) await rm(draft, { force: true });
  }
}

async function releaseOwn(path: string, token: string): Promise<void> {
  const found = await readFile(path, "utf8").catch(() => "");
  if (parseHolder(found)?.token !== token) return;
  await rm(path, { force: true }).catch(() => givenUp.add(token));
}

function notWritable(dataDir: string, cause: unknown): DatabaseFailure {
  const trouble = explainStorage(cause, directoryPlace(dataDir));
  if (trouble) return new DatabaseFailure("directory_unreachable", trouble.text, { cause });
  return new DatabaseFailure(
    "directory_not_ours",
    {
      fr: `On ne peut pas écrire dans le dossier des données ${dataDir}. Lancez Linky Bridge sous l'utilisateur à qui il appartient (ou root), ou choisissez un autre dossier par LINKY_DATA_DIR.`,
      en: `The data directory ${dataDir} cannot be written to. Run Linky Bridge as the user who owns it (or as root), or choose another directory with LINKY_DATA_DIR.`,
    },
    { cause },
  );
}
