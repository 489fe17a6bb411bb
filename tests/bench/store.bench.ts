import { chmodSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { arrayText, batchesOf } from "../../src/adapters/postgres/arguments.ts";
import { closeSql, openSql, type Sql } from "../../src/adapters/postgres/connection.ts";
import { startDatabase } from "../../src/adapters/postgres/launcher/start-database.ts";
import { migrate } from "../../src/adapters/postgres/migrate.ts";
import { createStore } from "../../src/adapters/postgres/store.ts";
import { boundsOf, daysFromTo, localDate } from "../../src/domain/calendar.ts";
import { deriveDay } from "../../src/domain/reconcile.ts";
import type { Slot } from "../../src/domain/slot.ts";
import { instant, minuteMs, usagePointId, watts } from "../../src/domain/units.ts";
import { flows } from "../../src/domain/usage-point.ts";
import { silentLog } from "../../src/shared/log.ts";
import type { IngestCurve, Store } from "../../src/sync/store.ts";
import { type BenchResult, median, timed } from "./result.ts";

const usagePoint = usagePointId("12345678901234");
/** Three years without 29 February: 1,095 days, 52,560 half-hours a flow. */
const period = { from: localDate("2021-01-01"), to: localDate("2023-12-31") };
const days = daysFromTo(period.from, period.to);
const at = instant(Date.UTC(2024, 0, 1, 8));
const daysPerAnswer = 56;
const rounds = 5;

function slotsOf(chunk: typeof days, seed: number): Slot[] {
  const slots: Slot[] = [];
  for (const { start, end } of chunk.map(boundsOf))
    for (let from: number = start; from < end; from += 30 * minuteMs)
      slots.push({ start: instant(from), minutes: 30, powerW: watts(((from / minuteMs) * seed) % 6000) });
  return slots;
}

/** What the source answers, eight weeks at a time. */
const answers: readonly IngestCurve[] = flows.flatMap((flow, position) =>
  [...batchesOf(days, daysPerAnswer)].map((chunk) => ({
    usagePoint,
    flow,
    slots: slotsOf([...chunk], 7919 + position),
    answers: chunk.map((date) => ({ date, answer: "complete" as const })),
    at,
  })),
);
const rows = answers.flatMap(({ flow, slots }) => slots.map((slot) => ({ ...slot, flow })));

/** The same rows with the least that can be asked of PostgreSQL: one table, its key, nothing beside. */
async function ingestBare(sql: Sql): Promise<void> {
  for (const batch of batchesOf(rows))
    await sql`
      insert into bare (usage_point_id, flow, starts_at, minutes, power_w)
      select ${usagePoint}, flow, to_timestamp(ms / 1000), minutes, power_w
      from unnest(
        ${arrayText(batch.map((row) => row.flow))}::text::flow[],
        ${arrayText(batch.map((row) => row.start))}::text::float8[],
        ${arrayText(batch.map((row) => row.minutes))}::text::smallint[],
        ${arrayText(batch.map((row) => row.powerW))}::text::integer[]
      ) as given (flow, ms, minutes, power_w)
      on conflict (usage_point_id, flow, starts_at)
        do update set minutes = excluded.minutes, power_w = excluded.power_w
        where (bare.minutes, bare.power_w) is distinct from (excluded.minutes, excluded.power_w)`;
}

async function ingest(store: Store): Promise<void> {
  for (const answer of answers) await store.ingestCurve(answer);
}

async function loadAll(store: Store): Promise<void> {
  for (const flow of flows) await store.loadDayInputs(usagePoint, flow, period);
}

async function deriveAll(store: Store): Promise<void> {
  for (const flow of flows) {
    const inputs = await store.loadDayInputs(usagePoint, flow, period);
    const derived = inputs.flatMap((input) => deriveDay(input) ?? []);
    await store.saveDays(usagePoint, flow, derived, at);
  }
}

async function measure(sql: Sql): Promise<BenchResult[]> {
  const store = createStore(sql);
  await sql`
    insert into usage_point (id, account, is_active, has_consumption, has_production, first_seen_at)
    values (${usagePoint}, 'bench', true, true, true, to_timestamp(0))`;
  await sql.unsafe(`create table bare (
    usage_point_id text not null, flow flow not null, starts_at timestamptz not null, minutes smallint not null,
    power_w integer not null, primary key (usage_point_id, flow, starts_at))`);
  const times = { bare: [], ingest: [], repeat: [], load: [], derive: [], memory: [] } as Record<string, number[]>;
  const note = async (name: string, action: () => Promise<unknown>) => times[name]?.push(await timed(action));
  // The first round meets an empty database that knows nothing of its rows, as a first run does: counted by itself.
  const first: Record<string, number> = {};
  for (let round = 0; round <= rounds; round++) {
    await sql`truncate bare, slot, day, inquiry`;
    await note("bare", () => ingestBare(sql));
    await note("ingest", () => ingest(store));
    await note("repeat", () => ingest(store));
    await note("load", () => loadAll(store));
    await note("derive", () => deriveAll(store));
    await note("memory", () => store.loadDayMemory(usagePoint));
    if (round === 0) for (const [name, list] of Object.entries(times)) first[name] = list.pop() ?? 0;
  }
  const middle = (name: string) => median(times[name] ?? []);
  const ratio = (ingest = Number.NaN, bare = Number.NaN) => Math.round((ingest / bare) * 100) / 100;
  const ms = (name: string, value = Number.NaN): BenchResult => ({
    name,
    value: Math.round(value * 10) / 10,
    unit: "ms",
  });
  const against = { unit: "ratio", limit: 2 };
  return [
    { name: "store: ingest against the bare insert", value: ratio(middle("ingest"), middle("bare")), ...against },
    { name: "store: the same, in a new database", value: ratio(first.ingest, first.bare), ...against },
    ms(`store: bare insert of ${rows.length} rows`, middle("bare")),
    ms(`store: ingest of ${rows.length} slots, 8 weeks at a time`, middle("ingest")),
    ms("store: the same ingest again, nothing new", middle("repeat")),
    ms("store: load them back as days", middle("load")),
    ms("store: load, derive and save the days", middle("derive")),
    ms("store: load, derive and save the days, in a new database", first.derive),
    ms("store: what is remembered of every day", middle("memory")),
  ];
}

/** On a private cluster of its own, with the settings users have: every commit reaches the disk. */
export async function run(): Promise<BenchResult[]> {
  const directory = await mkdtemp(join(tmpdir(), "linky-bench-"));
  try {
    // The database's user passes through it on its way to the data.
    chmodSync(directory, 0o711);
    const database = await startDatabase({ dataDir: join(directory, "data"), stagingDir: join(directory, "binaries") });
    try {
      await migrate(database.connection, { log: silentLog() });
      const sql = openSql(database.connection);
      return await measure(sql).finally(() => closeSql(sql));
    } finally {
      await database.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

if (import.meta.main) for (const result of await run()) console.log(JSON.stringify(result));
