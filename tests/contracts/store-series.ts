import assert from "node:assert/strict";
import { test } from "node:test";
import { type Instant, wattMinutes } from "../../src/domain/units.ts";
import { ownStatisticId } from "../../src/sync/statistics/series.ts";
import type { DerivedHour } from "../../src/sync/statistics/store.ts";
import type { Store } from "../../src/sync/store.ts";
import type { OpenStore } from "./store.ts";
import { home, monday, other, tuesday, withUsagePoints } from "./store-builders.ts";
import {
  createdSeries,
  derived,
  hour,
  hourOn,
  hoursOf,
  seriesKey,
  stateOf,
  withDays,
} from "./store-statistics-builders.ts";

const on = (hours: number): Instant => hourOn("2026-01-02", hours);

/** A store with one series of four hours: 10, 20, 30 and 40 watt-minutes. */
async function withHours(open: Promise<Store>) {
  const store = await withUsagePoints(await open);
  const { id } = await createdSeries(store, "base");
  const hours = [10, 20, 30, 40].map((energy, at) => hour("base", on(at), energy));
  await store.replaceHours(home, "consumption", [derived("2026-01-02", 1, hours)]);
  return { store, id };
}

export function seriesContract(open: OpenStore): void {
  test("a series is created once and keeps its name", async (t) => {
    const store = await withUsagePoints(await open(t));
    const total = await store.createSeries(seriesKey("total", "production"), {
      statisticId: "myelectricaldata:production_12345678901234",
      name: "Production",
      unit: "Wh",
    });
    assert.deepEqual(total, {
      ...seriesKey("total", "production"),
      id: total.id,
      statisticId: "myelectricaldata:production_12345678901234",
      name: "Production",
      unit: "Wh",
      base: 0n,
      total: 0n,
      firstHour: null,
      lastHour: null,
      dirtyFrom: null,
      revision: total.revision,
      foreignAt: null,
      repairedAt: null,
    });
    const renamed = { statisticId: "linky_bridge:x", name: "x", unit: "kWh" as const };
    assert.deepEqual(await store.createSeries(seriesKey("total", "production"), renamed), total);
    const base = await createdSeries(store, "base");
    const elsewhere = { ...seriesKey("base"), usagePoint: other };
    const third = await store.createSeries(elsewhere, { ...renamed, statisticId: ownStatisticId(elsewhere) });
    assert.deepEqual(await store.loadSeries(), [third, base, total]);
  });

  test("two series cannot go by one name", async (t) => {
    const store = await withUsagePoints(await open(t));
    const { statisticId, name, unit } = await createdSeries(store, "base");
    await assert.rejects(store.createSeries(seriesKey("hc"), { statisticId, name, unit }));
    assert.equal((await store.loadSeries()).length, 1);
  });

  test("the money of a role is another series than its energy, and counts in euros", async (t) => {
    const store = await withUsagePoints(await open(t));
    const energy = await createdSeries(store, "base");
    const key = { ...seriesKey("base"), measure: "cost" } as const;
    const cost = await store.createSeries(key, { statisticId: ownStatisticId(key), name: "cost", unit: "EUR" });
    assert.notEqual(cost.id, energy.id);
    assert.deepEqual([cost.statisticId, cost.measure, cost.unit], [`linky_bridge:cost_${home}_base`, "cost", "EUR"]);
    const wrong = { ...seriesKey("hc"), measure: "cost" } as const;
    await assert.rejects(store.createSeries(wrong, { statisticId: "a:b", name: "b", unit: "kWh" }), /check/);
    const hourAt = (amount: number): DerivedHour => ({
      key: { measure: "cost", role: "base" },
      start: hourOn("2026-01-02", 3),
      amount: wattMinutes(amount),
      origin: "measured",
    });
    await withDays(store, "2026-01-02");
    const day = derived("2026-01-02", 1, [hour("base", hourOn("2026-01-02", 3), 10), hourAt(2_000)]);
    await store.replaceHours(home, "consumption", [day]);
    assert.deepEqual([(await stateOf(store, energy.id)).total, (await stateOf(store, cost.id)).total], [10n, 2_000n]);
  });

  test("hours come from an instant on, at most so many", async (t) => {
    const { store, id } = await withHours(open(t));
    const energies = async (from: Instant | null, limit?: number) =>
      (await store.loadHours(id, from, limit)).map(({ amount }) => amount);
    assert.deepEqual(await energies(null), [10, 20, 30, 40]);
    assert.deepEqual(await energies(on(2)), [30, 40]);
    assert.deepEqual(await energies(on(1), 2), [20, 30]);
    assert.deepEqual(await energies(null, 0), []);
    assert.deepEqual(await energies(on(4)), []);
  });

  test("what comes before an instant is told with the hour just before", async (t) => {
    const { store, id } = await withHours(open(t));
    assert.deepEqual(await store.loadBefore(id, on(0)), { sum: 0n, last: null });
    // 10 + 20
    assert.deepEqual(await store.loadBefore(id, on(2)), { sum: 30n, last: on(1) });
    assert.deepEqual(await store.loadBefore(id, on(20)), { sum: 100n, last: on(3) });
    await assert.rejects(store.loadBefore(id + 1, on(2)), RangeError);
  });

  test("the cursor moves only while the series is as it was read", async (t) => {
    const { store, id } = await withHours(open(t));
    const { revision } = await stateOf(store, id);
    assert.equal(await store.moveCursor(id, revision, on(2), monday), true);
    assert.equal((await stateOf(store, id)).dirtyFrom, on(2));
    assert.equal(await store.moveCursor(id, revision, null, monday), true);
    assert.equal((await stateOf(store, id)).dirtyFrom, null);
    const hours = [hour("base", on(0), 10), hour("base", on(1), 21)];
    await store.replaceHours(home, "consumption", [derived("2026-01-02", 1, hours)]);
    assert.equal(await store.moveCursor(id, revision, null, tuesday), false);
    assert.equal((await stateOf(store, id)).dirtyFrom, on(1));
    assert.equal(await store.moveCursor(id + 1, 1, null, tuesday), false);
  });

  test("a series is sent again from its first hour, or from an hour that is not later than the cursor", async (t) => {
    const { store, id } = await withHours(open(t));
    const { revision } = await stateOf(store, id);
    await store.moveCursor(id, revision, null, monday);
    await store.rewriteFrom(id, on(2));
    const asked = await stateOf(store, id);
    assert.equal(asked.dirtyFrom, on(2));
    await store.rewriteFrom(id, on(3));
    assert.equal((await stateOf(store, id)).dirtyFrom, on(2));
    // Whoever wrote it meanwhile does not know that it was lost again.
    assert.equal(await store.moveCursor(id, asked.revision, null, monday), false);
    await store.rewriteFrom(id, null);
    assert.equal((await stateOf(store, id)).dirtyFrom, on(0));
    const empty = await createdSeries(store, "hc");
    await store.rewriteFrom(empty.id, null);
    assert.deepEqual(await stateOf(store, empty.id), empty);
  });

  test("hours that the store does not know are taken in as 0, those it knows stay", async (t) => {
    const { store, id } = await withHours(open(t));
    const before = await stateOf(store, id);
    await store.moveCursor(id, before.revision, null, monday);
    await store.adoptForeignHours(id, [on(9), on(1), on(7)]);
    const state = await stateOf(store, id);
    assert.deepEqual((await hoursOf(store, id)).slice(4), [
      [on(7), 0, "estimated"],
      [on(9), 0, "estimated"],
    ]);
    assert.deepEqual(state, { ...before, lastHour: on(9), dirtyFrom: on(7), revision: before.revision + 1 });
    await store.adoptForeignHours(id, [on(9), on(1), on(7)]);
    assert.deepEqual(await stateOf(store, id), state);
    await assert.rejects(store.adoptForeignHours(id + 1, [on(9)]), RangeError);
  });

  test("when somebody else's rows were found and written over is remembered", async (t) => {
    const { store, id } = await withHours(open(t));
    const before = await stateOf(store, id);
    await store.noteForeign(id, monday, null);
    assert.deepEqual(await stateOf(store, id), { ...before, foreignAt: monday });
    await store.noteForeign(id, tuesday, tuesday);
    await store.noteForeign(id, tuesday, null);
    assert.deepEqual(await stateOf(store, id), { ...before, foreignAt: tuesday, repairedAt: tuesday });
  });

  /** Former hours of 10 each at 0:00 to 3:00 in `base` and of 15 at 0:00 to 2:00 in `total`: 40 and 45. */
  async function withFormerHours(opened: Promise<Store>) {
    const store = await withUsagePoints(await opened);
    const [base, total] = [await createdSeries(store, "base"), await createdSeries(store, "total")];
    const adoption = await store.saveAdoption(
      {
        usagePoint: home,
        flow: "consumption",
        tool: "another",
        mode: "copy",
        at: monday,
        statisticIds: [],
        keepThrough: null,
      },
      [],
    );
    const former = (energy: number, count: number) =>
      Array.from({ length: count }, (_, at) => ({
        start: on(at),
        amount: wattMinutes(energy),
        origin: "former" as const,
      }));
    await store.applyAdoption(adoption.id, [
      { key: seriesKey("base"), name: base, base: 0n, dirtyFrom: null, hours: former(10, 4) },
      { key: seriesKey("total"), name: total, base: 0n, dirtyFrom: null, hours: former(15, 3) },
    ]);
    const replace = (energy: number, told: { isWhole: boolean; pending?: number }) =>
      store.replaceHours(home, "consumption", [
        derived("2026-01-02", 1, energy === 0 ? [] : [hour("base", on(5), energy)], {
          isWhole: told.isWhole,
          pending: wattMinutes(told.pending ?? 0),
        }),
      ]);
    const totals = async () => (await store.loadSeries()).map((series) => series.total);
    return { store, replace, totals };
  }

  for (const [what, energy, told, kept] of [
    ["not whole and holds less", 44, { isWhole: false }, true],
    ["not whole and holds as much", 45, { isWhole: false }, false],
    ["not whole and holds less, but for what is pending", 40, { isWhole: false, pending: 5 }, false],
    ["not whole and holds less even with what is pending", 40, { isWhole: false, pending: 4 }, true],
    ["whole and holds less", 1, { isWhole: true }, false],
    ["not whole and nothing of it is derived", 0, { isWhole: false }, true],
    ["whole and empty", 0, { isWhole: true }, false],
  ] as const)
    test(`a day that is ${what} ${kept ? "leaves former hours alone" : "takes their place"}`, async (t) => {
      const { replace, totals } = await withFormerHours(open(t));
      assert.equal((await replace(energy, told)).changed > 0, !kept);
      assert.deepEqual(await totals(), kept ? [40n, 45n] : [BigInt(energy), 0n]);
    });

  test("former hours below zero stay where nothing else is known of the day", async (t) => {
    const { store, replace } = await withFormerHours(open(t));
    const adoption = (await store.loadAdoptions())[0]?.id ?? 0;
    const reset = [{ start: on(0), amount: wattMinutes(-500), origin: "former" as const }];
    const [base] = await store.loadSeries();
    assert.ok(base);
    await store.applyAdoption(adoption, [
      { key: seriesKey("base"), name: base, base: 0n, dirtyFrom: null, hours: reset },
    ]);
    assert.deepEqual(await replace(0, { isWhole: false }), { changed: 0 });
    assert.deepEqual(await hoursOf(store, base.id), [[on(0), -500, "former"]]);
  });
}
