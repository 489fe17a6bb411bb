import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceOfPower } from "../../src/simulator/energy-source.ts";
import { producerPoint } from "../../src/simulator/homes.ts";
import { Bench, daysOf, field, list, pdl, plainPoint, points } from "./bench.ts";

/** Production, power, contract and address: passed on as Enedis words them. */
const afternoon = "2026-11-21T11:00:00Z";
const producer = plainPoint({ production: sourceOfPower(() => 100) });

test("production: end = today reads yesterday, and the end is excluded", async () => {
  const bench = new Bench(afternoon, [producer]);
  assert.deepEqual(daysOf(await bench.daily("2026-11-19", "2026-11-21", false, "production")), {
    "2026-11-19": 1,
    "2026-11-20": 1,
  });
  assert.deepEqual(daysOf(await bench.detail("2026-11-20", "2026-11-21", false, "production")), { "2026-11-20": 48 });
});

test("the body holds what Enedis says of it", async () => {
  const answer = await new Bench(afternoon, [producer]).detail("2026-11-20", "2026-11-21", false, "production");
  const reading = field(answer.data, "meter_reading");
  assert.deepEqual(
    ["usage_point_id", "start", "end", "quality", "reading_type"].map((key) => field(reading, key)),
    [pdl, "2026-11-20", "2026-11-21", "BRUT", { unit: "W", measurement_kind: "power", aggregate: "average" }],
  );
});

test("an end after today is refused by Enedis, and more than seven days of curve as well", async () => {
  const bench = new Bench(afternoon, [producer]);
  const power = await bench.get(`/enedis/power/${pdl}`, { start: "2026-11-17", end: "2026-11-22" });
  assert.equal(power.message, "Invalid_request: The end date parameter must be earlier than the current date.");
  const long = await bench.detail("2026-11-10", "2026-11-18", false, "production");
  assert.match(long.message ?? "", /^ADAM-DC-0015: /);
  const backwards = await bench.daily("2026-11-18", "2026-11-18", false, "production");
  assert.equal(backwards.message, "Invalid_request: Start date should be before end date.");
});

test("24 months and 15 days of curve, 36 months and 15 days of the rest", async () => {
  const bench = new Bench(afternoon, [producer]);
  assert.equal((await bench.detail("2024-11-06", "2024-11-08", false, "production")).success, true);
  assert.match((await bench.detail("2024-11-05", "2024-11-08", false, "production")).message ?? "", /^ADAM-DC-0016: /);
  assert.equal((await bench.daily("2023-11-06", "2023-11-08", false, "production")).success, true);
  assert.match((await bench.daily("2023-11-05", "2023-11-08", false, "production")).message ?? "", /^ADAM-DC-0016: /);
});

test("maximum power: VA with the second of the peak, at least the mean of the strongest half-hour", async () => {
  const answer = await new Bench(afternoon).get(`/enedis/power/${pdl}`, { start: "2026-11-19", end: "2026-11-21" });
  assert.deepEqual(Object.keys(daysOf(answer)), ["2026-11-19", "2026-11-20"]);
  for (const peak of points(answer)) {
    assert.match(peak.date, /^2026-11-(19|20) \d\d:\d\d:\d\d$/);
    assert.ok(Number(peak.value) >= 500 && Number(peak.value) <= 9000);
  }
  assert.deepEqual(field(answer.data, "meter_reading", "reading_type"), {
    unit: "VA",
    measurement_kind: "power",
    aggregate: "maximum",
    measuring_period: "P1D",
  });
});

test("before activation passes for a success: production, power and contract", async () => {
  const young = new Bench(afternoon, [
    plainPoint({ activationDate: "2026-11-10", production: sourceOfPower(() => 100) }),
  ]);
  const disguised = {
    error: "ADAM-ERR0123",
    error_description: "The requested period cannot be anterior to the meter's last activation date",
  };
  for (const path of ["production/daily", "production/detail", "power"]) {
    const answer = await young.get(`/enedis/${path}/${pdl}`, { start: "2026-11-09", end: "2026-11-12" });
    assert.equal(answer.success, true, path);
    assert.deepEqual(answer.data, disguised, path);
  }
  const future = new Bench(afternoon, [plainPoint({ activationDate: "2026-12-01" })]);
  assert.deepEqual((await future.get(`/enedis/contract/${pdl}`)).data, disguised);
});

