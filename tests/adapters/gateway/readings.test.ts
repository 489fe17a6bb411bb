import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDaily, parseMaxPower } from "../../../src/adapters/gateway/readings.ts";
import { days, reading } from "./support.ts";

const week = days("2026-11-13", "2026-11-19");

test("daily values come in order, inside the period, numbers or texts alike", () => {
  const points = [
    { value: 14401, date: "2026-11-18" },
    { value: "11776", date: "2026-11-17" },
    { value: "1", date: "2026-11-12" },
    { value: "2", date: "2026-11-20" },
  ];
  assert.deepEqual(parseDaily(reading(points), week, undefined), {
    outcome: "data",
    data: [
      { date: "2026-11-17", energyWh: 11776 },
      { date: "2026-11-18", energyWh: 14401 },
    ],
  });
});

test("a daily zero is a value, and a daily blank is none", () => {
  const points = [
    { value: "0", date: "2026-11-17" },
    { value: "", date: "2026-11-18" },
    { value: null, date: "2026-11-19" },
  ];
  assert.deepEqual(parseDaily(reading(points), week, undefined), {
    outcome: "data",
    data: [{ date: "2026-11-17", energyWh: 0 }],
  });
});

test("of two values for one day the one that is not zero stands, in either order, else the first", () => {
  const twice = (a: string, b: string) =>
    parseDaily(
      reading([
        { value: a, date: "2026-11-17" },
        { value: b, date: "2026-11-17" },
      ]),
      week,
      undefined,
    );
  const one = (energyWh: number) => ({ outcome: "data", data: [{ date: "2026-11-17", energyWh }] });
  assert.deepEqual(twice("0", "643"), one(643));
  assert.deepEqual(twice("643", "0"), one(643));
  assert.deepEqual(twice("643", "644"), one(643));
  assert.deepEqual(twice("0", "0"), one(0));
});

test("an empty list, no list and no data are no data", () => {
  const empty = { outcome: "no_data", message: "An empty answer" };
  for (const data of [
    reading([]),
    { meter_reading: { interval_reading: null } },
    { meter_reading: {} },
    null,
    undefined,
  ])
    assert.deepEqual(parseDaily(data, week, undefined), empty);
  assert.deepEqual(parseDaily(reading([{ value: "5", date: "2026-01-01" }]), week, undefined), empty);
});

test("what cannot be read is left out and told", () => {
  const points = [
    { value: "12.5", date: "2026-11-17" },
    { value: "9", date: "17/11/2026" },
    { value: "643", date: "2026-11-18T00:00:00+01:00" },
  ];
  assert.deepEqual(parseDaily(reading(points), week, undefined), {
    outcome: "data",
    data: [{ date: "2026-11-18", energyWh: 643 }],
    incomplete: "2 points could not be read",
  });
});

test("kilowatt-hours are taken for what they are, a wrong unit of the daily route is not believed", () => {
  const withUnit = (unit: string, value: string) => ({
    meter_reading: { reading_type: { unit }, interval_reading: [{ value, date: "2026-11-17" }] },
  });
  const one = { outcome: "data", data: [{ date: "2026-11-17", energyWh: 11776 }] };
  assert.deepEqual(parseDaily(withUnit("kWh", "11.776"), week, undefined), one);
  assert.deepEqual(parseDaily(withUnit("W", "11776"), week, undefined), one);
});

test("what the source says is missing is passed on", () => {
  const answer = parseDaily(reading([{ value: "1", date: "2026-11-17" }]), week, "Some data could not be fetched");
  assert.equal(answer.outcome === "data" && answer.incomplete, "Some data could not be fetched");
  assert.deepEqual(parseDaily(reading([]), week, "Some data could not be fetched"), {
    outcome: "no_data",
    message: "Some data could not be fetched",
  });
});

test("nothing at all for want of quota is the quota, not an absence", () => {
  const remark = "Rate limit exceeded. Returning cached data only.";
  assert.deepEqual(parseDaily(reading([]), week, remark), { outcome: "quota", message: remark });
  const some = parseDaily(reading([{ value: "1", date: "2026-11-17" }]), week, remark);
  assert.equal(some.outcome === "data" && some.incomplete, remark);
});

test("another shape is an error of the contract", () => {
  for (const data of [[], { meter_reading: [] }, { readings: [] }, { meter_reading: { interval_reading: "x" } }])
    assert.throws(() => parseDaily(data, week, undefined), { name: "ZodError" });
});

test("a peak has its instant and the day of its label", () => {
  const points = [
    { value: "4638", date: "2026-11-17 12:06:20" },
    { value: "3570", date: "2026-11-18 00:00:10" },
  ];
  assert.deepEqual(parseMaxPower(reading(points), week, undefined), {
    outcome: "data",
    data: [
      { date: "2026-11-17", at: Date.UTC(2026, 10, 17, 11, 6, 20), powerVa: 4638 }, // UTC+1 in winter
      { date: "2026-11-18", at: Date.UTC(2026, 10, 17, 23, 0, 10), powerVa: 3570 },
    ],
  });
});

test("a peak in the repeated hour is taken at its first occurrence", () => {
  const points = [{ value: "4638", date: "2026-10-25 02:30:05" }];
  const answer = parseMaxPower(reading(points), days("2026-10-25"), undefined);
  assert.deepEqual(answer, {
    outcome: "data",
    data: [{ date: "2026-10-25", at: Date.UTC(2026, 9, 25, 0, 30, 5), powerVa: 4638 }], // 02:30 at UTC+2
  });
});

test("the highest of several peaks of a day is its maximum, and a peak without a time is not one", () => {
  const points = [
    { value: "3000", date: "2026-11-17 12:00:00" },
    { value: "4000", date: "2026-11-17 13:00:00" },
    { value: "3500", date: "2026-11-17 14:00:00" },
    { value: "9000", date: "2026-11-18" },
    { value: "", date: "2026-11-19 10:00:00" },
  ];
  assert.deepEqual(parseMaxPower(reading(points), week, undefined), {
    outcome: "data",
    data: [{ date: "2026-11-17", at: Date.UTC(2026, 10, 17, 12, 0, 0), powerVa: 4000 }],
    incomplete: "1 points could not be read",
  });
});
