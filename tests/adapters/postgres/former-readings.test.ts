import assert from "node:assert/strict";
import { test } from "node:test";
import type { Sql } from "../../../src/adapters/postgres/connection.ts";
import { createStore } from "../../../src/adapters/postgres/store.ts";
import { voltAmperes, watts } from "../../../src/domain/units.ts";
import {
  at,
  curve,
  daily,
  day,
  home,
  monday,
  slotsOn,
  tuesday,
  withUsagePoints,
} from "../../contracts/store-builders.ts";
import { testDatabase } from "../../support/test-database.ts";

interface Former {
  readonly kind: string;
  readonly usage_point_id: string | null;
  readonly starts_at: number | null;
  readonly date: string | null;
  readonly former: Readonly<Record<string, unknown>>;
}

const formerReadings = (sql: Sql) =>
  sql<Former[]>`select kind, usage_point_id, starts_at, date, former from former_reading order by id`;

test("a corrected slot leaves its former value behind, an equal one leaves nothing", async (t) => {
  const { sql } = await testDatabase(t);
  const store = await withUsagePoints(createStore(sql));
  const [slot] = slotsOn("2026-01-02", 100);
  assert.ok(slot);
  await store.ingestCurve(curve([slot]));
  await store.ingestCurve(curve([slot]));
  await store.ingestCurve(curve([{ ...slot, powerW: watts(120) }]));
  await store.ingestCurve(curve([{ ...slot, powerW: watts(130) }]));
  const kept = await formerReadings(sql);
  assert.deepEqual(
    kept.map((row) => [row.kind, row.usage_point_id, row.starts_at, row.former.power_w]),
    [
      ["slot", home, slot.start, 100],
      ["slot", home, slot.start, 120],
    ],
  );
});

test("slots that another step supersedes are kept as they were", async (t) => {
  const { sql } = await testDatabase(t);
  const store = await withUsagePoints(createStore(sql));
  const halves = slotsOn("2026-01-02", 100).slice(0, 2);
  await store.ingestCurve(curve(halves));
  await store.ingestCurve(curve(slotsOn("2026-01-02", 100, 60).slice(0, 1)));
  const kept = await formerReadings(sql);
  // The second one was removed, the first one became an hour.
  assert.deepEqual(
    kept.map((row) => [row.starts_at, row.former.minutes]),
    [
      [halves[1]?.start, 30],
      [halves[0]?.start, 30],
    ],
  );
});

test("corrected daily values, peaks, colours and EcoWatt hours are kept as they were", async (t) => {
  const { sql } = await testDatabase(t);
  const store = await withUsagePoints(createStore(sql));
  const date = day("2026-01-02");
  const peak = { date, at: at("2026-01-02T18:00:00Z"), powerVa: voltAmperes(5000) };
  const signal = { date, level: 1 as const, message: "", generatedAt: monday };
  for (const [value, powerVa, color, level, when] of [
    [10, 5000, "BLEU", 1, monday],
    [11, 5001, "ROUGE", 3, tuesday],
  ] as const) {
    await store.ingestDaily(daily({ [date]: value }));
    const readings = [{ ...peak, powerVa: voltAmperes(powerVa) }];
    await store.ingestMaxPower({ usagePoint: home, readings, answers: [], at: when });
    await store.saveTempo([{ date, color, announcedAt: when }], when);
    const hours = [{ hour: 18, level, decarbonised: false }];
    await store.saveEcowatt([{ ...signal, generatedAt: when, hours }], when);
  }
  const kept = await formerReadings(sql);
  assert.deepEqual(
    kept.map(({ kind, date, former }) => [
      kind,
      date,
      former.value_wh ?? former.power_va ?? former.color ?? former.level,
    ]),
    [
      ["daily_reading", "2026-01-02", 10],
      ["max_power", "2026-01-02", 5000],
      ["tempo_day", "2026-01-02", "BLEU"],
      ["ecowatt_hour", "2026-01-02", 1],
    ],
  );
});
