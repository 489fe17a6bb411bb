import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays, daysFromTo, localDate, weekdayOf } from "../../src/domain/calendar.ts";
import { at } from "../../src/simulator/meter.ts";
import { inventedTempo, seasonEnd, seasonStart } from "../../src/simulator/tempo-calendar.ts";
import { type Answer, assertSameList, Bench, field, list, plainPoint, text } from "./bench.ts";

const dates = (answer: Answer): string[] => list(answer.data).map((day) => text(field(day, "date")));
const noon = "2026-11-20T11:00:00Z";

test("the day named by start is lost, the day named by end is kept", async () => {
  const bench = new Bench(noon);
  assert.deepEqual(dates(await bench.get("/tempo", { start: "2026-11-16", end: "2026-11-19" })), [
    "2026-11-17",
    "2026-11-18",
    "2026-11-19",
  ]);
  const days = await bench.get("/tempo/days", { start_date: "2026-11-16", end_date: "2026-11-18" });
  assert.deepEqual(dates(days), ["2026-11-17", "2026-11-18"]);
});

test("/tempo/days ignores the names of /tempo and then tells all days, about ten years of them", async () => {
  const all = dates(await new Bench(noon).get("/tempo/days", { start: "2026-11-16", end: "2026-11-18" }));
  assert.deepEqual([all[0], all.at(-1)], ["2016-11-20", "2026-11-21"]);
  assertSameList(all, [...all].sort());
});

test("the colour of tomorrow appears at 10:40 in Paris, winter and summer", async () => {
  const bench = new Bench("2026-11-20T09:39:59Z");
  assert.equal(dates(await bench.get("/tempo")).at(-1), "2026-11-20");
  bench.at("2026-11-20T09:40:00Z");
  assert.equal(dates(await bench.get("/tempo")).at(-1), "2026-11-21");
  bench.at("2027-07-01T08:39:59Z");
  assert.equal(dates(await bench.get("/tempo")).at(-1), "2027-07-01");
  bench.at("2027-07-01T08:40:00Z");
  assert.equal(dates(await bench.get("/tempo")).at(-1), "2027-07-02");
});

test("a colour may be late, or never come", async () => {
  const bench = new Bench(noon);
  bench.gateway.control.tempo.publish(localDate("2026-11-21"), at("2026-11-20", 14 * 60));
  assert.equal(dates(await bench.get("/tempo")).at(-1), "2026-11-20");
  bench.at("2026-11-20T13:00:00Z");
  assert.equal(dates(await bench.get("/tempo")).at(-1), "2026-11-21");
  bench.gateway.control.tempo.publish(localDate("2026-11-21"), null);
  assert.equal(dates(await bench.get("/tempo")).at(-1), "2026-11-20");
});

test("today is the UTC date: at 00:30 in Paris it is still the day before", async () => {
  // 23:30 UTC on 19 November is 00:30 on the 20th in Paris.
  const answer = await new Bench("2026-11-19T23:30:00Z").get("/tempo/today");
  assert.equal(field(answer.data, "date"), "2026-11-19");
});

test("today unknown is NOT_FOUND", async () => {
  const answer = await new Bench(noon, [plainPoint()], { tempo: { colorOf: () => null } }).get("/tempo/today");
  assert.deepEqual([answer.code, answer.message], ["NOT_FOUND", "TEMPO data not available for today"]);
});

test("the week is D-5 to D+1", async () => {
  const answer = await new Bench(noon).get("/tempo/week");
  assert.deepEqual([dates(answer)[0], dates(answer).at(-1), dates(answer).length], ["2026-11-15", "2026-11-21", 7]);
});

test("only the other routes tell when RTE said so", async () => {
  const bench = new Bench(noon);
  const [plain] = list((await bench.get("/tempo", { start: "2026-11-20" })).data);
  assert.deepEqual(Object.keys(Object(plain)), ["date", "color", "updated_at"]);
  const [full] = list((await bench.get("/tempo/days", { start_date: "2026-11-20" })).data);
  // Known at 10:40 in Paris, which RTE dated 10:20.
  assert.equal(field(full, "rte_updated_date"), "2026-11-20T09:20:00+00:00");
  assert.equal(field(full, "updated_at"), "2026-11-20T09:40:01.000123+00:00");
});

test("an ill date is INVALID_DATE", async () => {
  const answer = await new Bench(noon).get("/tempo/days", { start_date: "x" });
  assert.deepEqual(
    [answer.code, answer.message],
    ["INVALID_DATE", "Invalid date format: Invalid isoformat string: 'x'"],
  );
});

test("the forecast counts the season without its first day, and keeps RTE's thresholds", async () => {
  const blue = await new Bench(noon, [plainPoint()], { tempo: { colorOf: () => "BLUE" } }).get("/tempo/forecast");
  // 1 September to 20 November are 81 days; the first is lost: 80. 300 − 80 = 220, one too many.
  assert.deepEqual(field(blue.data, "season_stats"), {
    blue_used: 80,
    blue_remaining: 220,
    white_used: 0,
    white_remaining: 43,
    red_used: 0,
    red_remaining: 22,
  });
  const [next] = list(field(blue.data, "forecasts"));
  assert.equal(field(next, "date"), "2026-11-21");
  assert.equal(field(next, "day_in_season"), 82);
  // 4 − 0.015 × 82 − 0.026 × (43 + 22) = 1.08 and 3.15 − 0.01 × 82 − 0.031 × 22 = 1.648
  assert.deepEqual([field(next, "threshold_white_red"), field(next, "threshold_red")], [1.08, 1.648]);
  const sum = ["blue", "white", "red"].reduce((total, color) => total + Number(field(next, `probability_${color}`)), 0);
  assert.ok(Math.abs(sum - 100) < 0.2);
  // Saturday the 21st is never red, Sunday the 22nd never white.
  assert.equal(field(next, "probability_red"), 0);
  assert.equal(field(list(field(blue.data, "forecasts"))[1], "probability_white"), 0);
});

test("the forecast takes one to six days", async () => {
  const bench = new Bench(noon);
  assert.equal(list(field((await bench.get("/tempo/forecast", { days: 2 })).data, "forecasts")).length, 2);
  assert.equal((await bench.get("/tempo/forecast", { days: 7 })).status, 422);
});

for (const seed of [1, 2, 3])
  test(`an invented calendar keeps the rules of each season (seed ${seed})`, () => {
    const colorOf = inventedTempo(seed);
    for (let year = 2020; year <= 2027; year++) {
      const first = localDate(`${year}-09-01`);
      assert.equal(seasonStart(addDays(first, 200)), first);
      const days = daysFromTo(first, seasonEnd(first));
      const red = days.filter((day) => colorOf(day) === "RED");
      const white = days.filter((day) => colorOf(day) === "WHITE");
      assert.deepEqual([red.length, white.length], [22, 43], `${year}`);
      for (const day of red) {
        assert.ok(weekdayOf(day) < 6, `${day} is a weekend`);
        assert.match(day, /-(11|12|01|02|03)-/);
        assert.doesNotMatch(day, /-(11-01|11-11|12-25|01-01)$/);
      }
      for (const day of white) assert.notEqual(weekdayOf(day), 7, `${day} is a Sunday`);
    }
  });
