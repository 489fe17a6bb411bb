import assert from "node:assert/strict";
import { test } from "node:test";
import { type LabelledPoint, resolveCurve } from "../../src/domain/labels.ts";
import { watts } from "../../src/domain/units.ts";

function points(minutes: number, ...rows: [label: string, powerW: number][]): LabelledPoint[] {
  return rows.map(([label, powerW]) => ({
    labelWall: Date.parse(`${label.replace(" ", "T")}Z`),
    minutes,
    powerW: watts(powerW),
  }));
}
const readable = (curve: ReturnType<typeof resolveCurve>) =>
  curve.slots.map((slot) => `${new Date(slot.start).toISOString().slice(0, 16)}Z ${slot.powerW}`);

// True starts 01:30+02, 02:00+02, 02:30+02, 02:00+01, 02:30+01, 03:00+01 carry 104 to 109.
const autumn = [
  "2026-10-24T23:30Z 104",
  "2026-10-25T00:00Z 105",
  "2026-10-25T00:30Z 106",
  "2026-10-25T01:00Z 107",
  "2026-10-25T01:30Z 108",
  "2026-10-25T02:00Z 109",
];

test("the autumn hour sorted by label, as the gateway gives it when fetched", () => {
  const curve = resolveCurve(
    points(
      30,
      ["2026-10-25 01:30:00", 104],
      ["2026-10-25 01:30:00", 106],
      ["2026-10-25 02:00:00", 105],
      ["2026-10-25 02:00:00", 107],
      ["2026-10-25 02:30:00", 108],
      ["2026-10-25 03:00:00", 109],
    ),
    "start",
  );
  assert.deepEqual(readable(curve), autumn);
  assert.deepEqual(curve.ambiguousDays, []);
});

test("the autumn hour in the order of time, as the gateway gives it from its cache", () => {
  const curve = resolveCurve(
    points(
      30,
      ["2026-10-25 01:30:00", 104],
      ["2026-10-25 02:00:00", 105],
      ["2026-10-25 01:30:00", 106],
      ["2026-10-25 02:00:00", 107],
      ["2026-10-25 02:30:00", 108],
      ["2026-10-25 03:00:00", 109],
    ),
    "start",
  );
  assert.deepEqual(readable(curve), autumn);
  assert.deepEqual(curve.ambiguousDays, []);
});

test("the autumn hour with END labels, as Enedis and the exports give it", () => {
  const curve = resolveCurve(
    points(
      30,
      ["2026-10-25 02:00:00", 104],
      ["2026-10-25 02:30:00", 105],
      ["2026-10-25 02:00:00", 106],
      ["2026-10-25 02:30:00", 107],
      ["2026-10-25 03:00:00", 108],
      ["2026-10-25 03:30:00", 109],
    ),
    "end",
  );
  assert.deepEqual(readable(curve), autumn);
});

test("two equal half-hours of equal power in the autumn hour are two half-hours, not a repeat", () => {
  const curve = resolveCurve(points(30, ["2026-10-25 01:30:00", 200], ["2026-10-25 01:30:00", 200]), "start");
  assert.deepEqual(readable(curve), ["2026-10-24T23:30Z 200", "2026-10-25T00:30Z 200"]);
});

test("the spring label 02:30, which no clock shows, starts at 01:30 winter time", () => {
  const curve = resolveCurve(
    points(30, ["2026-03-29 01:00:00", 103], ["2026-03-29 02:30:00", 104], ["2026-03-29 03:00:00", 105]),
    "start",
  );
  assert.deepEqual(readable(curve), ["2026-03-29T00:00Z 103", "2026-03-29T00:30Z 104", "2026-03-29T01:00Z 105"]);
  assert.deepEqual(curve.ambiguousDays, []);
});

test("at 60 minutes the autumn END labels are 02:00, 02:00, 03:00 and the spring START label is 02:00", () => {
  assert.deepEqual(
    readable(
      resolveCurve(
        points(60, ["2026-10-25 02:00:00", 1], ["2026-10-25 02:00:00", 2], ["2026-10-25 03:00:00", 3]),
        "end",
      ),
    ),
    ["2026-10-24T23:00Z 1", "2026-10-25T00:00Z 2", "2026-10-25T01:00Z 3"],
  );
  // 01:00+01 to 03:00+02 lasts an hour: END 03:00, label 03:00 - 60 min = 02:00.
  const spring = resolveCurve(points(60, ["2026-03-29 02:00:00", 7], ["2026-03-29 03:00:00", 8]), "start");
  assert.deepEqual(readable(spring), ["2026-03-29T00:00Z 7", "2026-03-29T01:00Z 8"]);
  assert.deepEqual(spring.ambiguousDays, []);
});

