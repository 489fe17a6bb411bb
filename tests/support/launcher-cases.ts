import { chmod, chown, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Account, findAccount, isRoot } from "../../src/adapters/postgres/launcher/account.ts";
import { type Binaries, inspect } from "../../src/adapters/postgres/launcher/binaries.ts";
import { embeddedPackage, linkLibraries } from "../../src/adapters/postgres/launcher/embedded.ts";
import { readPostmasterFile } from "../../src/adapters/postgres/launcher/postmaster-file.ts";
import { serverProcesses, signalProcess, waitUntil } from "../../src/adapters/postgres/launcher/processes.ts";

/** Every PostgreSQL of this machine that the launcher may meet: Debian's majors and the npm package's. */
export async function installedBinaries(): Promise<Binaries[]> {
  const debian = "/usr/lib/postgresql";
  const majors = await readdir(debian).catch(() => []);
  const directories = majors.map((major) => join(debian, major, "bin"));
  const embedded = embeddedPackage();
  if (embedded) {
    await linkLibraries(embedded.native);
    directories.push(join(embedded.native, "bin"));
  }
  const account = await findAccount();
  const found = await Promise.all(directories.map((directory) => inspect(directory, account)));
  return found.filter((binaries) => binaries !== undefined);
}

/** `nobody`, as the ordinary user that root can become; undefined for whoever is ordinary already. */
export const ordinaryUser = (): Account | undefined =>
  isRoot() ? { uid: 65534, gid: 65534, isOther: true } : undefined;

export interface Scratch {
  /** Where a cluster's data go; not created yet. */
  readonly dataDir: string;
  /** Ends servers that still run there and removes everything. */
  remove(): Promise<void>;
}

/** A temporary place that `as`, or this user and the user it runs the database as, can use. */
export async function scratch(as?: Account): Promise<Scratch> {
  const directory = await mkdtemp(join(tmpdir(), "linky-launcher-"));
  await chmod(directory, 0o711);
  if (as) await chown(directory, as.uid, as.gid);
  const dataDir = join(directory, "data");
  return {
    dataDir,
    async remove() {
      for (const name of await readdir(dataDir).catch(() => [])) {
        if (name.startsWith("pg")) await killServers(join(dataDir, name));
      }
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** kill -9 of every process of the cluster, then waits until they are gone. */
export async function killServers(cluster: string): Promise<void> {
  const areGone = async (): Promise<boolean> => {
    const pids = await serverProcesses(cluster);
    for (const pid of pids) signalProcess(pid, "SIGKILL");
    return pids.length === 0;
  };
  await waitUntil(areGone, { withinMs: 5_000 });
}

/** @throws when no server runs there. */
export async function serverPid(cluster: string): Promise<number> {
  const file = await readPostmasterFile(cluster);
  if (!file) throw new Error(`No server runs in ${cluster}`);
  return file.pid;
}

export const ownerOf = async (path: string): Promise<number> => (await stat(path)).uid;
export const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
