import assert from "node:assert/strict";
import { test } from "node:test";
import { localDate } from "../../src/domain/calendar.ts";
import { watts } from "../../src/domain/units.ts";
import type { Answer } from "./bench.ts";
import { Bench, clientId, field, list, pdl, plainPoint, text } from "./bench.ts";

const datesOf = (answer: Answer): string[] =>
  list(field(answer.data, "meter_reading", "interval_reading")).map((item) => text(field(item, "date")));

test("asked for D-5 to D-1, the daily route gives D-5 to D-2: the end is excluded", async () => {
  const bench = new Bench("2026-11-21T11:00:00Z");
  const answer = await bench.daily("2026-11-16", "2026-11-20");
  assert.deepEqual(datesOf(answer), ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19"]);
});

test("a day of 500 W is 12000 Wh, told as a string", async () => {
  const answer = await new Bench("2026-11-21T11:00:00Z").daily("2026-11-17", "2026-11-18");
  // 48 × 500 W × 0.5 h = 12000 Wh
  assert.deepEqual(field(answer.data, "meter_reading", "interval_reading"), [{ value: "12000", date: "2026-11-17" }]);
  assert.deepEqual(field(answer.data, "meter_reading", "reading_type"), {
    unit: "Wh",
    measurement_kind: "energy",
    aggregate: "sum",
    measuring_period: "P1D",
  });
});

test("yesterday cannot be read even with an end in the future", async () => {
  const answer = await new Bench("2026-11-21T11:00:00Z").daily("2026-11-19", "2026-11-25");
  assert.deepEqual(datesOf(answer), ["2026-11-19"]);
});

test("with the cache each run of missing days loses its last day again", async () => {
  const bench = new Bench("2026-11-21T11:00:00Z");
  assert.deepEqual(datesOf(await bench.daily("2026-11-12", "2026-11-14", true)), ["2026-11-12", "2026-11-13"]);
  // Cached: 12 and 13. Missing: 14 to 18 in one run, whose last day is lost.
  assert.deepEqual(datesOf(await bench.daily("2026-11-12", "2026-11-18", true)), [
    "2026-11-12",
    "2026-11-13",
    "2026-11-14",
    "2026-11-15",
    "2026-11-16",
    "2026-11-17",
  ]);
  assert.deepEqual(bench.used, { cached: 2, no_cache: 0 });
});

test("an inner hole of one day stays a hole with the cache, and everything from the cache is said to be W", async () => {
  const hole = { flow: "consumption", date: localDate("2026-11-13"), dailyToo: true } as const;
  const bench = new Bench("2026-11-21T11:00:00Z", [plainPoint({ holes: [hole] })]);
  await bench.daily("2026-11-10", "2026-11-16", true);
  bench.gateway.control.meter(pdl).holes.length = 0;
  // Missing now: 13 alone and 16 alone. Each run asks Enedis for [d, d[, which is refused; the rest is cached.
  const again = await bench.daily("2026-11-10", "2026-11-16", true);
  assert.deepEqual(datesOf(again), ["2026-11-10", "2026-11-11", "2026-11-12", "2026-11-14", "2026-11-15"]);
  assert.deepEqual(field(again.data, "meter_reading", "reading_type"), { unit: "W", measurement_kind: "power" });
});

test("a start three years back is answered, one day more is refused whole", async () => {
  const bench = new Bench("2026-11-20T11:00:00Z");
  assert.equal((await bench.daily("2023-11-20", "2023-11-22")).success, true);
  const refused = await bench.daily("2023-11-19", "2023-11-22");
  assert.equal(refused.code, "DATE_TOO_OLD");
  assert.equal(
    refused.message,
    "Start date is too old. Daily endpoint only supports data up to 3 years back. Oldest allowed date: 2023-11-20",
  );
});

test("a period that begins one day before activation is an empty success", async () => {
  const bench = new Bench("2026-11-21T11:00:00Z", [plainPoint({ activationDate: "2026-10-02" })]);
  const answer = await bench.daily("2026-10-01", "2026-10-10");
  assert.equal(answer.success, true);
  assert.deepEqual(answer.data, {
    meter_reading: { interval_reading: [], reading_type: { unit: "W", measurement_kind: "power" } },
  });
  assert.equal(datesOf(await bench.daily("2026-10-02", "2026-10-10"))[0], "2026-10-02");
});

test("nothing published is an Enedis error that names the dates asked", async () => {
  const bench = new Bench("2026-11-21T11:00:00Z", [plainPoint({ publication: { at: () => null } })]);
  const answer = await bench.daily("2026-11-17", "2026-11-19");
  assert.equal(answer.code, "ENEDIS_ERROR");
  assert.equal(
    answer.message,
    "Failed to fetch 2026-11-17 to 2026-11-19: no_data_found: no measure found for this usage point",
  );
});

test("an ill date is INVALID_DATE_FORMAT, and so is every date on 29 February", async () => {
  assert.equal((await new Bench("2026-11-21T11:00:00Z").daily("17/11/2026", "2026-11-19")).code, "INVALID_DATE_FORMAT");
  const leap = new Bench("2028-02-29T11:00:00Z");
  assert.equal((await leap.daily("2028-02-20", "2028-02-25")).code, "INVALID_DATE_FORMAT");
  assert.equal((await leap.at("2028-03-01T11:00:00Z").daily("2028-02-20", "2028-02-25")).success, true);
});

test("the day is Paris': just after midnight there yesterday is the day that ended, whatever UTC says", async () => {
  // 00:30 in Paris on 21 November is 23:30 UTC on the 20th: yesterday is the 20th, so the 19th can be read.
  const bench = new Bench("2026-11-20T23:30:00Z");
  assert.deepEqual(datesOf(await bench.daily("2026-11-18", "2026-11-30")), ["2026-11-18", "2026-11-19"]);
  assert.equal(bench.gateway.control.used(clientId).no_cache, 1);
});

test("a corrected day reads otherwise from its instant on", async () => {
  const bench = new Bench("2026-11-21T11:00:00Z");
  bench.gateway.control.meter(pdl).corrections.push({
    flow: "consumption",
    date: localDate("2026-11-12"),
    visibleFrom: bench.clock.now(),
    slots: (before) => before.map((slot, position) => (position === 0 ? { ...slot, powerW: watts(700) } : slot)),
  });
  const toldWh = async (): Promise<unknown> =>
    field(
      list(field((await bench.daily("2026-11-12", "2026-11-13")).data, "meter_reading", "interval_reading"))[0],
      "value",
    );
  // 12000 Wh + (700 − 500) W × 0.5 h = 12100 Wh
  assert.equal(await toldWh(), "12100");
  bench.at("2026-11-21T10:59:59Z");
  assert.equal(await toldWh(), "12000");
});
