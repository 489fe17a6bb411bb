import assert from "node:assert/strict";
import { test } from "node:test";
import { localDate } from "../../src/domain/calendar.ts";
import type { DayQuality } from "../../src/domain/day.ts";
import { totalOf } from "../../src/domain/totals.ts";
import { wh } from "../../src/domain/units.ts";

const day = (date: string, energyWh: number, quality: DayQuality = "complete") => ({
  date: localDate(date),
  energyWh: wh(energyWh),
  quality,
});
const november = { from: localDate("2026-11-01"), through: localDate("2026-11-03") };

test("a total sums its days and no others", () => {
  const days = [
    day("2026-10-31", 5),
    day("2026-11-01", 10),
    day("2026-11-02", 0),
    day("2026-11-03", 30),
    day("2026-11-04", 7),
  ];
  assert.deepEqual(totalOf(days, november), { ...november, energyWh: 40, quality: "complete", missingDays: 0 });
});

test("a day that is not known is missing, not zero, and the total says so", () => {
  assert.deepEqual(totalOf([day("2026-11-01", 10), day("2026-11-03", 30)], november), {
    ...november,
    energyWh: 40,
    quality: "partial",
    missingDays: 1,
  });
});

test("a total of nothing known is not known", () => {
  assert.equal(totalOf([day("2026-10-31", 5)], november), null);
});

test("a total is as good as its worst day", () => {
  const withQuality = (quality: DayQuality) =>
    totalOf([day("2026-11-01", 1), day("2026-11-02", 1, quality), day("2026-11-03", 1, "estimated")], november)
      ?.quality;
  assert.deepEqual(
    [withQuality("complete"), withQuality("disagreeing"), withQuality("partial")],
    ["estimated", "disagreeing", "partial"],
  );
});
