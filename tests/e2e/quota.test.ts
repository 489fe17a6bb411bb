import assert from "node:assert/strict";
import { test } from "node:test";
import { utcDayAt } from "../../src/domain/calendar.ts";
import { usagePointId } from "../../src/domain/units.ts";
import type { HomeRun } from "../support/home-run.ts";
import {
  assertMirrors,
  assertNothingTold,
  assertTold,
  at,
  countsOf,
  flat,
  flowIn,
  run,
  solarHouse,
  startHome,
} from "../support/scenario.ts";

const told = { fr: /appels du jour .* épuisés/, en: /calls to the gateway are used up/ };

/** Calls that the gateway counted, by UTC day. */
function countedByDay(home: HomeRun): Map<string, number> {
  const counted = new Map<string, number>();
  for (const { at: calledAt, bucket } of home.gateway.control.calls)
    if (bucket === "no_cache") counted.set(utcDayAt(calledAt), (counted.get(utcDayAt(calledAt)) ?? 0) + 1);
  return counted;
}

test("calls that another tool has made already are asked for first, and what is left is kept for yesterday", async (t) => {
  const home = await startHome(t, { points: [flat({ activationDate: "2025-06-01" })] });
  home.gateway.control.setUsed("cli_test", { no_cache: 40 });
  const first = await run(home, "2026-11-21T21:00:00Z");
  assert.ok(home.gateway.control.used("cli_test").no_cache <= 50);
  assert.equal(home.gateway.control.calls.filter(({ outcome }) => outcome === "RATE_LIMIT_EXCEEDED").length, 0);
  assert.equal(flowIn(first).yesterday?.date, "2026-11-20");
  assert.equal(first.ecowatt.available, true);
  const { used, allowed } = first.bridge.budget ?? assert.fail();
  assert.deepEqual([used, allowed], [home.gateway.control.used("cli_test").no_cache, 50]);
  // The history is not whole, which is no trouble: the next day's calls bring the rest.
  // 2025-06-01 to 2026-11-20: 538 days.
  assert.ok((await countsOf(home)).slots < 538 * 48);
  await run(home, "2026-11-22T21:00:00Z");
  await assertNothingTold(home);
  await assertMirrors(home, { from: "2025-06-01", to: "2026-11-21" });
});

test("a day whose calls another tool has used up: told, nothing asked in vain, and yesterday comes the day after", async (t) => {
  const home = await startHome(t);
  await run(home, "2026-11-22T21:00:00Z");
  const before = await countsOf(home);
  home.clock.set(at("2026-11-23T06:00:00Z"));
  home.gateway.control.setUsed("cli_test", { no_cache: 50 });
  const during = await run(home, "2026-11-23T21:00:00Z");
  await assertTold(home, "quota", told);
  assert.deepEqual(await countsOf(home), before);
  assert.equal(flowIn(during).yesterday, null);
  assert.equal(flowIn(during).latest?.date, "2026-11-21");
  const refused = home.gateway.control.calls.filter(({ outcome }) => outcome === "RATE_LIMIT_EXCEEDED").length;
  assert.ok(refused <= 1, `${refused} calls in vain`);
  // Tempo is not counted and goes on.
  assert.notEqual(during.tempo.tomorrow.color, null);
  await run(home, "2026-11-24T21:00:00Z");
  await assertNothingTold(home);
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-23" });
});

test("the 51st call, refused in the middle of a history, ends the day's calls and loses nothing of the fifty", async (t) => {
  const home = await startHome(t, { points: [solarHouse({ activationDate: "2025-06-01" })] });
  // Another tool calls after the counter was asked for: after eight calls of ours one is left.
  let calls = 0;
  const onCall = () => {
    calls++;
    if (calls === 16) home.gateway.control.setUsed("cli_test", { no_cache: 49 });
  };
  Object.assign(home.deps, { onCall });
  await run(home, "2026-11-21T21:00:00Z");
  await assertTold(home, "quota", told);
  const refused = home.gateway.control.calls.filter(({ outcome }) => /RATE_LIMIT_EXCEEDED|429/.test(outcome)).length;
  assert.equal(refused, 1);
  assert.equal(flowIn(home.snapshot).yesterday?.date, "2026-11-20");
  assert.deepEqual(await home.faults(), []);
  await run(home, "2026-11-23T21:00:00Z");
  await assertNothingTold(home);
  await assertMirrors(home, { from: "2025-06-01", to: "2026-11-22" });
});

test("EcoWatt refused for want of calls (HTTP 429) is the same quota, and comes back after midnight UTC", async (t) => {
  const home = await startHome(t);
  await run(home, "2026-11-22T10:00:00Z");
  home.gateway.control.addFault({
    route: "/ecowatt/",
    times: 1,
    effect: {
      kind: "answer",
      status: 429,
      contentType: "application/json",
      body: JSON.stringify({ detail: "Rate limit exceeded: 50/50 requests today" }),
    },
  });
  const evening = await run(home, "2026-11-22T21:00:00Z");
  await assertTold(home, "quota", told);
  // What was known of the hours stays shown.
  assert.equal(evening.ecowatt.available, true);
  assert.notEqual(evening.ecowatt.current, null);
  await run(home, "2026-11-23T21:00:00Z");
  await assertNothingTold(home);
  assert.ok(home.snapshot.ecowatt.forecast.length > 48);
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-22" });
});

test("a batch cut short by the quota (PARTIAL_DATA) keeps what came, and the rest follows the day after", async (t) => {
  const home = await startHome(t);
  await run(home, "2026-11-22T21:00:00Z");
  const before = await countsOf(home);
  home.gateway.control.addFault({
    route: "/detail/batch",
    times: 1,
    effect: {
      kind: "answer",
      status: 200,
      contentType: "application/json",
      body: JSON.stringify({
        success: true,
        data: { meter_reading: { usage_point_id: "12345678901234", interval_reading: [] } },
        error: { code: "PARTIAL_DATA", message: "Rate limit exceeded. Returning cached data only.", field: null },
        timestamp: "2026-11-23T07:00:00.000001",
      }),
    },
  });
  await run(home, "2026-11-23T21:00:00Z");
  await assertTold(home, "quota", told);
  assert.deepEqual((await countsOf(home)).slots, before.slots);
  await run(home, "2026-11-24T21:00:00Z");
  await assertNothingTold(home);
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-23" });
});

test("two usage points of one account share the fifty calls, and both have yesterday every morning", async (t) => {
  const second = usagePointId("98765432109876");
  const home = await startHome(t, {
    points: [
      solarHouse({ activationDate: "2026-05-01" }),
      solarHouse({ usagePointId: second, activationDate: "2026-05-01" }),
    ],
  });
  const evenings: (string | undefined)[] = [];
  for (const date of ["2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24"]) {
    const snapshot = await run(home, `${date}T11:30:00Z`);
    for (const id of ["12345678901234", second])
      for (const flow of ["consumption", "production"] as const)
        evenings.push(flowIn(snapshot, flow, id).yesterday?.date);
    await run(home, `${date}T21:00:00Z`);
  }
  const expected = ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"].flatMap((date) => new Array(4).fill(date));
  assert.deepEqual(evenings, expected);
  for (const [day, count] of countedByDay(home)) assert.ok(count <= 50, `${count} calls on ${day}`);
  await assertMirrors(home, { from: "2026-05-01", to: "2026-11-23" });
  await assertMirrors(home, { from: "2026-05-01", to: "2026-11-23", point: second });
});
