import assert from "node:assert/strict";
import { test } from "node:test";
import { localDate } from "../../../src/domain/calendar.ts";
import { BillRefusal } from "../../../src/sync/bill/refusal.ts";
import { contractYearOf, readDays, readSpan } from "../../../src/sync/bill/span.ts";

const today = localDate("2026-11-21");
const refusedAs = (code: string) => (error: unknown) => error instanceof BillRefusal && error.code === code;

test("a month, a year and days; without any of them the month of today", () => {
  assert.deepEqual(readSpan({ month: "2024-02" }, today), {
    kind: "month",
    from: "2024-02-01",
    to: "2024-02-29",
    whole: "2024-02-29",
  });
  assert.deepEqual(readSpan({ year: "2025" }, today), {
    kind: "year",
    from: "2025-01-01",
    to: "2025-12-31",
    whole: "2025-12-31",
  });
  assert.deepEqual(readSpan({ from: "2026-10-15", to: "2026-10-15" }, today), {
    kind: "days",
    from: "2026-10-15",
    to: "2026-10-15",
    whole: "2026-10-15",
  });
  assert.deepEqual(readSpan({}, today), {
    kind: "month",
    from: "2026-11-01",
    to: "2026-11-21",
    whole: "2026-11-30",
  });
});

test("what is no span, or has not begun, is refused under its own code", () => {
  assert.throws(() => readSpan({ month: "2026-00" }, today), refusedAs("invalid_month"));
  assert.throws(() => readSpan({ year: "2199" }, today), refusedAs("invalid_year"));
  assert.throws(() => readSpan({ from: "2026-11-31", to: "2026-12-01" }, today), refusedAs("invalid_day"));
  assert.throws(() => readSpan({ to: "2026-11-01" }, today), refusedAs("half_a_span"));
  assert.throws(() => readSpan({ from: "2026-11-02", to: "2026-11-01" }, today), refusedAs("backwards"));
  assert.throws(() => readSpan({ year: "2027" }, today), refusedAs("in_the_future"));
  assert.throws(() => readSpan({ year: "2026", from: "2026-01-01" }, today), refusedAs("several_spans"));
  assert.throws(() => readDays({ from: "2016-11-20", to: "2026-11-21" }), refusedAs("too_long"));
  assert.deepEqual(readDays({ from: "2016-11-21", to: "2026-11-21" }), { from: "2016-11-21", to: "2026-11-21" });
});

test("the year of contract begins on the last anniversary, else on 1 January", () => {
  const yearOf = (activation: string | null, day: string) => {
    const { from, to, basis } = contractYearOf(activation === null ? null : localDate(activation), localDate(day));
    return [from, to, basis];
  };
  assert.deepEqual(yearOf("2020-05-03", "2026-11-21"), ["2026-05-03", "2027-05-02", "anniversary"]);
  assert.deepEqual(yearOf("2020-11-21", "2026-11-21"), ["2026-11-21", "2027-11-20", "anniversary"]);
  assert.deepEqual(yearOf("2020-11-22", "2026-11-21"), ["2025-11-22", "2026-11-21", "anniversary"]);
  assert.deepEqual(yearOf("2026-11-01", "2026-11-21"), ["2026-11-01", "2027-10-31", "anniversary"]);
  // 29 February is kept on the 28th until there is one again.
  assert.deepEqual(yearOf("2024-02-29", "2027-03-01"), ["2027-02-28", "2028-02-28", "anniversary"]);
  assert.deepEqual(yearOf("2024-02-29", "2028-02-28"), ["2027-02-28", "2028-02-28", "anniversary"]);
  assert.deepEqual(yearOf(null, "2026-11-21"), ["2026-01-01", "2026-12-31", "civil_year"]);
  assert.deepEqual(yearOf("2027-01-01", "2026-11-21"), ["2026-01-01", "2026-12-31", "civil_year"]);
});
