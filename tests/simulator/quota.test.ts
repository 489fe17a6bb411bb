import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceOfPower } from "../../src/simulator/energy-source.ts";
import { Bench, clientId, pdl, plainPoint } from "./bench.ts";

const noon = "2026-11-21T11:00:00Z";

test("the 51st call without the cache is refused, and the other counter is still free", async () => {
  const bench = new Bench(noon);
  for (let call = 1; call <= 50; call++)
    assert.equal((await bench.get(`/enedis/contract/${pdl}`)).success, true, `call ${call}`);
  const refused = await bench.get(`/enedis/contract/${pdl}`);
  assert.deepEqual(
    [refused.status, refused.success, refused.code, refused.message],
    [200, false, "RATE_LIMIT_EXCEEDED", "Daily rate limit exceeded (50/50). Use cache to increase limit."],
  );
  assert.equal((await bench.get(`/enedis/contract/${pdl}`, { use_cache: true })).success, true);
  assert.deepEqual(bench.used, { cached: 1, no_cache: 50 });
});

test("the cached counter ends at 1000", async () => {
  const bench = new Bench(noon);
  bench.gateway.control.setUsed(clientId, { cached: 999 });
  assert.equal((await bench.get(`/enedis/contract/${pdl}`, { use_cache: true })).success, true);
  const refused = await bench.get(`/enedis/contract/${pdl}`, { use_cache: true });
  assert.equal(refused.code, "RATE_LIMIT_EXCEEDED");
  assert.match(refused.message ?? "", /^Daily rate limit exceeded \(1000\/1000\)/);
});

test("the counters start again at 00:00 UTC, which is 01:00 in Paris in winter", async () => {
  const bench = new Bench("2026-11-21T23:59:59Z");
  bench.gateway.control.setUsed(clientId, { no_cache: 50 });
  assert.equal((await bench.get(`/enedis/contract/${pdl}`)).code, "RATE_LIMIT_EXCEEDED");
  bench.at("2026-11-22T00:00:00Z");
  assert.equal((await bench.get(`/enedis/contract/${pdl}`)).success, true);
});

test("usage-stats tells both counters and the UTC date", async () => {
  // 00:30 in Paris on the 22nd is still the 21st in UTC.
  const bench = new Bench("2026-11-21T23:30:00Z");
  await bench.get(`/enedis/contract/${pdl}`);
  await bench.get(`/enedis/contract/${pdl}`, { use_cache: true });
  assert.deepEqual((await bench.get("/accounts/usage-stats")).data, {
    cached_requests: 1,
    no_cache_requests: 1,
    cached_limit: 1000,
    no_cache_limit: 50,
    date: "2026-11-21",
  });
});

test("which routes are counted, in which bucket, and which are on a hit of the cache", async () => {
  const bench = new Bench(noon, [plainPoint({ production: sourceOfPower(() => 100) })]);
  const period = { start: "2026-11-17", end: "2026-11-18", use_cache: true };
  // The second call finds everything in the cache.
  for (const [path, counted] of [
    [`/enedis/consumption/daily/${pdl}`, 2],
    [`/enedis/production/daily/${pdl}`, 2],
    [`/enedis/production/detail/${pdl}`, 2],
    [`/enedis/power/${pdl}`, 2],
    [`/enedis/contract/${pdl}`, 2],
    [`/enedis/address/${pdl}`, 2],
    [`/enedis/consumption/detail/batch/${pdl}`, 1],
    [`/enedis/production/detail/batch/${pdl}`, 1],
  ] as const) {
    bench.gateway.control.setUsed(clientId, { cached: 0 });
    await bench.get(path, period);
    await bench.get(path, period);
    assert.deepEqual(bench.used, { cached: counted, no_cache: 0 }, path);
  }
});

