import { readFile, rm } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import type { Logger } from "../../../shared/log.ts";
import type { Account } from "./account.ts";
import { DatabaseFailure } from "./failure.ts";
import { type PostmasterFile, readPostmasterFile } from "./postmaster-file.ts";
import { isAlive, isServerOf, serverProcesses, signalProcess, waitUntil } from "./processes.ts";
import { stopProcess } from "./server.ts";
import { port, removeSocketDirectory } from "./socket-directory.ts";

const socketFile = `.s.PGSQL.${port}`;

/**
 * Clears the way for a start, on behalf of the directory's owner:
 *
 * | `postmaster.pid` names | then |
 * |---|---|
 * | our server, its parent killed | it is stopped cleanly, and started anew as our child with our settings |
 * | a living process that is none of its servers | the pid was reused: the lock files go, or PostgreSQL would refuse |
 * | nobody, but the socket answers | the server runs in another container: an error, nothing is touched |
 * | nobody | left to PostgreSQL, which checks for surviving backends itself |
 */
export async function clearLeftovers(
  { cluster, account }: { cluster: string; account: Account },
  log: Logger,
): Promise<void> {
  const file = await readPostmasterFile(cluster);
  if (file && (await isServerOf(cluster, file.pid))) {
    log.warn({ pid: file.pid }, "a database server was left running by a killed process; stopping it");
    await stopProcess(file.pid, async () => !(await isServerOf(cluster, file.pid)), 60_000);
  } else if (file && (await answersElsewhere(cluster, file))) {
    throw inUseElsewhere(cluster);
  }
  await endStragglers(cluster);
  await removeForeignLocks(cluster);
  if (file) await removeSocketDirectory(file.socketDirectory, account);
}

/** Backends of a killed server end by themselves within moments; one in a long loop is helped. */
async function endStragglers(cluster: string): Promise<void> {
  const areGone = async (): Promise<boolean> => (await serverProcesses(cluster)).length === 0;
  if (await waitUntil(areGone, { withinMs: 5_000, everyMs: 50 })) return;
  for (const pid of await serverProcesses(cluster)) signalProcess(pid, "SIGKILL");
  await waitUntil(areGone, { withinMs: 5_000 });
}

/** Each lock file begins with a pid; PostgreSQL replaces those of dead processes itself. */
async function removeForeignLocks(cluster: string): Promise<void> {
  for (const name of ["postmaster.pid", `${socketFile}.lock`]) {
    const pid = Number.parseInt(await readFile(join(cluster, name), "utf8").catch(() => ""), 10);
    if (pid > 0 && isAlive(pid)) await rm(join(cluster, name), { force: true });
  }
}

/** Whether a server answers on the cluster's socket though its process cannot be seen from here. */
async function answersElsewhere(cluster: string, file: PostmasterFile): Promise<boolean> {
  // The same directory may be mounted at another path there.
  for (const directory of new Set([file.socketDirectory, cluster])) {
    if (directory !== "" && (await answers(join(directory, socketFile)))) return true;
  }
  return false;
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path });
    const finish = (does: boolean) => (): void => {
      socket.destroy();
      resolve(does);
    };
    socket.once("connect", finish(true)).once("error", finish(false));
  });
}

const inUseElsewhere = (cluster: string): DatabaseFailure =>
  new DatabaseFailure("directory_in_use", {
    fr: `Un serveur PostgreSQL que ce système ne voit pas utilise déjà ${cluster} : sans doute un autre conteneur avec le même volume. Arrêtez-le, ou donnez à chacun son dossier.`,
    en: `A PostgreSQL server that this system cannot see already uses ${cluster}: probably another container with the same volume. Stop it, or give each its own directory.`,
  });
