import assert from "node:assert/strict";
import { test } from "node:test";
import { daysFromTo, localDate } from "../../src/domain/calendar.ts";
import { at, Meter, scaled } from "../../src/simulator/meter.ts";
import { publishedAt } from "../../src/simulator/publication.ts";
import { assertSameList, Bench, daysOf, labelsOf, pdl, plainMeter, plainPoint, points } from "./bench.ts";

const day = localDate("2026-11-18");
const noon = "2026-11-21T11:00:00Z";

test("a day is published between 08:00 and 10:00 of the next, at a minute of its own", () => {
  const minutes = daysFromTo(localDate("2026-01-01"), localDate("2026-12-30")).map((date) => {
    const instant = publishedAt({}, 7, { date, flow: "consumption", measure: "curve" });
    assert.ok(instant !== null);
    return (instant - at(date, 24 * 60 + 480)) / 60_000;
  });
  assert.ok(Math.min(...minutes) >= 0 && Math.max(...minutes) <= 120);
  assert.ok(new Set(minutes).size > 60);
});

test("08:00 is Paris time, winter and summer", () => {
  const sharp = { spreadMinutes: 0 };
  const told = (date: string): number | null =>
    publishedAt(sharp, 7, { date: localDate(date), flow: "consumption", measure: "daily" });
  assert.equal(told("2026-11-18"), Date.parse("2026-11-19T07:00:00Z"));
  assert.equal(told("2026-07-18"), Date.parse("2026-07-19T06:00:00Z"));
});

test("a late day comes the day after at 08:00, together with the next", async () => {
  const bench = new Bench("2026-11-20T06:59:59Z", [plainPoint({ publication: { spreadMinutes: 0, lateDays: [day] } })]);
  const days = async (): Promise<string[]> => Object.keys(daysOf(await bench.batch("2026-11-16", "2026-11-19", false)));
  assert.deepEqual(await days(), ["2026-11-16", "2026-11-17"]);
  bench.at("2026-11-20T07:00:00Z");
  assert.deepEqual(await days(), ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19"]);
});

test("late days can be drawn by chance, the same for one seed", () => {
  const lateDays = daysFromTo(localDate("2026-01-01"), localDate("2026-12-31")).filter((date) => {
    const told = publishedAt({ lateChance: 0.1 }, 3, { date, flow: "consumption", measure: "curve" });
    return told === at(date, 48 * 60 + 480);
  });
  assert.ok(lateDays.length > 15 && lateDays.length < 65, `${lateDays.length}`);
});

test("a table of one's own decides by day, flow and measure; a day that is not over is never told", () => {
  const meter = new Meter(
    pdl,
    plainMeter({ publication: { at: ({ measure }) => (measure === "daily" ? at("2020-01-01", 0) : undefined) } }),
    1,
  );
  const before = at("2026-11-19", 300);
  assert.equal(meter.dailyAt("consumption", day, before), 12_000);
  assert.deepEqual(meter.curveAt("consumption", day, before), []);
  assert.equal(meter.dailyAt("consumption", day, at("2026-11-18", 1439)), null);
});

test("a partial day misses its points only, and its daily value is known", async () => {
  const hole = { flow: "consumption", date: day, fromMinutes: 60, toMinutes: 180 } as const;
  const bench = new Bench(noon, [plainPoint({ holes: [hole] })]);
  const labels = labelsOf(await bench.batch("2026-11-17", "2026-11-18", false), "2026-11-18");
  assert.deepEqual(labels.slice(0, 3), ["00:00", "00:30", "03:00"]);
  assert.equal(labels.length, 44);
  assert.equal(points(await bench.daily("2026-11-18", "2026-11-19"))[0]?.value, "12000");
});

test("a hole may be filled later", async () => {
  const hole = { flow: "consumption", date: day, filledAt: at("2026-11-21", 15 * 60) } as const;
  const bench = new Bench(noon, [plainPoint({ holes: [hole] })]);
  assert.equal(daysOf(await bench.batch("2026-11-17", "2026-11-18", false))["2026-11-18"], undefined);
  bench.at("2026-11-21T14:00:00Z");
  assert.equal(daysOf(await bench.batch("2026-11-17", "2026-11-18", false))["2026-11-18"], 48);
});

test("points lost at random are about as many as asked, and the same each time", async () => {
  const bench = new Bench(noon, [plainPoint({ lostSlots: 0.1 })]);
  const once = points(await bench.batch("2026-10-01", "2026-11-18", false));
  // 49 days and the repeated hour: 49 × 48 + 2 = 2354 points, of which a tenth is 235.
  assert.ok(once.length > 2354 - 300 && once.length < 2354 - 180, `${once.length}`);
  assertSameList(points(await bench.batch("2026-10-01", "2026-11-18", false)), once);
});

test("an old day is corrected from an instant on, curve and daily value alike, in whole watt-hours", async () => {
  const bench = new Bench(noon);
  bench.gateway.control
    .meter(pdl)
    .corrections.push(scaled({ flow: "consumption", date: day, visibleFrom: at("2026-11-21", 13 * 60) }, 1.1));
  const told = async (): Promise<(string | undefined)[]> => [
    points(await bench.batch("2026-11-18", "2026-11-19", false))[0]?.value,
    points(await bench.daily("2026-11-18", "2026-11-19"))[0]?.value,
  ];
  assert.deepEqual(await told(), ["500", "12000"]);
  bench.at("2026-11-21T12:00:00Z");
  // 500 W × 1.1 = 550 W; 48 × 275 Wh = 13200 Wh
  assert.deepEqual(await told(), ["550", "13200"]);
});

test("curves begin on the day their collection was switched on, daily values before", async () => {
  const bench = new Bench(noon, [plainPoint({ curveCollectedFrom: "2026-11-18" })]);
  assert.deepEqual(Object.keys(daysOf(await bench.batch("2026-11-16", "2026-11-19", false))), [
    "2026-11-18",
    "2026-11-19",
  ]);
  assert.equal(points(await bench.daily("2026-11-16", "2026-11-19")).length, 3);
});
