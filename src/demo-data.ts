import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseFailure } from "./adapters/postgres/launcher/failure.ts";
import { serverProcesses, signalProcess, waitUntil } from "./adapters/postgres/launcher/processes.ts";
import { startDatabase } from "./adapters/postgres/launcher/start-database.ts";
import type { Logger } from "./shared/log.ts";

/**
 * Removes what a demonstration left in its directory, its database's server included.
 * @throws DatabaseFailure where one is running there.
 */
export async function forgetDemo(dataDir: string, log: Logger): Promise<void> {
  if (!existsSync(dataDir)) return;
  try {
    const left = await startDatabase({ dataDir, log });
    await left.stop();
  } catch (error) {
    if (error instanceof DatabaseFailure && error.code === "directory_in_use") throw error;
    // Half removed, it starts no more; nothing in it is anybody's.
    await endServers(dataDir);
  }
  await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
}

async function endServers(dataDir: string): Promise<void> {
  const areGone = async (): Promise<boolean> => {
    const clusters = (await readdir(dataDir)).filter((name) => /^pg\d+$/.test(name));
    const pids = await Promise.all(clusters.map((name) => serverProcesses(join(dataDir, name))));
    for (const pid of pids.flat()) signalProcess(pid, "SIGKILL");
    return pids.flat().length === 0;
  };
  await waitUntil(areGone, { withinMs: 5_000 });
}
