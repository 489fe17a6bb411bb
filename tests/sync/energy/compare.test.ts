import assert from "node:assert/strict";
import { test } from "node:test";
import { instant, type WattMinutes, wattMinutes } from "../../../src/domain/units.ts";
import { type Curve, compareCurves, curveOf } from "../../../src/sync/energy/compare.ts";
import { dayOf, days, hoursOf, house, nightOf, nightWorker, type Shape } from "./world.ts";

const curve = (shape: Shape, dates = days): Curve =>
  new Map(hoursOf(shape, dates).map(({ start, energyWh }) => [start, wattMinutes(Math.round(energyWh * 60))]));
const scaled =
  (shape: Shape, factor: number): Shape =>
  (hour, day) =>
    shape(hour, day) * factor;
const daySum = (shape: Shape, day: number): number =>
  Array.from({ length: 24 }, (_, hour) => shape(hour, day)).reduce((a, b) => a + b, 0);
const compare = (other: Curve, mayBeLate = false) => compareCurves(curve(house), other, { mayBeLate });

test("the same curve is of one house, whole", () => {
  const found = compare(curve(house));
  assert.equal(found.commonDays, 10);
  assert.equal(found.alikeDays, 10);
  assert.equal(found.likeness, 1);
  assert.equal(found.from, "2026-11-01");
  assert.equal(found.to, "2026-11-10");
  assert.ok(found.isSameHouse);
  // A day is 24 × 200 + 2 × 1500 + 4 × 2400 = 17 400 Wh, and 24 × 37 = 888 Wh more each day: 174 000 + 45 × 888.
  assert.equal(found.ownEnergy, (174_000 + 45 * 888) * 60);
  assert.equal(found.otherEnergy, found.ownEnergy);
});

test("a clamp that shows six percent less is of the same house; one that shows a third less is not", () => {
  const clamp = compare(curve(scaled(house, 0.94)));
  assert.ok(clamp.isSameHouse);
  // Each hour: 1 - (1 - 0.94) / 1, to the watt-minute.
  assert.ok(Math.abs((clamp.likeness ?? 0) - 0.94) < 1e-5);
  assert.equal(compare(curve(scaled(house, 0.66))).isSameHouse, false);
});

test("one tariff period of the house is recognised beside the whole of it", () => {
  for (const part of [nightOf(house), dayOf(house)]) {
    const found = compare(curve(part));
    assert.equal(found.likeness, 1);
    assert.ok(found.isSameHouse);
    assert.ok(found.otherEnergy < found.ownEnergy);
  }
});

test("another household at the same time is another one", () => {
  const found = compare(curve(nightWorker));
  assert.equal(found.commonDays, 10);
  assert.equal(found.alikeDays, 0);
  assert.equal(found.isSameHouse, false);
});

test("four alike days among ten are chance, and two that are all there is are not", () => {
  const mostlyOther: Shape = (hour, day) => (day < 4 ? house : nightWorker)(hour, day);
  assert.equal(compare(curve(mostlyOther)).alikeDays, 4);
  assert.equal(compare(curve(mostlyOther)).isSameHouse, false);
  assert.ok(compare(curve(house, days.slice(0, 2))).isSameHouse);
});

test("days drawn on one hour, or in 24 equal parts, are compared by their energy", () => {
  const oneHour: Shape = (hour, day) => (hour === 0 ? daySum(house, day) : 0);
  const equalHours: Shape = (_, day) => daySum(house, day) / 24;
  for (const bars of [oneHour, equalHours]) {
    const found = compare(curve(bars));
    assert.ok((found.likeness ?? 0) > 0.999);
    assert.ok(found.isSameHouse);
  }
  // Days of 17.4 to 25.4 kWh against 0.9 of them: 0.9 is alike as a curve, not as a mere energy.
  assert.equal(compare(curve(scaled(oneHour, 0.9))).isSameHouse, false);
  assert.equal(compare(curve(oneHour, days.slice(0, 2))).isSameHouse, false);
});

test("an entity that is told of each day on the next morning is of the same house, a tool's series like that is not", () => {
  const nextMorning: Shape = (hour, day) => (hour === 8 && day > 0 ? 2 * daySum(house, day - 1) : 0);
  const grown = (hour: number, day: number) => house(hour, day) * (day % 2 === 0 ? 2 : 0.5);
  const own = curve(grown);
  const late: Shape = (hour, day) => (hour === 8 && day > 0 ? daySum(grown, day - 1) : 0);
  assert.ok(compareCurves(own, curve(late), { mayBeLate: true }).isSameHouse);
  assert.equal(compareCurves(own, curve(late), { mayBeLate: false }).isSameHouse, false);
  assert.equal(compare(curve(nextMorning), true).isSameHouse, false);
});

test("no day in common: nothing is said of likeness", () => {
  const found = compareCurves(curve(house, days.slice(0, 5)), curve(house, days.slice(5)), { mayBeLate: false });
  assert.equal(found.commonDays, 0);
  assert.equal(found.likeness, null);
  assert.equal(found.isSameHouse, false);
  assert.equal(found.from, null);
});

const row = (hour: number, sum: number | null) => ({
  start: instant(hour * 3_600_000),
  state: null,
  sum,
  mean: null,
  min: null,
  max: null,
  lastReset: null,
});

test("a curve is what the sums grow by, in any unit of energy; the first row only says where they begin", () => {
  const rows = [row(1, 10), row(2, 10.5), row(3, null), row(4, 12)];
  const expected = (perUnit: number): [number, WattMinutes][] => [
    [7_200_000, wattMinutes(0.5 * perUnit)],
    [14_400_000, wattMinutes(1.5 * perUnit)],
  ];
  assert.deepEqual([...(curveOf(rows, "kWh") ?? [])], expected(60_000));
  assert.deepEqual([...(curveOf(rows, "Wh") ?? [])], expected(60));
  // 3.6 MJ are a kilowatt-hour: 0.5 MJ = 138.889 Wh = 8333.3 watt-minutes.
  assert.deepEqual([...(curveOf(rows, "MJ")?.values() ?? [])], [8333, 25_000]);
  assert.equal(curveOf(rows, "EUR"), null);
  assert.equal(curveOf(rows, null), null);
});
