import { solarHome } from "../../src/simulator/homes.ts";
import { loadState } from "../../src/sync/pass.ts";
import { plan } from "../../src/sync/plan/plan.ts";
import { HomeRun, housePoint } from "../support/home-run.ts";
import { type BenchDatabase, withDatabase } from "./database.ts";
import { clusterCpuSeconds } from "./processes.ts";
import { type BenchResult, median, rounded, rounds, Stopwatch } from "./result.ts";

/** By then a producer's first day has fetched all its history; what follows are evening hours without anything new. */
const settled = "2026-11-21T16:05:00Z";
/** A minute more than an hour, so that each window holds the turn of one. */
const windowMinutes = 61;

/** What one hour of simulated time costs. */
interface Hour {
  readonly calls: number;
  readonly passes: number;
  readonly rowsWritten: number;
  readonly walBytes: number;
  readonly nodeCpuSeconds: number;
  readonly postgresCpuSeconds: number;
}

async function measureHour(home: HomeRun, { sql, clusterDir }: BenchDatabase): Promise<Hour> {
  const from = home.clock.now();
  const callsBefore = home.gateway.control.calls.length;
  const before = await stateOf(home);
  const postgresBefore = await clusterCpuSeconds(clusterDir);
  const nodeBefore = process.cpuUsage();
  let passes = 0;
  await home.until(new Date(from + windowMinutes * 60_000).toISOString(), { afterPass: () => void passes++ });
  const { user, system } = process.cpuUsage(nodeBefore);
  const postgresCpuSeconds = (await clusterCpuSeconds(clusterDir)) - postgresBefore;
  const after = await stateOf(home);
  const [wal] = await sql<{ bytes: number }[]>`
    select pg_wal_lsn_diff(${after.lsn}::text::pg_lsn, ${before.lsn}::text::pg_lsn)::float8 as bytes`;
  return {
    calls: home.gateway.control.calls.length - callsBefore,
    // The last pass of the window tells its result alone.
    passes: passes + 1,
    rowsWritten: differing(before.rows, after.rows),
    walBytes: wal?.bytes ?? Number.NaN,
    nodeCpuSeconds: (user + system) / 1e6,
    postgresCpuSeconds,
  };
}

interface State {
  readonly lsn: string;
  /** Each row version by its table, place and writer. */
  readonly rows: ReadonlySet<string>;
}

async function stateOf({ database: { sql } }: HomeRun): Promise<State> {
  const tables = await sql<{ name: string }[]>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`;
  const rows = new Set<string>();
  for (const { name } of tables)
    for (const { version } of await sql<{ version: string }[]>`
      select tableoid || ' ' || ctid || ' ' || xmin as version from ${sql(name)}`)
      rows.add(version);
  const [position] = await sql<{ lsn: string }[]>`select pg_current_wal_lsn()::text as lsn`;
  return { lsn: position?.lsn ?? "", rows };
}

/** Inserted and updated rows, and those that are gone. */
const differing = (before: ReadonlySet<string>, after: ReadonlySet<string>): number =>
  after.difference(before).size + Math.max(0, before.size - after.size);

async function measurePlan(home: HomeRun): Promise<BenchResult[]> {
  const watch = new Stopwatch();
  for (let round = 0; round <= rounds; round++) {
    const state = await loadState(home.deps, null);
    await watch.note("plan", () => plan(state));
    await watch.note("pass", () => home.pass());
  }
  return [
    { name: "plan: 3 years of a producer", value: rounded(watch.median("plan"), 2), unit: "ms" },
    { name: "pass: one with nothing due, 3 years of a producer", value: rounded(watch.median("pass")), unit: "ms" },
  ];
}

/** Hours in which the rhythm of EcoWatt or Tempo has a question are passed over. */
async function quietHours(home: HomeRun, database: BenchDatabase): Promise<readonly Hour[]> {
  const quiet: Hour[] = [];
  for (let tried = 0; quiet.length < rounds; tried++) {
    if (tried === 2 * rounds) throw new Error(`Only ${quiet.length} of ${tried} hours had nothing to ask`);
    // What the program wrote before is behind it, and not flushed while an hour is measured.
    await database.sql`checkpoint`;
    const hour = await measureHour(home, database);
    if (hour.calls === 0) quiet.push(hour);
  }
  return quiet;
}

async function measure(database: BenchDatabase): Promise<BenchResult[]> {
  const home = new HomeRun(database, {
    start: "2026-11-21T10:00:00Z",
    points: [solarHome({ usagePointId: housePoint, seed: 7, name: "Maison" })],
  });
  await home.until(settled);
  const planned = await measurePlan(home);
  const quiet = await quietHours(home, database);
  const middle = (pick: (hour: Hour) => number): number => median(quiet.map(pick));
  const most = (pick: (hour: Hour) => number): number => Math.max(...quiet.map(pick));
  return [
    ...planned,
    { name: "idle hour: rows written, at most", value: most((hour) => hour.rowsWritten), unit: "rows", limit: 0 },
    { name: "idle hour: passes", value: middle((hour) => hour.passes), unit: "passes" },
    { name: "idle hour: written to the WAL", value: middle((hour) => hour.walBytes), unit: "bytes" },
    {
      name: "idle hour: CPU of the program",
      value: rounded(
        middle((hour) => hour.nodeCpuSeconds),
        3,
      ),
      unit: "s",
    },
    {
      name: "idle hour: CPU of PostgreSQL",
      value: rounded(
        middle((hour) => hour.postgresCpuSeconds),
        3,
      ),
      unit: "s",
    },
  ];
}

export const run = (): Promise<BenchResult[]> => withDatabase(measure);
