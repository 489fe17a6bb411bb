import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, isSameValue } from "../../../src/adapters/victoria-metrics/compare.ts";
import { wiresOf } from "../../../src/adapters/victoria-metrics/wire.ts";
import type { ExportDay } from "../../../src/sync/exports/series.ts";
import { halfHourSeries, halfHours } from "../../contracts/exporter.ts";

const [wire] = wiresOf(halfHourSeries, { metricNames: "documented", tempoColors: "english" });
const day = halfHours("2026-11-20", 100);
const first = Date.parse("2026-11-19T23:00:00Z");
const heldOf = ({ points }: ExportDay) => new Map(points.map(({ start, value }) => [start as number, [value]]));

function compared(held: ReadonlyMap<number, readonly number[]>): { missing: number[]; different: number[] } {
  assert.ok(wire);
  const { missing, different } = compare(wire, [day], held);
  return { missing: [...missing.timestamps], different: [...different.timestamps] };
}

test("a day that stands as it is lacks nothing", () => {
  assert.deepEqual(compared(heldOf(day)), { missing: [], different: [] });
});

test("what is absent is missing, and what has another value is different", () => {
  const held = heldOf(day);
  held.delete(first);
  held.set(first + 1_800_000, [1]);
  assert.deepEqual(compared(held), { missing: [first], different: [first + 1_800_000] });
});

test("one value twice is different: it counts twice in a sum", () => {
  assert.deepEqual(compared(heldOf(day).set(first, [100, 100])), { missing: [], different: [first] });
});

test("an instant between two points of the day is different, one before or after it is not", () => {
  const held = heldOf(day)
    .set(first + 60_000, [5])
    .set(first - 60_000, [5]);
  assert.deepEqual(compared(held), { missing: [], different: [first + 60_000] });
});

test("values are the same up to the digits that the server keeps", () => {
  assert.ok(isSameValue(12.345_678_901_234, 12.345_678_901_235));
  assert.ok(isSameValue(44_442_000, 44_442_000.000_01));
  assert.ok(!isSameValue(12.345, 12.346));
  assert.ok(isSameValue(0, 0));
  assert.ok(!isSameValue(0, 1e-12));
});
