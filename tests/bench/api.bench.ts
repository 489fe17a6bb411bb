import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createStore } from "../../src/adapters/postgres/store.ts";
import { addDays, boundsOf, daysFromTo, localDate } from "../../src/domain/calendar.ts";
import { tempoColors } from "../../src/domain/tempo.ts";
import { instant, minuteMs, type UsagePointId, usagePointId, voltAmperes } from "../../src/domain/units.ts";
import { createServer } from "../../src/server/server.ts";
import { SteppedClock } from "../../src/shared/clock.ts";
import { silentLog } from "../../src/shared/log.ts";
import { deriveStaleDays } from "../../src/sync/derive.ts";
import type { Store } from "../../src/sync/store.ts";
import { usagePoint as usagePointOf } from "../contracts/store-builders.ts";
import { apiParts, fillExportLogs, noteRun } from "./api-parts.ts";
import { withDatabase } from "./database.ts";
import { answersOf } from "./readings.ts";
import { type BenchResult, rounded, rounds, Stopwatch } from "./result.ts";

/** Ten years of half-hours of three meters, up to yesterday: the first on Tempo, the second in two periods, the third injects. */
const span = { from: localDate("2016-11-21"), to: localDate("2026-11-20") };
const clock = new SteppedClock(instant(Date.parse("2026-11-21T08:00:00Z")));
const account = "account";
const [tempo, split, producer] = ["12345678901234", "12345678901235", "12345678901236"].map(usagePointId) as [
  UsagePointId,
  UsagePointId,
  UsagePointId,
];

/** What a page asks for, in milliseconds at most; a page asks for a few of them at once. */
const limitMs = 150;
const start = `start=${span.from}&end=${span.to}`;
const year = `start=${addDays(span.to, -364)}&end=${span.to}`;
const asked: Readonly<Record<string, string>> = {
  overview: "overview",
  "overview of the same minute": "overview",
  meters: "pdl",
  "sync state": "sync",
  "ten years by year": `series/${tempo}?step=year&${start}`,
  "ten years by month": `series/${split}?step=month&${start}`,
  "ten years of injection by month": `series/${producer}?flow=production&step=month&${start}`,
  "a year by day": `series/${tempo}?step=day&${year}`,
  "a month by hour": `series/${tempo}?step=hour&start=2026-10-01&end=2026-10-31`,
  "a day by half-hour": `series/${split}?step=half_hour&start=2026-11-20&end=2026-11-20`,
  "ten years of daily values": `consumption/daily/${split}?${start}`,
  "ten years of balance by month": `balance/${producer}?step=month&${start}`,
  "average day of a year": `profile/${split}?${year}`,
  "ten years of powers": `power/${split}?${start}`,
  "a Tempo season": "tempo/season",
  "consumption of a Tempo season": `tempo/consumption/${tempo}?season=2025-2026`,
  EcoWatt: "ecowatt",
  "a year's bill on Tempo": `bill/${tempo}?${year}`,
  "a year compared with other plans": `compare/${split}?${year}`,
  "an hour explained": `explain/${tempo}?at=2026-11-19T22:30`,
  "tariff plans": `plans/${tempo}`,
  offers: `offers/${tempo}`,
  "quality of ten years": `quality/${split}?${start}`,
  "why a day is as it is": `quality/${split}/2026-11-19`,
  diagnostics: "diagnostics",
  settings: "settings",
  destinations: "exports",
  "settings of every destination": "export/configs",
  "settings of one destination": "export/configs/victoriametrics",
  "the latest export runs of a year": "export/logs",
  "a thousand export runs of one destination": "export/logs?type=jeedom&limit=1000",
};
const detail = `consumption/detail/${split}?${year}`;

