import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { boundsOf, localDate } from "../../../src/domain/calendar.ts";
import {
  type AdoptedHour,
  adoptSums,
  energyUnits,
  type FormerRow,
  fromUnit,
  unitScale,
} from "../../../src/domain/statistics/series.ts";
import { hourMs, type Instant, instant, wattMinutes } from "../../../src/domain/units.ts";
import { inUnit } from "../../../src/sync/statistics/amount.ts";
import type { SeriesHour } from "../../../src/sync/statistics/series.ts";
import { rowsOf } from "../../../src/sync/statistics/write.ts";

/** As the bridge itself writes them. */
const asWritten = (hours: readonly AdoptedHour[]): SeriesHour[] =>
  hours.map(({ start, energy }) => ({ start, amount: energy, origin: "measured" }));

const first = Date.parse("2026-01-15T00:00:00+01:00");
const hour = (number: number): Instant => instant(first + number * hourMs);

/** `[hour, state, sum]`. */
const rows = (...given: [number, number | null, number | null][]): FormerRow[] =>
  given.map(([number, state, sum]) => ({ start: hour(number), state, sum }));
const energies = (given: FormerRow[], unit: "kWh" | "Wh" = "Wh") =>
  adoptSums(given, unit).hours.map(({ energy }) => energy);

test("a kilowatt-hour is 60,000 watt-minutes and a watt-hour 60", () => {
  assert.equal(unitScale("kWh"), 60_000);
  assert.equal(fromUnit(1.5, "kWh"), 90_000);
  assert.equal(fromUnit(0.001, "kWh"), 60);
  // 0.00001 kWh are 0.6 watt-minutes, 0.000004 are 0.24.
  assert.equal(fromUnit(0.00001, "kWh"), 1);
  assert.equal(fromUnit(-0.000004, "kWh"), 0);
  assert.throws(() => fromUnit(Number.NaN, "kWh"), RangeError);
  assert.throws(() => fromUnit(Number.POSITIVE_INFINITY, "Wh"), RangeError);
});

test("whatever energy leaves comes back the same", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e13, max: 1e13 }), fc.constantFrom(...energyUnits), (energy, unit) => {
      assert.equal(fromUnit(inUnit(wattMinutes(energy), unit), unit), energy);
    }),
  );
});

test("adopted hours are the differences of the sums, after a base that is the first sum without its hour", () => {
  const adopted = adoptSums(rows([0, 5, 105], [1, 7, 112], [2, 0, 112]), "Wh");
  assert.deepEqual(adopted, {
    base: (105 - 5) * 60,
    hours: [5, 7, 0].map((energy, number) => ({ start: hour(number), energy: energy * 60 })),
    negativeSteps: 0,
    holes: 0,
    otherStates: 0,
    firstStart: hour(0),
    lastStart: hour(2),
    dailyBars: [],
  });
});

test("a first row without a state, or with one above its sum, has all of its sum on its hour", () => {
  for (const state of [null, 12_345]) {
    const { base, hours } = adoptSums(rows([0, state, 105], [1, 7, 112]), "Wh");
    assert.equal(base, 0);
    assert.deepEqual(
      hours.map(({ energy }) => energy / 60),
      [105, 7],
    );
  }
});

test("rounding the sums does not drift, however small the hours", () => {
  // A third of a watt-minute each: 0.33, 0.67, 1, 1.33 … round to 0, 1, 1, 1, 2, 2; 300 hours hold 100.
  const thirds = Array.from({ length: 300 }, (_, number): [number, number, number] => [
    number,
    1 / 180,
    (number + 1) / 180,
  ]);
  const found = energies(rows(...thirds));
  assert.deepEqual(found.slice(0, 6), [0, 1, 0, 0, 1, 0]);
  assert.equal(
    found.reduce((sum, energy) => sum + energy, 0),
    100,
  );
});

test("where a sum falls the hour holds its state, and the next ones go on from the new sum", () => {
  const { hours, negativeSteps, base } = adoptSums(
    rows([0, 5, 105], [1, 3, 3], [2, 4, 7], [3, null, 1], [4, 2, 3]),
    "Wh",
  );
  assert.equal(base, 100 * 60);
  assert.equal(negativeSteps, 2);
  assert.deepEqual(
    hours.map(({ energy }) => energy / 60),
    [5, 3, 4, 0, 2],
  );
});

