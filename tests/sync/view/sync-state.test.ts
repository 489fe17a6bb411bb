import assert from "node:assert/strict";
import { test } from "node:test";
import { hourMs, type Instant, instant } from "../../../src/domain/units.ts";
import type { Snapshot } from "../../../src/sync/snapshot.ts";
import type { LatestCall } from "../../../src/sync/view/progress.ts";
import { syncStateView } from "../../../src/sync/view/sync-state.ts";
import { at, knownSnapshot } from "../../support/snapshots.ts";

const now = at("2026-11-21T08:00:00Z");

interface Told {
  readonly budget?: Snapshot["bridge"]["budget"];
  readonly remainingCalls?: number;
  readonly nextCallAt?: Instant | null;
  readonly call?: LatestCall | null;
}

function stateOf({ budget = null, remainingCalls = 0, nextCallAt = null, call = null }: Told) {
  const known = knownSnapshot();
  const [point] = known.usagePoints;
  assert.ok(point);
  const history = { knownDays: 1, wantedDays: 2, remainingCalls };
  const snapshot: Snapshot = {
    ...known,
    usagePoints: [{ ...point, history }],
    bridge: { ...known.bridge, budget, nextCallAt },
  };
  return syncStateView({ now, snapshot, call, lastPass: null, lastAsked: null, canRequest: true });
}

test("the rest of the history takes today's calls, then those of the days after", () => {
  const budget = { used: 40, allowed: 50, left: 10 };
  const days = [0, 10, 11, 60, 61].map((remainingCalls) => stateOf({ budget, remainingCalls }).remainingDays);
  // 11 − 10 is one more call, 60 − 10 fifty, 61 − 10 fifty-one.
  assert.deepEqual(days, [0, 0, 1, 1, 2]);
  // Nothing was counted today: fifty are left.
  assert.deepEqual(
    [stateOf({ remainingCalls: 50 }), stateOf({ remainingCalls: 51 })].map((s) => s.remainingDays),
    [0, 1],
  );
});

test("it runs while a call is under way or another is due, and not for ever", () => {
  const call: LatestCall = { kind: "curve", reason: "yesterday", usagePoint: null, outcome: null, at: now };
  const answered = { ...call, outcome: "data" };
  const later = instant(now + hourMs);
  const running = [
    stateOf({}),
    stateOf({ call }),
    stateOf({ call: answered, nextCallAt: now }),
    stateOf({ call: answered, nextCallAt: later }),
    stateOf({ call: answered, nextCallAt: null }),
    stateOf({ call: { ...call, at: instant(now - hourMs) } }),
  ].map((state) => state.running);
  assert.deepEqual(running, [false, true, true, false, false, false]);
});
