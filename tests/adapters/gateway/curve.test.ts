import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCurve } from "../../../src/adapters/gateway/curve.ts";
import type { CurveReadings } from "../../../src/sync/source.ts";
import { days, reading } from "./support.ts";

const point = (date: string, value: unknown, interval_length: unknown = "PT30M") => ({
  value,
  date,
  interval_length,
  measure_type: "B",
});

function curveOf(points: readonly object[], from: string, to = from): CurveReadings {
  const answer = parseCurve(reading(points), days(from, to), undefined);
  if (answer.outcome !== "data") assert.fail(`${answer.outcome}: ${answer.message}`);
  return answer.data;
}

const starts = (curve: CurveReadings): string[] =>
  curve.slots.map(({ start }) => new Date(start).toISOString().slice(0, 16));

/** A whole day of half-hours as the gateway labels it; `skip` and `twice` are clock labels. */
function halfHours(
  date: string,
  { skip = [], twice = [] }: { skip?: readonly string[]; twice?: readonly string[] } = {},
) {
  const points: object[] = [];
  let value = 100;
  for (let minutes = 0; minutes < 24 * 60; minutes += 30) {
    const clock = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
    for (let i = twice.includes(clock) ? 2 : skip.includes(clock) ? 0 : 1; i > 0; i--)
      points.push(point(`${date} ${clock}:00`, String(value++)));
  }
  return points;
}

test("labels mark the start: a day runs from midnight to midnight in Paris", () => {
  const curve = curveOf(halfHours("2026-11-19"), "2026-11-19");
  assert.equal(curve.slots.length, 48);
  assert.deepEqual(curve.slots[0], { start: Date.UTC(2026, 10, 18, 23, 0), minutes: 30, powerW: 100 });
  assert.deepEqual(curve.slots[47], { start: Date.UTC(2026, 10, 19, 22, 30), minutes: 30, powerW: 147 });
  assert.deepEqual(curve.ambiguousDays, []);
});

for (const [year, day] of [
  [2025, 26],
  [2026, 25],
] as const) {
  test(`the autumn day of ${year} has 50 half-hours, sorted by label as when just fetched`, () => {
    const date = `${year}-10-${day}`;
    // The gateway's labels of that day: 01:30 and 02:00 twice (contract, section 6.3).
    const points = halfHours(date, { twice: ["01:30", "02:00"] });
    const curve = curveOf(points, date);
    assert.equal(curve.slots.length, 50);
    const at = (hours: number, minutes: number) =>
      curve.slots.find(({ start }) => start === Date.UTC(year, 9, day, hours, minutes));
    // 103, 104: 01:30 twice. 105, 106: 02:00 twice. 107: 02:30. 108: 03:00.
    assert.equal(at(-1, 30)?.powerW, 103); // 01:30 at UTC+2
    assert.equal(at(0, 0)?.powerW, 105); // 02:00 at UTC+2
    assert.equal(at(0, 30)?.powerW, 104); // 02:30 at UTC+2, labelled 01:30
    assert.equal(at(1, 0)?.powerW, 106); // 02:00 at UTC+1
    assert.equal(at(1, 30)?.powerW, 107); // 02:30 at UTC+1
    assert.equal(at(2, 0)?.powerW, 108); // 03:00 at UTC+1
    assert.deepEqual(curve.ambiguousDays, []);
  });
}

for (const [year, day] of [
  [2025, 30],
  [2026, 29],
] as const) {
  test(`the spring day of ${year} has 46 half-hours, one of them labelled with a time that does not exist`, () => {
    const date = `${year}-03-${day}`;
    // True starts 00:00, 00:30, 01:00, 01:30 (labelled 02:30), then 03:00 on.
    const curve = curveOf(halfHours(date, { skip: ["01:30", "02:00"] }), date);
    assert.equal(curve.slots.length, 46);
    assert.deepEqual(starts(curve).slice(2, 5), [`${date}T00:00`, `${date}T00:30`, `${date}T01:00`]);
    assert.equal(curve.slots[3]?.powerW, 103);
    assert.deepEqual(curve.ambiguousDays, []);
  });
}

test("a repeated hour with a missing half is told", () => {
  const curve = curveOf(halfHours("2026-10-25", { twice: ["01:30"] }), "2026-10-25"); // one 02:00 of two
  assert.equal(curve.slots.length, 49);
  assert.deepEqual(curve.ambiguousDays, ["2026-10-25"]);
});

test("the day before, which comes back when one day is asked, is dropped", () => {
  const curve = curveOf([...halfHours("2026-11-18"), ...halfHours("2026-11-19")], "2026-11-19");
  assert.equal(curve.slots.length, 48);
  assert.equal(curve.slots[0]?.start, Date.UTC(2026, 10, 18, 23, 0));
  const twoDays = [...halfHours("2026-11-18"), ...halfHours("2026-11-19")];
  assert.equal(parseCurve(reading(twoDays), days("2026-11-17"), undefined).outcome, "no_data");
});

test("an ambiguous day beside the period is not told", () => {
  const points = [...halfHours("2026-10-25", { twice: ["01:30"] }), ...halfHours("2026-10-26")];
  assert.deepEqual(curveOf(points, "2026-10-26").ambiguousDays, []);
});

test("blank points are missing, zeros are not", () => {
  const points = [
    point("2026-11-19 00:00:00", "0"),
    point("2026-11-19 00:30:00", ""),
    point("2026-11-19 01:00:00", null),
    point("2026-11-19 01:30:00", 12),
  ];
  assert.deepEqual(
    curveOf(points, "2026-11-19").slots.map(({ powerW }) => powerW),
    [0, 12],
  );
});

test("the step is the point's own, may change within a day, and is half an hour when not told", () => {
  const points = [
    point("2026-11-19 00:00:00", "60", "PT60M"),
    point("2026-11-19 01:00:00", "61", "PT1H"),
    point("2026-11-19 02:00:00", "62", undefined),
    { value: "63", date: "2026-11-19T02:30:00" },
    point("2026-11-19 03:00:00", "66", "PT10M"),
  ];
  assert.deepEqual(
    curveOf(points, "2026-11-19").slots.map(({ minutes, powerW }) => [minutes, powerW]),
    [
      [60, 60],
      [60, 61],
      [30, 62],
      [30, 63],
      [10, 66],
    ],
  );
});

test("the first of exact repeats stays", () => {
  const copies = [...halfHours("2026-11-19"), ...halfHours("2026-11-19")];
  const curve = curveOf(copies, "2026-11-19");
  assert.equal(curve.slots.length, 48);
  assert.equal(curve.slots[0]?.powerW, 100);
});

test("points that cannot be read are left out and counted", () => {
  const points = [
    point("2026-11-19 00:00:00", "100"),
    point("2026-11-19 00:30:00", "-5"),
    point("19/11/2026 01:00", "100"),
    point("2026-11-19 01:30:00", "100", "P1D"),
    point("2026-11-19 09:09:06", "100"),
  ];
  const answer = parseCurve(reading(points), days("2026-11-19"), undefined);
  assert.equal(answer.outcome, "data");
  assert.equal(answer.outcome === "data" && answer.data.slots.length, 1);
  assert.equal(answer.outcome === "data" && answer.incomplete, "4 points could not be read");
});

test("an empty list, as of a blacklisted period, is no data", () => {
  assert.deepEqual(parseCurve(reading([]), days("2026-11-19"), undefined), {
    outcome: "no_data",
    message: "An empty answer",
  });
});
