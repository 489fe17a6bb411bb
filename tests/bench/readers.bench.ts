import { execFile } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { addDays, localDate } from "../../src/domain/calendar.ts";
import type { OverviewAnswer } from "../../src/server/api/overview.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { demoClientId, demoClientSecret, demoHome } from "../../src/simulator/demo.ts";
import { builtPage } from "../page/browser/built.ts";
import { freePort, startAedes } from "../support/broker.ts";
import { builtFiles } from "../support/built-files.ts";
import { killDatabase, Program } from "../support/process-program.ts";
import { environment, reachableDirectory } from "../support/process-world.ts";
import { memoryOf } from "./processes.ts";
import { type BenchResult, rounded } from "./result.ts";

const execute = promisify(execFile);
const child = fileURLToPath(new URL("readers-child.ts", import.meta.url));
const [readers, seconds] = [200, 30];
const restMs = 10_000;

interface Reading {
  readonly answers: number;
  readonly perSecond: number;
  readonly megabytesPerSecond: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly highestMs: number;
  readonly errors: Readonly<Record<string, number>>;
}

/** The service over the demonstration's home, its whole history fetched, at rest; gateway and broker live in this process. */
async function withService<T>(
  use: (service: { readonly url: string; readonly pid: number }) => Promise<T>,
): Promise<T> {
  const listening = await demoHome({ clock: systemClock, seed: 1 }).listen({ port: 0 });
  const broker = await startAedes();
  const directory = await reachableDirectory();
  const dataDir = join(directory, "data");
  const port = await freePort();
  const program = new Program(["start"], {
    env: {
      ...environment({ gatewayUrl: listening.url, brokerUrl: broker.url, dataDir }),
      MED_CLIENT_ID: demoClientId,
      MED_CLIENT_SECRET: demoClientSecret,
      API_PORT: String(port),
    },
  });
  try {
    // What a finished round tells, whatever its words.
    await program.says(/calls=\d+ written=\d+/, 180_000);
    await delay(restMs);
    return await use({ url: `http://127.0.0.1:${port}`, pid: program.pid });
  } finally {
    if (program.isRunning) program.send("SIGTERM");
    await program.ended();
    await killDatabase(dataDir);
    await listening.close();
    await broker.stop();
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What a browser asks for that has never been on the home page, but for the events, which never end. */
async function firstPage(url: string): Promise<readonly string[]> {
  const directory = builtPage();
  if (directory === null) throw new Error("The page is not built: npm run build:page");
  const { entries, neededBy } = builtFiles(directory);
  const files = new Set([...entries, ...neededBy("accueil")]);
  const answer = await fetch(`${url}/api/overview`);
  const { usagePoints }: OverviewAnswer = JSON.parse(await answer.text());
  const [shown] = usagePoints;
  if (shown === undefined) throw new Error("The service shows no meter");
  const charts = shown.flows.flatMap(({ flow, latest }) =>
    latest === null
      ? []
      : `/api/series/${shown.id}?flow=${flow}&step=day&start=${addDays(localDate(latest.date), -13)}&end=${latest.date}`,
  );
  return ["/", ...[...files].map((name) => `/assets/${name}`), "/api/pdl", "/api/overview", ...charts];
}

async function read(url: string, paths: readonly string[]): Promise<Reading> {
  const wish = JSON.stringify({ url, paths, readers, seconds });
  const { stdout } = await execute(process.execPath, [child, wish]);
  return JSON.parse(stdout);
}

/** A crowd on the home page: nobody is refused, and the memory that it takes is bounded and mostly given back. */
export async function run(): Promise<BenchResult[]> {
  return withService(async ({ url, pid }) => {
    const paths = await firstPage(url);
    const before = (await memoryOf(pid)).rssMb;
    // Forgets the highest RSS so far (man 5 proc_pid_clear_refs): the backfill's is not the crowd's.
    await writeFile(`/proc/${pid}/clear_refs`, "5");
    const reading = await read(url, paths);
    const { peakRssMb } = await memoryOf(pid);
    await delay(restMs);
    const after = (await memoryOf(pid)).rssMb;
    const failed = Object.values(reading.errors).reduce((sum, count) => sum + count, 0);
    for (const [error, count] of Object.entries(reading.errors)) console.error(`${count} times: ${error}`);
    const what = `${readers} readers for ${seconds} s`;
    return [
      { name: `readers: errors of ${what}`, value: failed, unit: "answers", limit: 0 },
      { name: `readers: answers to ${what}`, value: rounded(reading.perSecond), unit: "per second" },
      { name: "readers: sent", value: rounded(reading.megabytesPerSecond), unit: "MB per second" },
      { name: "readers: an answer, median", value: rounded(reading.medianMs), unit: "ms" },
      { name: "readers: an answer, 99 of 100 sooner", value: rounded(reading.p99Ms), unit: "ms" },
      { name: "readers: an answer, the slowest", value: rounded(reading.highestMs), unit: "ms" },
      { name: "readers: RSS of the service before", value: rounded(before), unit: "MB" },
      { name: "readers: highest RSS of the service", value: rounded(peakRssMb), unit: "MB", limit: 250 },
      { name: "readers: RSS of the service 10 s after", value: rounded(after), unit: "MB", limit: 250 },
    ];
  });
}
