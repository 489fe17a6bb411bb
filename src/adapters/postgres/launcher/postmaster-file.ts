import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** What `postmaster.pid` says, line by line (PostgreSQL `src/include/utils/pidfile.h`). */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  readonly socketDirectory: string;
  readonly isReady: boolean;
}

/** Undefined when the file is absent or does not begin with a pid. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(join(cluster, "postmaster.pid"), "utf8").catch(() => "");
  const lines = text.split("\n").map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3]), socketDirectory: lines[4] ?? "", isReady: lines[7] === "ready" };
}
