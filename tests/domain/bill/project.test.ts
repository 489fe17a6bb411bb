import assert from "node:assert/strict";
import { test } from "node:test";
import { projectMonth } from "../../../src/domain/bill/project.ts";
import { addDays, daysFromTo, localDate, weekdayOf } from "../../../src/domain/calendar.ts";
import type { DayCost } from "../../../src/domain/tariff/cost.ts";
import { microEur } from "../../../src/domain/tariff/price.ts";
import { type LocalDate, wattMinutes } from "../../../src/domain/units.ts";

const eur = 1_000_000;
const dayCost = (date: LocalDate, cost: number | null, isWhole = true): DayCost => ({
  date,
  energy: wattMinutes(60),
  cost: cost === null ? null : BigInt(cost * eur * 60_000),
  unpriced: wattMinutes(0),
  isWhole,
});
const days = (from: string, to: string, costOn: (date: LocalDate) => number): DayCost[] =>
  daysFromTo(localDate(from), localDate(to)).map((date) => dayCost(date, costOn(date)));

test("a month that is over is what it cost, without a range", () => {
  const projection = projectMonth({
    month: "2024-02",
    known: days("2024-02-01", "2024-02-29", () => 2),
    usual: [],
    standing: microEur(16_160_000),
  });
  assert.deepEqual(projection, {
    month: "2024-02",
    knownDays: 29,
    knownCost: 58 * eur,
    estimatedDays: { weekday_in_season: 0, weekday: 0, any_day: 0 },
    energy: { expected: 58 * eur, low: 58 * eur, high: 58 * eur },
    total: { expected: 74_160_000, low: 74_160_000, high: 74_160_000 },
  });
});

test("days to come cost what the same weekday costs at this time of the year", () => {
  // Summer days cost 1 €, winter weekdays 5 € and winter weekends 9 €.
  const usual = days("2022-12-01", "2023-11-15", (date) => {
    if (date.slice(5) > "03-31" && date.slice(5) < "10-16") return 1;
    return weekdayOf(date) >= 6 ? 9 : 5;
  });
  const projection = projectMonth({
    month: "2023-12",
    known: days("2023-12-01", "2023-12-10", () => 4),
    usual,
    standing: null,
  });
  // 11 to 31 December 2023: 15 weekdays and the three weekends of 16, 23 and 30.
  assert.deepEqual(projection?.energy, { expected: (40 + 15 * 5 + 6 * 9) * eur, low: 169 * eur, high: 169 * eur });
  assert.deepEqual(projection?.estimatedDays, { weekday_in_season: 21, weekday: 0, any_day: 0 });
  assert.equal(projection?.knownDays, 10);
  assert.equal(projection?.total, null);
});

test("the range is of the quartiles of each day, added up", () => {
  // The five Sundays before 30 June 2024, a Sunday, latest first; the fifth is 35 days away.
  const sunday = localDate("2024-06-30");
  const usual = [10, 1, 4, 2, 3].map((cost, weeks) => dayCost(addDays(sunday, -7 * (weeks + 1)), cost));
  const projection = projectMonth({
    month: "2024-06",
    known: days("2024-06-01", "2024-06-29", () => 1),
    usual,
    standing: microEur(eur),
  });
  // Four Sundays within 30 days: 10, 1, 4 and 2. Mean 4.25; quartiles at places 0 and 3 of 1, 2, 4, 10.
  assert.deepEqual(projection?.energy, { expected: 33_250_000, low: 30 * eur, high: 39 * eur });
  assert.deepEqual(projection?.total, { expected: 34_250_000, low: 31 * eur, high: 40 * eur });
});

test("without the season the same weekdays serve, then any days, then there is no projection", () => {
  const sundays = (weeks: number) =>
    Array.from({ length: weeks }, (_, week) => dayCost(addDays(localDate("2023-06-04"), 7 * week), 3));
  const month = { month: "2023-12", known: days("2023-12-01", "2023-12-30", () => 1), standing: null };
  // 31 December 2023 is a Sunday, as are the usual days.
  assert.deepEqual(projectMonth({ ...month, usual: sundays(4) })?.estimatedDays, {
    weekday_in_season: 0,
    weekday: 1,
    any_day: 0,
  });
  assert.equal(projectMonth({ ...month, usual: sundays(3) }), null);
  const mondays = sundays(7).map((day) => ({ ...day, date: addDays(day.date, 1) }));
  assert.equal(projectMonth({ ...month, usual: mondays.slice(0, 6) }), null);
  assert.equal(projectMonth({ ...month, usual: mondays })?.estimatedDays.any_day, 1);
});

test("a day that is not whole is estimated, and serves as no example", () => {
  const broken = dayCost(localDate("2024-02-29"), 50, false);
  const projection = projectMonth({
    month: "2024-02",
    known: [...days("2024-02-01", "2024-02-28", () => 1), broken, dayCost(localDate("2024-02-29"), null)],
    usual: [...days("2024-02-01", "2024-02-28", () => 1), broken],
    standing: null,
  });
  assert.equal(projection?.knownDays, 28);
  assert.equal(projection?.energy.expected, 29 * eur);
});
