import { chown, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Account } from "./account.ts";

export const port = 5432;
const prefix = "linky-bridge-";
/** `sun_path` less its final zero byte (Linux 108, macOS 104). */
const longestPath = process.platform === "linux" ? 107 : 103;

/**
 * Where the cluster's socket goes: in its own directory, which PostgreSQL keeps closed to others; where that path is too
 * long for a socket, in a new private directory under the temporary one. Trust authentication rests on this.
 */
export async function makeSocketDirectory(cluster: string, account: Account): Promise<string> {
  if (Buffer.byteLength(join(cluster, `.s.PGSQL.${port}`)) <= longestPath) return cluster;
  const directory = await mkdtemp(join(tmpdir(), prefix));
  if (account.isOther) await chown(directory, account.uid, account.gid);
  return directory;
}

/** Removes a socket directory of ours under the temporary one; any other path is left alone. */
export async function removeSocketDirectory(directory: string, account: Account): Promise<void> {
  if (dirname(directory) !== tmpdir() || !basename(directory).startsWith(prefix)) return;
  const owner = await stat(directory).catch(() => undefined);
  if (owner?.uid === account.uid) await rm(directory, { recursive: true, force: true });
}
