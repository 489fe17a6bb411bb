import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { serverProcesses, signalProcess, waitUntil } from "../../src/adapters/postgres/launcher/processes.ts";

const repository = join(import.meta.dirname, "..", "..");

export interface RunOptions {
  readonly env: Readonly<Record<string, string>>;
  /** The checkout that is run; this one unless told. */
  readonly root?: string;
  /** An unprivileged user and group id, for a test that runs as root. */
  readonly uid?: number;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a user's shell has and the program may look at; nothing that would configure it. */
const shell = (): Record<string, string> => {
  const { PATH = "/usr/bin:/bin", HOME = "/root", LANG = "C.UTF-8" } = process.env;
  return { PATH, HOME, LANG };
};

/** The program as its user starts it: a process of its own, `node src/bin.mjs …`. */
export class Program {
  readonly #child: ChildProcess;
  readonly #ended: Promise<Ended>;
  stdout = "";
  stderr = "";

  constructor(args: readonly string[], { env, root = repository, uid }: RunOptions) {
    this.#child = spawn(process.execPath, [join(root, "src", "bin.mjs"), ...args], {
      cwd: root,
      env: { ...shell(), ...env },
      stdio: ["ignore", "pipe", "pipe"],
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => (this.stdout += text));
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.stderr += text));
    this.#ended = once(this.#child, "close").then(([code, signal]) => ({
      code,
      signal,
      stdout: this.stdout,
      stderr: this.stderr,
    }));
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error("The program did not start");
    return this.#child.pid;
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Both streams, for messages of failing tests. */
  get said(): string {
    return `--- stdout\n${this.stdout}\n--- stderr\n${this.stderr}`;
  }

  ended(): Promise<Ended> {
    return this.#ended;
  }

  send(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Sends `signal` and tells how it ended and how long that took. */
  async stop(signal: NodeJS.Signals): Promise<Ended & { readonly tookMs: number }> {
    const from = performance.now();
    this.send(signal);
    return { ...(await this.#ended), tookMs: performance.now() - from };
  }

  /** Resolves once stdout holds `text`. @throws when the program ends before, or after `withinMs`. */
  async says(text: string | RegExp, withinMs = 120_000): Promise<void> {
    const found = (): boolean => (typeof text === "string" ? this.stdout.includes(text) : text.test(this.stdout));
    const isOver = await waitUntil(() => found() || !this.isRunning, { withinMs });
    if (!found()) throw new Error(`${isOver ? "It ended" : `${withinMs} ms passed`} without ${text}\n${this.said}`);
  }
}

/** Runs a command to its end. */
export const run = (args: readonly string[], options: RunOptions): Promise<Ended> => new Program(args, options).ended();

/** Every server process of the private clusters in a data directory. */
export async function databaseProcesses(dataDir: string): Promise<number[]> {
  const clusters = (await readdir(dataDir).catch(() => [])).filter((name) => /^pg\d+$/.test(name));
  const pids = await Promise.all(clusters.map((name) => serverProcesses(join(dataDir, name))));
  return pids.flat();
}

/** Whether a lock file of PostgreSQL lies in the data directory. */
export async function hasPostmasterFile(dataDir: string): Promise<boolean> {
  for (const name of await readdir(dataDir).catch(() => [])) {
    const file = await readFile(join(dataDir, name, "postmaster.pid"), "utf8").catch(() => null);
    if (file !== null) return true;
  }
  return false;
}

/** kill -9 of every server process of a data directory; resolves once they are gone. */
export async function killDatabase(dataDir: string): Promise<void> {
  const areGone = async (): Promise<boolean> => {
    const pids = await databaseProcesses(dataDir);
    for (const pid of pids) signalProcess(pid, "SIGKILL");
    return pids.length === 0;
  };
  if (!(await waitUntil(areGone, { withinMs: 5_000 }))) throw new Error(`The database in ${dataDir} does not die`);
}

/** What a power cut does to processes: the program and its database end at once. */
export async function killEverything(program: Program, dataDir: string): Promise<void> {
  program.send("SIGKILL");
  // Together with it, while the program cannot react any more.
  await killDatabase(dataDir);
  await program.ended();
}
