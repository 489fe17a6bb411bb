import { createHash, randomUUID } from "node:crypto";
import { chmod, cp, lstat, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { linkLibraries } from "./embedded.ts";
import { DatabaseFailure } from "./failure.ts";

export interface StageRequest {
  /** The package's directory with `bin`, `lib` and `share`. */
  readonly native: string;
  readonly version: string;
  readonly stagingDir: string;
}

/**
 * Copies binaries that the database's user cannot reach (below a home directory, say) to where it can, and returns the
 * copy's counterpart of `native`. The copy is named by version and by the size and time of every file, so that a
 * changed package makes a new one; an existing copy is used only while its files still have those sizes and times.
 * Starts at the same moment each make their own, and one of them becomes the copy.
 * @throws DatabaseFailure when others than this user could have written the copy.
 */
export async function stage({ native, version, stagingDir }: StageRequest): Promise<string> {
  const wanted = await fingerprint(native);
  const target = join(stagingDir, `postgresql-${version}-${wanted.slice(0, 12)}`);
  await mkdir(stagingDir, { recursive: true, mode: 0o755 });
  await refuseForeign(stagingDir);
  if (!(await isIntact(target, wanted))) {
    const fresh = join(stagingDir, `.staging-${randomUUID()}`);
    try {
      await copy(native, join(fresh, "native"));
      await replace(target, fresh, wanted);
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  }
  return join(target, "native");
}

const parts = ["bin", "lib", "share"];

async function copy(native: string, to: string): Promise<void> {
  for (const part of parts) {
    const filter = isNeeded;
    await cp(join(native, part), join(to, part), { recursive: true, preserveTimestamps: true, filter });
  }
  await cp(join(native, "pg-symlinks.json"), join(to, "pg-symlinks.json"), { preserveTimestamps: true });
  await linkLibraries(to);
  await openToAll(dirname(to));
}

/** Static libraries are a fifth of the package and serve no running server; links are made anew. */
const isNeeded = async (path: string): Promise<boolean> =>
  !path.endsWith(".a") && !(await lstat(path)).isSymbolicLink();

/** An installation under a strict umask is readable by its owner alone. */
async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, ((await stat(path)).mode & 0o100) !== 0 ? 0o755 : 0o644);
  }
}

/** Puts `fresh` at `target`, moving a damaged copy away. */
async function replace(target: string, fresh: string, wanted: string): Promise<void> {
  try {
    await rename(fresh, target);
  } catch {
    if (await isIntact(target, wanted)) return;
    const damaged = `${fresh}-damaged`;
    await rename(target, damaged);
    await rename(fresh, target);
    await rm(damaged, { recursive: true, force: true });
  }
}

const isIntact = (target: string, wanted: string): Promise<boolean> =>
  fingerprint(join(target, "native")).then(
    (found) => found === wanted,
    () => false,
  );

/** Hash of the path, size and time (whole seconds) of every needed file. @throws when there is none. */
async function fingerprint(native: string): Promise<string> {
  const lines: string[] = [];
  for (const part of parts) {
    for (const entry of await readdir(join(native, part), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile() || !(await isNeeded(path))) continue;
      const { size, mtimeMs } = await stat(path);
      lines.push(`${relative(native, path)} ${size} ${Math.floor(mtimeMs / 1000)}`);
    }
  }
  return createHash("sha256").update(lines.sort().join("\n")).digest("hex");
}

/** What root executes on others' behalf must be writable by nobody else, at any level of its path. */
async function refuseForeign(directory: string): Promise<void> {
  for (let path = directory; ; path = dirname(path)) {
    const { uid, mode } = await stat(path);
    const isTrusted = uid === 0 || uid === process.geteuid?.();
    const isSticky = (mode & 0o1000) !== 0;
    if (!isTrusted || ((mode & 0o022) !== 0 && !isSticky)) throw untrusted(directory, path);
    if (dirname(path) === path) return;
  }
}

const untrusted = (directory: string, at: string): DatabaseFailure =>
  new DatabaseFailure("binaries_unusable", {
    fr: `Les programmes de PostgreSQL devraient être copiés dans ${directory}, mais d'autres utilisateurs peuvent écrire dans ${at}. Corrigez ses droits (chown root, chmod go-w).`,
    en: `PostgreSQL's programs would be copied to ${directory}, but other users may write to ${at}. Correct its permissions (chown root, chmod go-w).`,
  });
