import assert from "node:assert/strict";
import { test } from "node:test";
import { instant, minuteMs, voltAmperes, watts } from "../../src/domain/units.ts";
import type { Store } from "../../src/sync/store.ts";
import type { OpenStore } from "./store.ts";
import { at, curve, daily, day, derive, home, monday, slotsOn, tuesday, withUsagePoints } from "./store-builders.ts";

const inputsOf = (store: Store, from: string, to = from) =>
  store.loadDayInputs(home, "consumption", { from: day(from), to: day(to) });

export function readingsContract(open: OpenStore): void {
  test("a curve comes back slot for slot, cut into Paris days of 46, 48 and 50 half-hours", async (t) => {
    const store = await withUsagePoints(await open(t));
    const dates = ["2024-02-29", "2025-10-26", "2026-03-29"];
    const slots = dates.map((date) => slotsOn(date, 500));
    // 48 + 50 + 46
    assert.deepEqual(await store.ingestCurve(curve(slots.flat())), { written: 144 });
    const inputs = await inputsOf(store, "2024-01-01", "2026-12-31");
    assert.deepEqual(
      inputs,
      dates.map((date, position) => ({ date, slots: slots[position], officialWh: null })),
    );
    assert.deepEqual(
      inputs.map((input) => input.slots.length),
      [48, 50, 46],
    );
  });

  test("a period holds whole Paris days only, and one flow does not see the other", async (t) => {
    const store = await withUsagePoints(await open(t));
    const slots = ["2026-01-01", "2026-01-02", "2026-01-03"].flatMap((date) => slotsOn(date, 100));
    await store.ingestCurve(curve(slots, { flow: "production" }));
    await store.ingestDaily(daily({ "2026-01-01": 7, "2026-01-02": 8, "2026-01-03": 9 }, { flow: "production" }));
    assert.deepEqual(await inputsOf(store, "2026-01-01", "2026-01-03"), []);
    const period = { from: day("2026-01-02"), to: day("2026-01-02") };
    assert.deepEqual(await store.loadDayInputs(home, "production", period), [
      { date: "2026-01-02", slots: slotsOn("2026-01-02", 100), officialWh: 8 },
    ]);
  });

  test("the same curve again writes nothing, a changed slot writes one row", async (t) => {
    const store = await withUsagePoints(await open(t));
    const slots = slotsOn("2026-01-02", 100);
    assert.deepEqual(await store.ingestCurve(curve(slots)), { written: 48 });
    assert.deepEqual(await store.ingestCurve(curve(slots, { at: tuesday })), { written: 0 });
    const corrected = slots.map((slot, position) => (position === 7 ? { ...slot, powerW: watts(101) } : slot));
    assert.deepEqual(await store.ingestCurve(curve(corrected, { at: tuesday })), { written: 1 });
    assert.deepEqual((await inputsOf(store, "2026-01-02"))[0]?.slots, corrected);
  });

  test("an answer without some slots, or without any, takes none away", async (t) => {
    const store = await withUsagePoints(await open(t));
    const slots = slotsOn("2026-01-02", 100);
    await store.ingestCurve(curve(slots));
    assert.deepEqual(await store.ingestCurve(curve(slots.slice(0, 3))), { written: 0 });
    assert.deepEqual(await store.ingestCurve(curve([])), { written: 0 });
    assert.deepEqual((await inputsOf(store, "2026-01-02"))[0]?.slots, slots);
  });

  test("more slots than one statement takes arrive all the same", async (t) => {
    const store = await withUsagePoints(await open(t));
    // 6000 quarter-hours: 62 days and a half.
    const start = at("2026-04-30T22:00:00Z");
    const slots = Array.from({ length: 6000 }, (_, position) => ({
      start: instant(start + position * 15 * minuteMs),
      minutes: 15,
      powerW: watts(position),
    }));
    assert.deepEqual(await store.ingestCurve(curve(slots)), { written: 6000 });
    const inputs = await inputsOf(store, "2026-05-01", "2026-07-31");
    assert.equal(inputs.length, 63);
    assert.deepEqual(
      inputs.flatMap((input) => input.slots),
      slots,
    );
    assert.equal((await store.loadStaleDays()).length, 63);
  });

  test("finer slots take the place of the coarse ones they overlap, and only of those", async (t) => {
    const store = await withUsagePoints(await open(t));
    const hours = slotsOn("2026-01-02", 600, 60);
    await store.ingestCurve(curve(hours));
    const halves = slotsOn("2026-01-02", 500).slice(0, 4);
    assert.deepEqual(await store.ingestCurve(curve(halves)), { written: 4 });
    assert.deepEqual((await inputsOf(store, "2026-01-02"))[0]?.slots, [...halves, ...hours.slice(2)]);
  });

  test("coarse slots take the place of the finer ones they cover", async (t) => {
    const store = await withUsagePoints(await open(t));
    await store.ingestCurve(curve(slotsOn("2026-01-02", 500)));
    const hours = slotsOn("2026-01-02", 600, 60);
    assert.deepEqual(await store.ingestCurve(curve(hours)), { written: 24 });
    assert.deepEqual((await inputsOf(store, "2026-01-02"))[0]?.slots, hours);
  });

  test("a slot of another alignment takes the place of both that it touches, on either side of midnight", async (t) => {
    const store = await withUsagePoints(await open(t));
    const slots = [...slotsOn("2026-01-02", 100), ...slotsOn("2026-01-03", 100)];
    await store.ingestCurve(curve(slots));
    await derive(store, { from: "2026-01-02", to: "2026-01-03" }, monday);
    // 23:45 to 00:15 in Paris.
    const late = { start: at("2026-01-02T22:45:00Z"), minutes: 30, powerW: watts(200) };
    assert.deepEqual(await store.ingestCurve(curve([late], { at: tuesday })), { written: 1 });
    const [second, third] = await inputsOf(store, "2026-01-02", "2026-01-03");
    assert.deepEqual(second?.slots, [...slots.slice(0, 47), late]);
    assert.deepEqual(third?.slots, slots.slice(49));
    assert.deepEqual(
      (await store.loadStaleDays()).map((stale) => stale.date),
      ["2026-01-02", "2026-01-03"],
    );
  });

  test("a day whose only slot gave way to one of the day before is known no more", async (t) => {
    const store = await withUsagePoints(await open(t));
    await store.ingestCurve(curve(slotsOn("2026-01-03", 100).slice(0, 1)));
    await derive(store, { from: "2026-01-03", to: "2026-01-03" }, monday);
    // 23:45 to 00:15 in Paris.
    await store.ingestCurve(curve([{ start: at("2026-01-02T22:45:00Z"), minutes: 30, powerW: watts(200) }]));
    await derive(store, { from: "2026-01-02", to: "2026-01-03" }, tuesday);
    assert.deepEqual(await store.loadStaleDays(), []);
    const period = { from: day("2026-01-01"), to: day("2026-01-31") };
    assert.deepEqual(
      (await store.loadDays(home, "consumption", period)).map((known) => [known.date, known.energyWh]),
      [["2026-01-02", 100]],
    );
  });

  test("a slot that only touches its neighbours takes no one's place", async (t) => {
    const store = await withUsagePoints(await open(t));
    const [first, second, third] = slotsOn("2026-01-02", 100);
    assert.ok(first && second && third);
    await store.ingestCurve(curve([first, third]));
    // 15 minutes right after the first slot, and nothing up to the third.
    const quarter = { start: second.start, minutes: 15, powerW: watts(50) };
    await store.ingestCurve(curve([quarter]));
    assert.deepEqual((await inputsOf(store, "2026-01-02"))[0]?.slots, [first, quarter, third]);
  });

  test("only the days whose readings really changed become stale", async (t) => {
    const store = await withUsagePoints(await open(t));
    const slots = ["2026-01-02", "2026-01-03", "2026-01-04"].flatMap((date) => slotsOn(date, 100));
    await store.ingestCurve(curve(slots));
    await store.ingestDaily(daily({ "2026-01-05": 10 }, { flow: "production" }));
    assert.deepEqual(await store.loadStaleDays(), [
      { usagePoint: home, flow: "consumption", date: "2026-01-02" },
      { usagePoint: home, flow: "consumption", date: "2026-01-03" },
      { usagePoint: home, flow: "consumption", date: "2026-01-04" },
      { usagePoint: home, flow: "production", date: "2026-01-05" },
    ]);
    await derive(store, { from: "2026-01-02", to: "2026-01-04" }, monday);
    await derive(store, { from: "2026-01-05", to: "2026-01-05" }, monday, "production");
    assert.deepEqual(await store.loadStaleDays(), []);
    // The last half-hour of the 3rd in Paris, which begins at 22:30 UTC.
    const corrected = slots.map((slot) =>
      slot.start === at("2026-01-03T22:30:00Z") ? { ...slot, powerW: watts(9) } : slot,
    );
    await store.ingestCurve(curve(corrected, { at: tuesday }));
    assert.deepEqual(await store.loadStaleDays(), [{ usagePoint: home, flow: "consumption", date: "2026-01-03" }]);
  });

  test("a daily value is replaced by another one, but never by zero", async (t) => {
    const store = await withUsagePoints(await open(t));
    const official = async () => (await inputsOf(store, "2026-01-01", "2026-01-03")).map((input) => input.officialWh);
    assert.deepEqual(await store.ingestDaily(daily({ "2026-01-01": 10, "2026-01-02": 0 })), { written: 2 });
    assert.deepEqual(await store.ingestDaily(daily({ "2026-01-01": 0, "2026-01-02": 0 })), { written: 0 });
    assert.deepEqual(await official(), [10, 0]);
    assert.deepEqual(await store.ingestDaily(daily({ "2026-01-01": 11, "2026-01-02": 12 })), { written: 2 });
    assert.deepEqual(await official(), [11, 12]);
  });

  test("of two values for one day in one answer the last counts", async (t) => {
    const store = await withUsagePoints(await open(t));
    const twice = [...daily({ "2026-01-01": 10 }).readings, ...daily({ "2026-01-01": 11 }).readings];
    assert.deepEqual(await store.ingestDaily({ ...daily({}), readings: twice }), { written: 1 });
    assert.equal((await inputsOf(store, "2026-01-01"))[0]?.officialWh, 11);
  });

  test("the latest peak is the one of the latest day, with its instant", async (t) => {
    const store = await withUsagePoints(await open(t));
    assert.equal(await store.loadLatestMaxPower(home), null);
    const peak = { date: day("2026-01-02"), at: at("2026-01-02T18:03:01.250Z"), powerVa: voltAmperes(5321) };
    const earlier = { date: day("2026-01-01"), at: at("2026-01-01T18:03:00Z"), powerVa: voltAmperes(7000) };
    const ingest = (readings: (typeof peak)[]) =>
      store.ingestMaxPower({ usagePoint: home, readings, answers: [], at: monday });
    assert.deepEqual(await ingest([earlier, peak]), { written: 2 });
    assert.deepEqual(await store.loadLatestMaxPower(home), peak);
    assert.deepEqual(await ingest([earlier, peak]), { written: 0 });
    const corrected = { ...peak, powerVa: voltAmperes(5400) };
    assert.deepEqual(await ingest([corrected]), { written: 1 });
    assert.deepEqual(await store.loadLatestMaxPower(home), corrected);
    const both = { from: day("2026-01-01"), to: day("2026-01-02") };
    assert.deepEqual(await store.loadMaxPowers(home, both), [earlier, corrected]);
    assert.deepEqual(await store.loadMaxPowers(home, { ...both, from: both.to }), [corrected]);
    assert.deepEqual(await store.loadMaxPowers(home, { ...both, to: both.from }), [earlier]);
  });

  test("readings of an unknown usage point are refused", async (t) => {
    const store = await open(t);
    await assert.rejects(store.ingestCurve(curve(slotsOn("2026-01-02", 100))));
    await assert.rejects(store.ingestDaily(daily({ "2026-01-02": 100 })));
    await withUsagePoints(store);
    assert.deepEqual(await inputsOf(store, "2026-01-02"), []);
  });
}
