import assert from "node:assert/strict";
import { test } from "node:test";
import { Bench, daysOf, labelsOf, pdl, plainPoint, points } from "./bench.ts";

const afternoon = "2026-11-21T11:00:00Z";

test("the end is capped to yesterday and then excluded", async () => {
  const answer = await new Bench(afternoon).detail("2026-11-18", "2026-11-25", false);
  assert.deepEqual(daysOf(answer), { "2026-11-18": 48, "2026-11-19": 48 });
});

test("with the cache, J-2 to J-1 gives J-2 first and J-1 at the second call", async () => {
  const bench = new Bench(afternoon);
  assert.deepEqual(daysOf(await bench.detail("2026-11-19", "2026-11-20", true)), { "2026-11-19": 48 });
  assert.deepEqual(daysOf(await bench.detail("2026-11-19", "2026-11-20", true)), {
    "2026-11-20": 48,
    "2026-11-19": 48,
  });
});

test("that quirk gets round the blacklist, which this route neither reads nor writes", async () => {
  const bench = new Bench("2026-11-21T06:30:00Z");
  await bench.batch("2026-11-13", "2026-11-20", false);
  assert.deepEqual(bench.blacklisted, ["2026-11-20"]);
  bench.at(afternoon);
  await bench.detail("2026-11-19", "2026-11-20", true);
  assert.equal(daysOf(await bench.detail("2026-11-19", "2026-11-20", true))["2026-11-20"], 48);
});

test("a call that the cache answers whole is not counted", async () => {
  const bench = new Bench(afternoon);
  await bench.detail("2026-11-17", "2026-11-18", true);
  await bench.detail("2026-11-17", "2026-11-18", true);
  assert.deepEqual(bench.used, { cached: 2, no_cache: 0 });
  await bench.detail("2026-11-17", "2026-11-18", true);
  assert.deepEqual(bench.used, { cached: 2, no_cache: 0 });
});

test("more than seven days, or any failure of Enedis, is NO_DATA", async () => {
  const bench = new Bench(afternoon);
  assert.equal((await bench.detail("2026-11-08", "2026-11-15", false)).success, true);
  assert.equal((await bench.detail("2026-11-08", "2026-11-16", false)).code, "NO_DATA");
  assert.equal((await bench.detail("2024-10-01", "2024-10-03", false)).code, "NO_DATA");
});

test("before activation it says so, and keeps the refused start as oldest_available_data_date", async () => {
  const bench = new Bench(afternoon, [plainPoint({ activationDate: "2026-10-02" })]);
  const answer = await bench.detail("2026-10-01", "2026-10-04", false);
  assert.deepEqual(
    [answer.success, answer.code, answer.message],
    [false, "ADAM-ERR0123", "The requested period (2026-10-01) cannot be anterior to the meter's last activation date"],
  );
  assert.equal(bench.gateway.control.point(pdl).oldestAvailableDataDate, "2026-10-01");
});

test("a meter at 60 minutes comes back doubled with the cache, the copies at the end", async () => {
  const bench = new Bench(afternoon, [plainPoint({}, {}, 60)]);
  assert.deepEqual(daysOf(await bench.detail("2026-11-17", "2026-11-18", true)), { "2026-11-17": 24 });
  const twice = await bench.detail("2026-11-17", "2026-11-18", true);
  assert.deepEqual(daysOf(twice), { "2026-11-17": 48 });
  const labels = labelsOf(twice, "2026-11-17");
  assert.deepEqual([labels[23], labels[24]], ["23:00", "00:00"]);
});

for (const minutes of [10, 15] as const)
  test(`a meter at ${minutes} minutes comes back from the cache as 48 of its ${1440 / minutes} points`, async () => {
    const bench = new Bench(afternoon, [plainPoint({}, {}, minutes)]);
    assert.deepEqual(daysOf(await bench.detail("2026-11-16", "2026-11-18", true)), {
      "2026-11-16": 1440 / minutes,
      "2026-11-17": 1440 / minutes,
    });
    // 16 and 17 are cached, 18 alone is missing and is asked with its end moved.
    assert.deepEqual(daysOf(await bench.detail("2026-11-16", "2026-11-18", true)), {
      "2026-11-16": 48,
      "2026-11-17": 48,
      "2026-11-18": 1440 / minutes,
    });
  });

test("an ill date is HTTP 500", async () => {
  assert.equal((await new Bench(afternoon).detail("yesterday", "2026-11-20", false)).status, 500);
});

test("the value is the mean power, with the length of its interval", async () => {
  const answer = await new Bench(afternoon).detail("2026-11-18", "2026-11-19", false);
  assert.deepEqual(points(answer)[17], { value: "500", date: "2026-11-18 08:30:00", interval_length: "PT30M" });
});
