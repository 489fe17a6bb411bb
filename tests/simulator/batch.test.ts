import assert from "node:assert/strict";
import { test } from "node:test";
import { localDate } from "../../src/domain/calendar.ts";
import type { LocalDate } from "../../src/domain/units.ts";
import { sourceOfPower } from "../../src/simulator/energy-source.ts";
import { enedisFaults } from "../../src/simulator/fault.ts";
import { scaled } from "../../src/simulator/meter.ts";
import { Bench, clientId, daysOf, field, labelsOf, pdl, plainPoint, points } from "./bench.ts";

const date = (text: string): LocalDate => localDate(text);

/** 07:30 in Paris: yesterday, the 20th, comes at 08:00. */
const beforePublication = "2026-11-21T06:30:00Z";
const afterPublication = "2026-11-21T11:00:00Z";

test("start = end = J-1 gives J-2 and J-1", async () => {
  const answer = await new Bench(afterPublication).batch("2026-11-20", "2026-11-20", false);
  assert.deepEqual(daysOf(answer), { "2026-11-19": 48, "2026-11-20": 48 });
});

test("the end is included, and the labels are the starts, 00:00 to 23:30", async () => {
  const answer = await new Bench(afterPublication).batch("2026-11-18", "2026-11-20", false);
  assert.deepEqual(daysOf(answer), { "2026-11-18": 48, "2026-11-19": 48, "2026-11-20": 48 });
  assert.deepEqual(points(answer)[0], { value: "500", date: "2026-11-18 00:00:00", interval_length: "PT30M" });
  assert.equal(points(answer).at(-1)?.date, "2026-11-20 23:30:00");
});

for (const days of [1, 2, 3, 7, 9, 14])
  test(`before publication, ${days} days without the cache blacklist nothing`, async () => {
    const bench = new Bench(beforePublication);
    const start = new Date(Date.UTC(2026, 10, 21 - days)).toISOString().slice(0, 10);
    const answer = await bench.batch(start, "2026-11-20", false);
    assert.equal(answer.success, true);
    assert.equal(daysOf(answer)["2026-11-20"], undefined);
    assert.deepEqual(bench.blacklisted, []);
  });

for (const days of [8, 15, 22])
  test(`before publication, ${days} days without the cache blacklist J-1 alone`, async () => {
    const bench = new Bench(beforePublication);
    const start = new Date(Date.UTC(2026, 10, 21 - days)).toISOString().slice(0, 10);
    await bench.batch(start, "2026-11-20", false);
    assert.deepEqual(bench.blacklisted, ["2026-11-20"]);
  });

test("with the cache the second poll before publication blacklists J-1", async () => {
  const bench = new Bench(beforePublication);
  await bench.batch("2026-11-18", "2026-11-20", true);
  assert.deepEqual(bench.blacklisted, []);
  await bench.batch("2026-11-18", "2026-11-20", true);
  assert.deepEqual(bench.blacklisted, ["2026-11-20"]);
});

test("when J-2 is not published either, both are blacklisted", async () => {
  const bench = new Bench(beforePublication, [
    plainPoint({ publication: { spreadMinutes: 0, lateDays: [date("2026-11-19")] } }),
  ]);
  const answer = await bench.batch("2026-11-19", "2026-11-20", false);
  assert.equal(answer.code, "NO_DATA");
  assert.deepEqual(bench.blacklisted, ["2026-11-19", "2026-11-20"]);
});

test("a blacklisted day is hidden for 24 h, in both directions and without the cache as well", async () => {
  const bench = new Bench(beforePublication, [plainPoint({ production: sourceOfPower(() => 100) })]);
  await bench.batch("2026-11-13", "2026-11-20", false);
  bench.at(afterPublication);
  const hidden = await bench.batch("2026-11-20", "2026-11-20", false);
  assert.deepEqual(daysOf(hidden), { "2026-11-19": 48 });
  const otherWay = await bench.batch("2026-11-20", "2026-11-20", false, "production");
  assert.deepEqual(daysOf(otherWay), { "2026-11-19": 48 });
  bench.at("2026-11-22T06:29:59Z");
  assert.deepEqual(bench.blacklisted, ["2026-11-20"]);
  bench.at("2026-11-22T06:30:00Z");
  assert.deepEqual(bench.blacklisted, []);
  assert.deepEqual(bench.gateway.control.everBlacklisted(pdl), ["2026-11-20"]);
  assert.equal(daysOf(await bench.batch("2026-11-19", "2026-11-20", false))["2026-11-20"], 48);
});

test("when all days are blacklisted the answer is an empty success that costs nothing", async () => {
  const bench = new Bench(beforePublication, [
    plainPoint({ publication: { spreadMinutes: 0, lateDays: [date("2026-11-19")] } }),
  ]);
  await bench.batch("2026-11-19", "2026-11-20", false);
  const answer = await bench.batch("2026-11-19", "2026-11-20", false);
  assert.equal(answer.success, true);
  assert.deepEqual(answer.data, { meter_reading: { interval_reading: [] } });
  assert.deepEqual(bench.used, { cached: 0, no_cache: 1 });
});

