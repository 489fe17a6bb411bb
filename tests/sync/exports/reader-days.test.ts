import assert from "node:assert/strict";
import { test } from "node:test";
import { type Instant, instant, minuteMs, wh } from "../../../src/domain/units.ts";
import { curve, daily, day, home, monday, slotsOn } from "../../contracts/store-builders.ts";
import { at, energyOf, readerWorld, shortly } from "./reader-world.ts";

test("a day is brought from midnight to midnight in Paris, an estimated one as such, a partial one with what is known", async (t) => {
  const { store, reader, derive } = await readerWorld(t);
  await store.ingestCurve(curve([...slotsOn("2026-03-28", 100), ...slotsOn("2026-03-30", 100).slice(0, 10)]));
  await store.ingestDaily(daily({ "2026-03-28": 2_401, "2026-03-29": 5_000 }));
  await derive();
  const days = await reader.days(energyOf("day"), "2026-03");
  // 28 March disagrees: its slots count, 24 h of 100 W. Of 30 March five hours of 100 W are known.
  assert.deepEqual(shortly(days), [
    ["2026-03-28", 2_400, false],
    ["2026-03-29", 5_000, true],
    ["2026-03-30", 500, false],
  ]);
  // The spring day has 23 hours.
  assert.deepEqual(days[1]?.points[0], {
    start: at("2026-03-28T23:00:00Z"),
    end: at("2026-03-29T22:00:00Z"),
    value: 5_000,
    isEstimated: true,
  });
  assert.deepEqual([...(await reader.marks(energyOf("day"))).keys()], ["2026-03"]);
});

test("a month is brought up to each of its known days, and begins anew with the next", async (t) => {
  const { store, reader, derive } = await readerWorld(t);
  await store.ingestDaily(
    daily({ "2026-01-31": 7_000, "2026-02-01": 1_000, "2026-02-02": 200, "2026-02-04": 30, "2026-03-01": 4 }),
  );
  await store.ingestCurve(curve([...slotsOn("2026-02-03", 600).slice(0, 2)]));
  await derive();
  assert.deepEqual(
    shortly(await reader.days(energyOf("month"), "2026-02")).map(([date, value]) => [date, value]),
    [
      ["2026-02-01", 1_000],
      ["2026-02-02", 1_200],
      // One hour of 600 W is known.
      ["2026-02-03", 1_800],
      ["2026-02-04", 1_830],
    ],
  );
  assert.deepEqual(shortly(await reader.days(energyOf("month"), "2026-03")), [["2026-03-01", 4, true]]);
});

test("a sum of a month is estimated from its first estimated day on", async (t) => {
  const { store, reader, derive } = await readerWorld(t);
  await store.ingestCurve(curve([...slotsOn("2026-02-01", 10), ...slotsOn("2026-02-03", 10)]));
  await store.ingestDaily(daily({ "2026-02-02": 60 }));
  await derive();
  // 24 h of 10 W; and 60; and 24 h of 10 W.
  assert.deepEqual(shortly(await reader.days(energyOf("month"), "2026-02")), [
    ["2026-02-01", 240, false],
    ["2026-02-02", 300, true],
    ["2026-02-03", 540, true],
  ]);
});

test("a corrected day gives its month another mark, and no other month", async (t) => {
  const { store, reader, derive } = await readerWorld(t);
  await store.ingestDaily(daily({ "2026-01-31": 7_000, "2026-02-01": 1_000 }));
  await derive();
  const before = await reader.marks(energyOf("day"));
  assert.deepEqual(await reader.marks(energyOf("day")), before);
  await store.ingestDaily(daily({ "2026-01-31": 6_999 }));
  await derive();
  const after = await reader.marks(energyOf("day"));
  assert.notEqual(after.get("2026-01"), before.get("2026-01"));
  assert.equal(after.get("2026-02"), before.get("2026-02"));
});

test("a value typed by hand that is taken back, and typed again otherwise, is another month", async (t) => {
  const { store, reader, derive } = await readerWorld(t);
  const typed = { usagePoint: home, flow: "consumption", date: day("2026-01-05"), at: monday } as const;
  const marks: (string | undefined)[] = [];
  for (const [position, energyWh] of [9_000, 9_500].entries()) {
    await store.saveTypedValue({ ...typed, energyWh: wh(energyWh) });
    await derive(addMinutes(monday, position));
    for (const step of ["day", "half_hour"] as const) marks.push((await reader.marks(energyOf(step))).get("2026-01"));
    await store.removeTypedValue(typed);
  }
  assert.equal(new Set(marks).size, 4);
});

const addMinutes = (start: Instant, minutes: number): Instant => instant(start + minutes * minuteMs);
