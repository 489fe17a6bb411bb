import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { migrationNames } from "../migrate.ts";
import { BackupFailure, type DumpTitle, newerDump, notWritten } from "./failure.ts";
import { makeBackupDirectory, publish } from "./files.ts";
import type { DumpHeader } from "./header.ts";
import { checkDump } from "./read.ts";

/**
 * A dump on its way back into the store. A service cannot replace the tables that it works on: the dump waits here, and
 * the next start restores it before anything else.
 *
 * | file | meaning |
 * |---|---|
 * | `<id>.dump` | checked, not confirmed |
 * | `confirmed.dump` | to be restored at the next start |
 * | `first-try.dump` | being restored; after a kill it is tried once more |
 * | `second-try.dump` | the same, for the last time: what kills the program twice is given up |
 */
export const stagingDirectory = (dataDir: string): string => join(dataDir, "restore");

export const tries = ["confirmed.dump", "first-try.dump", "second-try.dump"] as const;

/** Ten years of half-hours are a tenth of this. */
const largestDumpBytes = 2 * 1024 ** 3;

/** A dump to take in, and what it is called in a failure. */
export interface DumpSource {
  /** Opens it when it is read, so that whoever reads hears of what goes wrong. */
  open(): Readable;
  readonly title: DumpTitle;
}

/** Takes a dump in and checks it to its end. An earlier one that nobody confirmed goes. @throws BackupFailure */
export async function stageDump(
  dataDir: string,
  { open, title }: DumpSource,
  signal: AbortSignal,
): Promise<{ readonly id: string; readonly header: DumpHeader }> {
  const directory = stagingDirectory(dataDir);
  const id = randomUUID();
  const path = join(directory, `${id}.dump`);
  const draft = join(directory, `.${id}`);
  try {
    await makeBackupDirectory(directory);
    await clearStaging(dataDir);
    await pipeline(open(), bounded(), createWriteStream(draft, { flags: "wx", mode: 0o600 }), { signal });
    await publish(draft, path);
    const header = await checkDump(path, title);
    await requireKnown(title, header);
    return { id, header };
  } catch (error) {
    for (const file of [draft, path]) await rm(file, { force: true });
    if (signal.aborted || error instanceof BackupFailure) throw error;
    throw notWritten(directory, error);
  }
}

async function requireKnown(title: DumpTitle, { migrations }: DumpHeader): Promise<void> {
  const known = await migrationNames();
  const unknown = migrations.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw newerDump(title, unknown);
}

function bounded(): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > largestDumpBytes ? tooLarge() : null, chunk);
    },
  });
}

const tooLarge = (): BackupFailure =>
  new BackupFailure("not_a_dump", {
    fr: "Ce fichier dépasse 2 Gio : ce n'est pas une sauvegarde de Linky Bridge. Rien n'a été modifié.",
    en: "This file is larger than 2 GiB: it is no dump of Linky Bridge. Nothing was changed.",
  });

/** Removes what was taken in and not confirmed. */
async function clearStaging(dataDir: string): Promise<void> {
  const directory = stagingDirectory(dataDir);
  for (const name of await readdir(directory).catch(() => []))
    if (/^\.?[\da-f-]{36}(\.dump)?$/.test(name)) await rm(join(directory, name), { force: true });
}

/** False where no dump of that id waits. */
export async function confirmStaged(dataDir: string, id: string): Promise<boolean> {
  const path = join(stagingDirectory(dataDir), `${id}.dump`);
  if (!/^[\da-f-]{36}$/.test(id) || !(await exists(path))) return false;
  await publish(path, join(stagingDirectory(dataDir), tries[0]));
  return true;
}

/** The confirmed dump, moved on to its next try; "given up" after the last; null where none is confirmed. */
export async function nextTry(dataDir: string): Promise<string | "given up" | null> {
  const directory = stagingDirectory(dataDir);
  for (const [position, name] of tries.entries()) {
    if (!(await exists(join(directory, name)))) continue;
    const next = tries[position + 1];
    if (next === undefined) return "given up";
    await rename(join(directory, name), join(directory, next));
    return join(directory, next);
  }
  return null;
}

export async function removeTries(dataDir: string): Promise<void> {
  for (const name of tries) await rm(join(stagingDirectory(dataDir), name), { force: true });
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
