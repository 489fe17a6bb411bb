import assert from "node:assert/strict";
import { test } from "node:test";
import { deriveDay } from "../../src/domain/reconcile.ts";
import { watts, wh } from "../../src/domain/units.ts";
import type { Store } from "../../src/sync/store.ts";
import type { OpenStore } from "./store.ts";
import { curve, daily, day, derive, home, monday, slotsOn, tuesday, withUsagePoints } from "./store-builders.ts";

const slots = slotsOn("2026-01-02", 100);
/** One of the day's slots with another power. */
const slotAt = (position: number, powerW: number) =>
  slots.slice(position, position + 1).map((slot) => ({ ...slot, powerW: watts(powerW) }));
const january = { from: day("2026-01-01"), to: day("2026-01-31") };

export function daysContract(open: OpenStore): void {
  test("a derived day comes back with both figures behind it", async (t) => {
    const store = await withUsagePoints(await open(t));
    // 47 half-hours of 100 W: 2350 Wh of the official 2400.
    await store.ingestCurve(curve(slotsOn("2026-01-02", 100).slice(1)));
    await store.ingestDaily(daily({ "2026-01-02": 2400, "2026-01-03": 5 }));
    await derive(store, { from: "2026-01-01", to: "2026-01-31" }, monday);
    assert.deepEqual(await store.loadDays(home, "consumption", january), [
      {
        date: "2026-01-02",
        energyWh: 2400,
        quality: "estimated",
        slotsWh: 2350,
        officialWh: 2400,
        minutesPresent: 1410,
        changedAt: monday,
        revision: 2,
      },
      {
        date: "2026-01-03",
        energyWh: 5,
        quality: "estimated",
        slotsWh: null,
        officialWh: 5,
        minutesPresent: 0,
        changedAt: monday,
        revision: 2,
      },
    ]);
    assert.deepEqual(await store.loadDays(home, "production", january), []);
  });

  test("a day's instant of change moves only where one of its figures differs", async (t) => {
    const store = await withUsagePoints(await open(t));
    const slots = [...slotsOn("2026-01-02", 100), ...slotsOn("2026-01-03", 100)];
    await store.ingestCurve(curve(slots));
    await derive(store, { from: "2026-01-01", to: "2026-01-31" }, monday);
    // 1 W less in one half-hour is half a watt-hour: 2400 Wh rounds back to 2400. The other day loses 100 W × 0.5 h.
    const corrected = slots.map((slot, position) => {
      if (position === 0) return { ...slot, powerW: watts(99) };
      return position === 50 ? { ...slot, powerW: watts(0) } : slot;
    });
    assert.deepEqual(await store.ingestCurve(curve(corrected, { at: tuesday })), { written: 2 });
    assert.equal((await store.loadStaleDays()).length, 2);
    await derive(store, { from: "2026-01-01", to: "2026-01-31" }, tuesday);
    assert.deepEqual(await store.loadStaleDays(), []);
    assert.deepEqual(
      (await store.loadDays(home, "consumption", january)).map((known) => [known.energyWh, known.changedAt]),
      [
        [2400, monday],
        [2350, tuesday],
      ],
    );
  });

  test("a day derived before its readings changed does not end its staleness", async (t) => {
    const store = await withUsagePoints(await open(t));
    await store.ingestDaily(daily({ "2026-01-02": 2400 }));
    await derive(store, { from: "2026-01-01", to: "2026-01-31" }, monday);
    await store.ingestCurve(curve(slotsOn("2026-01-02", 100).slice(1)));
    const [input] = await store.loadDayInputs(home, "consumption", january);
    assert.ok(input);
    const early = deriveDay(input);
    assert.ok(early);
    // The missing half-hour arrives between the loading and the saving.
    await store.ingestCurve(curve(slotsOn("2026-01-02", 100).slice(0, 1)));
    await store.saveDays(home, "consumption", [early], tuesday);
    assert.equal((await store.loadStaleDays()).length, 1);
    assert.equal((await store.loadDays(home, "consumption", january))[0]?.slotsWh, null);
    await derive(store, { from: "2026-01-01", to: "2026-01-31" }, tuesday);
    assert.deepEqual(await store.loadStaleDays(), []);
    assert.equal((await store.loadDays(home, "consumption", january))[0]?.slotsWh, 2400);
  });

  for (const [what, change] of [
    ["a slot of 0 W", (store: Store) => store.ingestCurve(curve(slotAt(47, 0)))],
    ["a slot's power", (store: Store) => store.ingestCurve(curve(slotAt(0, 200)))],
    ["the daily value", (store: Store) => store.ingestDaily(daily({ "2026-01-02": 2399 }))],
  ] as const)
    test(`a day that was derived before ${what} arrived stays stale`, async (t) => {
      const store = await withUsagePoints(await open(t));
      await store.ingestCurve(curve(slots.slice(0, 47)));
      await store.ingestDaily(daily({ "2026-01-02": 2400 }));
      const inputs = await store.loadDayInputs(home, "consumption", january);
      assert.deepEqual(await change(store), { written: 1 });
      const early = inputs.flatMap((input) => deriveDay(input) ?? []);
      await store.saveDays(home, "consumption", early, tuesday);
      assert.equal((await store.loadStaleDays()).length, 1);
      assert.deepEqual(await store.loadDays(home, "consumption", january), []);
    });

  test("a day that no reading bears out is not stored", async (t) => {
    const store = await withUsagePoints(await open(t));
    const invented = { slotsWh: null, officialWh: wh(5), minutesPresent: 0 };
    const days = [{ date: day("2026-01-02"), energyWh: wh(5), quality: "estimated" as const, ...invented }];
    await store.saveDays(home, "consumption", days, monday);
    assert.deepEqual(await store.loadDays(home, "consumption", january), []);
  });

  test("the index sums every derived day and tells when it last changed", async (t) => {
    const store = await withUsagePoints(await open(t));
    await store.ingestDaily(daily({ "2024-02-29": 1_500_000_000, "2026-01-02": 1_500_000_000 }));
    assert.equal(await store.loadIndex(home, "consumption"), null);
    await derive(store, { from: "2024-01-01", to: "2026-12-31" }, monday);
    await store.ingestDaily(daily({ "2026-01-03": 1 }));
    await derive(store, { from: "2026-01-03", to: "2026-01-03" }, tuesday);
    // More than 2^31 Wh: 1.5e9 + 1.5e9 + 1
    assert.deepEqual(await store.loadIndex(home, "consumption"), {
      energyWh: 3_000_000_001,
      from: "2024-02-29",
      through: "2026-01-03",
      changedAt: tuesday,
    });
    assert.equal(await store.loadIndex(home, "production"), null);
  });

  test("a month's mark is another once a reading of it has changed, also within a day of the same sum", async (t) => {
    const store = await withUsagePoints(await open(t));
    await store.ingestCurve(curve([...slotsOn("2026-01-02", 100), ...slotsOn("2026-02-03", 100)]));
    await derive(store, { from: "2026-01-01", to: "2026-02-28" }, monday);
    const before = await store.loadMonthMarks(home, "consumption");
    assert.deepEqual([...before.keys()].sort(), ["2026-01", "2026-02"]);
    // 10 W more in one half-hour and 10 W less in the next.
    await store.ingestCurve(curve([...slotAt(0, 110), ...slotAt(1, 90)], { at: tuesday }));
    await derive(store, { from: "2026-01-01", to: "2026-02-28" }, tuesday);
    const after = await store.loadMonthMarks(home, "consumption");
    assert.notEqual(after.get("2026-01"), before.get("2026-01"));
    assert.equal(after.get("2026-02"), before.get("2026-02"));
    const [corrected] = await store.loadDays(home, "consumption", january);
    assert.deepEqual([corrected?.energyWh, corrected?.changedAt, corrected?.revision], [2400, monday, 3]);
    assert.deepEqual(await store.loadMonthMarks(home, "production"), new Map());
  });
}