test("a state above the sum that it begins is a meter's reading, not an energy", () => {
  assert.deepEqual(energies(rows([0, 5, 105], [1, 9000, 3])), [5 * 60, 3 * 60]);
  assert.deepEqual(energies(rows([0, 5, -105], [1, 1, -110])), [5 * 60, 1 * 60]);
});

test("hours without a sum are holes, and what they held stands in the next one", () => {
  const adopted = adoptSums(rows([0, 5, 5], [1, 6, null], [4, 2, 20], [5, 1, 21]), "Wh");
  assert.equal(adopted.holes, 3);
  assert.deepEqual(
    adopted.hours.map(({ start, energy }) => [start, energy / 60]),
    [
      [hour(0), 5],
      [hour(4), 15],
      [hour(5), 1],
    ],
  );
  assert.equal(adopted.otherStates, 0);
});

test("states that are no hourly energies are counted", () => {
  assert.equal(adoptSums(rows([0, 5, 5], [1, 9001, 7], [2, 9003, 9], [3, 3, 11]), "Wh").otherStates, 2);
});

test("nothing is adopted from nothing", () => {
  assert.deepEqual(adoptSums(rows([0, 5, null]), "kWh"), {
    base: 0,
    hours: [],
    negativeSteps: 0,
    holes: 0,
    otherStates: 0,
    firstStart: null,
    lastStart: null,
    dailyBars: [],
  });
});

test("what was exported in either unit is adopted to the watt-minute", () => {
  const given = fc.array(fc.integer({ min: 0, max: 3_000_000 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(given, fc.nat(1e9), fc.constantFrom(...energyUnits), (list, base, unit) => {
      const hours = list.map((energy, number) => ({ start: hour(number), energy: wattMinutes(energy) }));
      const exported = rowsOf({ base: BigInt(base), unit }, asWritten(hours), 0n);
      const adopted = adoptSums(exported, unit);
      assert.deepEqual(adopted.hours, hours);
      assert.equal(adopted.base, base);
      assert.equal(adopted.negativeSteps + adopted.holes + adopted.otherStates, 0);
    }),
  );
});

/** Rows of whole days, each with its energies in Wh. */
function daysOf(given: Readonly<Record<string, readonly number[]>>): FormerRow[] {
  let sum = 0;
  return Object.entries(given).flatMap(([date, list]) =>
    list.map((state, number) => {
      sum += state;
      return { start: instant(boundsOf(localDate(date)).start + number * hourMs), state, sum };
    }),
  );
}
const parts = (count: number, energyWh: number) => Array.from({ length: count }, () => energyWh);

test("a day on one hour, or in equal parts, was never measured by the hour", () => {
  const varied = parts(24, 500).map((energy, number) => energy + 3 * number);
  const adopted = adoptSums(
    daysOf({
      "2026-03-27": varied,
      "2026-03-28": [9000],
      "2026-03-29": parts(23, 411),
      "2026-03-30": parts(24, 400),
      "2026-03-31": [0, 0, 7000, ...parts(21, 0)],
      "2026-04-01": parts(24, 0),
      "2026-04-02": parts(24, 4),
      "2026-04-03": parts(12, 400),
      "2026-10-25": parts(25, 300),
      "2026-10-26": varied,
    }),
    "Wh",
  );
  assert.deepEqual(adopted.dailyBars, [
    { date: "2026-03-28", shape: "one_hour" },
    { date: "2026-03-29", shape: "equal_hours" },
    { date: "2026-03-30", shape: "equal_hours" },
    { date: "2026-03-31", shape: "one_hour" },
    { date: "2026-10-25", shape: "equal_hours" },
  ]);
});

test("equal parts are equal although their sums were rounded to the watt-hour", () => {
  let exact = 0;
  const rounded = Array.from({ length: 24 }, (_, number): [number, number, number] => {
    exact += 0.514375;
    return [number, 0.514, Math.round(exact * 1000) / 1000];
  });
  assert.deepEqual(adoptSums(rows(...rounded), "kWh").dailyBars, [{ date: "2026-01-15", shape: "equal_hours" }]);
});