export async function run(): Promise<BenchResult[]> {
  return withDatabase(async ({ sql }) => {
    const store = createStore(sql);
    await fill(store);
    await fillExportLogs(sql, clock);
    await sql`analyze`;
    const { parts, show, close } = apiParts({ sql, store, clock, account });
    const server = await createServer({ parts, log: silentLog(), host: "127.0.0.1", port: 0 });
    if (server === null) throw new Error("No free port");
    try {
      const get = (path: string): Promise<number> => ask(`/api/${path}`);
      const ask = async (path: string): Promise<number> => {
        const answer = await fetch(`${server.url}${path}`);
        const text = await answer.text();
        assert.equal(answer.status, 200, text);
        return text.length;
      };
      const before = heapMb();
      const watch = new Stopwatch();
      for (let round = 0; round <= rounds; round++)
        for (const [name, path] of Object.entries(asked)) {
          // A minute later what is known of now is made anew.
          if (name === "overview") clock.set(instant(clock.now() + minuteMs));
          await watch.note(name, () => get(path));
        }
      const remembered = heapMb() - before;
      await show();
      for (let round = 0; round <= rounds; round++) {
        // A run that has ended is a write: what was remembered of the store does not count any more.
        await noteRun(sql, clock);
        await watch.note("metrics after a write", () => ask("/metrics"));
        await watch.note("metrics", () => ask("/metrics"));
      }
      for (let round = 0; round <= rounds; round++) {
        await watch.note("bare", () => bareYear(sql));
        await watch.note("detail", () => get(detail));
      }
      const names = Object.keys(asked);
      return [
        ...names.map((name) => ({
          name: `API: ${name}`,
          value: rounded(watch.median(name)),
          unit: "ms",
          limit: limitMs,
        })),
        ...["ten years by year", "ten years by month", "overview"].map((name) => ({
          name: `API: ${name}, the first time`,
          value: rounded(watch.first(name)),
          unit: "ms",
        })),
        // A scrape is no page, and nobody waits for it: no limit.
        ...["metrics", "metrics after a write"].map((name) => ({
          name: `API: ${name}`,
          value: rounded(watch.median(name)),
          unit: "ms",
        })),
        { name: "API: a year of half-hours", value: rounded(watch.median("detail")), unit: "ms", limit: limitMs },
        {
          name: "API: a year of half-hours against its bare SQL",
          value: watch.ratio("detail", "bare"),
          unit: "ratio",
          limit: 3,
        },
        { name: "API: what is remembered of three meters", value: rounded(remembered), unit: "MB", limit: 20 },
      ];
    } finally {
      await server.close();
      await close();
    }
  });

  /** The rows alone, as the client gives them. */
  async function bareYear(sql: Parameters<typeof createStore>[0]): Promise<void> {
    const from = new Date(boundsOf(addDays(span.to, -364)).start).toISOString();
    const to = new Date(boundsOf(span.to).end).toISOString();
    const rows = await sql`
      select starts_at, minutes, power_w from slot
      where usage_point_id = ${split} and flow = 'consumption'
        and starts_at >= ${from}::text::timestamptz and starts_at < ${to}::text::timestamptz
      order by starts_at`;
    assert.equal(rows.length, 365 * 48);
  }
}

async function fill(store: Store): Promise<void> {
  const at = clock.now();
  const points = [
    usagePointOf(tempo, { pricingOption: "TEMPO", subscribedPowerKva: 9 }),
    usagePointOf(split, { pricingOption: "HC_HP", offpeakHours: "HC (22H00-6H00)", subscribedPowerKva: 6 }),
    usagePointOf(producer, { pricingOption: "BASE", subscribedPowerKva: 6, hasProduction: true }),
  ];
  await store.saveUsagePoints(account, points, at);
  const dates = daysFromTo(addDays(span.from, -1), addDays(span.to, 1));
  await store.saveTempo(
    dates.map((date, position) => ({
      date,
      color: tempoColors[position % tempoColors.length] ?? "BLEU",
      announcedAt: at,
    })),
    at,
  );
  for (const { id } of points) {
    for (const { flow, slots } of answersOf(span))
      if (flow === "consumption" || id === producer)
        await store.ingestCurve({ usagePoint: id, flow, slots, answers: [], at });
    await store.ingestMaxPower({
      usagePoint: id,
      readings: daysFromTo(span.from, span.to).map((date) => ({
        date,
        at: boundsOf(date).start,
        powerVa: voltAmperes(4_000),
      })),
      answers: [],
      at,
    });
  }
  await deriveStaleDays(store, at);
}

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");

function heapMb(): number {
  if (typeof collect === "function") collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}
