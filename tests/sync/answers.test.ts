import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf, localDate } from "../../src/domain/calendar.ts";
import type { Slot } from "../../src/domain/slot.ts";
import { instant, minuteMs, watts } from "../../src/domain/units.ts";
import { curveAnswers, dailyAnswers } from "../../src/sync/answers.ts";

const slots = (date: string, count: number): Slot[] =>
  Array.from({ length: count }, (_, position) => ({
    start: instant(boundsOf(localDate(date)).start + position * 30 * minuteMs),
    minutes: 30,
    powerW: watts(0),
  }));
const period = { from: localDate("2026-10-24"), to: localDate("2026-10-26") };

test("a curve's day is complete with 48 half-hours, and with 50 on the autumn day", () => {
  const answers = curveAnswers(period, [...slots("2026-10-24", 48), ...slots("2026-10-25", 50)]);
  assert.deepEqual(
    answers.map(({ date, answer }) => `${date} ${answer}`),
    ["2026-10-24 complete", "2026-10-25 complete", "2026-10-26 absent"],
  );
});

test("48 half-hours of the autumn day, or one of any day, are a part of it", () => {
  const answers = curveAnswers(period, [...slots("2026-10-25", 48), ...slots("2026-10-26", 1)]);
  assert.deepEqual(
    answers.map(({ answer }) => answer),
    ["absent", "partial", "partial"],
  );
});

test("a day without a value is absent, a day of zero is not", () => {
  const readings = [{ date: localDate("2026-10-25") }];
  assert.deepEqual(
    dailyAnswers(period, readings).map(({ answer }) => answer),
    ["absent", "complete", "absent"],
  );
});
