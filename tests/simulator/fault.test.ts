import assert from "node:assert/strict";
import { test } from "node:test";
import { instant } from "../../src/domain/units.ts";
import { enedisFaults, type FaultEffect } from "../../src/simulator/fault.ts";
import { Bench, clientSecret, pdl, plainPoint } from "./bench.ts";

const noon = "2026-11-21T11:00:00Z";
const contract = `/enedis/contract/${pdl}`;

const broken = (effect: FaultEffect, times = 1): Bench => {
  const bench = new Bench(noon);
  bench.gateway.control.addFault({ route: "/enedis/", times, effect });
  return bench;
};

test("Enedis refuses with its own texts, folded into ENEDIS_ERROR", async () => {
  const bench = broken({ kind: "enedis", refusal: enedisFaults.quotaPerSecond });
  const refused = await bench.get(contract);
  assert.deepEqual(
    [refused.status, refused.code, refused.message],
    [200, "ENEDIS_ERROR", "Quota Q3 reached: Call threshold allowed on 09:31:03"],
  );
  assert.equal((await bench.get(contract)).success, true);
  assert.equal(bench.used.no_cache, 2);
});

test("an Enedis failure on the detail route is NO_DATA, on the daily one it names the dates", async () => {
  const bench = broken({ kind: "enedis", refusal: enedisFaults.internal }, 2);
  assert.equal((await bench.detail("2026-11-18", "2026-11-20", false)).code, "NO_DATA");
  assert.equal(
    (await bench.daily("2026-11-17", "2026-11-19")).message,
    "Failed to fetch 2026-11-17 to 2026-11-19: ADAM-DC-0500: Un problème a été rencontré lors du traitement.",
  );
});

test("without a token from Enedis the gateway says ENEDIS_UNAVAILABLE", async () => {
  const answer = await broken({ kind: "enedis_unavailable" }).daily("2026-11-17", "2026-11-19");
  assert.deepEqual([answer.status, answer.code], [200, "ENEDIS_UNAVAILABLE"]);
});

test("the proxy's page is HTML and costs nothing", async () => {
  const bench = broken({ kind: "html", status: 502 });
  const response = await bench.raw(contract);
  assert.deepEqual([response.status, response.headers.get("content-type")], [502, "text/html"]);
  assert.match(await response.text(), /^<html>/);
  assert.equal(bench.used.no_cache, 0);
});

test("an uncaught exception is HTTP 500 in an envelope, a refused token 401", async () => {
  const failed = await broken({ kind: "server_error" }).raw(contract);
  assert.equal(failed.status, 500);
  assert.match(await failed.text(), /"code":"INTERNAL_ERROR"/);
  const refused = await broken({ kind: "unauthorized" }).raw(contract);
  assert.deepEqual([refused.status, await refused.json()], [401, { detail: "Invalid authentication credentials" }]);
});

test("broken JSON ends in its middle, although the call was counted", async () => {
  const bench = broken({ kind: "broken_json" });
  const response = await bench.raw(contract);
  assert.equal(response.status, 200);
  await assert.rejects(response.json(), SyntaxError);
  assert.equal(bench.used.no_cache, 1);
  assert.equal(bench.gateway.control.calls.at(-1)?.outcome, "broken_json");
});

test("a connection drops before the gateway worked, or after it has counted", async () => {
  for (const [when, counted] of [
    ["before", 0],
    ["after", 1],
  ] as const) {
    const bench = broken({ kind: "drop", when });
    await assert.rejects(
      bench.raw(contract),
      (error) => error instanceof TypeError && error.message === "fetch failed",
    );
    assert.equal(bench.used.no_cache, counted, when);
    assert.equal(bench.gateway.control.calls.at(-1)?.outcome, "dropped");
  }
});

test("a slow answer takes its time on the gateway's clock", async () => {
  const bench = broken({ kind: "slow", ms: 90_000, clock: "simulated" });
  assert.equal((await bench.get(contract)).success, true);
  assert.equal(bench.clock.now(), Date.parse(noon) + 90_000);
});

test("a slow answer on the real clock can be given up on", async () => {
  const bench = broken({ kind: "slow", ms: 60_000, clock: "real" });
  const timeout = AbortSignal.timeout(20);
  await assert.rejects(bench.raw(contract, {}, { signal: timeout }));
  assert.equal(bench.gateway.control.calls.at(-1)?.outcome, "unanswered");
});

test("a fault has a window of time, a count and a route, and can be disarmed", async () => {
  const bench = new Bench(noon);
  const { control } = bench.gateway;
  const html: FaultEffect = { kind: "html", status: 503 };
  control.addFault({ route: /^\/tempo/, from: instant(Date.parse(noon) + 1000), effect: html });
  control.addFault({ route: "/ping", until: instant(Date.parse(noon) + 1000), effect: html });
  const disarm = control.addFault({ route: "/energy/", times: 2, effect: html });
  const status = async (path: string): Promise<number> => (await bench.raw(path)).status;
  assert.deepEqual([await status("/tempo"), await status("/ping"), await status("/energy/offers")], [200, 503, 503]);
  bench.at("2026-11-21T11:00:01Z");
  assert.deepEqual([await status("/tempo"), await status("/ping"), await status("/energy/offers")], [503, 200, 503]);
  assert.equal(await status("/energy/offers"), 200);
  disarm();
  control.addFault({ route: "/energy/", effect: html })();
  assert.equal(await status("/energy/offers"), 200);
  control.clearFaults();
  assert.equal(await status("/tempo"), 200);
});

test("any answer can be put in place of the real one", async () => {
  const bench = broken({ kind: "answer", status: 200, contentType: "application/json", body: '{"success":"maybe"}' });
  assert.deepEqual(await (await bench.raw(contract)).json(), { success: "maybe" });
});

test("a request that is already given up is not seen", async () => {
  const bench = new Bench(noon);
  await assert.rejects(bench.raw("/ping", {}, { signal: AbortSignal.abort() }));
  assert.equal(bench.gateway.control.calls.length, 0);
});

test("calls to Enedis can take time: 105 of them at 200 ms make 21 s for two years", async () => {
  const bench = new Bench(noon, [plainPoint()], { enedisCallMs: 200 });
  await bench.batch("2024-11-21", "2026-11-20", false);
  assert.equal(bench.clock.now(), Date.parse(noon) + 105 * 200);
});

test("over HTTP: the same answers, dropped connections and close", async () => {
  const bench = new Bench(noon);
  const listening = await bench.gateway.listen({ port: 0 });
  try {
    const headers = { authorization: `Bearer ${clientSecret}` };
    const response = await fetch(`${listening.url}/api${contract}`, { headers });
    assert.equal(response.status, 200);
    assert.equal(Object(await response.json()).success, true);
    const token = await fetch(`${listening.url}/accounts/token`, {
      method: "POST",
      body: new URLSearchParams({ client_id: "cli_bench", client_secret: clientSecret }),
    });
    assert.equal(token.status, 200);
    bench.gateway.control.addFault({ route: "/ping", times: 1, effect: { kind: "drop", when: "before" } });
    await assert.rejects(fetch(`${listening.url}/ping`), TypeError);
    assert.equal((await fetch(`${listening.url}/ping`)).status, 200);
    bench.gateway.control.addFault({ route: "/ping", times: 1, effect: { kind: "slow", ms: 60_000, clock: "real" } });
    await assert.rejects(fetch(`${listening.url}/ping`, { signal: AbortSignal.timeout(50) }));
  } finally {
    await listening.close();
  }
  await assert.rejects(fetch(`${listening.url}/ping`));
});
