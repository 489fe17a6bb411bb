import assert from "node:assert/strict";
import { test } from "node:test";
import {
  readDate,
  readInstant,
  readKva,
  readLabel,
  readMinutes,
  readText,
  readWhole,
} from "../../../src/adapters/gateway/values.ts";

test("a value is a whole number as text or number; empty is missing and never zero", () => {
  const cases: readonly (readonly [unknown, ReturnType<typeof readWhole>])[] = [
    ["11776", 11776],
    [11776, 11776],
    [" 0 ", 0],
    [0, 0],
    ["12.0", 12],
    ["", "missing"],
    [" ", "missing"],
    [null, "missing"],
    [undefined, "missing"],
    ["null", "missing"],
    ["12.5", "unreadable"],
    ["-3", "unreadable"],
    [-3, "unreadable"],
    ["NA", "unreadable"],
    ["1e3", "unreadable"],
    [Number.NaN, "unreadable"],
    [true, "unreadable"],
    [{}, "unreadable"],
    ["99999999999999999999", "unreadable"],
  ];
  for (const [value, expected] of cases) assert.equal(readWhole(value), expected, JSON.stringify(value));
});

test("where the source says kilo, a fraction is what it says", () => {
  assert.equal(readWhole("11.776", 1000), 11776);
  assert.equal(readWhole("1.005", 1000), 1005); // 1.005 × 1000 = 1004.999… in binary
});

test("a date is cut at its tenth character", () => {
  assert.equal(readDate("2013-08-14+01:00"), "2013-08-14");
  assert.equal(readDate("2024-02-29 12:00:00"), "2024-02-29");
  for (const value of ["2026-02-29", "14/08/2013", "", null, 20130814]) assert.equal(readDate(value), null);
});

test("a label is read on a bare clock, with a space or a T, an offset left aside", () => {
  const wall = Date.UTC(2026, 2, 29, 2, 30); // an hour that no Paris clock shows
  for (const text of ["2026-03-29 02:30:00", "2026-03-29T02:30:00", "2026-03-29T02:30:00+01:00", "2026-03-29 02:30"])
    assert.equal(readLabel(text), wall, text);
  assert.equal(readLabel("2026-11-17 12:06:20"), Date.UTC(2026, 10, 17, 12, 6, 20));
  for (const text of ["2026-03-29", "2026-03-29 25:00:00", "2026-02-30 10:00:00", null])
    assert.equal(readLabel(text), null);
});

test("an interval is 1 to 60 minutes", () => {
  const cases: readonly (readonly [unknown, number | null])[] = [
    ["PT5M", 5],
    ["PT10M", 10],
    ["PT15M", 15],
    ["PT30M", 30],
    ["PT60M", 60],
    ["PT1H", 60],
    ["PT", null],
    ["PT0M", null],
    ["P1D", null],
    ["PT2H", null],
    [30, null],
  ];
  for (const [value, expected] of cases) assert.equal(readMinutes(value), expected, String(value));
});

test("a naive instant of the envelope is UTC, wherever the program runs", (t) => {
  const zone = process.env.TZ;
  t.after(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });
  process.env.TZ = "Europe/Paris";
  assert.equal(readInstant("2026-11-20T09:31:02.123456"), Date.UTC(2026, 10, 20, 9, 31, 2, 123));
  assert.equal(readInstant("2026-11-20 09:31:02"), Date.UTC(2026, 10, 20, 9, 31, 2));
  assert.equal(readInstant("2026-11-20T10:31:02+01:00"), Date.UTC(2026, 10, 20, 9, 31, 2));
  assert.equal(readInstant("2026-11-20T09:31:02Z"), Date.UTC(2026, 10, 20, 9, 31, 2));
  for (const value of ["soon", null, 5]) assert.equal(readInstant(value), null);
});

test("the subscribed power is the first number of its text", () => {
  assert.deepEqual(["9 kVA", "12", 9, "36kVA", null, "kVA", ""].map(readKva), [9, 12, 9, 36, null, null, null]);
});

test("a text of blanks is none", () => {
  assert.deepEqual([" a ", "  ", null, 9].map(readText), ["a", null, null, "9"]);
});
