import assert from "node:assert/strict";
import { test } from "node:test";
import { type Instant, instant, wattMinutes } from "../../src/domain/units.ts";
import type { DerivedStatisticDay } from "../../src/sync/statistics/store.ts";
import type { Store } from "../../src/sync/store.ts";
import type { OpenStore } from "./store.ts";
import { day, home, withUsagePoints } from "./store-builders.ts";
import {
  createdSeries,
  derived,
  hour,
  hourOn,
  hoursOf,
  revisionOf,
  staleDates,
  stateOf,
  withDays,
} from "./store-statistics-builders.ts";

/** A store with two days that wait, and the two series of a contract with off-peak hours. */
async function withSeries(open: Promise<Store>) {
  const store = await withUsagePoints(await open);
  await withDays(store, "2026-01-02", "2026-01-03");
  const [peak, offPeak] = [await createdSeries(store, "hp"), await createdSeries(store, "hc")];
  const replace = (...days: DerivedStatisticDay[]) => store.replaceHours(home, "consumption", days);
  const revision = await revisionOf(store, "2026-01-02");
  return { store, peak, offPeak, replace, revision };
}

const one = (hours: number): Instant => hourOn("2026-01-02", hours);
const next = (hours: number): Instant => hourOn("2026-01-03", hours);

export function statisticsContract(open: OpenStore): void {
  test("derived hours come back, the series know where they stand, and their day waits no longer", async (t) => {
    const { store, peak, offPeak, replace, revision } = await withSeries(open(t));
    assert.deepEqual(await staleDates(store), ["2026-01-02", "2026-01-03"]);
    const hours = [hour("hc", one(0), 60), hour("hc", one(1), 70, "estimated"), hour("hp", one(1), 5)];
    assert.deepEqual(await replace(derived("2026-01-02", revision, hours)), { changed: 3 });
    assert.deepEqual(await staleDates(store), ["2026-01-03"]);
    assert.deepEqual(await hoursOf(store, offPeak.id), [
      [one(0), 60, "measured"],
      [one(1), 70, "estimated"],
    ]);
    assert.deepEqual(await stateOf(store, offPeak.id), {
      ...offPeak,
      total: 130n,
      firstHour: one(0),
      lastHour: one(1),
      dirtyFrom: one(0),
      revision: offPeak.revision + 1,
    });
    assert.equal((await stateOf(store, peak.id)).total, 5n);
  });

  test("an hour that leaves a series becomes 0, and the series is dirty from the first change", async (t) => {
    const { store, peak, offPeak, replace, revision } = await withSeries(open(t));
    const before = [0, 1, 2].map((at) => hour("hc", one(at), 60));
    await replace(derived("2026-01-02", revision, before), derived("2026-01-03", revision, [hour("hc", next(0), 60)]));
    const { revision: written } = await stateOf(store, offPeak.id);
    assert.equal(await store.moveCursor(offPeak.id, written, null, instant(5)), true);
    // The second hour moves from hc to hp, the third falls to 50: 3 hours of 4 × 60 become 60 + 0 + 50 + 60.
    const after = [hour("hc", one(0), 60), hour("hp", one(1), 60), hour("hc", one(2), 50)];
    assert.deepEqual(await replace(derived("2026-01-02", revision, after)), { changed: 3 });
    assert.deepEqual(await hoursOf(store, offPeak.id), [
      [one(0), 60, "measured"],
      [one(1), 0, "measured"],
      [one(2), 50, "measured"],
      [next(0), 60, "measured"],
    ]);
    const { total, dirtyFrom } = await stateOf(store, offPeak.id);
    assert.deepEqual({ total, dirtyFrom }, { total: 170n, dirtyFrom: one(1) });
    assert.equal((await stateOf(store, peak.id)).dirtyFrom, one(1));
    // A later change does not take the cursor forward.
    await replace(derived("2026-01-03", revision, [hour("hc", next(0), 61)]));
    assert.equal((await stateOf(store, offPeak.id)).dirtyFrom, one(1));
  });

  test("a day replaced by the same hours changes nothing", async (t) => {
    const { store, offPeak, replace, revision } = await withSeries(open(t));
    const same = derived("2026-01-02", revision, [hour("hc", one(0), 60)], { pending: wattMinutes(7) });
    await replace(same);
    const state = await stateOf(store, offPeak.id);
    assert.deepEqual(await replace(same), { changed: 0 });
    assert.deepEqual(await stateOf(store, offPeak.id), state);
  });

  test("hours derived from something older than what is stored are out of date", async (t) => {
    const { store, offPeak, replace, revision } = await withSeries(open(t));
    await store.markStatisticDays(home, "consumption", [day("2026-01-02")]);
    await replace(derived("2026-01-02", revision + 1, [hour("hc", one(0), 60)]));
    const late = derived("2026-01-02", revision, [hour("hc", one(0), 1)], { pending: wattMinutes(5) });
    assert.deepEqual(await replace(late), { changed: 0 });
    assert.equal((await stateOf(store, offPeak.id)).total, 60n);
    assert.deepEqual(await store.loadPendingDays(), []);
    assert.deepEqual(await staleDates(store), ["2026-01-03"]);
  });

  test("a role without a series and an hour of another day are mistakes, and nothing of the call is stored", async (t) => {
    const { store, offPeak, replace, revision } = await withSeries(open(t));
    const good = derived("2026-01-02", revision, [hour("hc", one(0), 60)]);
    await assert.rejects(replace(good, derived("2026-01-03", revision, [hour("base", next(0), 1)])), RangeError);
    await assert.rejects(replace(good, derived("2026-01-03", revision, [hour("hc", one(23), 1)])), RangeError);
    await assert.rejects(replace(good, derived("2026-01-03", revision, [hour("hc", next(24), 1)])), RangeError);
    assert.equal((await stateOf(store, offPeak.id)).total, 0n);
    assert.deepEqual(await staleDates(store), ["2026-01-02", "2026-01-03"]);
  });

  test("the days of both clock changes hold 23 and 25 hours", async (t) => {
    const { store, offPeak, replace } = await withSeries(open(t));
    await withDays(store, "2026-03-29", "2026-10-25");
    for (const [date, hours] of [
      ["2026-03-29", 23],
      ["2026-10-25", 25],
    ] as const) {
      const all = Array.from({ length: hours }, (_, at) => hour("hc", hourOn(date, at), 60));
      const revision = await revisionOf(store, date);
      assert.deepEqual(await replace(derived(date, revision, all)), { changed: hours });
      await assert.rejects(replace(derived(date, revision, [hour("hc", hourOn(date, hours), 1)])), RangeError);
    }
    // (23 + 25) × 60
    assert.equal((await stateOf(store, offPeak.id)).total, 2880n);
  });

  test("sums are exact, beyond what numbers are exact for too", async (t) => {
    const { store, offPeak, replace, revision } = await withSeries(open(t));
    // Twice this is the largest even number below 2^53.
    const huge = 4_503_599_627_370_495;
    const hours = [0, 1, 2].map((at) => hour("hc", one(at), huge));
    await replace(derived("2026-01-02", revision, hours));
    assert.equal((await stateOf(store, offPeak.id)).total, 3n * 4_503_599_627_370_495n);
    assert.deepEqual(await store.loadBefore(offPeak.id, one(1)), { sum: 4_503_599_627_370_495n, last: one(0) });
    assert.deepEqual(await store.loadBefore(offPeak.id, one(3)), { sum: 13_510_798_882_111_485n, last: one(2) });
    assert.equal((await store.loadHours(offPeak.id, one(1)))[0]?.amount, huge);
  });
}
