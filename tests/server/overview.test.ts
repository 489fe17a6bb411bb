import assert from "node:assert/strict";
import { test } from "node:test";
import { hourMs, instant, minuteMs } from "../../src/domain/units.ts";
import { overviewAnswer } from "../../src/server/api/overview.ts";
import type { ServerParts } from "../../src/server/parts.ts";
import type { SteppedClock } from "../../src/shared/clock.ts";
import { homeAssistantExport, mqttExport } from "../../src/sync/diagnostics/exports.ts";
import { slotsOn } from "../contracts/store-builders.ts";
import { recordedFiles } from "../domain/tariff/cost-recorded-home.ts";
import type { HomeRun } from "../support/home-run.ts";
import { recordedHome } from "../support/recorded-home.ts";
import { at, run, solarHouse, startHome } from "../support/scenario.ts";
import { skipWithout } from "../support/shared-files.ts";
import { dates, StatisticsWorld } from "../support/statistics-world.ts";
import { jsonOf, partsOf, send, serve } from "./api.ts";
import { idleOperations } from "./operations.ts";

const skip = skipWithout(...recordedFiles);

async function asking(t: Parameters<typeof serve>[0], parts: ServerParts) {
  const { url } = await serve(t, parts);
  return async () => overviewAnswer.parse(jsonOf(await send(`${url}/api/overview`)));
}

const partsOfHome = (home: HomeRun): ServerParts => ({
  store: home.store,
  clock: home.clock,
  version: "1.2.3",
  account: home.deps.account,
  plans: [],
  statistics: null,
  lastPass: () => null,
  operations: idleOperations({
    planning: home.deps,
    exports: [mqttExport(null), homeAssistantExport(null, home.store)],
  }),
});

test("the recorded home: its day, month and year, what they cost, and the same days one year before", {
  skip,
}, async (t) => {
  const ask = await asking(t, partsOf(await recordedHome(t)));
  const { usagePoints, tempo, bridge, at: instantOf } = await ask();
  assert.equal(instantOf, "2024-07-25T10:00:00.000Z");
  const [point] = usagePoints;
  const [flow] = point?.flows ?? [];
  const changedAt = instantOf;
  const day = {
    date: "2024-07-24",
    energyWh: 10_526,
    quality: "complete",
    changedAt,
    previousYear: { start: "2023-07-24", end: "2023-07-24", energyWh: 8_261 },
  };
  assert.deepEqual(flow, {
    flow: "consumption",
    latest: day,
    yesterday: day,
    yesterdayDate: "2024-07-24",
    month: {
      period: "2024-07",
      start: "2024-07-01",
      through: "2024-07-24",
      energyWh: 322_145,
      quality: "complete",
      missingDays: 0,
      changedAt,
      previousYear: { start: "2023-07-01", end: "2023-07-24", energyWh: 259_845 },
    },
    year: {
      period: "2024",
      start: "2024-01-01",
      through: "2024-07-24",
      energyWh: 3_791_486,
      quality: "complete",
      missingDays: 0,
      changedAt,
      // A day of early 2023 lacks hours.
      previousYear: { start: "2023-01-01", end: "2023-07-24", energyWh: null },
    },
  });
  const { latest, month, year, projection } = point?.costs ?? {};
  assert.deepEqual([latest?.eur, month?.eur, year?.eur], [1.59604, 47.909206, 714.510599]);
  assert.deepEqual([projection?.month, projection?.knownDays, projection?.knownEnergyEur], ["2024-07", 24, 47.909206]);
  assert.deepEqual(
    [point?.tariff?.period, point?.tariff?.eurPerKwh, point?.tariff?.next?.period, point?.tariff?.next?.start],
    ["blue_hp", 0.1609, "blue_hc", "2024-07-25T20:00:00.000Z"],
  );
  assert.deepEqual([point?.late, point?.dataThrough, point?.maxPower], [false, "2024-07-24T22:00:00.000Z", null]);
  assert.deepEqual(
    [tempo.today.color, tempo.tomorrow.color, tempo.remaining?.notLived.BLEU, tempo.changedAt],
    ["BLEU", "BLEU", 37, null],
  );
  assert.deepEqual([bridge.version, bridge.lastAnswerAt, bridge.problems], ["1.2.3", null, []]);
});

test("nothing at all is known before the first answer, and none of it is zero", async (t) => {
  const home = await startHome(t);
  const ask = await asking(t, partsOfHome(home));
  const { usagePoints, tempo, ecowatt, bridge, sinks } = await ask();
  assert.deepEqual(usagePoints, []);
  assert.deepEqual([tempo.available, tempo.today.color, tempo.remaining, tempo.now.period], [false, null, null, null]);
  assert.deepEqual([ecowatt.available, ecowatt.current, ecowatt.alert], [false, null, null]);
  assert.deepEqual([bridge.lastAnswerAt, bridge.budget], [null, null]);
  assert.deepEqual(
    sinks.map(({ name, state }) => [name, state]),
    [
      ["mqtt", "off"],
      ["homeassistant", "off"],
    ],
  );
});

