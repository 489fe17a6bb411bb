import assert from "node:assert/strict";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { systemClock } from "../../src/shared/clock.ts";
import { createGateway } from "../../src/simulator/gateway.ts";
import { solarHome } from "../../src/simulator/homes.ts";
import { createJeedomBox } from "../../src/simulator/jeedom/double.ts";
import { freePort, startAedes } from "../support/broker.ts";
import { killDatabase, Program } from "../support/process-program.ts";
import { environment, processAccount, processHouse, reachableDirectory } from "../support/process-world.ts";
import { emittedProgram } from "./emitted.ts";
import { clusterPssMb, type Memory, memoryOf } from "./processes.ts";
import { type BenchResult, median, rounded, rounds } from "./result.ts";

/** What the memory of the service and its database settles to: V8 gives back what it can 8 s after the last work. */
const restMs = 20_000;
const backfillWithinMs = 180_000;

interface Life {
  readonly backfill: Memory;
  readonly rest: Memory;
  readonly restarted: Memory;
  readonly clusterMb: number;
}

/**
 * A producer's whole history fetched over HTTP into a new store and exported, then a rest; and a start with nothing to do
 * but to look whether the exports are still there.
 */
async function live(env: Readonly<Record<string, string>>, { dataDir, port, root }: Place): Promise<Life> {
  const started: Program[] = [];
  const start = (): Program => {
    const program = new Program(["start"], { env, root });
    started.push(program);
    return program;
  };
  try {
    const first = start();
    // What a finished round tells, whatever its words.
    await first.says(/calls=\d+ written=\d+/, backfillWithinMs);
    await exportAll(port);
    const backfill = await memoryOf(first.pid);
    await delay(restMs);
    const rest = await memoryOf(first.pid);
    const clusterMb = await clusterPssMb(await clusterIn(dataDir));
    await first.stop("SIGTERM");
    const second = start();
    await second.says(/API (ready|prête)/);
    await exportAll(port);
    await delay(restMs);
    const restarted = await memoryOf(second.pid);
    await second.stop("SIGTERM");
    return { backfill, rest, restarted, clusterMb };
  } finally {
    for (const program of started) if (program.isRunning) program.send("SIGKILL");
    await Promise.all(started.map((program) => program.ended()));
    await killDatabase(dataDir);
  }
}

interface Place {
  readonly dataDir: string;
  readonly port: number;
  /** Of the program. */
  readonly root: string;
}

/** A run to the box, which answers when all is there. */
async function exportAll(port: number): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/export/jeedom/run`, { method: "POST" });
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  assert.match(text, /"success"/);
}

async function clusterIn(dataDir: string): Promise<string> {
  const name = (await readdir(dataDir)).find((entry) => /^pg\d+$/.test(entry));
  if (name === undefined) throw new Error(`No cluster in ${dataDir}`);
  return join(dataDir, name);
}

async function lives(root: string): Promise<readonly Life[]> {
  const points = [solarHome({ usagePointId: processHouse, seed: 7, name: "Maison" })];
  const found: Life[] = [];
  for (let round = 0; round < rounds; round++) {
    // A gateway of its own, which has counted no call yet.
    const gateway = createGateway({ clock: systemClock, accounts: [{ ...processAccount, usagePoints: points }] });
    const listening = await gateway.listen({ port: 0 });
    const broker = await startAedes();
    const box = createJeedomBox({ clock: systemClock });
    const listeningBox = await box.listen({ port: 0 });
    const directory = await reachableDirectory();
    const [dataDir, port] = [join(directory, "data"), await freePort()];
    try {
      const env = {
        ...environment({ gatewayUrl: listening.url, brokerUrl: broker.url, dataDir }),
        API_PORT: String(port),
        PROMETHEUS_ENABLED: "true",
        JEEDOM_URL: listeningBox.url,
        JEEDOM_API_KEY: box.settings.virtual.key,
        // Three years of days: half-hours would take the box, which takes one value after the other, minutes more.
        JEEDOM_EXPORT_DATA: "consumption_daily",
      };
      found.push(await live(env, { dataDir, port, root }));
    } finally {
      await listeningBox.close();
      await listening.close();
      await broker.stop();
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    }
  }
  return found;
}

/** Gateway, broker and box live in this process, the service in one of its own: the figures are the service's alone. */
export async function run(): Promise<BenchResult[]> {
  const root = emittedProgram();
  const found = await lives(root).finally(() => rm(root, { recursive: true, force: true }));
  const mb = (name: string, pick: (life: Life) => number, limit?: number): BenchResult => ({
    name,
    value: rounded(median(found.map(pick))),
    unit: "MB",
    ...(limit === undefined ? {} : { limit }),
  });
  return [
    mb("memory: service at rest, RSS", ({ restarted }) => restarted.rssMb, 150),
    mb("memory: service at rest after a backfill, RSS", ({ rest }) => rest.rssMb, 150),
    mb("memory: service in a producer's backfill, highest RSS", ({ backfill }) => backfill.peakRssMb, 250),
    mb("memory: the private PostgreSQL, PSS", ({ clusterMb }) => clusterMb),
  ];
}
