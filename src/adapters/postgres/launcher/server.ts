import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Logger } from "../../../shared/log.ts";
import { type Account, spawnAs } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { lastLines } from "./cluster.ts";
import { DatabaseFailure } from "./failure.ts";
import { readPostmasterFile } from "./postmaster-file.ts";
import { signalProcess, waitUntil } from "./processes.ts";
import { serverSettings } from "./settings.ts";
import { port } from "./socket-directory.ts";

export interface ServerRequest {
  readonly cluster: string;
  readonly socketDirectory: string;
  readonly binaries: Binaries;
  readonly account: Account;
  readonly settings?: Readonly<Record<string, string>> | undefined;
  readonly log: Logger;
  readonly signal?: AbortSignal | undefined;
}

export interface Server {
  readonly pid: number;
  /** Resolves with its last words when the process has ended, for whatever reason. */
  readonly ended: Promise<string>;
  /** Fast shutdown within about `withinMs`; a server that does not end by itself is killed and recovers on its next start. */
  stop(withinMs?: number): Promise<void>;
}

/** Recovery after a crash replays at most 32 MB of WAL: seconds on a slow card. This only bounds the unforeseen. */
const startTimeoutMs = 300_000;
const defaultStopMs = 4_000;

/**
 * Starts the server as our child, and waits until it takes connections, through recovery if need be.
 * @throws DatabaseFailure with the server's own words when it ends instead.
 */
export async function startServer(request: ServerRequest): Promise<Server> {
  const { cluster, binaries, account, socketDirectory, settings, signal } = request;
  const child = spawn(
    join(binaries.directory, "postgres"),
    ["-D", cluster, "-k", socketDirectory, "-p", String(port), ...serverSettings(binaries, settings)],
    // Its own session: Ctrl-C reaches us alone, and we stop it when we no longer need it.
    { ...spawnAs(account), stdio: ["ignore", "ignore", "pipe"], detached: true },
  );
  const server = watch(child, request.log);
  let hasEnded = false;
  void server.ended.then(() => {
    hasEnded = true;
  });
  const isReady = async (): Promise<boolean> => {
    const file = await readPostmasterFile(cluster);
    return hasEnded || (file?.isReady === true && file.pid === child.pid);
  };
  try {
    const inTime = await waitUntil(isReady, { withinMs: startTimeoutMs, signal });
    if (hasEnded || !inTime) throw startFailed(cluster, await lastWords(server, hasEnded));
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

const lastWords = (server: Server, hasEnded: boolean): Promise<string> =>
  hasEnded ? server.ended : Promise.resolve(`not ready after ${startTimeoutMs / 1000} s`);

/** Whoever leaves without stopping it leaves a server that stops by itself, rather than an orphan. */
function watch(child: ChildProcess, log: Logger): Server {
  const pid = child.pid ?? 0;
  let hasEnded = false;
  let isStopping = false;
  let warned = "";
  const words = readWords(child.stderr, (line) => {
    // At a stop every open connection is told so, as FATAL; at a crash each of them says the same.
    const isWarning = !isStopping && line !== warned && /^(WARNING|FATAL|PANIC):/.test(line);
    if (isWarning) warned = line;
    log[isWarning ? "warn" : "debug"]({ postgres: line }, "database server");
  });
  const onExit = (): void => {
    if (pid > 0) signalProcess(pid, "SIGINT");
  };
  process.once("exit", onExit);
  const ended = new Promise<string>((resolve) => {
    const finish = (reason: string): void => {
      hasEnded = true;
      process.off("exit", onExit);
      resolve([lastLines(words.join("\n")), reason].filter((text) => text !== "").join("\n"));
    };
    child.once("error", (error) => finish(error.message));
    child.once("exit", (code, signalName) => {
      const reason = code === 0 ? "" : `exit ${signalName ?? code}`;
      // Its last lines come with the end of the pipe, which a surviving backend may hold open.
      const late = setTimeout(() => finish(reason), 300);
      child.once("close", () => {
        clearTimeout(late);
        finish(reason);
      });
    });
  });
  return {
    pid,
    ended,
    async stop(withinMs = defaultStopMs) {
      isStopping = true;
      await stopProcess(pid, () => hasEnded, withinMs);
      await ended;
    },
  };
}

function readWords(stderr: Readable | null, onLine: (line: string) => void): readonly string[] {
  const kept: string[] = [];
  if (!stderr) return kept;
  createInterface({ input: stderr }).on("line", (line) => {
    kept.push(line);
    if (kept.length > 20) kept.shift();
    onLine(line);
  });
  return kept;
}

/** Fast shutdown, then immediate, then killed: three quarters, a fifth and the rest of `withinMs` are waited. */
export async function stopProcess(
  pid: number,
  hasEnded: () => boolean | Promise<boolean>,
  withinMs = defaultStopMs,
): Promise<void> {
  const steps = [
    ["SIGINT", 0.75],
    ["SIGQUIT", 0.2],
    ["SIGKILL", 0.05],
  ] as const;
  for (const [signalName, share] of steps) {
    if (await hasEnded()) return;
    if (pid > 0) signalProcess(pid, signalName);
    if (await waitUntil(hasEnded, { withinMs: withinMs * share })) return;
  }
}

const startFailed = (cluster: string, words: string): DatabaseFailure =>
  new DatabaseFailure("start_failed", {
    fr: `PostgreSQL n'a pas démarré dans ${cluster}. Il dit : ${words}`,
    en: `PostgreSQL did not start in ${cluster}. It says: ${words}`,
  });
