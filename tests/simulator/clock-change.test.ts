import assert from "node:assert/strict";
import { test } from "node:test";
import { localDate } from "../../src/domain/calendar.ts";
import { instant, minuteMs } from "../../src/domain/units.ts";
import { type StepMinutes, sourceOfPower } from "../../src/simulator/energy-source.ts";
import { at } from "../../src/simulator/meter.ts";
import { Bench, daysOf, field, labelsOf, list, pdl, plainPoint, points } from "./bench.ts";

/** A meter that draws 2 W more in each half-hour since Paris midnight: the value tells the true position. */
const counting = (date: string, minutes: StepMinutes = 30) =>
  sourceOfPower(({ start }) => (2 * (start - at(date, 0))) / (30 * minuteMs), { minutes });

const night = (labels: readonly string[]): string[] => labels.filter((label) => label >= "01:00" && label <= "03:00");

test("October: 50 points; fetched in the order of labels, cached in the order of time", async () => {
  const bench = new Bench("2026-10-26T11:00:00Z", [plainPoint({ consumption: counting("2026-10-25") })]);
  const fetched = await bench.batch("2026-10-24", "2026-10-25", true);
  assert.equal(daysOf(fetched)["2026-10-25"], 50);
  assert.deepEqual(night(labelsOf(fetched, "2026-10-25")).slice(1), [
    "01:30",
    "01:30",
    "02:00",
    "02:00",
    "02:30",
    "03:00",
  ]);
  const cached = await bench.batch("2026-10-24", "2026-10-25", true);
  assert.deepEqual(night(labelsOf(cached, "2026-10-25")).slice(1), [
    "01:30",
    "02:00",
    "01:30",
    "02:00",
    "02:30",
    "03:00",
  ]);
  const valuesOf = (answer: typeof fetched): string[] =>
    points(answer)
      .filter(({ date }) => date >= "2026-10-25 01:30" && date <= "2026-10-25 03:00:00")
      .map(({ value }) => value);
  // True order of the half-hours from 01:30+02: 3, 4, 5, 6, 7, 8, twice as many W.
  assert.deepEqual(valuesOf(fetched), ["6", "10", "8", "12", "14", "16"]);
  assert.deepEqual(valuesOf(cached), ["6", "8", "10", "12", "14", "16"]);
});

test("October: the detail route's cache loses the repeated hour, 48 of 50 points", async () => {
  const bench = new Bench("2026-10-27T11:00:00Z", [plainPoint({ consumption: counting("2026-10-25") })]);
  assert.equal(daysOf(await bench.detail("2026-10-25", "2026-10-26", true))["2026-10-25"], 50);
  assert.equal(daysOf(await bench.detail("2026-10-25", "2026-10-26", true))["2026-10-25"], 48);
});

test("March: 46 points, and 01:30 to 03:00 is labelled 02:30, which no clock shows", async () => {
  const bench = new Bench("2026-03-30T11:00:00Z", [plainPoint({ consumption: counting("2026-03-29") })]);
  const fetched = await bench.batch("2026-03-28", "2026-03-29", true);
  assert.equal(daysOf(fetched)["2026-03-29"], 46);
  assert.deepEqual(night(labelsOf(fetched, "2026-03-29")), ["01:00", "02:30", "03:00"]);
  // 46 ≥ 0.9 × 48: complete, nothing is asked again.
  await bench.batch("2026-03-28", "2026-03-29", true);
  assert.equal(bench.used.cached, 1);
});

test("March: the detail route never finds the day complete and tells it twice", async () => {
  const bench = new Bench("2026-03-31T11:00:00Z", [plainPoint({ consumption: counting("2026-03-29") })]);
  await bench.detail("2026-03-29", "2026-03-30", true);
  // The 30th is missing and the 29th incomplete: asked from the 29th to the 30th, excluded.
  assert.equal(daysOf(await bench.detail("2026-03-29", "2026-03-30", true))["2026-03-29"], 92);
});

test("the daily values hold 25 and 23 hours", async () => {
  const wh = async (now: string, date: string, next: string): Promise<unknown> => {
    const answer = await new Bench(now).daily(date, next);
    return field(list(field(answer.data, "meter_reading", "interval_reading"))[0], "value");
  };
  // 50 × 250 Wh and 46 × 250 Wh
  assert.equal(await wh("2026-10-27T11:00:00Z", "2026-10-25", "2026-10-26"), "12500");
  assert.equal(await wh("2026-03-31T11:00:00Z", "2026-03-29", "2026-03-30"), "11500");
});

test("October at 60 minutes: the END labels 02:00, 02:00, 03:00 become 01:00, 01:00, 02:00", async () => {
  const bench = new Bench("2026-10-26T11:00:00Z", [plainPoint({ consumption: counting("2026-10-25", 60) })]);
  const answer = await bench.batch("2026-10-24", "2026-10-25", false);
  assert.deepEqual(labelsOf(answer, "2026-10-25").slice(0, 5), ["00:00", "01:00", "01:00", "02:00", "03:00"]);
  assert.equal(daysOf(answer)["2026-10-25"], 25);
});

test("October at 10 and 15 minutes has six and four pairs of equal labels", async () => {
  for (const [minutes, pairs] of [
    [10, 6],
    [15, 4],
  ] as const) {
    const bench = new Bench("2026-10-26T11:00:00Z", [plainPoint({ consumption: counting("2026-10-25", minutes) })]);
    const labels = labelsOf(await bench.batch("2026-10-24", "2026-10-25", false), "2026-10-25");
    assert.equal(labels.length, 1500 / minutes);
    assert.equal(labels.length - new Set(labels).size, pairs);
  }
});

test("the maximum power and the production detail of these days come unshifted and shifted", async () => {
  const bench = new Bench("2026-10-26T11:00:00Z", [
    plainPoint({ consumption: counting("2026-10-25"), production: counting("2026-10-25") }),
  ]);
  const power = await bench.get(`/enedis/power/${pdl}`, { start: "2026-10-25", end: "2026-10-26" });
  // The strongest half-hour is the last: 23:30 to 24:00.
  assert.match(points(power)[0]?.date ?? "", /^2026-10-25 23:[3-5]\d:\d\d$/);
  const detail = await bench.detail("2026-10-25", "2026-10-26", false, "production");
  // Enedis' own order: chronological.
  assert.deepEqual(night(labelsOf(detail, "2026-10-25")).slice(1), [
    "01:30",
    "02:00",
    "01:30",
    "02:00",
    "02:30",
    "03:00",
  ]);
});

test("a step may change inside a day: 60 minutes until noon, then 30", async () => {
  const noon = instant(Date.parse("2026-11-18T11:00:00Z"));
  const consumption = sourceOfPower(() => 500, { minutes: 60, changes: [{ from: noon, minutes: 30 }] });
  const bench = new Bench("2026-11-21T11:00:00Z", [plainPoint({ consumption })]);
  const day = points(await bench.batch("2026-11-17", "2026-11-18", false)).filter(({ date }) =>
    date.startsWith("2026-11-18"),
  );
  // 12 hours, then 24 half-hours.
  assert.equal(day.length, 36);
  assert.deepEqual([day[11]?.interval_length, day[12]?.interval_length], ["PT60M", "PT30M"]);
  assert.deepEqual([day[11]?.date, day[12]?.date], ["2026-11-18 11:00:00", "2026-11-18 12:00:00"]);
  assert.throws(
    () => sourceOfPower(() => 0, { changes: [{ from: instant(noon + 10 * minuteMs), minutes: 60 }] }),
    /whole hour/,
  );
  assert.equal(localDate("2026-11-18"), "2026-11-18");
});
