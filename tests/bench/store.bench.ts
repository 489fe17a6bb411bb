import { createGatewaySource } from "../../src/adapters/gateway/source.ts";
import { arrayText, batchesOf } from "../../src/adapters/postgres/arguments.ts";
import type { Sql } from "../../src/adapters/postgres/connection.ts";
import { createStore } from "../../src/adapters/postgres/store.ts";
import { deriveDay } from "../../src/domain/reconcile.ts";
import { instant } from "../../src/domain/units.ts";
import { flows } from "../../src/domain/usage-point.ts";
import { silentLog } from "../../src/shared/log.ts";
import { curveAnswers } from "../../src/sync/answers.ts";
import { deriveStaleDays } from "../../src/sync/derive.ts";
import type { CurveReadings, Source } from "../../src/sync/source.ts";
import type { Store } from "../../src/sync/store.ts";
import { type BenchDatabase, withDatabase } from "./database.ts";
import { totalsOf } from "./domain.bench.ts";
import { answersOf, answerText, threeYears, usagePoint } from "./readings.ts";
import { type BenchResult, rounded, rounds, Stopwatch } from "./result.ts";

const at = instant(Date.UTC(2024, 0, 1, 8));
const exchanges = answersOf(threeYears).map((answer) => ({ ...answer, text: answerText(answer.slots) }));
const rows = exchanges.flatMap(({ flow, slots }) => slots.map((slot) => ({ ...slot, flow })));

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

/** The gateway's client, answered from memory: what is measured begins where the network ends. */
function sourceOf(texts: Iterator<string>): Source {
  return createGatewaySource({
    baseUrl: "http://gateway.test",
    clientId: "cli_bench",
    clientSecret: "secret-of-the-bench",
    version: "0.0.0",
    fetch: async () => new Response(texts.next().value, { headers: { "content-type": "application/json" } }),
    log: silentLog(),
    spend: async () => true,
    clock: { now: () => at },
  });
}

/** From the text of each answer to rows in the store. */
async function parseAndStore(store: Store): Promise<void> {
  const source = sourceOf(exchanges.map(({ text }) => text).values());
  for (const { flow, period } of exchanges)
    await ingest(store, { flow, period, ...(await readings(source, { flow, period })) });
}

type Asked = Pick<(typeof exchanges)[number], "flow" | "period">;

async function readings(source: Source, asked: Asked): Promise<CurveReadings> {
  const answer = await source.fetchCurve({ usagePoint, route: "history", ...asked }, new AbortController().signal);
  if (answer.outcome !== "data") throw new Error(`The bench's own answer was not understood: ${answer.message}`);
  return answer.data;
}

const ingest = (store: Store, { flow, period, slots }: Asked & Pick<CurveReadings, "slots">): Promise<unknown> =>
  store.ingestCurve({ usagePoint, flow, slots, answers: curveAnswers(period, slots), at });

async function ingestAll(store: Store): Promise<void> {
  for (const exchange of exchanges) await ingest(store, exchange);
}

async function loadAll(store: Store): Promise<void> {
  for (const flow of flows) await store.loadDayInputs(usagePoint, flow, threeYears);
}

async function loadAndTotal(store: Store): Promise<void> {
  for (const flow of flows) {
    const inputs = await store.loadDayInputs(usagePoint, flow, threeYears);
    totalsOf(inputs.flatMap((input) => deriveDay(input) ?? []));
  }
}

const parseTexts = (): unknown => exchanges.map(({ text }) => JSON.parse(text));

async function measure({ sql }: BenchDatabase): Promise<BenchResult[]> {
  const store = createStore(sql);
  await sql`
    insert into usage_point (id, account, is_active, has_consumption, has_production, first_seen_at)
    values (${usagePoint}, 'bench', true, true, true, to_timestamp(0))`;
  await sql.unsafe(`create table bare (
    usage_point_id text not null, flow flow not null, starts_at timestamptz not null, minutes smallint not null,
    power_w integer not null, primary key (usage_point_id, flow, starts_at))`);
  const watch = new Stopwatch();
  // The first round meets an empty database that knows nothing of its rows, as a first run does: told by itself.
  for (let round = 0; round <= rounds; round++) {
    await sql`truncate bare, slot, day, inquiry`;
    await watch.note("bare", () => ingestBare(sql));
    await watch.note("path", () => parseAndStore(store));
    await watch.note("repeat", () => parseAndStore(store));
    await watch.note("derive", () => deriveStaleDays(store, at));
    await watch.note("load", () => loadAll(store));
    await watch.note("parse", parseTexts);
    await watch.note("total", () => loadAndTotal(store));
    await watch.note("memory", () => store.loadDayMemory(usagePoint));
    await sql`truncate slot, day, inquiry`;
    await watch.note("ingest", () => ingestAll(store));
  }
  return figures(watch);
}

function figures(watch: Stopwatch): BenchResult[] {
  const ms = (name: string, value: number): BenchResult => ({ name, value: rounded(value), unit: "ms" });
  const limited = { unit: "ratio", limit: 2 };
  const first = rounded(watch.first("path") / watch.first("bare"), 2);
  return [
    {
      name: "store: answers parsed and stored, against the bare insert",
      value: watch.ratio("path", "bare"),
      ...limited,
    },
    { name: "store: the same, in a new database (measured once)", value: first, unit: "ratio" },
    { name: "store: ingest alone, against the bare insert", value: watch.ratio("ingest", "bare"), ...limited },
    {
      name: "store: days loaded back, reconciled and totalled, against JSON.parse of the gateway's answers",
      value: watch.ratio("total", "parse"),
      unit: "ratio",
    },
    ms(`store: bare insert of ${rows.length} rows`, watch.median("bare")),
    ms(`store: ${exchanges.length} answers of 8 weeks parsed and stored`, watch.median("path")),
    ms("store: the same again, nothing new", watch.median("repeat")),
    ms("store: 3 years of two flows loaded, derived and saved", watch.median("derive")),
    ms("store: the same, in a new database (measured once)", watch.first("derive")),
    ms("store: loaded back as days", watch.median("load")),
    ms("store: loaded back, reconciled and totalled", watch.median("total")),
    ms("store: JSON.parse of the gateway's answers", watch.median("parse")),
    ms("store: what is remembered of every day", watch.median("memory")),
  ];
}

export const run = (): Promise<BenchResult[]> => withDatabase(measure);
