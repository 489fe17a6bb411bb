import assert from "node:assert/strict";
import { test } from "node:test";
import { enedisFaults, type Fault, type FaultEffect } from "../../src/simulator/fault.ts";
import {
  assertMirrors,
  assertNothingTold,
  assertTold,
  at,
  callsOn,
  codesOf,
  countsOf,
  flowIn,
  pointIn,
  run,
  startHome,
} from "../support/scenario.ts";

const unreachable = { fr: /ne répond pas ; les appels sont repris/, en: /does not answer; calls are repeated/ };

const outages: readonly { name: string; effect: FaultEffect }[] = [
  { name: "a page of the proxy (502)", effect: { kind: "html", status: 502 } },
  { name: "dropped connections", effect: { kind: "drop", when: "before" } },
  { name: "broken JSON", effect: { kind: "broken_json" } },
  { name: "HTTP 500 everywhere", effect: { kind: "server_error" } },
  { name: "no token from Enedis", effect: { kind: "enedis_unavailable" } },
];

for (const { name, effect } of outages) {
  test(`${name} for a morning: told after a few failures, nothing lost, and yesterday comes when it ends`, async (t) => {
    const home = await startHome(t);
    await run(home, "2026-11-22T21:00:00Z");
    const before = await countsOf(home);
    home.gateway.control.addFault({
      route: "/",
      effect,
      from: at("2026-11-23T06:00:00Z"),
      until: at("2026-11-23T11:00:00Z"),
    });
    const during = await run(home, "2026-11-23T10:55:00Z");
    await assertTold(home, "gateway_unreachable", unreachable);
    assert.deepEqual(await countsOf(home), before);
    assert.equal(flowIn(during).yesterday, null);
    assert.equal(flowIn(during).latest?.date, "2026-11-21");
    const calls = home.gateway.control.calls.filter((call) => call.at > at("2026-11-23T06:00:00Z")).length;
    assert.ok(calls <= 40, `${calls} calls in five hours`);
    const since = home.snapshot.bridge.problems.find(({ code }) => code === "gateway_unreachable")?.since ?? 0;
    assert.ok(since < at("2026-11-23T08:00:00Z"), new Date(since).toISOString());
    assert.ok(since > at("2026-11-22T12:00:00Z"), new Date(since).toISOString());

    // Yesterday's curve, having failed for hours, is asked for every hour.
    const after = await run(home, "2026-11-23T12:10:00Z");
    assert.equal(flowIn(after).yesterday?.date, "2026-11-22");
    await run(home, "2026-11-24T21:00:00Z");
    await assertNothingTold(home);
    await assertMirrors(home, { from: "2026-10-20", to: "2026-11-23" });
  });
}

test("an answer slower than the timeout is an outage of that call, whose answer is not half taken", async (t) => {
  const home = await startHome(t, { timeoutMs: { batch: 200, single: 200 } });
  await run(home, "2026-11-22T21:00:00Z");
  const before = await countsOf(home);
  home.gateway.control.addFault({
    route: "/detail/batch",
    effect: { kind: "slow", ms: 60_000, clock: "real" },
    from: at("2026-11-23T06:00:00Z"),
    until: at("2026-11-23T07:25:00Z"),
  });
  const during = await run(home, "2026-11-23T07:24:00Z");
  assert.equal(flowIn(during).yesterday, null);
  assert.equal((await countsOf(home)).slots, before.slots);
  await run(home, "2026-11-23T21:00:00Z");
  await assertNothingTold(home);
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-22" });
});

test("a connection dropped after the gateway has worked costs a call of the budget, and is made again", async (t) => {
  const home = await startHome(t);
  await run(home, "2026-11-22T21:00:00Z");
  home.gateway.control.addFault({ route: "/enedis/", times: 4, effect: { kind: "drop", when: "after" } });
  await run(home, "2026-11-23T21:00:00Z");
  await assertNothingTold(home);
  const { used } = home.snapshot.bridge.budget ?? assert.fail();
  assert.ok(used >= home.gateway.control.used("cli_test").no_cache, `${used} counted here`);
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-22" });
});

test("HTTP 500 on one route alone: the others go on as on any day", async (t) => {
  const home = await startHome(t);
  await run(home, "2026-11-22T21:00:00Z");
  const healed = home.gateway.control.addFault({ route: "/enedis/power/", effect: { kind: "server_error" } });
  const during = await run(home, "2026-11-25T21:00:00Z");
  assert.equal(flowIn(during).yesterday?.date, "2026-11-24");
  assert.equal(pointIn(during).maxPower?.date, "2026-11-21");
  assert.equal(during.ecowatt.available, true);
  assert.deepEqual(codesOf(during), []);
  // The failing route waits ever longer: every four hours from the eighth failure on.
  const tries = callsOn(home, "2026-11-25", "/power/").length;
  assert.ok(tries >= 3 && tries <= 14, `${tries} tries`);
  const tasks = await home.store.loadTasks();
  assert.match(tasks.get("max_power:12345678901234")?.detail ?? "", /500/);
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-24" });
  healed();
  const after = await run(home, "2026-11-26T21:00:00Z");
  assert.equal(pointIn(after).maxPower?.date, "2026-11-25");
});

const texts: readonly [string, Extract<FaultEffect, { kind: "enedis" }>["refusal"]][] = Object.entries(enedisFaults);
for (const [name, refusal] of texts) {
  test(`Enedis' own trouble behind the gateway (${name}) passes: nothing is concluded about the days`, async (t) => {
    const home = await startHome(t);
    await run(home, "2026-11-22T21:00:00Z");
    const before = await countsOf(home);
    const fault: Fault = {
      route: "/enedis/",
      effect: { kind: "enedis", refusal },
      from: at("2026-11-23T06:00:00Z"),
      until: at("2026-11-23T09:00:00Z"),
    };
    home.gateway.control.addFault(fault);
    const during = await run(home, "2026-11-23T08:55:00Z");
    assert.deepEqual(await countsOf(home), before);
    assert.equal(flowIn(during).yesterday, null);
    assert.equal(pointIn(during).problem, null);
    await run(home, "2026-11-24T21:00:00Z");
    await assertNothingTold(home);
    await assertMirrors(home, { from: "2026-10-20", to: "2026-11-23" });
  });
}

test("a gateway that is down for the whole first day is told with one stable instant, and the history comes afterwards", async (t) => {
  const home = await startHome(t);
  home.gateway.control.addFault({
    route: "/",
    effect: { kind: "drop", when: "before" },
    until: at("2026-11-22T10:00:00Z"),
  });
  const evening = await run(home, "2026-11-21T21:00:00Z");
  await assertTold(home, "gateway_unreachable", unreachable);
  assert.deepEqual(evening.usagePoints, []);
  assert.equal(evening.bridge.lastSyncAt, null);
  const since = evening.bridge.problems[0]?.since;
  assert.equal(since, at("2026-11-21T10:00:00Z"));
  const morning = await run(home, "2026-11-22T09:30:00Z");
  assert.equal(morning.bridge.problems[0]?.since, since);
  await run(home, "2026-11-22T21:00:00Z");
  await assertNothingTold(home);
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-21" });
});
