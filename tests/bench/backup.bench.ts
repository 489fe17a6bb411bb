import { execFile } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Connection } from "../../src/adapters/postgres/connection.ts";
import { daysFromTo, localDate } from "../../src/domain/calendar.ts";
import { type TempoColor, tempoColors } from "../../src/domain/tempo.ts";
import { StatisticsWorld } from "../support/statistics-world.ts";
import { withDatabase } from "./database.ts";
import { answersOf, yearsOf } from "./readings.ts";
import { type BenchResult, median, rounded } from "./result.ts";

const execute = promisify(execFile);
const child = fileURLToPath(new URL("backup-child.ts", import.meta.url));
const times = 3;

interface Figures {
  readonly path: string;
  readonly ms: number;
  readonly peakMb: number;
}

async function measureChild(options: { connection: Connection; directory?: string; path?: string }): Promise<Figures> {
  const { stdout } = await execute(process.execPath, [child, JSON.stringify(options)]);
  return JSON.parse(stdout);
}

interface Measured {
  readonly bytes: number;
  readonly dump: readonly Figures[];
  readonly load: readonly Figures[];
}

/** Both flows of a Tempo home over so many years, with or without the statistics derived from them. */
function measure(years: number, { withStatistics }: { readonly withStatistics: boolean }): Promise<Measured> {
  return withDatabase(async (database) => {
    const ends: (() => unknown)[] = [];
    const world = await StatisticsWorld.open(
      { after: (end: () => unknown) => void ends.push(end) },
      { database, point: { pricingOption: "TEMPO", hasProduction: true } },
    );
    const period = yearsOf(years, localDate("2021-01-01"));
    const colorOf = (position: number): TempoColor => tempoColors[position % 3] ?? "BLEU";
    await world.tell(daysFromTo(period.from, period.to).map((date, position) => [date, colorOf(position)] as const));
    for (const { flow, slots } of answersOf(period)) await world.ingest(slots, flow);
    if (withStatistics) await world.run();
    for (const end of ends) await end();
    return roundTrips(database.connection);
  });
}

async function roundTrips(connection: Connection): Promise<Measured> {
  const directory = await mkdtemp(join(tmpdir(), "linky-bench-dump-"));
  try {
    const [dump, load]: [Figures[], Figures[]] = [[], []];
    for (let time = 0; time < times; time++) {
      const made = await measureChild({ connection, directory });
      dump.push(made);
      load.push(await measureChild({ connection, path: made.path }));
    }
    return { bytes: (await stat(dump[0]?.path ?? "")).size, dump, load };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const of = (figures: readonly Figures[], pick: (one: Figures) => number): number => median(figures.map(pick));

export async function run(): Promise<BenchResult[]> {
  const three = await measure(3, { withStatistics: true });
  // Half-hours alone: more than twice the rows, without the time that so many statistics take.
  const ten = await measure(10, { withStatistics: false });
  const ms = ({ ms: value }: Figures): number => value;
  const mb = ({ peakMb }: Figures): number => peakMb;
  const what = "of 3 years of two flows with statistics";
  return [
    { name: `backup: a dump ${what}`, value: rounded(three.bytes / 1024), unit: "KiB" },
    { name: `backup: making a dump ${what}`, value: rounded(of(three.dump, ms)), unit: "ms" },
    { name: `backup: restoring a dump ${what}`, value: rounded(of(three.load, ms)), unit: "ms" },
    { name: "backup: highest RSS of a process that dumps 3 years", value: rounded(of(three.dump, mb)), unit: "MB" },
    { name: "backup: highest RSS of a process that restores 3 years", value: rounded(of(three.load, mb)), unit: "MB" },
    {
      name: "backup: memory for dumping 10 years of half-hours, against 3 years",
      value: rounded(of(ten.dump, mb) / of(three.dump, mb), 2),
      unit: "ratio",
      limit: 1.25,
    },
    {
      name: "backup: memory for restoring 10 years of half-hours, against 3 years",
      value: rounded(of(ten.load, mb) / of(three.load, mb), 2),
      unit: "ratio",
      limit: 1.25,
    },
  ];
}
