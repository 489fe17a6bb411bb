import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { signalProcess } from "../../src/adapters/postgres/launcher/processes.ts";
import { killDatabase } from "../support/process-program.ts";
import type { Buildah, Image } from "./image.ts";
import { type ContainerProcess, processTree } from "./processes.ts";

/** The longest that any command of the check has reason to take. */
const commandWithinMs = 90_000;

export interface Place {
  /** On this machine; `/data` in the container. */
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Said {
  readonly code: number | null;
  readonly output: string;
}

/** One container of the image. Its network is this machine's; its processes are buildah's descendants. */
export class Container {
  readonly #buildah: Buildah;
  readonly #image: Image;
  readonly #place: Place;
  readonly #name: string;
  #service: ChildProcess | null = null;
  readonly #commands = new Set<ChildProcess>();
  /** What the service has said since it was last started. */
  log = "";

  constructor(parts: { buildah: Buildah; image: Image; place: Place; name: string }) {
    this.#buildah = parts.buildah;
    this.#image = parts.image;
    this.#place = parts.place;
    this.#name = parts.name;
  }

  /** Starts what the image starts by itself. */
  start(): void {
    const { Entrypoint, Cmd } = this.#image.config;
    const child = this.#spawn([...Entrypoint, ...Cmd]);
    this.log = "";
    const listen = (chunk: Buffer): void => {
      this.log += chunk.toString();
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    this.#service = child;
  }

  /** Runs a command beside the service, as `docker exec` does, to its end; one that does not end is stopped. */
  async exec(command: readonly string[]): Promise<Said> {
    const child = this.#spawn(command);
    this.#commands.add(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk: Buffer) => {
        output += chunk.toString();
      });
    const late = setTimeout(() => {
      output += `stopped after ${commandWithinMs / 1_000} s\n`;
      const program = child.pid === undefined ? undefined : ofImage(child.pid)[0];
      if (program) process.kill(program.pid, "SIGKILL");
    }, commandWithinMs);
    const [code]: readonly (number | null)[] = await once(child, "close");
    clearTimeout(late);
    this.#commands.delete(child);
    return { code: code ?? null, output };
  }

  /** Whether the image's own health check finds the service well. */
  async isHealthy(): Promise<boolean> {
    const [kind, ...command] = this.#image.config.Healthcheck.Test;
    if (kind !== "CMD") throw new Error(`A health check of kind ${kind}`);
    return (await this.exec(command)).code === 0;
  }

  get isRunning(): boolean {
    return this.#service !== null && this.#service.exitCode === null && this.#service.signalCode === null;
  }

  /** What the image starts by itself. */
  get program(): ContainerProcess | undefined {
    const pid = this.#service?.pid;
    return pid === undefined ? undefined : ofImage(pid)[0];
  }

  /** Of the image, without buildah's own: the service and its database, and commands beside it. */
  processes(): readonly ContainerProcess[] {
    return [this.#service, ...this.#commands].flatMap((one) => (one?.pid === undefined ? [] : ofImage(one.pid)));
  }

  /** SIGTERM to the container's first process, as an engine stops it; resolves to how it ended and how long that took. */
  async stop(): Promise<{ readonly code: number | null; readonly tookMs: number }> {
    const from = performance.now();
    const service = this.#service;
    if (service !== null && this.isRunning) {
      const closed = once(service, "close");
      await this.#isUnderWay();
      if (this.program) signalProcess(this.program.pid, "SIGTERM");
      await closed;
    }
    return { code: service?.exitCode ?? null, tookMs: performance.now() - from };
  }

  /** What a power cut does: all that the service has started ends at once. */
  async kill(): Promise<void> {
    const service = this.#service;
    if (service === null || !this.isRunning) return;
    const closed = once(service, "close");
    await this.#isUnderWay();
    // Again as long as it lives: what it was starting meanwhile dies as well.
    while (this.isRunning) {
      for (const { pid } of service.pid === undefined ? [] : ofImage(service.pid)) signalProcess(pid, "SIGKILL");
      await killDatabase(this.#place.dataDir);
      await Promise.race([closed, sleep(100)]);
    }
    await closed;
  }

  /** It may have been asked for so recently that buildah has not started it yet, or waits for its storage. */
  async #isUnderWay(): Promise<void> {
    const deadline = performance.now() + commandWithinMs;
    while (this.isRunning && !this.program) {
      if (performance.now() > deadline) throw new Error(`buildah starts nothing\n${this.log}`);
      await sleep(10);
    }
  }

  #spawn(command: readonly string[]): ChildProcess {
    const { dataDir, env } = this.#place;
    const settings = Object.entries(env).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
    const args = ["run", "--volume", `${dataDir}:/data`, ...settings, this.#name, "--", ...command];
    return spawn("buildah", args, { env: this.#buildah.env, stdio: ["ignore", "pipe", "pipe"] });
  }
}

const ofImage = (buildahPid: number): readonly ContainerProcess[] =>
  processTree(buildahPid).filter(({ command }) => !/^\S*buildah/.test(command));

/** A container of the image, not started yet. */
export async function createContainer(buildah: Buildah, image: Image, place: Place): Promise<Container> {
  return new Container({ buildah, image, place, name: await buildah.call("from", image.name) });
}