test("a whole missing day inside a run is merely absent; asked alone with the cache it is blacklisted", async () => {
  const hole = { flow: "consumption", date: date("2026-11-18") } as const;
  const bench = new Bench(afterPublication, [plainPoint({ holes: [hole] })]);
  const first = await bench.batch("2026-11-17", "2026-11-19", true);
  assert.deepEqual(daysOf(first), { "2026-11-17": 48, "2026-11-19": 48 });
  assert.deepEqual(bench.blacklisted, []);
  await bench.batch("2026-11-17", "2026-11-19", true);
  assert.deepEqual(bench.blacklisted, ["2026-11-18"]);
});

test("a day with 32 of 48 points comes back as 64 with the cache, fresh before cached", async () => {
  // 16 points missing from 00:00 to 08:00: 48 − 16 = 32.
  const hole = { flow: "consumption", date: date("2026-11-18"), toMinutes: 480 } as const;
  const bench = new Bench(afterPublication, [plainPoint({ holes: [hole] })]);
  assert.deepEqual(daysOf(await bench.batch("2026-11-17", "2026-11-18", true)), { "2026-11-17": 48, "2026-11-18": 32 });
  const twice = await bench.batch("2026-11-17", "2026-11-18", true);
  assert.deepEqual(daysOf(twice), { "2026-11-17": 48, "2026-11-18": 64 });
  assert.deepEqual(labelsOf(twice, "2026-11-18").slice(0, 4), ["08:00", "08:00", "08:30", "08:30"]);
});

test("a day with 44 of 48 points is complete, for 0.9 × 48 = 43.2; one with 43 is not", async () => {
  for (const [lost, calls] of [
    [4, 1],
    [5, 2],
  ] as const) {
    const hole = { flow: "consumption", date: date("2026-11-18"), toMinutes: lost * 30 } as const;
    const bench = new Bench(afterPublication, [plainPoint({ holes: [hole] })]);
    await bench.batch("2026-11-17", "2026-11-18", true);
    await bench.batch("2026-11-17", "2026-11-18", true);
    assert.equal(bench.used.cached, calls, `${48 - lost} points`);
  }
});

test("a cached day is served for 24 h without being counted, and asked again after", async () => {
  const bench = new Bench(afterPublication);
  await bench.batch("2026-11-17", "2026-11-18", true);
  bench.at("2026-11-22T10:59:59Z");
  await bench.batch("2026-11-17", "2026-11-18", true);
  assert.equal(bench.gateway.control.calls.at(-1)?.enedisCalls, 0);
  bench.at("2026-11-22T11:00:00Z");
  await bench.batch("2026-11-17", "2026-11-18", true);
  assert.equal(bench.gateway.control.calls.at(-1)?.enedisCalls, 1);
});

test("use_cache is true unless said otherwise", async () => {
  const bench = new Bench(afterPublication);
  await bench.get(`/enedis/consumption/detail/batch/${pdl}`, { start: "2026-11-17", end: "2026-11-18" });
  assert.deepEqual(bench.used, { cached: 1, no_cache: 0 });
});

test("two years in one call are clamped and need an Enedis call for every seven days", async () => {
  const bench = new Bench(afterPublication);
  const answer = await bench.batch("2020-01-01", "2026-11-20", false);
  const days = Object.keys(daysOf(answer));
  // 2024-11-21 to 2026-11-20 are 730 days: 104 runs of 7 and one of 2.
  assert.equal(days[0], "2024-11-21");
  assert.equal(days.length, 730);
  assert.equal(bench.gateway.control.calls.at(-1)?.enedisCalls, 105);
  assert.deepEqual(bench.used, { cached: 0, no_cache: 1 });
});

test("a period wholly older than two years is INVALID_DATE_RANGE, an ill date or 29 February HTTP 500", async () => {
  const bench = new Bench(afterPublication);
  assert.equal((await bench.batch("2022-01-01", "2022-02-01", false)).code, "INVALID_DATE_RANGE");
  const ill = await bench.batch("x", "2026-11-20", false);
  assert.deepEqual([ill.status, ill.code], [500, "INTERNAL_ERROR"]);
  bench.at("2028-02-29T11:00:00Z");
  assert.equal((await bench.batch("2028-02-20", "2028-02-25", false)).status, 500);
});

test("before activation the start is moved day by day: up to six days silently, seven with PARTIAL_DATA", async () => {
  const sixEarly = new Bench(afterPublication, [plainPoint({ activationDate: "2026-11-07" })]);
  const silent = await sixEarly.batch("2026-11-01", "2026-11-07", false);
  // Refused from 1 to 6 November; the seventh attempt starts on the 7th.
  assert.equal(silent.code, null);
  assert.deepEqual(daysOf(silent), { "2026-11-07": 48 });

  const sevenEarly = new Bench(afterPublication, [plainPoint({ activationDate: "2026-11-08" })]);
  const partial = await sevenEarly.batch("2026-11-01", "2026-11-09", false);
  assert.equal(partial.success, true);
  assert.equal(partial.code, "PARTIAL_DATA");
  assert.equal(
    partial.message,
    "Some data could not be fetched (possibly before activation date). Returning 96 readings.",
  );
  assert.deepEqual(daysOf(partial), { "2026-11-08": 48, "2026-11-09": 48 });
  assert.deepEqual(sevenEarly.blacklisted, []);
});

