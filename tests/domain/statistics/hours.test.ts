import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf, daysFromTo, localDate } from "../../../src/domain/calendar.ts";
import type { EnergySlot } from "../../../src/domain/slot.ts";
import { hoursOf } from "../../../src/domain/statistics/hours.ts";
import { parseOffPeak } from "../../../src/domain/tariff/off-peak.ts";
import type { PlanHistory } from "../../../src/domain/tariff/plan.ts";
import { type Stretch, stretchesOf } from "../../../src/domain/tariff/stretches.ts";
import { instant, minuteMs, wattMinutes } from "../../../src/domain/units.ts";

const at = (text: string) => instant(Date.parse(text));
const measured = (start: string, minutes: number, powerW: number): EnergySlot => ({
  start: at(start),
  minutes,
  energy: wattMinutes(powerW * minutes),
  origin: "measured",
});
const estimated = (start: string, minutes: number, energy: number): EnergySlot => ({
  start: at(start),
  minutes,
  energy: wattMinutes(energy),
  origin: "estimated",
});

const offPeak = (windows: string): PlanHistory => [
  { from: null, plan: { kind: "HC_HP", offPeak: parseOffPeak(windows).schedule }, origin: "user" },
];
const split = (date: string, windows: string): readonly Stretch[] =>
  stretchesOf(localDate(date), offPeak(windows), () => undefined);
const told = (slots: readonly EnergySlot[], stretches: readonly Stretch[]) =>
  hoursOf(slots, stretches).map(({ start, period, energy, estimated: isEstimated }) => [
    new Date(start).toISOString().slice(11, 16),
    period,
    energy,
    isEstimated,
  ]);

test("the half-hours of an hour are one entry per period", () => {
  const slots = [
    measured("2026-01-15T05:00+01:00", 30, 1000),
    measured("2026-01-15T05:30+01:00", 30, 500),
    measured("2026-01-15T06:00+01:00", 30, 200),
  ];
  assert.deepEqual(told(slots, split("2026-01-15", "22:00-06:00")), [
    ["04:00", "hc", 1000 * 30 + 500 * 30, false],
    ["05:00", "hp", 200 * 30, false],
  ]);
});

test("a measured half-hour that a window cuts at 22:54 is divided by its minutes, exactly", () => {
  const slots = [measured("2026-01-15T22:30+01:00", 30, 777)];
  assert.deepEqual(told(slots, split("2026-01-15", "22H54-6H54")), [
    ["21:00", "hc", 777 * 6, false],
    ["21:00", "hp", 777 * 24, false],
  ]);
});

test("an estimated one is divided in whole watt-minutes that keep its sum", () => {
  // 1001 over 24 and 6 of 30 minutes: 800.8 and 200.2; the larger remainder is rounded up.
  assert.deepEqual(told([estimated("2026-01-15T22:30+01:00", 30, 1001)], split("2026-01-15", "22H54-6H54")), [
    ["21:00", "hc", 200, true],
    ["21:00", "hp", 801, true],
  ]);
  // 7 over twice 30 minutes: 3.5 and 3.5; of equal remainders the earlier one.
  assert.deepEqual(told([estimated("2026-01-15T10:30+01:00", 60, 7)], split("2026-01-15", "22:00-06:00")), [
    ["09:00", "hp", 4, true],
    ["10:00", "hp", 3, true],
  ]);
});

test("an hour is estimated as soon as a part of it is", () => {
  const slots = [measured("2026-01-15T10:00+01:00", 30, 100), estimated("2026-01-15T10:30+01:00", 30, 600)];
  assert.deepEqual(told(slots, split("2026-01-15", "22:00-06:00")), [["09:00", "hp", 100 * 30 + 600, true]]);
});

test("a slot of zero gives an hour of zero, and no slot gives none", () => {
  const slots = [measured("2026-01-15T10:00+01:00", 30, 0), measured("2026-01-15T12:00+01:00", 30, 2)];
  assert.deepEqual(told(slots, split("2026-01-15", "22:00-06:00")), [
    ["09:00", "hp", 0, false],
    ["11:00", "hp", 2 * 30, false],
  ]);
  assert.deepEqual(hoursOf([], split("2026-01-15", "22:00-06:00")), []);
});

test("what is pending stands after the periods of its hour, and time outside all stretches is pending", () => {
  const [day] = [localDate("2026-01-15")];
  const { start } = boundsOf(day);
  const known: Stretch[] = [{ start, end: instant(start + 20 * minuteMs), period: "red_hp" }];
  assert.deepEqual(told([measured("2026-01-14T23:30+01:00", 60, 10)], known), [
    ["22:00", null, 10 * 30, false],
    ["23:00", "red_hp", 10 * 20, false],
    ["23:00", null, 10 * 10, false],
  ]);
});

test("a slot of three hours, and one across midnight over the stretches of two days", () => {
  const stretches = [...split("2026-01-15", "22:00-06:00"), ...split("2026-01-16", "1:00-6:00")];
  assert.deepEqual(told([measured("2026-01-15T23:30+01:00", 120, 60)], stretches), [
    ["22:00", "hc", 60 * 30, false],
    ["23:00", "hp", 60 * 60, false],
    ["00:00", "hc", 60 * 30, false],
  ]);
});

test("slots in any order give the same hours", () => {
  const slots = [
    measured("2026-01-15T05:30+01:00", 90, 333),
    measured("2026-01-15T07:00+01:00", 30, 10),
    measured("2026-01-15T09:00+01:00", 10, 20),
  ];
  const stretches = split("2026-01-15", "22:00-06:10");
  assert.deepEqual(told([...slots].reverse(), stretches), told(slots, stretches));
});

test("the repeated hour is two hours", () => {
  const slots = [measured("2026-10-25T02:00+02:00", 60, 100), measured("2026-10-25T02:00+01:00", 60, 200)];
  assert.deepEqual(told(slots, split("2026-10-25", "2H00-3H00")), [
    ["00:00", "hc", 100 * 60, false],
    ["01:00", "hc", 200 * 60, false],
  ]);
});

test("slots ten years apart find their stretches", () => {
  const stretches = daysFromTo(localDate("2015-01-01"), localDate("2024-12-31")).flatMap((date) =>
    split(date, "22:00-06:00"),
  );
  const last = hoursOf(
    [measured("2015-01-01T01:00+01:00", 30, 1), measured("2024-12-31T23:30+01:00", 30, 2)],
    stretches,
  );
  assert.deepEqual(
    last.map(({ period, energy }) => [period, energy]),
    [
      ["hc", 30],
      ["hc", 60],
    ],
  );
});
