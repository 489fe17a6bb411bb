import assert from "node:assert/strict";
import { test } from "node:test";
import { hourMs, type Instant, instant } from "../../../src/domain/units.ts";
import { compareRows, strangersOf } from "../../../src/sync/statistics/compare.ts";
import type { StatisticRow } from "../../../src/sync/statistics/recorder.ts";

const at = (hour: number): Instant => instant(Date.UTC(2026, 10, 1) + hour * hourMs);
const row = (hour: number, state: number | null, sum: number | null): StatisticRow => ({
  start: at(hour),
  state,
  sum,
  mean: null,
  min: null,
  max: null,
  lastReset: null,
});
const wanted = [
  { start: at(0), state: 1, sum: 1 },
  { start: at(1), state: 2, sum: 3 },
  { start: at(2), state: 0.5, sum: 3.5 },
];

test("rows that are there as wanted, with others between them, are the same", () => {
  assert.equal(compareRows(wanted, [row(0, 1, 1), row(1, 2, 3), row(2, 0.5, 3.5)]), null);
  assert.equal(
    compareRows(
      [wanted[0], wanted[2]].flatMap((each) => each ?? []),
      [row(0, 1, 1), row(1, 9, 9), row(2, 0.5, 3.5)],
    ),
    null,
  );
});

test("the first row that is absent, has another sum, another state or none is told", () => {
  assert.equal(compareRows(wanted, [row(0, 1, 1), row(2, 0.5, 3.5)]), at(1));
  assert.equal(compareRows(wanted, [row(0, 1, 1), row(1, 2, 3.001), row(2, 0.5, 3.5)]), at(1));
  assert.equal(compareRows(wanted, [row(0, 1, 1), row(1, 2, 3), row(2, 0.6, 3.5)]), at(2));
  assert.equal(compareRows(wanted, [row(0, null, 1), row(1, 2, 3), row(2, 0.5, 3.5)]), at(0));
  assert.equal(compareRows(wanted, []), at(0));
});

test("a state is no difference where only sums count", () => {
  const there = [row(0, 7, 1), row(1, null, 3), row(2, 0.5, 3.5)];
  assert.equal(compareRows(wanted, there, { sumsOnly: true }), null);
  assert.equal(compareRows(wanted, [row(0, 7, 2)], { sumsOnly: true }), at(0));
});

test("a thousandth of a watt-hour is a difference, the last bit of a large double is none", () => {
  assert.equal(compareRows([{ start: at(0), state: 0, sum: 1 }], [row(0, 0, 1.000_002)]), at(0));
  assert.equal(
    compareRows([{ start: at(0), state: 0, sum: 123_456_789.1 }], [row(0, 0, 123_456_789.100_000_01)]),
    null,
  );
  // A watt-hour in a sum of 123 MWh, both in Wh.
  assert.equal(compareRows([{ start: at(0), state: 0, sum: 123_456_789 }], [row(0, 0, 123_456_790)]), at(0));
});

test("strangers are the rows that nobody wanted", () => {
  assert.deepEqual(strangersOf(wanted, [row(0, 1, 1), row(3, 1, 1), row(4, 1, 1)]), [at(3), at(4)]);
});
