import assert from "node:assert/strict";
import { test } from "node:test";
import { energyPrice } from "../../../src/domain/tariff/price.ts";
import { usagePointId } from "../../../src/domain/units.ts";
import { systemClock } from "../../../src/shared/clock.ts";
import { StatisticsFeeder } from "../../../src/sync/statistics/feeder.ts";
import { nothingSaid } from "../../../src/sync/statistics/plans.ts";
import { statisticsProblems } from "../../../src/sync/statistics/trouble.ts";
import { slotsOn } from "../../contracts/store-builders.ts";
import { meter, readerToken, StatisticsWorld } from "../../support/statistics-world.ts";

const base = `linky_bridge:consumption_${meter}_base`;
const codesIn = async (world: StatisticsWorld) =>
  statisticsProblems(await world.store.loadTasks(), "fr").map(({ code }) => code);

test("after a pass Home Assistant is up to date; a pass without news does not speak to it", async (t) => {
  const world = await StatisticsWorld.open(t);
  const feeder = new StatisticsFeeder(world.deps);
  t.after(() => feeder.close());
  await world.ingest(slotsOn("2026-11-01", 1000));
  await feeder.settle();
  assert.equal(world.double.rows(base).length, 24);
  const { connections } = world.double.traffic;
  await feeder.settle();
  assert.equal(world.double.traffic.connections, connections);
  assert.deepEqual(await codesIn(world), []);
});

test("an outage is told once it lasts, and caught up with by itself", async (t) => {
  const world = await StatisticsWorld.open(t, { clock: systemClock });
  const feeder = new StatisticsFeeder({
    ...world.deps,
    clock: { ...systemClock, sleep: (_ms, signal) => systemClock.sleep(20, signal) },
  });
  t.after(() => feeder.close());
  await world.ingest(slotsOn("2026-11-01", 1000));
  world.double.down();
  await feeder.settle();
  await until(async () => (await codesIn(world)).includes("home_assistant_unreachable"));
  assert.deepEqual(world.double.rows(base), []);
  world.double.up();
  await until(async () => world.double.rows(base).length === 24);
  await until(async () => (await codesIn(world)).length === 0);
});

test("a token that may not write is told at once, in the user's words, and not tried with every pass", async (t) => {
  const world = await StatisticsWorld.open(t, { token: readerToken });
  const feeder = new StatisticsFeeder({
    ...world.deps,
    clock: { ...world.clock, now: () => world.clock.now(), sleep: never },
  });
  t.after(() => feeder.close());
  await world.ingest(slotsOn("2026-11-01", 1000));
  await feeder.settle();
  const [problem] = statisticsProblems(await world.store.loadTasks(), "fr");
  assert.equal(problem?.code, "home_assistant_not_admin");
  assert.match(problem?.sentence ?? "", /Créez un jeton avec un compte administrateur/);
  const { connections } = world.double.traffic;
  await feeder.settle();
  assert.equal(world.double.traffic.connections, connections);
});

test("what another program wrote is a problem that names the series, until it is gone", async (t) => {
  const world = await StatisticsWorld.open(t);
  await world.ingest(slotsOn("2026-11-01", 1000));
  const first = new StatisticsFeeder(world.deps);
  await first.settle();
  const metadata = world.double.metadata(base);
  assert.ok(metadata);
  world.double.seed(metadata, [{ start: world.double.rows(base)[3]?.start ?? world.clock.now(), state: 5, sum: 500 }]);
  // What was read back is looked at again after each start.
  const second = new StatisticsFeeder(world.deps);
  await second.settle();
  const [problem] = statisticsProblems(await world.store.loadTasks(), "fr");
  assert.equal(problem?.code, "foreign_writer");
  assert.ok(problem?.sentence.includes(base));
  const third = new StatisticsFeeder(world.deps);
  await third.settle();
  assert.deepEqual(await codesIn(world), []);
  assert.equal(world.double.rows(base)[3]?.sum, 4);
  await Promise.all([first, second, third].map((feeder) => feeder.close()));
});

test("plans that cannot be applied are told, with what was said; a plan that can be is no trouble", async (t) => {
  const world = await StatisticsWorld.open(t, {
    point: { pricingOption: "FORMULE_MYSTERE", offpeakHours: "HC (22H00-6H00)" },
  });
  const feeder = new StatisticsFeeder(world.deps);
  t.after(() => feeder.close());
  await world.ingest(slotsOn("2026-11-01", 1000));
  await feeder.settle();
  const [problem] = statisticsProblems(await world.store.loadTasks(), "fr");
  assert.equal(problem?.code, "unknown_plan");
  assert.match(problem?.sentence ?? "", /« FORMULE_MYSTERE » du compteur 12345678901234/);
  await world.describe({ pricingOption: "BASE" });
  await feeder.settle();
  assert.deepEqual(await codesIn(world), []);
});

test("what the settings say in vain is told: prices that the plan has no use for, and a meter that nobody knows", async (t) => {
  const mistyped = usagePointId("12345678901243");
  const world = await StatisticsWorld.open(t, {
    point: { pricingOption: "BASE" },
    plans: [
      { ...nothingSaid, prices: { hp: energyPrice(206_500), hc: energyPrice(157_900) } },
      { ...nothingSaid, usagePoint: mistyped, plan: "TEMPO" },
    ],
  });
  const first = new StatisticsFeeder(world.deps);
  await first.settle();
  const problems = statisticsProblems(await world.store.loadTasks(), "en").sort((a, b) => (a.code < b.code ? -1 : 1));
  assert.deepEqual(
    problems.map(({ code, usagePoint }) => [code, usagePoint]),
    [
      ["unknown_usage_point", null],
      ["unused_prices", meter],
    ],
  );
  assert.match(problems[0]?.sentence ?? "", /names meter …1243, .* known meters: 12345678901234\.$/);
  assert.match(problems[1]?.sentence ?? "", /^Your prices hc, hp \(BASE\) are not used for meter 12345678901234:/);
  // The settings are put right with a restart.
  world.deps = { ...world.deps, plans: [] };
  const second = new StatisticsFeeder(world.deps);
  await second.settle();
  assert.deepEqual(await codesIn(world), []);
  await Promise.all([first, second].map((feeder) => feeder.close()));
});

const never = (_ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason), { once: true }));

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await holds())) {
    assert.ok(performance.now() < end, "it did not come true within ten seconds");
    await systemClock.sleep(20);
  }
}
