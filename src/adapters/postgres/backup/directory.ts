import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Instant } from "../../../domain/units.ts";
import type { Connection } from "../connection.ts";
import type { Extent } from "./catalog.ts";
import { notFound, notReadable, notWritten } from "./failure.ts";
import { makeBackupDirectory, removeAbandoned } from "./files.ts";
import { bestFirst, type DumpKind, type DumpName, dumpName, outlived, parseDumpName } from "./names.ts";
import { type WrittenDump, writeDump } from "./write.ts";

/** Where dumps go unless told otherwise: inside of what Home Assistant backs up. */
export const backupDirectory = (dataDir: string): string => join(dataDir, "backup");

/** The dumps of a directory, in the order of `bestFirst`; none where it does not exist. */
export async function listDumps(directory: string): Promise<readonly DumpName[]> {
  const files = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
    throw notReadable(directory, error);
  });
  return bestFirst(files.map(parseDumpName).filter((name) => name !== undefined));
}

/** The dump that the user named: a file, or the best of a directory. @throws BackupFailure when there is none. */
export async function findDump(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return path;
  const best = found?.isDirectory() ? (await listDumps(path))[0] : undefined;
  if (!best) throw notFound(path);
  return join(path, best.file);
}

export interface SaveRequest extends Extent {
  readonly directory: string;
  readonly kind: DumpKind;
  readonly at: Instant;
  /** Whether dumps that have had their time go once the new one is there. */
  readonly prune: boolean;
  /** How long a change of the schema by somebody else is waited for. Default 20 s. */
  readonly lockTimeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Dumps the store into a directory. @throws BackupFailure when it cannot be written. */
export async function saveDump(connection: Connection, request: SaveRequest): Promise<WrittenDump> {
  const { directory, kind, at, prune, isAlone, lockTimeoutMs, signal } = request;
  try {
    await makeBackupDirectory(directory);
    await removeAbandoned(directory);
    const pathFor = (migrations: readonly string[]): string => join(directory, dumpName(at, migrations, kind));
    const written = await writeDump(connection, { at, pathFor, isAlone, lockTimeoutMs, signal });
    if (prune) await removeOutlived(directory);
    return written;
  } catch (error) {
    throw isOfDisk(error) ? notWritten(directory, error) : error;
  }
}

async function removeOutlived(directory: string): Promise<void> {
  for (const { file } of outlived(await listDumps(directory))) await rm(join(directory, file), { force: true });
}

const diskFaults = ["ENOSPC", "EDQUOT", "EACCES", "EPERM", "EROFS", "ENOENT", "ENOTDIR", "EFBIG", "EIO", "EMFILE"];

const isOfDisk = (error: unknown): boolean =>
  error instanceof Error && "syscall" in error && "code" in error && diskFaults.includes(String(error.code));
