import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isAlive } from "../launcher/processes.ts";

const partial = ".partial-";
/** No dump takes this long; beyond it a living process that bears the pid of a name is another one. */
const abandonedMs = 6 * 3_600_000;

/** A name beside `path` for what is not whole yet: never taken for a dump. */
export const partialBeside = (path: string): string =>
  join(dirname(path), `${partial}${process.pid}-${randomUUID()}-${basename(path)}`);

/** Makes `draft` appear as `path`, whole and on the disk even if the power goes. */
export async function publish(draft: string, path: string): Promise<void> {
  await onDisk(draft);
  await rename(draft, path);
  // A rename outlasts a power cut only once its directory is on the disk.
  await onDisk(dirname(path));
}

async function onDisk(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what killed dumps left in `directory`. */
export async function removeAbandoned(directory: string): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    const pid = Number(/^\.partial-(\d+)-/.exec(name)?.[1]);
    if (!(pid > 0)) continue;
    const path = join(directory, name);
    const ageMs = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (!isAlive(pid) || ageMs > abandonedMs) await rm(path, { force: true });
  }
}

/** Readings tell when somebody is at home: the directory is for its owner alone. */
export async function makeBackupDirectory(path: string): Promise<void> {
  // Node's own `recursive` never ends where a parent exists and yet nothing can be made in it, as below /proc.
  if (!existsSync(dirname(path))) await makeBackupDirectory(dirname(path));
  await mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
}
