import assert from "node:assert/strict";
import { test } from "node:test";
import { type Instant, instant } from "../../../src/domain/units.ts";
import { Attempts, networkOf } from "../../../src/sync/access/attempts.ts";

const start = Date.UTC(2026, 10, 20);
const at = (ms: number): Instant => instant(start + ms);

/** Tries as soon as it may, `times` times; the pauses in between, in seconds. */
function pausesOf(attempts: Attempts, address: string, times: number): readonly number[] {
  let now = 0;
  const pauses: number[] = [];
  for (let count = 0; count < times; count++) {
    const waitMs = attempts.begin(address, at(now));
    now += waitMs;
    if (waitMs > 0) assert.equal(attempts.begin(address, at(now)), 0, "the pause is over");
    pauses.push(waitMs / 1000);
  }
  return pauses;
}

test("five attempts are free, then the pause doubles up to a quarter of an hour", () => {
  const pauses = pausesOf(new Attempts(), "192.168.1.20", 17);
  // 1, 2, 4, … 512, then 900 instead of 1024
  assert.deepEqual(pauses, [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
});

test("what succeeded or lies an hour back does not count", () => {
  const attempts = new Attempts();
  for (let count = 0; count < 5; count++) attempts.begin("a", at(0));
  assert.equal(attempts.begin("a", at(999)), 1);
  attempts.succeed("a");
  assert.equal(attempts.begin("a", at(999)), 0);
  for (let count = 0; count < 4; count++) attempts.begin("a", at(1_000));
  assert.ok(attempts.begin("a", at(1_000)) > 0);
  for (let count = 0; count < 5; count++) assert.equal(attempts.begin("a", at(3_602_000)), 0, "an hour later");
});

test("many networks together are slowed down as well, but never for longer than half a minute", () => {
  const attempts = new Attempts();
  for (let count = 0; count < 50; count++) assert.equal(attempts.begin(`10.0.0.${count}`, at(0)), 0);
  assert.equal(attempts.begin("10.0.1.1", at(0)), 1_000);
  let now = 0;
  let longest = 0;
  for (let count = 0; count < 20; count++) {
    const waitMs = attempts.begin(`10.0.2.${count}`, at(now));
    longest = Math.max(longest, waitMs);
    now += waitMs;
    attempts.begin(`10.0.2.${count}`, at(now));
  }
  assert.equal(longest, 30_000);
});

test("no more than a thousand networks are remembered, and the quiet ones go first", () => {
  const attempts = new Attempts();
  for (let count = 0; count < 5; count++) attempts.begin("busy", at(0));
  // Each after a pause that any earlier one has left behind.
  for (let count = 0; count < 998; count++) attempts.begin(`quiet ${count}`, at(60_000 * (count + 1)));
  attempts.begin("busy", at(60_000 * 1_000));
  for (let count = 0; count < 998; count++) attempts.begin(`later ${count}`, at(60_000 * (1_001 + count)));
  assert.equal(attempts.begin("busy", at(60_000 * 1_000)) > 0, true, "still known");
});

const networks: readonly [address: string, network: string][] = [
  ["192.168.1.20", "192.168.1.20"],
  ["::ffff:192.168.1.20", "192.168.1.20"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8:1:2::9", "2001:db8:1:2"],
  ["2001:0db8:0001:0002:ffff::", "2001:db8:1:2"],
  ["fe80::1%eth0", "fe80:0:0:0"],
  ["::1", "0:0:0:0"],
];
for (const [address, network] of networks)
  test(`${address} tries for the network ${network}`, () => {
    assert.equal(networkOf(address), network);
  });
