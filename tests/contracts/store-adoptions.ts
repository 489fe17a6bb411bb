import assert from "node:assert/strict";
import { test } from "node:test";
import { type Instant, instant, wattMinutes } from "../../src/domain/units.ts";
import type { AdoptedSeries, Adoption, SavedSeries } from "../../src/sync/adoption/store.ts";
import type { SeriesHour, SeriesRole } from "../../src/sync/statistics/series.ts";
import type { Store } from "../../src/sync/store.ts";
import type { OpenStore } from "./store.ts";
import { day, home, monday, other, tuesday, withUsagePoints } from "./store-builders.ts";
import {
  createdSeries,
  derived,
  hour,
  hourOn,
  hoursOf,
  revisionOf,
  seriesKey,
  staleDates,
  stateOf,
  withDays,
} from "./store-statistics-builders.ts";

type NewAdoption = Parameters<Store["saveAdoption"]>[0];

const wanted = (told: Partial<NewAdoption> = {}): NewAdoption => ({
  usagePoint: home,
  flow: "consumption",
  tool: "another_tool",
  mode: "continue",
  at: monday,
  statisticIds: ["another:hc", "another, with a comma"],
  keepThrough: null,
  ...told,
});

const row = (start: Instant, told: Partial<SavedSeries["rows"][number]> = {}) => ({
  start,
  state: null,
  sum: null,
  mean: null,
  min: null,
  max: null,
  lastReset: null,
  ...told,
});

const metadata = {
  statisticId: "another:hc",
  source: "another",
  name: 'Heures "creuses", l\'ancien\u0000 nom',
  unit: "kWh",
  unitClass: "energy",
  hasSum: true,
};

const former = (start: Instant, energy: number): SeriesHour => ({
  start,
  amount: wattMinutes(energy),
  origin: "former",
});

const adopted = (role: SeriesRole, hours: readonly SeriesHour[], told: Partial<AdoptedSeries> = {}): AdoptedSeries => ({
  key: seriesKey(role),
  name: { statisticId: `another:${role}`, name: `the former ${role}`, unit: "Wh" },
  base: 1000n,
  dirtyFrom: null,
  hours,
  ...told,
});

/** A day derived to two hours of hc, an adoption that is saved, and the former hours around them. */
async function withAdoption(open: Promise<Store>) {
  const store = await withUsagePoints(await open);
  await withDays(store, "2026-01-02", "2026-01-03");
  const hc = await createdSeries(store, "hc");
  const replace = async (date: string, energies: readonly number[], isWhole = true) => {
    const hours = energies.map((energy, at) => hour("hc", hourOn(date, at), energy));
    return store.replaceHours(home, "consumption", [derived(date, await revisionOf(store, date), hours, { isWhole })]);
  };
  await replace("2026-01-02", [60, 70]);
  await replace("2026-01-03", [80]);
  await store.moveCursor(hc.id, (await stateOf(store, hc.id)).revision, null, monday);
  const { id } = await store.saveAdoption(wanted(), []);
  return { store, hc, adoption: id, replace };
}

const on = (hours: number): Instant => hourOn("2026-01-02", hours);
const eve = (hours: number): Instant => hourOn("2026-01-01", hours);
const adoptionOf = async (store: Store, id: number): Promise<Adoption | undefined> =>
  (await store.loadAdoptions()).find((one) => one.id === id);

