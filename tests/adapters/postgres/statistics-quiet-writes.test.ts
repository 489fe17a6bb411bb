import assert from "node:assert/strict";
import { test } from "node:test";
import { createStore } from "../../../src/adapters/postgres/store.ts";
import { instant, wattMinutes } from "../../../src/domain/units.ts";
import type { Store } from "../../../src/sync/store.ts";
import { day, home, monday, tuesday, withUsagePoints } from "../../contracts/store-builders.ts";
import {
  createdSeries,
  derived,
  hour,
  hourOn,
  revisionOf,
  seriesKey,
  withDays,
} from "../../contracts/store-statistics-builders.ts";
import { testDatabase } from "../../support/test-database.ts";
import { watchWrites } from "../../support/watch-writes.ts";

const eve = hourOn("2026-01-01", 23);
const midnight = hourOn("2026-01-02", 0);

const day2 = (revision: number) =>
  derived("2026-01-02", revision, [hour("base", midnight, 60)], { pending: wattMinutes(5) });
const saved = [
  {
    statisticId: "a:b",
    metadata: null,
    rows: [{ start: eve, state: 0.1, sum: 1 / 3, mean: null, min: null, max: null, lastReset: null }],
  },
];
const adoption = {
  usagePoint: home,
  flow: "consumption",
  tool: "another",
  mode: "copy",
  at: monday,
  statisticIds: ["a:b"],
  keepThrough: day("2025-12-31"),
} as const;
const adopted = {
  key: seriesKey("base"),
  name: { statisticId: "a:b", name: "b", unit: "kWh" },
  base: 9n,
  dirtyFrom: null,
  hours: [{ start: eve, amount: wattMinutes(20), origin: "former" }],
} as const;
const preferences = { at: monday, before: null, after: { energySources: [], deviceConsumption: [] } };

const changed = { consumption: [day("2026-01-02")], production: [] };

const base = async (store: Store) => (await store.loadSeries())[0]?.id ?? assert.fail();
const only = async (store: Store) => (await store.loadAdoptions())[0]?.id ?? assert.fail();

/** Each write of statistics and adoptions, and how many rows it writes the first time. */
const writes: readonly (readonly [string, number, (store: Store, revision: number) => Promise<unknown>])[] = [
  ["createSeries", 1, (store) => createdSeries(store, "base")],
  // The hour, its series, what is pending, and the day that waits no longer.
  ["replaceHours", 4, (store, revision) => store.replaceHours(home, "consumption", [day2(revision)])],
  // The hour and the series.
  ["adoptForeignHours", 2, async (store) => store.adoptForeignHours(await base(store), [hourOn("2026-01-02", 9)])],
  ["moveCursor", 1, async (store) => store.moveCursor(await base(store), 3, null, monday)],
  ["noteForeign", 1, async (store) => store.noteForeign(await base(store), monday, monday)],
  // The plan and the day that it changes.
  ["saveDerivedPlan", 2, (store) => store.saveDerivedPlan(home, "{}", [day("2026-01-02")])],
  // The prices and the day that they change.
  ["saveDerivedPrices", 2, (store) => store.saveDerivedPrices(home, "{}", changed)],
  ["claimStatistics", 1, (store) => store.claimStatistics("a", monday, tuesday)],
  ["claimStatistics by another", 0, (store) => store.claimStatistics("b", monday, tuesday)],
  ["releaseStatistics by another", 0, (store) => store.releaseStatistics("b")],
  ["releaseStatistics", 1, (store) => store.releaseStatistics("a")],
  // The adoption, its series and their rows.
  ["saveAdoption", 3, (store) => store.saveAdoption(adoption, saved)],
  // The series named, kept, added up and made dirty; the hour; the adoption's step; the only day.
  ["applyAdoption", 7, async (store) => store.applyAdoption(await only(store), [adopted])],
  // The adoption and the only day.
  ["letRewrite", 2, async (store) => store.letRewrite(await only(store))],
  ["savePreferencesChange", 1, async (store) => store.savePreferencesChange(preferences, await only(store))],
  ["notePreferencesUndone", 1, async (store) => store.notePreferencesUndone(1, tuesday)],
  ["noteUndoing", 1, async (store) => store.noteUndoing(await only(store))],
  // The hour goes; the series is named and added up; the adoption's step; the only day.
  ["revertAdoption", 5, async (store) => store.revertAdoption(await only(store), tuesday)],
];

test("each write of statistics and adoptions, repeated with the same input, writes no row", async (t) => {
  const { sql } = await testDatabase(t);
  const store = await withUsagePoints(createStore(sql));
  await withDays(store, "2026-01-02");
  const revision = await revisionOf(store, "2026-01-02");
  const written = await watchWrites(sql);
  for (const [name, rows, write] of writes) {
    await write(store, revision);
    const first = await written();
    assert.equal(first.length, rows, `${name} writes ${first.join(", ")}`);
    await write(store, revision);
    assert.deepEqual(await written(), [], `${name} again`);
  }
});

test("reading statistics and adoptions writes nothing", async (t) => {
  const { sql } = await testDatabase(t);
  const store = await withUsagePoints(createStore(sql));
  await withDays(store, "2026-01-02");
  for (const [, , write] of writes) await write(store, 2);
  const written = await watchWrites(sql);
  const series = await base(store);
  await store.loadStaleStatisticDays();
  await store.loadInputsOf(home, "consumption", [day("2026-01-02")]);
  await store.loadPendingDays();
  await store.loadStatisticSpan(home, "consumption");
  await store.loadHours(series, null);
  await store.loadBefore(series, instant(0));
  await store.loadDerivedPlan(home);
  await store.loadAdoptions();
  await store.loadSavedSeries(await only(store));
  await store.loadLastPreferencesChange();
  await store.loadFirstDay(home, "consumption");
  assert.deepEqual(await written(), []);
});