test("the wrong direction is ADAM-ERR0069, both ways", async () => {
  const consumer = await new Bench(afternoon).daily("2026-11-18", "2026-11-20", false, "production");
  assert.equal(consumer.message, "ADAM-ERR0069: Le sens de la mesure ne correspond pas pour le PRM demandé.");
  const roof = new Bench(afternoon, [producerPoint({ usagePointId: pdl, seed: 1 })]);
  assert.match((await roof.daily("2026-11-17", "2026-11-19")).message ?? "", /ADAM-ERR0069/);
});

test("refusals of consent, of the holder and after moving out", async () => {
  for (const [refusal, code] of [
    ["consent", "ADAM-DC-0008"],
    ["moved_out", "ADAM-DC-0007"],
    ["holder", "ADAM-ERR0061"],
  ] as const) {
    const bench = new Bench(afternoon, [plainPoint({ refusal })]);
    for (const path of ["contract", "address", "power"]) {
      const query = path === "power" ? { start: "2026-11-18", end: "2026-11-20" } : {};
      const answer = await bench.get(`/enedis/${path}/${pdl}`, query);
      assert.deepEqual([answer.code, answer.message?.startsWith(`${code}: `)], ["ENEDIS_ERROR", true], path);
    }
  }
});

test("a start before the consent is refused whole", async () => {
  const bench = new Bench(afternoon, [plainPoint({ consentFrom: "2026-11-10" })]);
  const power = (start: string) => bench.get(`/enedis/power/${pdl}`, { start, end: "2026-11-12" });
  assert.match((await power("2026-11-09")).message ?? "", /^ADAM-DC-0009: /);
  assert.equal((await power("2026-11-10")).success, true);
});

test("an inactive meter, one of another account and an unknown one are ACCESS_DENIED, and cost nothing", async () => {
  const bench = new Bench(afternoon, [plainPoint({}, { isActive: false })]);
  for (const id of [pdl, "99999999999999"]) {
    const answer = await bench.get(`/enedis/contract/${id}`);
    assert.deepEqual([answer.status, answer.code], [200, "ACCESS_DENIED"]);
  }
  assert.deepEqual(bench.used, { cached: 0, no_cache: 0 });
  assert.equal(list((await bench.get("/pdl")).data).length, 1);
});

test("every call counts, even one that the cache answers, under exactly the same dates", async () => {
  const bench = new Bench("2026-11-21T06:30:00Z", [producer]);
  const query = { start: "2026-11-18", end: "2026-11-21", use_cache: true };
  const early = await bench.get(`/enedis/production/daily/${pdl}`, query);
  assert.deepEqual(Object.keys(daysOf(early)), ["2026-11-18", "2026-11-19"]);
  // Yesterday is published meanwhile, but the cache keeps the answer without it.
  bench.at("2026-11-21T11:00:00Z");
  assert.deepEqual(Object.keys(daysOf(await bench.get(`/enedis/production/daily/${pdl}`, query))), [
    "2026-11-18",
    "2026-11-19",
  ]);
  const otherDates = await bench.get(`/enedis/production/daily/${pdl}`, { ...query, start: "2026-11-17" });
  assert.equal(daysOf(otherDates)["2026-11-20"], 1);
  assert.deepEqual(bench.used, { cached: 3, no_cache: 0 });
});

test("the contract writes kVA as text and dates glued to the offset of their day", async () => {
  const answer = await new Bench(afternoon).get(`/enedis/contract/${pdl}`);
  const [point] = list(field(answer.data, "customer", "usage_points"));
  assert.deepEqual(field(point, "usage_point"), {
    usage_point_id: pdl,
    usage_point_status: "com",
    meter_type: "AMM",
  });
  assert.deepEqual(
    ["segment", "subscribed_power", "last_activation_date", "offpeak_hours", "contract_status"].map((key) =>
      field(point, "contracts", key),
    ),
    ["C5", "9 kVA", "2018-08-31+02:00", "HC (22H00-6H00)", "SERVC"],
  );
});

test("the address stands inside the usage point", async () => {
  const answer = await new Bench(afternoon).get(`/enedis/address/${pdl}`);
  const [point] = list(field(answer.data, "customer", "usage_points"));
  assert.equal(field(point, "usage_point", "usage_point_addresses", "postal_code"), "22320");
});

test("a point that only produces has no contract", async () => {
  const bench = new Bench(afternoon, [producerPoint({ usagePointId: pdl, seed: 1 })]);
  assert.equal((await bench.get(`/enedis/contract/${pdl}`)).code, "ENEDIS_ERROR");
});
