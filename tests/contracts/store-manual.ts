import assert from "node:assert/strict";
import { test } from "node:test";
import { watts, wh } from "../../src/domain/units.ts";
import type { Store } from "../../src/sync/store.ts";
import type { OpenStore } from "./store.ts";
import {
  answered,
  curve,
  daily,
  day,
  derive,
  home,
  monday,
  slotsOn,
  tuesday,
  withUsagePoints,
} from "./store-builders.ts";

const date = "2026-01-05";
const period = { from: day("2026-01-01"), to: day("2026-01-31") };
const typed = (energyWh: number, at = monday) =>
  ({ usagePoint: home, flow: "consumption", date: day(date), energyWh: wh(energyWh), at }) as const;
const valuesOf = async (store: Store) =>
  (await store.loadDays(home, "consumption", period)).map(({ energyWh, officialWh, quality }) => [
    energyWh,
    officialWh,
    quality,
  ]);
const formerOf = async (store: Store) =>
  (await store.loadFormerReadings({ usagePoint: home, flow: "consumption", date: day(date) }, 10)).readings.map(
    ({ kind, value, origin }) => [kind, value, origin],
  );
const deriveIt = (store: Store) => derive(store, { from: date, to: date }, tuesday);

/** Values typed by hand: only where the source knows nothing, and never in its way. */
export function manualContract(open: OpenStore): void {
  test("a value typed by hand makes the day, as an estimate", async (t) => {
    const store = await withUsagePoints(await open(t));
    assert.equal(await store.saveTypedValue(typed(9_000)), true);
    await deriveIt(store);
    assert.deepEqual(await valuesOf(store), [[9_000, 9_000, "estimated"]]);
    assert.deepEqual(await store.loadTypedValues(home, "consumption", period), [{ date, energyWh: 9_000 }]);
    assert.deepEqual(await store.loadTypedValues(home, "production", period), []);
    // The source was not asked for it, and still is.
    assert.deepEqual((await store.loadDayMemory(home)).get("consumption_daily"), []);
  });

  test("a value typed again leaves the former one behind; typing it twice changes nothing more", async (t) => {
    const store = await withUsagePoints(await open(t));
    for (const value of [9_000, 9_500]) assert.equal(await store.saveTypedValue(typed(value)), true);
    await deriveIt(store);
    assert.deepEqual(await valuesOf(store), [[9_500, 9_500, "estimated"]]);
    assert.deepEqual(await formerOf(store), [["daily", 9_000, "user"]]);
    assert.equal(await store.saveTypedValue(typed(9_500)), true);
    assert.deepEqual(await formerOf(store), [["daily", 9_000, "user"]]);
  });

  test("no value is typed over the source's, nor over a curve that covers the day", async (t) => {
    const store = await withUsagePoints(await open(t));
    await store.ingestDaily(daily({ [date]: 10_000 }));
    assert.equal(await store.saveTypedValue(typed(9_000)), false);
    const other = { ...typed(9_000), date: day("2026-01-06") };
    await store.ingestCurve(curve(slotsOn("2026-01-06", 400)));
    assert.equal(await store.saveTypedValue(other), false);
    assert.deepEqual(await store.loadTypedValues(home, "consumption", period), []);
  });

  test("the first official value takes the place of the typed one, which stays among the former ones", async (t) => {
    for (const official of [10_000, 9_000]) {
      const store = await withUsagePoints(await open(t));
      await store.saveTypedValue(typed(9_000));
      await deriveIt(store);
      await store.ingestDaily(daily({ [date]: official }, { answers: answered("complete", date), at: tuesday }));
      await deriveIt(store);
      assert.deepEqual(await valuesOf(store), [[official, official, "estimated"]]);
      assert.deepEqual(await store.loadTypedValues(home, "consumption", period), []);
      assert.deepEqual(await formerOf(store), [["daily", 9_000, "user"]]);
      // It was no word of the source that changed.
      assert.deepEqual(await store.loadCorrectedDays(home, "consumption", period), []);
      assert.equal(await store.saveTypedValue(typed(1)), false);
    }
  });

  test("a zero of the source fills a hole, and does not take the place of a typed value above it", async (t) => {
    const store = await withUsagePoints(await open(t));
    await store.saveTypedValue(typed(9_000));
    await store.ingestDaily(daily({ [date]: 0 }));
    await deriveIt(store);
    assert.deepEqual(await valuesOf(store), [[9_000, 9_000, "estimated"]]);
    await store.saveTypedValue(typed(0));
    await store.ingestDaily(daily({ [date]: 0 }));
    assert.deepEqual(await store.loadTypedValues(home, "consumption", period), []);
  });

  test("a curve that covers the day takes the place of the typed value, one with holes is filled by it", async (t) => {
    const store = await withUsagePoints(await open(t));
    await store.saveTypedValue(typed(10_000));
    const slots = slotsOn(date, 400);
    await store.ingestCurve(curve(slots.slice(0, 24)));
    await deriveIt(store);
    assert.deepEqual(await valuesOf(store), [[10_000, 10_000, "estimated"]]);
    await store.ingestCurve(curve(slots));
    await deriveIt(store);
    // 24 h at 400 W.
    assert.deepEqual(await valuesOf(store), [[9_600, null, "complete"]]);
    assert.deepEqual(await formerOf(store), [["daily", 10_000, "user"]]);
  });

  test("a typed value taken back leaves what was there before it", async (t) => {
    const store = await withUsagePoints(await open(t));
    const { energyWh: _, ...it } = typed(9_000);
    assert.equal(await store.removeTypedValue(it), false);
    await store.saveTypedValue(typed(9_000));
    await deriveIt(store);
    assert.equal(await store.removeTypedValue(it), true);
    assert.deepEqual([await valuesOf(store), await store.loadStaleDays()], [[], []]);
    assert.deepEqual(await formerOf(store), [["daily", 9_000, "user"]]);

    await store.ingestCurve(curve(slotsOn(date, 400).slice(0, 24)));
    await store.saveTypedValue(typed(9_000));
    await deriveIt(store);
    await store.removeTypedValue(it);
    await deriveIt(store);
    // 12 h at 400 W.
    assert.deepEqual(await valuesOf(store), [[4_800, null, "partial"]]);
    await store.ingestDaily(daily({ [date]: 10_000 }));
    assert.equal(await store.removeTypedValue(it), false);
  });

  test("days that the source corrected are told, with what was there, latest first", async (t) => {
    const store = await withUsagePoints(await open(t));
    const slots = slotsOn(date, 400);
    await store.ingestCurve(curve(slots));
    await store.ingestDaily(daily({ [date]: 9_000, "2026-01-06": 5 }));
    assert.deepEqual(await store.loadCorrectedDays(home, "consumption", period), []);
    const [first, ...others] = slots;
    assert.ok(first);
    await store.ingestCurve(curve([{ ...first, powerW: watts(500) }, ...others]));
    await store.ingestDaily(daily({ [date]: 9_650 }));
    assert.deepEqual(await store.loadCorrectedDays(home, "consumption", period), [date]);
    const { readings, count } = await store.loadFormerReadings(
      { usagePoint: home, flow: "consumption", date: day(date) },
      1,
    );
    assert.equal(count, 2);
    assert.deepEqual(
      readings.map(({ kind, start, minutes, value, origin }) => ({ kind, start, minutes, value, origin })),
      [{ kind: "daily", start: null, minutes: null, value: 9_000, origin: "source" }],
    );
    const all = await store.loadFormerReadings({ usagePoint: home, flow: "consumption", date: day(date) }, 10);
    // The slot begins at midnight in Paris, on the UTC day before.
    assert.deepEqual(all.readings.map(({ kind, start, minutes, value }) => [kind, start, minutes, value]).at(-1), [
      "slot",
      first.start,
      30,
      400,
    ]);
  });
}