test("a house that was fetched: both flows, the quota, the signals, what its meter says of its peak", async (t) => {
  const home = await startHome(t, { points: [solarHouse()] });
  const snapshot = await run(home, "2026-11-22T21:00:00Z");
  const ask = await asking(t, partsOfHome(home));
  const { usagePoints, ecowatt, tempo, bridge } = await ask();
  const [point] = usagePoints;
  assert.deepEqual(
    point?.flows.map(({ flow, latest }) => [flow, latest?.date]),
    [
      ["consumption", "2026-11-21"],
      ["production", "2026-11-21"],
    ],
  );
  assert.deepEqual(
    point?.flows.map(({ latest }) => latest?.energyWh),
    snapshot.usagePoints[0]?.flows.map(({ latest }) => latest?.energyWh),
  );
  // The meter was put into service in October: of a year before nothing is known.
  assert.deepEqual(
    point?.flows.map(({ month }) => month?.previousYear),
    new Array(2).fill({ start: "2025-11-01", end: "2025-11-21", energyWh: null }),
  );
  assert.equal(point?.maxPower?.date, "2026-11-21");
  assert.deepEqual([point?.history.knownDays === point?.history.wantedDays, point?.history.remainingCalls], [true, 0]);
  assert.equal(bridge.budget?.allowed, 50);
  assert.equal(ecowatt.available && tempo.available, true);
  assert.equal(ecowatt.current?.at, "2026-11-22T21:00:00.000Z");
});

test("a problem stands under its code, in both languages and since when", async (t) => {
  const home = await startHome(t);
  await run(home, "2026-11-22T08:00:00Z");
  const [point] = await home.store.loadUsagePoints(home.deps.account);
  assert.ok(point);
  await home.store.saveProblem(point.id, { code: "consent", message: "" }, at("2026-11-22T08:00:00Z"));
  const ask = await asking(t, partsOfHome(home));
  const { usagePoints, bridge } = await ask();
  const found = bridge.problems.find(({ code }) => code === "consent");
  assert.deepEqual(usagePoints[0]?.problem, found);
  assert.deepEqual([found?.since, found?.usagePoint], ["2026-11-22T08:00:00.000Z", point.id]);
  assert.match(found?.fr ?? "", /^Le consentement Enedis du compteur \d{14} manque ou a expiré/);
  assert.match(found?.en ?? "", /^The Enedis consent of meter \d{14} is missing or has expired/);
});

test("what is written is seen at once", async (t) => {
  const world = await StatisticsWorld.open(t);
  await world.ingest(dates("2026-11-10", "2026-11-11").flatMap((date) => slotsOn(date, 600)));
  const ask = await asking(t, partsOf(world));
  const latest = async () => (await ask()).usagePoints[0]?.flows[0];
  assert.deepEqual((await latest())?.latest?.date, "2026-11-11");
  await world.ingest(slotsOn("2026-11-12", 600));
  const flow = await latest();
  // Three days of 14.4 kWh
  assert.deepEqual([flow?.latest?.date, flow?.month?.energyWh], ["2026-11-12", 43_200]);
});

test("as long as nothing is written the store is read once, for all who ask, and the clock alone goes on", async (t) => {
  const world = await StatisticsWorld.open(t);
  const clock = world.clock as SteppedClock;
  let loaded = 0;
  let position = "0/1";
  const store = {
    ...world.store,
    // Other databases of the same server write as well.
    loadWritePosition: async () => position,
    loadTasks: () => {
      loaded++;
      return world.store.loadTasks();
    },
  };
  const ask = await asking(t, { ...partsOf(world), store });
  await Promise.all([ask(), ask(), ask()]);
  clock.set(instant(clock.now() + minuteMs / 2));
  assert.equal((await ask()).at, "2026-11-21T08:00:00.000Z");
  clock.set(instant(clock.now() + minuteMs / 2));
  assert.equal((await ask()).at, "2026-11-21T08:01:00.000Z");
  assert.equal(loaded, 1);
  position = "0/2";
  await ask();
  assert.equal(loaded, 2);
  // At the next hour another day may have begun.
  clock.set(instant(clock.now() + hourMs));
  await ask();
  assert.equal(loaded, 3);
});

test("destinations tell how they fare, and why one does not", async (t) => {
  const world = await StatisticsWorld.open(t);
  const since = world.clock.now();
  const problem = { fr: "Le courtier ne répond pas.", en: "The broker does not answer." };
  const broker = { connected: false, since, problem };
  const exports = [
    mqttExport({ url: "mqtt://broker", kinds: ["tempo"], status: () => broker, republish: async () => undefined }),
    homeAssistantExport({ ...world.deps, runNow: null }, world.store),
  ];
  const { sinks } = await (await asking(t, { ...partsOf(world), operations: idleOperations({ exports }) }))();
  assert.deepEqual(sinks[0], {
    name: "mqtt",
    label: { fr: "MQTT (entités de Home Assistant)", en: "MQTT (entities of Home Assistant)" },
    state: "down",
    url: "mqtt://broker",
    lastSuccessAt: null,
    problem: { ...problem, since: "2026-11-21T08:00:00.000Z" },
  });
  assert.deepEqual([sinks[1]?.name, sinks[1]?.state, sinks[1]?.problem], ["homeassistant", "waiting", null]);
});

test("a meter of another account is not shown", async (t) => {
  const world = await StatisticsWorld.open(t);
  await world.ingest(slotsOn("2026-11-10", 600));
  const ask = await asking(t, { ...partsOf(world), account: "another" });
  assert.deepEqual((await ask()).usagePoints, []);
});
