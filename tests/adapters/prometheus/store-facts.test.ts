import assert from "node:assert/strict";
import { test } from "node:test";
import { type StoreMetricsDeps, storeMetrics } from "../../../src/adapters/prometheus/store-facts.ts";
import { instant } from "../../../src/domain/units.ts";
import { SteppedClock } from "../../../src/shared/clock.ts";
import type { ExportLog, ExportLogStatus } from "../../../src/sync/exports/memory.ts";
import { noteOutcome } from "../../../src/sync/statistics/outcome.ts";
import { slotsOn } from "../../contracts/store-builders.ts";
import { at } from "../../support/snapshots.ts";
import { dates, meter, StatisticsWorld } from "../../support/statistics-world.ts";

const log = (id: number, status: ExportLogStatus, startedAt: string): ExportLog => ({
  id,
  destination: "jeedom",
  status,
  records: 0,
  error: null,
  startedAt: at(startedAt),
  completedAt: status === "running" ? null : instant(at(startedAt) + 1_000),
});

const depsOf = (world: StatisticsWorld, logs: readonly ExportLog[] = []): StoreMetricsDeps => ({
  store: world.store,
  memory: { loadExportLogs: async () => logs },
  clock: world.clock,
  account: world.deps.account,
  destinations: ["jeedom"],
  broker: () => ({ connected: false }),
});

// On 21 November 2026; the meter gives from the 1st on.
const point = { activationDate: dates("2026-11-01", "2026-11-01")[0] ?? null };

test("missing days are counted by what is missing of them, and two days may still come", async (t) => {
  const world = await StatisticsWorld.open(t, { point });
  await world.ingest(dates("2026-11-01", "2026-11-10").flatMap((date) => slotsOn(date, 600)));
  // The 11th has a daily value and no half-hour, the 12th half of them.
  await world.ingestDaily([["2026-11-11", 14_400]]);
  await world.ingest(dates("2026-11-12", "2026-11-12").flatMap((date) => slotsOn(date, 600).slice(0, 24)));
  const [known, ...others] = (await storeMetrics(depsOf(world)).facts()).flows;
  assert.deepEqual(others, []);
  assert.deepEqual(known, {
    usagePoint: meter,
    flow: "consumption",
    // 13 to 18 have nothing, 19 and 20 may still come; 11 and 12 lack half-hours: 6, and 6 + 2.
    missing: { daily: 6, halfHours: 8 },
    halfHoursThrough: at("2026-11-10T23:00:00Z"),
    correctedDays: 0,
  });
});

test("a corrected day is counted once the store holds its former value", async (t) => {
  const world = await StatisticsWorld.open(t, { point });
  const metrics = storeMetrics(depsOf(world));
  const corrections = async (): Promise<number | undefined> => (await metrics.facts()).flows[0]?.correctedDays;
  await world.ingest(dates("2026-11-01", "2026-11-03").flatMap((date) => slotsOn(date, 600)));
  assert.equal(await corrections(), 0);
  await world.ingest(dates("2026-11-02", "2026-11-02").flatMap((date) => slotsOn(date, 700)));
  assert.equal(await corrections(), 1);
});

test("the store is read again only when it was written, or the day has turned", async (t) => {
  const clock = new SteppedClock(at("2026-11-21T08:00:00Z"));
  const world = await StatisticsWorld.open(t, { point, clock });
  let position = "0/1";
  // Other databases of the same server move the real one.
  const store = { ...world.store, loadWritePosition: async () => position };
  const metrics = storeMetrics({ ...depsOf(world), store });
  const first = await metrics.facts();
  assert.equal(await metrics.facts(), first);
  position = "0/2";
  const second = await metrics.facts();
  assert.notEqual(second, first);
  assert.equal(await metrics.facts(), second);
  clock.set(at("2026-11-21T23:00:00Z"));
  assert.notEqual(await metrics.facts(), second, "midnight in Paris");
});

test("what tasks the store remembers are told with their times", async (t) => {
  const world = await StatisticsWorld.open(t, { point });
  await noteOutcome(world.store, world.clock.now(), await world.run({ check: true }));
  const logs = [
    log(4, "running", "2026-11-21T06:00:00Z"),
    log(3, "failed", "2026-11-21T05:00:00Z"),
    log(2, "success", "2026-11-21T04:00:00Z"),
    log(1, "success", "2026-11-21T03:00:00Z"),
  ];
  const { tasks } = await storeMetrics(depsOf(world, logs)).facts();
  assert.deepEqual(tasks.get("jeedom"), {
    attemptAt: at("2026-11-21T06:00:00Z"),
    successAt: at("2026-11-21T04:00:01Z"),
  });
  const now = at("2026-11-21T08:00:00Z");
  assert.deepEqual(tasks.get("home_assistant"), { attemptAt: now, successAt: now });
});

test("a meter none of whose days is over is no failure", async (t) => {
  const world = await StatisticsWorld.open(t, {
    point: { activationDate: dates("2026-11-21", "2026-11-21")[0] ?? null },
  });
  const { flows } = await storeMetrics(depsOf(world)).facts();
  assert.ok(flows.every(({ missing }) => missing.daily === 0 && missing.halfHours === 0));
});

test("a store that does not answer is a rejection, and asked again the next time", async (t) => {
  const world = await StatisticsWorld.open(t, { point });
  let isDown = true;
  const store = {
    ...world.store,
    loadWritePosition: async () => "0/1",
    loadTasks: () => (isDown ? Promise.reject(new Error("gone")) : world.store.loadTasks()),
  };
  const metrics = storeMetrics({ ...depsOf(world), store });
  await assert.rejects(metrics.facts(), /gone/);
  isDown = false;
  assert.ok((await metrics.facts()).flows.length > 0);
});