test("a run that fails fewer than seven times is left out silently, and costs attempts day by day", async () => {
  const bench = new Bench(afterPublication);
  bench.gateway.control.addFault({
    route: "/batch/",
    times: 3,
    effect: { kind: "enedis", refusal: enedisFaults.internal },
  });
  const answer = await bench.batch("2026-11-17", "2026-11-20", false);
  assert.equal(answer.code, null);
  assert.deepEqual(daysOf(answer), { "2026-11-20": 48 });
  assert.equal(bench.gateway.control.calls.at(-1)?.enedisCalls, 4);
});

test("the sixth failure of a day that is not a lack of data blacklists it", async () => {
  const bench = new Bench(afterPublication);
  const disarm = bench.gateway.control.addFault({
    route: "/batch/",
    effect: { kind: "enedis", refusal: enedisFaults.quotaPerSecond },
  });
  for (let call = 1; call <= 5; call++) await bench.batch("2026-11-18", "2026-11-19", false);
  assert.deepEqual(bench.blacklisted, []);
  assert.equal((await bench.batch("2026-11-18", "2026-11-19", false)).code, "NO_DATA");
  assert.deepEqual(bench.blacklisted, ["2026-11-18", "2026-11-19"]);
  disarm();
});

test("with the quota used up, cached days come as PARTIAL_DATA and nothing cached is a refusal", async () => {
  const bench = new Bench(afterPublication);
  await bench.batch("2026-11-17", "2026-11-18", true);
  bench.gateway.control.setUsed(clientId, { cached: 1000 });
  const partial = await bench.batch("2026-11-17", "2026-11-19", true);
  assert.deepEqual(
    [partial.success, partial.code, partial.message],
    [true, "PARTIAL_DATA", "Rate limit exceeded. Returning cached data only."],
  );
  assert.deepEqual(daysOf(partial), { "2026-11-17": 48, "2026-11-18": 48 });
  assert.equal((await bench.batch("2026-11-10", "2026-11-11", true)).code, "RATE_LIMIT_EXCEEDED");
  // The other counter is still free.
  assert.equal((await bench.batch("2026-11-10", "2026-11-11", false)).success, true);
});

test("curve collection switched off gives NO_DATA and poisons the days", async () => {
  const bench = new Bench(afterPublication, [plainPoint({ curveCollectedFrom: null })]);
  assert.equal((await bench.batch("2026-11-17", "2026-11-18", false)).code, "NO_DATA");
  assert.deepEqual(bench.blacklisted, ["2026-11-17", "2026-11-18"]);
  assert.equal((await bench.daily("2026-11-17", "2026-11-19")).success, true);
});

test("lost consent is swallowed: NO_DATA, whatever Enedis said", async () => {
  const bench = new Bench(afterPublication, [plainPoint({ refusal: "consent" })]);
  assert.equal((await bench.batch("2026-11-14", "2026-11-20", false)).code, "NO_DATA");
});

test("the production batch has a message of its own", async () => {
  const answer = await new Bench(afterPublication).batch("2026-11-17", "2026-11-18", false, "production");
  assert.equal(answer.code, "NO_DATA");
  assert.equal(
    answer.message,
    "No production data available for this period. This may be before the meter activation date.",
  );
  assert.equal(field(answer.body, "error", "field"), null);
});

test("days before activation are never counted as failures, however often they are asked", async () => {
  const bench = new Bench(afterPublication, [plainPoint({ activationDate: "2026-11-18" })]);
  for (let call = 1; call <= 8; call++) await bench.batch("2026-11-16", "2026-11-19", false);
  assert.deepEqual(bench.blacklisted, []);
});

test("the fresh copy of a doubled day stands before the cached one", async () => {
  const hole = { flow: "consumption", date: date("2026-11-18"), toMinutes: 480 } as const;
  const bench = new Bench(afterPublication, [plainPoint({ holes: [hole] })]);
  await bench.batch("2026-11-17", "2026-11-18", true);
  const visibleFrom = bench.clock.now();
  bench.gateway.control
    .meter(pdl)
    .corrections.push(scaled({ flow: "consumption", date: date("2026-11-18"), visibleFrom }, 2));
  const doubled = points(await bench.batch("2026-11-17", "2026-11-18", true)).filter((point) =>
    point.date.startsWith("2026-11-18 08:00"),
  );
  // Twice 500 W since the correction, 500 W in the cache.
  assert.deepEqual(
    doubled.map(({ value }) => value),
    ["1000", "500"],
  );
});

test("without the cache nothing is written to it either", async () => {
  const bench = new Bench(afterPublication);
  await bench.batch("2026-11-17", "2026-11-18", false);
  await bench.batch("2026-11-17", "2026-11-18", true);
  assert.equal(bench.gateway.control.calls.at(-1)?.enedisCalls, 1);
});