for (const [minutes, pairs] of [
  [15, 4],
  [10, 6],
] as const) {
  test(`at ${minutes} minutes the autumn hour holds ${pairs} pairs, in both orders`, () => {
    const start = Date.parse("2026-10-24T22:00:00Z");
    const trueSlots = Array.from({ length: (25 * 60) / minutes }, (_, i) => ({
      start: start + i * minutes * 60_000,
      powerW: watts(i),
    }));
    const change = Date.parse("2026-10-25T01:00:00Z");
    const labelled = trueSlots.map(({ start, powerW }) => {
      const end = start + minutes * 60_000;
      const endWall = end + (end < change ? 2 : 1) * 3_600_000;
      return { labelWall: endWall - minutes * 60_000, minutes, powerW };
    });
    const byLabel = [...labelled].sort((a, b) => a.labelWall - b.labelWall);
    assert.equal(labelled.length - new Set(labelled.map((point) => point.labelWall)).size, pairs);
    for (const order of [labelled, byLabel]) {
      const curve = resolveCurve(order, "start");
      assert.deepEqual(
        curve.slots.map((slot) => [slot.start as number, slot.powerW as number]),
        trueSlots.map((slot) => [slot.start, slot.powerW]),
      );
      assert.deepEqual(curve.ambiguousDays, []);
    }
  });
}

test("a single label of the autumn hour is decided by the order of time where the answer keeps it", () => {
  // END 02:00+02 is missing: 02:30+02, 02:00+01, 02:30+01.
  const curve = resolveCurve(
    points(30, ["2026-10-25 02:30:00", 105], ["2026-10-25 02:00:00", 106], ["2026-10-25 02:30:00", 107]),
    "end",
  );
  assert.deepEqual(readable(curve), ["2026-10-25T00:00Z 105", "2026-10-25T00:30Z 106", "2026-10-25T01:00Z 107"]);
  assert.deepEqual(curve.ambiguousDays, []);
});

test("a single label in an answer sorted by label is kept as the first occurrence and its day is told", () => {
  const curve = resolveCurve(
    points(30, ["2026-10-25 01:30:00", 104], ["2026-10-25 02:00:00", 105], ["2026-10-25 02:00:00", 107]),
    "start",
  );
  assert.deepEqual(readable(curve), ["2026-10-24T23:30Z 104", "2026-10-25T00:00Z 105", "2026-10-25T01:00Z 107"]);
  assert.deepEqual(curve.ambiguousDays, ["2026-10-25"]);
});

test("exact repeats are dropped, the first copy stays", () => {
  const curve = resolveCurve(
    points(30, ["2026-11-18 00:00:00", 540], ["2026-11-18 00:00:00", 530], ["2026-11-18 00:30:00", 300]),
    "start",
  );
  assert.deepEqual(readable(curve), ["2026-11-17T23:00Z 540", "2026-11-17T23:30Z 300"]);
  assert.equal(curve.repeats, 1);
});

test("a doubled autumn day keeps one copy of each of its 50 half-hours", () => {
  const labels: [string, number][] = [
    ["2026-10-25 01:00:00", 103],
    ["2026-10-25 01:00:00", 103],
    ["2026-10-25 01:30:00", 104],
    ["2026-10-25 01:30:00", 106],
    ["2026-10-25 01:30:00", 104],
    ["2026-10-25 01:30:00", 106],
    ["2026-10-25 02:00:00", 105],
    ["2026-10-25 02:00:00", 107],
    ["2026-10-25 02:00:00", 105],
    ["2026-10-25 02:00:00", 107],
    ["2026-10-25 02:30:00", 108],
    ["2026-10-25 02:30:00", 108],
    ["2026-10-25 03:00:00", 109],
    ["2026-10-25 03:00:00", 109],
  ];
  const curve = resolveCurve(points(30, ...labels), "start");
  assert.deepEqual(readable(curve), ["2026-10-24T23:00Z 103", ...autumn]);
  assert.equal(curve.repeats, 7);
  assert.deepEqual(curve.ambiguousDays, []);
});

test("labels off the minute are no interval, and an unordered answer comes out in order", () => {
  const curve = resolveCurve(
    points(30, ["2026-11-18 01:00:00", 3], ["2026-11-18 09:09:06", 9], ["2026-11-18 00:30:00", 2]),
    "start",
  );
  assert.deepEqual(readable(curve), ["2026-11-17T23:30Z 2", "2026-11-18T00:00Z 3"]);
  assert.equal(curve.offGrid, 1);
});

test("a step change inside a day leaves neither hole nor overlap", () => {
  const curve = resolveCurve(
    [
      ...points(60, ["2026-11-18 08:00:00", 100]),
      ...points(30, ["2026-11-18 09:00:00", 200], ["2026-11-18 09:30:00", 300]),
    ],
    "start",
  );
  assert.deepEqual(
    curve.slots.map((slot) => slot.minutes),
    [60, 30, 30],
  );
});
