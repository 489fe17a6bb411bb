import assert from "node:assert/strict";
import { test } from "node:test";
import { clockFailure, madeAtOf } from "../../../src/adapters/gateway/clock-check.ts";
import type { HttpReply } from "../../../src/adapters/gateway/http.ts";
import { instant, minuteMs } from "../../../src/domain/units.ts";
import { never, now, success, world } from "./support.ts";

const reply = (madeAt: number | null): HttpReply => ({
  kind: "json",
  status: 200,
  body: null,
  bytes: 4,
  retryAfterMs: null,
  madeAt,
});
const clock = { now: () => now };
const aheadMs = (madeAt: number | null): number | null | undefined => {
  const failure = clockFailure(reply(madeAt), clock);
  return failure?.outcome === "clock" ? failure.aheadMs : undefined;
};

test("a clock is wrong beyond half an hour, ahead or behind; an answer without a date tells nothing", () => {
  assert.equal(aheadMs(now - 30 * minuteMs), undefined);
  assert.equal(aheadMs(now - 31 * minuteMs), 31 * minuteMs);
  assert.equal(aheadMs(now + 30 * minuteMs), undefined);
  assert.equal(aheadMs(now + 31 * minuteMs), -31 * minuteMs);
  assert.equal(aheadMs(null), undefined);
});

test("a certificate outside of its dates is the clock's doing, by an unknown amount; another refusal is not", () => {
  const nothing = (message: string) => clockFailure({ kind: "nothing", message }, clock);
  for (const code of ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"]) {
    const failure = nothing(`No connection: ${code}`);
    assert.ok(failure?.outcome === "clock" && failure.aheadMs === null, code);
  }
  assert.equal(nothing("No connection: SELF_SIGNED_CERT_IN_CHAIN"), null);
  assert.equal(nothing("No connection: ECONNREFUSED"), null);
});

test("an answer that a cache kept is as old as the cache says", () => {
  const at = Date.parse("2026-11-20T08:00:00Z");
  const date = "Fri, 20 Nov 2026 08:00:00 GMT";
  assert.equal(madeAtOf(new Headers({ date })), at);
  assert.equal(madeAtOf(new Headers({ date, age: "3600" })), at + 3_600_000);
  assert.equal(madeAtOf(new Headers({ date: "yesterday" })), null);
  assert.equal(madeAtOf(new Headers({ date, age: "old" })), null);
  assert.equal(madeAtOf(new Headers()), null);
});

test("under a wrong clock nothing of an answer counts, not even a refusal of the credentials", async (context) => {
  const { source, server } = await world(context, {
    clock: { now: () => instant(Date.parse("2027-11-20T09:00:00Z")) },
  });
  const headers = { date: "Fri, 20 Nov 2026 09:00:00 GMT" };
  const { body } = { ...(success([]) as { body: unknown }) };
  for (const status of [200, 401]) {
    server.script({ status, headers, body });
    const answer = await source.listUsagePoints(never);
    // 365 days from 2026-11-20 to 2027-11-20: there is no 29 February between.
    assert.ok(answer.outcome === "clock" && answer.aheadMs === 365 * 86_400_000, `${status}: ${answer.outcome}`);
  }
  assert.equal(server.received.length, 2, "no token is asked for");
});
