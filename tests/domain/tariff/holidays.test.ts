import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays, localDate, weekdayOf } from "../../../src/domain/calendar.ts";
import { easterOf, holidaysOf, isHoliday } from "../../../src/domain/tariff/holidays.ts";

// Easter Sundays as calendars print them, and their Mondays, Ascensions and Whit Mondays: days 1, 39 and 50 after.
const moved: readonly (readonly [
  easter: string,
  goodFriday: string,
  monday: string,
  ascension: string,
  whit: string,
])[] = [
  ["2015-04-05", "2015-04-03", "2015-04-06", "2015-05-14", "2015-05-25"],
  ["2016-03-27", "2016-03-25", "2016-03-28", "2016-05-05", "2016-05-16"],
  ["2017-04-16", "2017-04-14", "2017-04-17", "2017-05-25", "2017-06-05"],
  ["2018-04-01", "2018-03-30", "2018-04-02", "2018-05-10", "2018-05-21"],
  ["2019-04-21", "2019-04-19", "2019-04-22", "2019-05-30", "2019-06-10"],
  ["2020-04-12", "2020-04-10", "2020-04-13", "2020-05-21", "2020-06-01"],
  ["2021-04-04", "2021-04-02", "2021-04-05", "2021-05-13", "2021-05-24"],
  ["2022-04-17", "2022-04-15", "2022-04-18", "2022-05-26", "2022-06-06"],
  ["2023-04-09", "2023-04-07", "2023-04-10", "2023-05-18", "2023-05-29"],
  ["2024-03-31", "2024-03-29", "2024-04-01", "2024-05-09", "2024-05-20"],
  ["2025-04-20", "2025-04-18", "2025-04-21", "2025-05-29", "2025-06-09"],
  ["2026-04-05", "2026-04-03", "2026-04-06", "2026-05-14", "2026-05-25"],
  ["2027-03-28", "2027-03-26", "2027-03-29", "2027-05-06", "2027-05-17"],
  ["2028-04-16", "2028-04-14", "2028-04-17", "2028-05-25", "2028-06-05"],
  ["2029-04-01", "2029-03-30", "2029-04-02", "2029-05-10", "2029-05-21"],
  ["2030-04-21", "2030-04-19", "2030-04-22", "2030-05-30", "2030-06-10"],
  ["2031-04-13", "2031-04-11", "2031-04-14", "2031-05-22", "2031-06-02"],
  ["2032-03-28", "2032-03-26", "2032-03-29", "2032-05-06", "2032-05-17"],
  ["2033-04-17", "2033-04-15", "2033-04-18", "2033-05-26", "2033-06-06"],
  ["2034-04-09", "2034-04-07", "2034-04-10", "2034-05-18", "2034-05-29"],
  ["2035-03-25", "2035-03-23", "2035-03-26", "2035-05-03", "2035-05-14"],
];

test("Easter and the days it moves, from 2015 to 2035", () => {
  assert.deepEqual(
    moved.map(([easter]) => easter.slice(0, 4)),
    Array.from({ length: 21 }, (_, year) => String(2015 + year)),
  );
  for (const [easter, goodFriday, monday, ascension, whit] of moved) {
    const year = Number(easter.slice(0, 4));
    assert.equal(easterOf(year), easter);
    for (const day of [monday, ascension, whit]) assert.ok(isHoliday(localDate(day), "mainland"), day);
    assert.equal(isHoliday(localDate(easter), "mainland"), false, "a Sunday of its own account is none");
    assert.equal(isHoliday(localDate(goodFriday), "mainland"), false);
    assert.ok(isHoliday(localDate(goodFriday), "alsace_moselle"), goodFriday);
  }
});

test("Easter is a Sunday between 22 March and 25 April in every year of four centuries", () => {
  for (let year = 1970; year < 2370; year++) {
    const easter = easterOf(year);
    assert.equal(weekdayOf(easter), 7, easter);
    assert.ok(easter.slice(5) >= "03-22" && easter.slice(5) <= "04-25", easter);
  }
  // The two ends, and the years in which the algorithm's last correction decides.
  assert.deepEqual([2285, 2038, 1954, 1981, 2049, 2076].map(easterOf), [
    "2285-03-22",
    "2038-04-25",
    "1954-04-18",
    "1981-04-19",
    "2049-04-18",
    "2076-04-19",
  ]);
});

test("a year has eleven public holidays, and thirteen in Alsace-Moselle", () => {
  assert.deepEqual([...holidaysOf(2026, "mainland")].sort(), [
    "2026-01-01",
    "2026-04-06",
    "2026-05-01",
    "2026-05-08",
    "2026-05-14",
    "2026-05-25",
    "2026-07-14",
    "2026-08-15",
    "2026-11-01",
    "2026-11-11",
    "2026-12-25",
  ]);
  const more = [...holidaysOf(2026, "alsace_moselle")].filter((day) => !holidaysOf(2026, "mainland").has(day));
  assert.deepEqual(more.sort(), ["2026-04-03", "2026-12-26"]);
  // Ascension fell on 8 May in 1997 and on 1 May in 2008: one day less each time.
  assert.equal(holidaysOf(2008, "mainland").size, 10);
  assert.equal(holidaysOf(1997, "mainland").size, 10);
});

test("the days before and after a holiday are none", () => {
  for (const day of ["2026-01-01", "2026-07-14", "2026-12-25"].map(localDate)) {
    assert.ok(isHoliday(day, "mainland"));
    for (const distance of [-1, 1]) assert.equal(isHoliday(addDays(day, distance), "mainland"), false, day);
  }
});
