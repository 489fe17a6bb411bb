import assert from "node:assert/strict";
import { test } from "node:test";
import { usagePointId } from "../../src/domain/units.ts";
import type { Call } from "../../src/simulator/control.ts";
import { HomeRun, housePoint } from "../support/home-run.ts";
import { assertMirrors, assertNothingTold, at, callsOn, flat, flowIn, run, startHome } from "../support/scenario.ts";

const second = usagePointId("98765432109876");
const neighbour = "00000000-0000-4000-8000-000000000002";

/** Counted calls that were made twice with the same question within an hour. */
function doubles(calls: readonly Call[]): string[] {
  const seen = new Map<string, number>();
  const found: string[] = [];
  for (const { path, query, bucket, at: calledAt } of calls) {
    if (bucket === null) continue;
    const question = `${path}?${new URLSearchParams(query)}`;
    const former = seen.get(question);
    if (former !== undefined && calledAt - former < 3_600_000 / 3) found.push(question);
    seen.set(question, calledAt);
  }
  return found;
}

test("two instances on one database share the usage points and never put a question twice", async (t) => {
  const points = [flat({ activationDate: "2026-09-01" }), flat({ usagePointId: second, activationDate: "2026-09-01" })];
  const first = await startHome(t, { points });
  const other = new HomeRun(first.database, { start: "", points: [], beside: first, holder: neighbour });
  // Both wake at the same moments, from the very first one on.
  for (let now = first.clock.now(); now < at("2026-11-23T21:00:00Z"); ) {
    const results = await Promise.all([first.pass(), other.pass()]);
    const next = Math.min(...results.map(({ nextAt }) => nextAt ?? Number.POSITIVE_INFINITY), now + 3_600_000);
    now = at(new Date(Math.max(next, first.clock.now())).toISOString());
    first.clock.set(now);
  }
  await first.pass();
  await other.pass();
  assert.deepEqual(doubles(first.gateway.control.calls), []);
  for (const home of [first, other])
    for (const point of [housePoint, second])
      assert.equal(flowIn(home.snapshot, "consumption", point).yesterday?.date, "2026-11-22");
  await assertNothingTold(first);
  await assertMirrors(first, { from: "2026-09-01", to: "2026-11-22" });
  await assertMirrors(first, { from: "2026-09-01", to: "2026-11-22", point: second });
  const [lease] = await first.database.sql<{ left: number }[]>`select count(*)::integer as left from lease`;
  assert.equal(lease?.left, 0);
});

test("a usage point whose holder died is taken over when its lease ends, and not before", async (t) => {
  const home = await startHome(t);
  await run(home, "2026-11-22T21:00:00Z");
  home.clock.set(at("2026-11-23T07:10:00Z"));
  const now = home.clock.now();
  const until = at("2026-11-23T07:20:00Z");
  assert.equal(await home.store.takeLease({ usagePoint: housePoint, holder: neighbour, now, until }), true);
  const blocked = await home.pass();
  assert.equal(callsOn(home, "2026-11-23", "/enedis/").length, 0);
  // It looks again in a minute.
  assert.equal(blocked.nextAt, now + 60_000);
  const later = await run(home, "2026-11-23T10:30:00Z");
  assert.equal(flowIn(later).yesterday?.date, "2026-11-22");
  assert.ok((callsOn(home, "2026-11-23", "/enedis/")[0]?.at ?? 0) >= until);
});

test("the button asks at once for what is lacking, twice pressed only once, and never beyond a refusal or the budget", async (t) => {
  const home = await startHome(t);
  await run(home, "2026-11-23T06:59:00Z");
  const asked = () => callsOn(home, "2026-11-23", "/enedis/").length;
  // Published early: 07:30 in Paris, before the usual first question.
  home.gateway.control.meter(housePoint).publication = { minutes: 450, spreadMinutes: 0 };
  home.clock.set(at("2026-11-23T06:40:00Z"));
  const pressed = await home.pass(home.clock.now());
  assert.equal(flowIn(pressed.snapshot).yesterday?.date, "2026-11-22");
  const once = asked();
  home.clock.set(at("2026-11-23T06:41:00Z"));
  await home.pass(home.clock.now());
  assert.equal(asked(), once);

  // In the evening all is known: the button spends nothing of the fifty calls.
  await run(home, "2026-11-23T20:00:00Z");
  const evening = asked();
  await home.pass(home.clock.now());
  assert.equal(asked(), evening);

  home.clock.set(at("2026-11-24T06:40:00Z"));
  home.gateway.control.setUsed("cli_test", { no_cache: 50 });
  await home.pass(home.clock.now());
  await home.pass(home.clock.now());
  assert.ok(callsOn(home, "2026-11-24", "/enedis/").length <= 1);
});