test("routes that are never counted", async () => {
  const bench = new Bench(noon);
  for (const path of [
    "/accounts/usage-stats",
    "/pdl",
    "/tempo",
    "/tempo/days",
    "/tempo/today",
    "/tempo/week",
    "/tempo/forecast",
    "/energy/offers",
    "/energy/providers",
    "/energy/offer-types",
    "/consumption-france",
    "/consumption-france/current",
    "/generation-forecast",
    "/generation-forecast/mix",
    "/ping",
  ])
    assert.equal((await bench.get(path)).status, 200, path);
  assert.deepEqual(bench.used, { cached: 0, no_cache: 0 });
});

test("EcoWatt always takes from the counter without cache, and answers HTTP 429 when it is empty", async () => {
  const bench = new Bench(noon);
  await bench.get("/ecowatt/current", { use_cache: true });
  await bench.get("/ecowatt/forecast");
  await bench.get("/ecowatt/history", { start_date: "2026-11-20", end_date: "2026-11-24" });
  assert.deepEqual(bench.used, { cached: 0, no_cache: 3 });
  bench.gateway.control.setUsed(clientId, { no_cache: 50 });
  const refused = await bench.get("/ecowatt/current");
  assert.deepEqual([refused.status, refused.body], [429, { detail: "Rate limit exceeded: 50/50 requests today" }]);
});

test("the counters belong to the account, whichever of its meters is asked", async () => {
  const bench = new Bench(noon, [plainPoint(), plainPoint({}, { usagePointId: "00000000000017" })]);
  await bench.get(`/enedis/contract/${pdl}`);
  await bench.get("/enedis/contract/00000000000017");
  assert.equal(bench.used.no_cache, 2);
});

test("the calls seen tell route, usage point, bucket, calls to Enedis and outcome", async () => {
  const bench = new Bench(noon);
  await bench.daily("2020-01-01", "2020-01-03");
  const call = bench.gateway.control.calls.at(-1);
  assert.deepEqual(
    [
      call?.at,
      call?.route,
      call?.usagePoint,
      call?.query,
      call?.bucket,
      call?.enedisCalls,
      call?.status,
      call?.outcome,
    ],
    [
      Date.parse(noon),
      "/enedis/consumption/daily/{usage_point_id}",
      pdl,
      { start: "2020-01-01", end: "2020-01-03", use_cache: "false" },
      "no_cache",
      0,
      200,
      "DATE_TOO_OLD",
    ],
  );
});

test("clearing the cache over the API touches consumption only, and not the blacklist", async () => {
  const bench = new Bench(noon, [plainPoint({ production: sourceOfPower(() => 100) })]);
  const period = { start: "2026-11-17", end: "2026-11-18", use_cache: true };
  const enedisCalls = async (path: string): Promise<number | undefined> => {
    await bench.get(path, period);
    return bench.gateway.control.calls.at(-1)?.enedisCalls;
  };
  const consumption = `/enedis/consumption/detail/batch/${pdl}`;
  const production = `/enedis/production/detail/batch/${pdl}`;
  assert.deepEqual([await enedisCalls(consumption), await enedisCalls(production)], [1, 1]);
  assert.equal((await bench.raw(`/enedis/cache/${pdl}`, {}, { method: "DELETE" })).status, 200);
  assert.deepEqual([await enedisCalls(consumption), await enedisCalls(production)], [1, 0]);
});

test("a new secret makes the cache unreadable, and costs another unit", async () => {
  const bench = new Bench(noon);
  await bench.batch("2026-11-17", "2026-11-18", true);
  bench.gateway.control.regenerateSecret(clientId, "new-secret");
  const query = { start: "2026-11-17", end: "2026-11-18" };
  const path = `/enedis/consumption/detail/batch/${pdl}`;
  assert.equal((await bench.raw(path, query)).status, 401);
  assert.equal((await bench.raw(path, query, { headers: { authorization: "Bearer new-secret" } })).status, 200);
  assert.deepEqual(bench.used, { cached: 2, no_cache: 0 });
});
