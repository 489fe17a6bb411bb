import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceOfPower } from "../../src/simulator/energy-source.ts";
import { baseHome, offPeakHome, producerPoint, solarHome, tempoHome } from "../../src/simulator/homes.ts";
import { routes } from "../../src/simulator/router.ts";
import { skipWithout } from "../support/shared-files.ts";
import { Bench, field, list, pdl, plainPoint } from "./bench.ts";
import { assertDocumented, contractFile, documentedRoutes } from "./contract.ts";

/** Every answer of `Bench.get` is held against the document; this file makes sure that it bites. */
const noon = "2026-11-21T11:00:00Z";
const skip = skipWithout(contractFile);

test("the simulator serves every route of the document, and no other but the clearing of the cache", { skip }, () => {
  const documented = documentedRoutes().map(({ method, pattern }) => `${method} ${pattern}`);
  assert.equal(documented.length, 31);
  const served = routes.map(({ method, pattern }) => `${method} ${pattern.replace(/(.)\/$/, "$1")}`);
  assert.deepEqual(
    documented.filter((route) => !served.includes(route)),
    [],
  );
  assert.deepEqual(
    [...new Set(served)].filter((route) => !documented.includes(route)),
    ["DELETE /enedis/cache/{usage_point_id}"],
  );
});

test("the comparison with the document can fail", { skip }, () => {
  const route = { method: "GET", pattern: "/pdl", status: 200 };
  assert.throws(() => assertDocumented(route, { success: true, data: [], error: null }), /timestamp/);
  assert.throws(
    () => assertDocumented(route, { success: true, data: [{}], error: null, timestamp: "2026-11-21T11:00:00.000001" }),
    /usage_point_id/,
  );
  assert.throws(() => assertDocumented({ ...route, status: 418 }, {}), /not documented/);
});

const homes = [
  baseHome({ usagePointId: pdl, seed: 1 }),
  offPeakHome({ usagePointId: pdl, seed: 1, minutes: 10 }),
  tempoHome({ usagePointId: pdl, seed: 1, minutes: 60 }),
  solarHome({ usagePointId: pdl, seed: 1 }),
  producerPoint({ usagePointId: pdl, seed: 1, minutes: 15 }),
];

const meterPaths = [
  "consumption/daily",
  "consumption/detail",
  "consumption/detail/batch",
  "production/daily",
  "production/detail",
  "production/detail/batch",
  "power",
  "contract",
  "address",
];

for (const home of homes)
  test(`every meter route of "${home.name}" answers as documented, with and without the cache`, { skip }, async () => {
    const bench = new Bench(noon, [home]);
    for (const path of meterPaths)
      for (const use_cache of [false, true, true]) {
        const answer = await bench.get(`/enedis/${path}/${pdl}`, { start: "2026-11-16", end: "2026-11-20", use_cache });
        assert.equal(answer.status, 200, path);
        const isServed = home.meter.consumption !== undefined || path.startsWith("production") || path === "address";
        if (isServed && (home.meter.production !== undefined || !path.startsWith("production")))
          assert.equal(answer.success, true, path);
        else assert.equal(answer.success, false, path);
      }
    assert.equal(list((await bench.get("/pdl")).data).length, 1);
  });

test("every way in which a meter route fails is documented", { skip }, async () => {
  const sick = [
    plainPoint({ refusal: "consent" }),
    plainPoint({ activationDate: "2026-11-18", production: sourceOfPower(() => 100) }),
    plainPoint({ curveCollectedFrom: null, publication: { at: () => null } }),
    plainPoint({}, { isActive: false }),
  ];
  for (const point of sick)
    for (const path of meterPaths) {
      const bench = new Bench(noon, [point]);
      await bench.get(`/enedis/${path}/${pdl}`, { start: "2026-11-10", end: "2026-11-17" });
      bench.gateway.control.setUsed("cli_bench", { no_cache: 50, cached: 1000 });
      await bench.get(`/enedis/${path}/${pdl}`, { start: "2026-11-10", end: "2026-11-17" });
      bench.gateway.control.account("cli_bench").emailVerified = false;
      assert.equal((await bench.get(`/enedis/${path}/${pdl}`)).status, 403, path);
      bench.gateway.control.account("cli_bench").clientSecret = "changed";
      assert.equal((await bench.get(`/enedis/${path}/${pdl}`)).status, 401, path);
    }
});

test("national figures: types, units and the period asked, an offset being dropped", { skip }, async () => {
  const bench = new Bench(noon);
  const all = await bench.get("/consumption-france");
  const types = list(field(all.data, "short_term")).map((one) => field(one, "type"));
  assert.deepEqual(types, ["REALISED", "ID", "D-1", "D-2"]);
  const asked = await bench.get("/consumption-france", {
    type: "REALISED",
    start_date: "2026-11-21T08:00:00+01:00",
    end_date: "2026-11-21T08:15:00",
  });
  const [realised] = list(field(asked.data, "short_term"));
  assert.deepEqual(
    list(field(realised, "values")).map((value) => field(value, "start_date")),
    ["2026-11-21T08:00:00", "2026-11-21T08:15:00"],
  );
  const current = await bench.get("/consumption-france/current");
  // 10:30 to 10:45 ended 15 min ago, 10:45 to 11:00 is told at 11:05.
  assert.equal(field(current.data, "start_date"), "2026-11-21T10:30:00");
  assert.equal(field(current.data, "unit"), "MW");
});

test("wind grows at each refresh, solar does not", { skip }, async () => {
  const bench = new Bench(noon);
  const firstOf = async (production_type: string): Promise<number> => {
    const answer = await bench.get("/generation-forecast", { production_type, forecast_type: "ID" });
    const [forecast] = list(field(answer.data, "forecasts"));
    return Number(field(list(field(forecast, "values"))[12], "value"));
  };
  const [wind, solar] = [await firstOf("WIND"), await firstOf("SOLAR")];
  bench.at("2026-11-21T11:30:00Z");
  // 23 refreshes since 00:00, then 24.
  assert.equal(Math.round(((await firstOf("WIND")) / wind) * 23), 24);
  assert.equal(await firstOf("SOLAR"), solar);
  assert.deepEqual(
    list(field((await bench.get("/generation-forecast", { production_type: "WIND_ONSHORE" })).data, "forecasts")),
    [],
  );
  assert.ok(list(field((await bench.get("/generation-forecast/mix")).data, "mix")).length > 0);
});

test("/ping says 1.5.15 for ever, / tells the release", { skip }, async () => {
  const bench = new Bench(noon);
  assert.equal(field((await bench.get("/ping")).body, "version"), "1.5.15");
  assert.equal(field((await bench.get("/")).body, "version"), "1.22.0");
});