export function adoptionsContract(open: OpenStore): void {
  test("an adoption is saved with every row as it was, to the last bit", async (t) => {
    const store = await withUsagePoints(await open(t));
    const rows = [
      // Neither of the sums is a number of few digits; each must come back as the very same double.
      row(on(0), { state: 0.1, sum: 0.1 + 0.2, mean: 1 / 3, min: -5e-324, max: 1.7976931348623157e308 }),
      row(on(1), { sum: 123_456_789.123_456_79, lastReset: instant(1_735_686_000_123) }),
      row(on(2)),
    ];
    const many = Array.from({ length: 12_000 }, (_, at) => row(instant(at * 3_600_000), { sum: at / 7 }));
    const saved: SavedSeries[] = [
      { statisticId: "another:hc", metadata, rows },
      { statisticId: "another:absent", metadata: null, rows: [] },
      { statisticId: "another:long", metadata: { ...metadata, name: null, unit: null }, rows: many },
    ];
    const adoption = await store.saveAdoption(wanted({ keepThrough: day("2025-12-31") }), saved);
    assert.deepEqual(adoption, {
      ...wanted({ keepThrough: day("2025-12-31") }),
      id: adoption.id,
      step: "saved",
      preferences: null,
    });
    assert.deepEqual(await store.loadAdoptions(), [adoption]);
    assert.deepEqual(await store.loadSavedSeries(adoption.id), saved);
  });

  test("an adoption saved again is the one that is there, another instant makes another", async (t) => {
    const store = await withUsagePoints(await open(t));
    const first = await store.saveAdoption(wanted(), [{ statisticId: "a:b", metadata: null, rows: [] }]);
    assert.deepEqual(await store.saveAdoption(wanted(), []), first);
    const second = await store.saveAdoption(wanted({ at: tuesday }), []);
    const third = await store.saveAdoption(wanted({ usagePoint: other }), []);
    assert.deepEqual(await store.loadAdoptions(), [first, second, third]);
    assert.equal((await store.loadSavedSeries(first.id)).length, 1);
  });

  test("a series that is adopted goes on under its new name with the former hours where none was derived", async (t) => {
    const { store, hc, adoption } = await withAdoption(open(t));
    const hours = [former(eve(22), 10), former(eve(23), 20), former(on(0), 999), former(on(2), 30)];
    await store.applyAdoption(adoption, [adopted("hc", hours, { dirtyFrom: on(2) })]);
    assert.deepEqual(await hoursOf(store, hc.id), [
      [eve(22), 10, "former"],
      [eve(23), 20, "former"],
      [on(0), 60, "measured"],
      [on(1), 70, "measured"],
      [on(2), 30, "former"],
      [hourOn("2026-01-03", 0), 80, "measured"],
    ]);
    const state = await stateOf(store, hc.id);
    assert.equal(state.statisticId, "another:hc");
    assert.equal(state.name, "the former hc");
    assert.equal(state.unit, "Wh");
    assert.equal(state.base, 1000n);
    // 10 + 20 + 60 + 70 + 30 + 80
    assert.equal(state.total, 270n);
    // Home Assistant knows the hours that were derived only under the other name.
    assert.equal(state.dirtyFrom, on(0));
    assert.deepEqual(await staleDates(store), ["2026-01-02", "2026-01-03"]);
    assert.equal((await adoptionOf(store, adoption))?.step, "applied");
  });

  test("an adopted series that did not exist is created, dirty only where it is said to be", async (t) => {
    const { store, adoption } = await withAdoption(open(t));
    const hours = [former(eve(22), 10), former(eve(23), -4)];
    await store.applyAdoption(adoption, [
      adopted("hp", hours, { dirtyFrom: eve(23) }),
      adopted("base", [former(eve(1), 5)]),
    ]);
    const series = await store.loadSeries();
    assert.deepEqual(
      series.map(({ role, total, dirtyFrom, firstHour, lastHour }) => ({
        role,
        total,
        dirtyFrom,
        firstHour,
        lastHour,
      })),
      [
        {
          role: "hc",
          total: 210n,
          dirtyFrom: null,
          firstHour: on(0),
          lastHour: hourOn("2026-01-03", 0),
        },
        { role: "hp", total: 6n, dirtyFrom: eve(23), firstHour: eve(22), lastHour: eve(23) },
        { role: "base", total: 5n, dirtyFrom: null, firstHour: eve(1), lastHour: eve(1) },
      ],
    );
  });

  test("a former hour does not double what another period's series holds derived, but the total may have it", async (t) => {
    const { store, adoption } = await withAdoption(open(t));
    const hours = [former(on(0), 999), former(on(5), 30)];
    await store.applyAdoption(adoption, [adopted("base", hours), adopted("total", hours)]);
    const [, base, total] = await store.loadSeries();
    assert.deepEqual(await hoursOf(store, base?.id ?? 0), [[on(5), 30, "former"]]);
    assert.equal(total?.total, 1029n);
  });

  test("an adoption applied once more replaces its own hours and keeps what was before the first time", async (t) => {
    const { store, hc, adoption } = await withAdoption(open(t));
    await store.adoptForeignHours(hc.id, [eve(20)]);
    const before = await stateOf(store, hc.id);
    const hoursBefore = await hoursOf(store, hc.id);
    await store.applyAdoption(adoption, [adopted("hc", [former(eve(20), 1), former(eve(22), 10)])]);
    await store.applyAdoption(adoption, [adopted("hc", [former(eve(22), 11), former(eve(23), 20)], { base: 7n })]);
    const applied = await stateOf(store, hc.id);
    // The hour that stood at 20:00 is back; 11 + 20 + 60 + 70 + 80
    assert.deepEqual((await hoursOf(store, hc.id)).slice(0, 3), [
      [eve(20), 0, "estimated"],
      [eve(22), 11, "former"],
      [eve(23), 20, "former"],
    ]);
    assert.deepEqual([applied.base, applied.total], [7n, 241n]);
    await store.revertAdoption(adoption, tuesday);
    assert.deepEqual(await hoursOf(store, hc.id), hoursBefore);
    const { revision, dirtyFrom, ...reverted } = await stateOf(store, hc.id);
    assert.deepEqual({ ...before, ...reverted }, before);
    assert.equal(dirtyFrom, eve(20));
    assert.ok(revision > applied.revision);
  });

  test("applying the same again changes nothing", async (t) => {
    const { store, hc, adoption } = await withAdoption(open(t));
    const series = [adopted("hc", [former(eve(22), 10)])];
    await store.applyAdoption(adoption, series);
    const [state, stale] = [await stateOf(store, hc.id), await store.loadStaleStatisticDays()];
    await store.applyAdoption(adoption, series);
    assert.deepEqual(await stateOf(store, hc.id), state);
    assert.deepEqual(await store.loadStaleStatisticDays(), stale);
  });

  test("an adoption taken back leaves the derived hours, and no series that it made", async (t) => {
    const { store, hc, adoption, replace } = await withAdoption(open(t));
    const before = await stateOf(store, hc.id);
    await store.applyAdoption(adoption, [adopted("hc", [former(eve(23), 20)]), adopted("hp", [former(eve(1), 5)])]);
    await replace("2026-01-03", [90]);
    await store.noteUndoing(adoption);
    assert.equal((await adoptionOf(store, adoption))?.step, "undoing");
    await assert.rejects(store.applyAdoption(adoption, []), RangeError);
    await store.revertAdoption(adoption, tuesday);
    const [only, ...more] = await store.loadSeries();
    assert.deepEqual(more, []);
    assert.deepEqual(await hoursOf(store, hc.id), [
      [on(0), 60, "measured"],
      [on(1), 70, "measured"],
      [hourOn("2026-01-03", 0), 90, "measured"],
    ]);
    // 60 + 70 + 90
    assert.deepEqual({ ...only, revision: 0 }, { ...before, total: 220n, dirtyFrom: on(0), revision: 0 });
    assert.deepEqual(await staleDates(store), ["2026-01-02", "2026-01-03"]);
    assert.equal((await adoptionOf(store, adoption))?.step, "undone");
    await store.revertAdoption(adoption, tuesday);
    assert.equal((await stateOf(store, hc.id)).revision, only?.revision);
    await assert.rejects(store.applyAdoption(adoption, []), RangeError);
  });

  test("hours of an earlier adoption come back when a later one is taken back", async (t) => {
    const { store, hc, adoption } = await withAdoption(open(t));
    await store.applyAdoption(adoption, [adopted("hc", [former(eve(22), 10), former(eve(23), 20)])]);
    const hours = await hoursOf(store, hc.id);
    const later = await store.saveAdoption(wanted({ at: tuesday }), []);
    await store.applyAdoption(later.id, [adopted("hc", [former(eve(23), 99)], { name: await stateOf(store, hc.id) })]);
    assert.deepEqual((await hoursOf(store, hc.id))[1], [eve(23), 99, "former"]);
    await store.revertAdoption(later.id, tuesday);
    assert.deepEqual(await hoursOf(store, hc.id), hours);
  });

  test("letting the bridge rewrite the days that were kept makes every day wait, once", async (t) => {
    const { store } = await withAdoption(open(t));
    const { id } = await store.saveAdoption(wanted({ at: tuesday, keepThrough: day("2026-01-02") }), []);
    assert.deepEqual(await staleDates(store), []);
    await store.letRewrite(id);
    assert.equal((await adoptionOf(store, id))?.keepThrough, null);
    const stale = await store.loadStaleStatisticDays();
    assert.equal(stale.length, 2);
    await store.letRewrite(id);
    assert.deepEqual(await store.loadStaleStatisticDays(), stale);
  });

  test("changes of the preferences come back word for word, the newest that is not undone first", async (t) => {
    const { store, adoption } = await withAdoption(open(t));
    assert.equal(await store.loadLastPreferencesChange(), null);
    const grid = { type: "grid", stat_energy_from: "a:b", "a field of tomorrow": [1.5, null, { z: 1, a: 2 }] };
    const after = { energySources: [grid], deviceConsumption: [{ stat: "sensor.été" }] };
    const first = await store.savePreferencesChange({ at: monday, before: null, after }, adoption);
    assert.deepEqual(first, { id: first.id, at: monday, before: null, after, undoneAt: null });
    assert.deepEqual(await store.savePreferencesChange({ at: monday, before: null, after }, adoption), first);
    const next = { at: tuesday, before: after, after: { ...after, energySources: [] } };
    const second = await store.savePreferencesChange(next, null);
    assert.deepEqual(await store.loadLastPreferencesChange(), second);
    assert.deepEqual((await adoptionOf(store, adoption))?.preferences, first);
    await store.notePreferencesUndone(second.id, tuesday);
    assert.deepEqual(await store.loadLastPreferencesChange(), first);
    await store.notePreferencesUndone(first.id, tuesday);
    await store.notePreferencesUndone(first.id, monday);
    assert.deepEqual((await adoptionOf(store, adoption))?.preferences, { ...first, undoneAt: tuesday });
    assert.equal(await store.loadLastPreferencesChange(), null);
  });

  test("the first day of a flow is known", async (t) => {
    const { store } = await withAdoption(open(t));
    assert.equal(await store.loadFirstDay(home, "consumption"), "2026-01-02");
    assert.equal(await store.loadFirstDay(home, "production"), null);
  });
}
