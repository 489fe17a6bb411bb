import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DateTime } from "luxon";
import {
  addDays,
  addYears,
  askedDate,
  boundsOf,
  clockMinutesAt,
  clockOn,
  dateAt,
  daysFromTo,
  instantsAt,
  localDate,
  mondayOf,
  nextUtcMidnight,
  parisOffsetMs,
  utcDayAt,
  wallAt,
  weekdayOf,
} from "../../src/domain/calendar.ts";
import { hourMs, instant } from "../../src/domain/units.ts";

const zone = "Europe/Paris";
const anyInstant = fc
  .integer({ min: Date.UTC(1996, 0, 1), max: Date.UTC(2060, 0, 1) })
  .map((ms) => instant(Math.floor(ms / 60_000) * 60_000));

test("offsets, days and clock readings equal luxon's at any instant", () => {
  fc.assert(
    fc.property(anyInstant, (at) => {
      const expected = DateTime.fromMillis(at, { zone });
      assert.equal(parisOffsetMs(at), expected.offset * 60_000);
      assert.equal(dateAt(at), expected.toISODate());
      assert.equal(clockMinutesAt(at), expected.hour * 60 + expected.minute);
    }),
    { seed: 1, numRuns: 3000 },
  );
});

test("an instant is among the instants of its own clock reading", () => {
  fc.assert(
    fc.property(anyInstant, (at) => assert.ok(instantsAt(wallAt(at)).includes(at))),
    { seed: 2, numRuns: 3000 },
  );
});

test("the bounds of a day are luxon's midnights", () => {
  fc.assert(
    fc.property(anyInstant, (at) => {
      const day = DateTime.fromMillis(at, { zone }).startOf("day");
      const { start, end } = boundsOf(dateAt(at));
      assert.deepEqual([start, end], [day.toMillis(), day.plus({ days: 1 }).toMillis()]);
    }),
    { seed: 3, numRuns: 1000 },
  );
});

test("a Paris day has 23, 24 or 25 hours: 46, 48 or 50 half-hours", () => {
  assert.equal(boundsOf(localDate("2026-03-29")).minutes, 1380);
  assert.equal(boundsOf(localDate("2026-11-18")).minutes, 1440);
  assert.equal(boundsOf(localDate("2026-10-25")).minutes, 1500);
});

test("the repeated hour has two instants, the earlier first; the skipped hour has none", () => {
  assert.deepEqual(
    instantsAt(Date.parse("2026-10-25T02:30:00Z")).map((at) => new Date(at).toISOString()),
    ["2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"],
  );
  assert.deepEqual(instantsAt(Date.parse("2026-03-29T02:30:00Z")), []);
  assert.equal(instantsAt(Date.parse("2026-10-25T03:00:00Z")).length, 1);
  assert.equal(instantsAt(Date.parse("2026-10-25T01:59:00Z")).length, 1);
});

test("a clock time on a day is the earlier instant on the repeated hour, and one hour on in the gap", () => {
  assert.equal(new Date(clockOn(localDate("2026-10-25"), 150)).toISOString(), "2026-10-25T00:30:00.000Z");
  assert.equal(new Date(clockOn(localDate("2026-03-29"), 150)).toISOString(), "2026-03-29T01:30:00.000Z");
  assert.equal(new Date(clockOn(localDate("2026-11-21"), 480)).toISOString(), "2026-11-21T07:00:00.000Z");
});

test("a day that is asked for is of the calendar, from 1900 to 2099", () => {
  for (const text of ["1900-01-01", "2024-02-29", "2099-12-31"]) assert.equal(askedDate(text), text);
  for (const text of ["1899-12-31", "2100-01-01", "9999-12-31", "2026-02-29", "0000-01-01"])
    assert.throws(() => askedDate(text), RangeError, text);
});

test("days are counted over month ends, leap days and clock changes", () => {
  assert.equal(addDays(localDate("2028-02-28"), 1), "2028-02-29");
  assert.equal(addDays(localDate("2027-02-28"), 1), "2027-03-01");
  assert.equal(addYears(localDate("2028-02-29"), -3), "2025-02-28");
  assert.equal(addYears(localDate("2026-11-21"), -3), "2023-11-21");
  assert.deepEqual(daysFromTo(localDate("2026-10-24"), localDate("2026-10-26")), [
    "2026-10-24",
    "2026-10-25",
    "2026-10-26",
  ]);
  assert.deepEqual(daysFromTo(localDate("2026-10-26"), localDate("2026-10-24")), []);
});

test("a day that is not in the calendar is refused by name", () => {
  for (const text of ["2026-02-29", "2026-13-01", "2026-1-1", "yesterday", "", "2026-11-21T00:00"])
    assert.throws(() => localDate(text), { name: "RangeError", message: `Not a day (YYYY-MM-DD): "${text}"` });
});

test("weeks begin on Monday", () => {
  assert.equal(weekdayOf(localDate("2026-11-21")), 6);
  assert.equal(mondayOf(localDate("2026-11-22")), "2026-11-16");
  assert.equal(mondayOf(localDate("2026-11-16")), "2026-11-16");
});

test("the quota's day is UTC, not Paris", () => {
  const justAfterMidnightInParis = instant(Date.parse("2026-11-20T23:30:00Z"));
  assert.equal(dateAt(justAfterMidnightInParis), "2026-11-21");
  assert.equal(utcDayAt(justAfterMidnightInParis), "2026-11-20");
  assert.equal(nextUtcMidnight(justAfterMidnightInParis) - justAfterMidnightInParis, hourMs / 2);
});
