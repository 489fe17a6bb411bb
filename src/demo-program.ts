import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { forgetDemo } from "./demo-data.ts";
import type { DemoProgram } from "./demo-home.ts";
import { demoNews, hostVariable } from "./demo-host.ts";
import { DemoTrouble, demoTroubles } from "./demo-trouble.ts";
import type { Language } from "./shared/language.ts";
import type { Logger } from "./shared/log.ts";

export interface DemoPlace {
  /** What is run: this program's own first file. */
  readonly entry: string;
  /** The service's; the demonstration's is in it, and is not there but while it runs. */
  readonly dataDir: string;
  readonly language: Language;
  readonly log: Logger;
}

/** In the service's data directory, which is on the disk that has room, and not in memory as `/tmp` may be. */
export const demoDirectory = (dataDir: string): string => join(dataDir, "demo-home");

/** To end by itself within; a database that stops takes a second. */
const stopMs = 10_000;

/** Starts this program once more, as a demonstration that ends with it. @throws DemoTrouble */
export async function launchDemo(
  { entry, dataDir, language, log }: DemoPlace,
  signal: AbortSignal,
): Promise<DemoProgram> {
  const directory = demoDirectory(dataDir);
  await refuseWithoutRoom(dataDir);
  signal.throwIfAborted();
  const child = spawn(
    process.execPath,
    [entry, "demo", "--data", directory, "--port", "0", "--language", language],
    // What it prints is for a person at a terminal.
    { cwd: "/", env: bareEnvironment(process.env), stdio: ["ignore", "ignore", "pipe", "ipc"] },
  );
  const said = lastWords(child);
  const ended = endOf(child);
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), stopMs);
    await ended;
    clearTimeout(late);
    await forgetDemo(directory, log);
  };
  void ended.then(({ code }) => code !== 0 && log.warn({ code, said: said() }, "the demonstration's program failed"));
  return { ready: addressOf(child, ended), ended, stop };
}

interface End {
  /** Null where a signal ended it, or where it never began. */
  readonly code: number | null;
}

const endOf = (child: ChildProcess): Promise<End> =>
  once(child, "close").then(
    ([code]) => ({ code: typeof code === "number" ? code : null }),
    () => ({ code: null }),
  );

/** The address it tells. Rejects with why it cannot start, or when it ends. */
function addressOf(child: ChildProcess, ended: Promise<End>): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  child.on("message", (message) => {
    const news = demoNews.safeParse(message);
    if (!news.success) return;
    if ("url" in news.data) resolve(news.data.url);
    else reject(new DemoTrouble(news.data.code, { fr: news.data.fr, en: news.data.en }));
  });
  void ended.then(() => reject(demoTroubles.failed()));
  // Who stops it before it is ready does not wait for this.
  promise.catch(() => undefined);
  return promise;
}

const keptCharacters = 4_000;

function lastWords(child: ChildProcess): () => string {
  let text = "";
  child.stderr?.setEncoding("utf8").on("data", (more: string) => {
    text = (text + more).slice(-keptCharacters);
  });
  return () => text.trim();
}

/** What any program needs. Nothing that sets one up: the account, the database and the servers are not the demonstration's. */
const bareNames = ["HOME", "LANG", "LC_ALL", "NODE_COMPILE_CACHE", "PATH", "TMPDIR", "TZ"];

const bareEnvironment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(env).filter(([name]) => bareNames.includes(name))),
  [hostVariable]: "1",
});

/** With its database, after the years of its history. */
const neededDiskMb = 300;
const neededMemoryMb = 250;
const mb = 1_000_000;

async function refuseWithoutRoom(dataDir: string): Promise<void> {
  if (process.availableMemory() < neededMemoryMb * mb) throw demoTroubles.noMemory(neededMemoryMb);
  const { bavail, bsize } = await statfs(existing(dataDir));
  if (bavail * bsize < neededDiskMb * mb) throw demoTroubles.noRoom(neededDiskMb);
}

/** A service whose database is elsewhere may not have made its directory. */
const existing = (path: string): string =>
  existsSync(path) || dirname(path) === path ? path : existing(dirname(path));
