import assert from "node:assert/strict";
import { test } from "node:test";
import { createStore } from "../../../src/adapters/postgres/store.ts";
import { createTopicInventory } from "../../../src/adapters/postgres/topic-inventory.ts";
import { instant, voltAmperes } from "../../../src/domain/units.ts";
import type { Store } from "../../../src/sync/store.ts";
import {
  answered,
  at,
  contract,
  curve,
  daily,
  day,
  derive,
  home,
  monday,
  slotsOn,
  tuesday,
  usagePoint,
  withUsagePoints,
} from "../../contracts/store-builders.ts";
import { testDatabase } from "../../support/test-database.ts";
import { watchWrites } from "../../support/watch-writes.ts";

const period = { from: day("2026-01-01"), to: day("2026-01-31") };
const peak = { date: day("2026-01-02"), at: at("2026-01-02T18:03:01.250Z"), powerVa: voltAmperes(5321) };
const told = usagePoint(home, { name: "Maison", activationDate: day("2021-05-04"), subscribedPowerKva: 9 });
const failedTask = { key: "tempo", askedAt: monday, succeededAt: null, failures: 3, retryAt: tuesday, detail: "502" };
const signal = {
  date: day("2026-01-02"),
  level: 2 as const,
  message: "Tendu.",
  generatedAt: monday,
  hours: [{ hour: 18, level: 2 as const, decarbonised: false }],
};

/** Each write of the store, and how many rows it writes the first time. */
const writes: readonly (readonly [string, number, (store: Store) => Promise<unknown>])[] = [
  // Two usage points were saved before: one is updated, the other is no longer listed.
  ["saveUsagePoints", 2, (store) => store.saveUsagePoints("account", [told], monday)],
  ["saveContract", 1, (store) => store.saveContract(home, contract({ segment: "C5", raw: { a: [1, null] } }))],
  ["saveAddress", 1, (store) => store.saveAddress(home, { city: "PARIS", postalCode: null, raw: { city: "PARIS" } })],
  ["saveProblem", 1, (store) => store.saveProblem(home, { code: "consent", message: "expired" }, monday)],
  // 48 slots, a day, an answer.
  [
    "ingestCurve",
    50,
    (store) => store.ingestCurve(curve(slotsOn("2026-01-02", 100), { answers: answered("complete", "2026-01-02") })),
  ],
  // An hour in place of two half-hours: one updated, one removed, both kept as they were; the day is stale already.
  ["ingestCurve with another step", 4, (store) => store.ingestCurve(curve(slotsOn("2026-01-02", 100, 60).slice(0, 1)))],
  // A reading, its day, an answer.
  [
    "ingestDaily",
    3,
    (store) => store.ingestDaily({ ...daily({ "2026-01-03": 7 }), answers: answered("partial", "2026-01-03") }),
  ],
  // A reading and an answer.
  [
    "ingestMaxPower",
    2,
    (store) =>
      store.ingestMaxPower({
        usagePoint: home,
        readings: [peak],
        answers: answered("absent", "2026-01-02"),
        at: monday,
      }),
  ],
  // Both days of the curve and of the daily value.
  ["saveDays", 2, (store) => derive(store, { from: "2026-01-01", to: "2026-01-31" }, monday)],
  ["saveTask", 1, (store) => store.saveTask(failedTask)],
  [
    "settleBudget",
    1,
    (store) => store.settleBudget({ account: "account", utcDay: "2026-01-02", bucket: "cached", used: 5, allowed: 50 }),
  ],
  ["forgetLeases", 0, (store) => store.forgetLeases()],
  ["takeLease", 1, (store) => store.takeLease({ usagePoint: home, holder: "a", now: monday, until: tuesday })],
  // The colour, and two days whose hours it parts: its own and the next, until 06:00.
  [
    "saveTempo",
    3,
    (store) => store.saveTempo([{ date: day("2026-01-02"), color: "ROUGE", announcedAt: monday }], monday),
  ],
  // A day and an hour.
  ["saveEcowatt", 2, (store) => store.saveEcowatt([signal], monday)],
  ["loadInstallationId", 1, (store) => store.loadInstallationId(monday)],
];

test("each write of the store, repeated with the same input, writes no row", async (t) => {
  const { sql } = await testDatabase(t);
  const store = await withUsagePoints(createStore(sql));
  const written = await watchWrites(sql);
  for (const [name, rows, write] of writes) {
    await write(store);
    const first = await written();
    assert.equal(first.length, rows, `${name} writes ${first.join(", ")}`);
    await write(store);
    assert.deepEqual(await written(), [], `${name} again`);
  }
});

test("a later repetition with the same answer writes the answers alone", async (t) => {
  const { sql } = await testDatabase(t);
  const store = await withUsagePoints(createStore(sql));
  const slots = slotsOn("2026-01-02", 100);
  await store.ingestCurve(curve(slots, { answers: answered("complete", "2026-01-02") }));
  const written = await watchWrites(sql);
  await store.ingestCurve(curve(slots, { answers: answered("complete", "2026-01-02"), at: tuesday }));
  assert.deepEqual(await written(), ["update inquiry"]);
});

test("a refused call, and a lease that is not ours, write nothing", async (t) => {
  const { sql } = await testDatabase(t);
  const store = await withUsagePoints(createStore(sql));
  const call = { account: "account", utcDay: "2026-01-02", bucket: "cached", allowed: 1 } as const;
  await store.takeBudget(call);
  await store.takeLease({ usagePoint: home, holder: "a", now: monday, until: tuesday });
  const written = await watchWrites(sql);
  assert.equal(await store.takeBudget(call), false);
  assert.equal(await store.takeLease({ usagePoint: home, holder: "b", now: monday, until: tuesday }), false);
  await store.releaseLease(home, "b");
  assert.deepEqual(await written(), []);
});

test("reading writes nothing", async (t) => {
  const { sql } = await testDatabase(t);
  const store = await withUsagePoints(createStore(sql));
  for (const [, , write] of writes) await write(store);
  const topics = createTopicInventory(sql, "broker");
  const written = await watchWrites(sql);
  await readEverything(store);
  await topics.load();
  assert.deepEqual(await written(), []);
});

async function readEverything(store: Store): Promise<void> {
  await store.loadUsagePoints("account");
  await store.loadStaleDays();
  await store.loadDayInputs(home, "consumption", period);
  await store.loadDays(home, "consumption", period);
  await store.loadIndex(home, "consumption");
  await store.loadLatestMaxPower(home);
  await store.loadMaxPowers(home, period);
  await store.loadDayMemory(home);
  await store.loadTasks();
  await store.loadBudget("account", "2026-01-02", "cached");
  await store.loadTempo(period);
  await store.loadEcowatt(period);
  await store.loadInstallationId(instant(0));
}

test("an inventory of topics writes what changes only", async (t) => {
  const { sql } = await testDatabase(t);
  const inventory = createTopicInventory(sql, "broker");
  const written = await watchWrites(sql);
  for (let round = 0; round < 2; round++) {
    await inventory.add("homeassistant/device/home/config", { index: "sensor", alert: "binary_sensor" });
    await inventory.add("myelectricaldata/tempo/today", null);
    await inventory.remove("never/published");
    assert.equal((await written()).length, round === 0 ? 2 : 0);
  }
});
