import assert from "node:assert/strict";
import { test } from "node:test";
import { parseFlags } from "../../../src/adapters/victoria-metrics/flags.ts";

const day = 86_400_000;
const page = (retention: string, dedup: string): string =>
  [
    `flag{name="dedup.minScrapeInterval", value="${dedup}", is_set="true"} 1`,
    `flag{name="retentionPeriod", value="${retention}", is_set="true"} 1`,
  ].join("\n");

for (const [text, ms] of [
  ["1", 31 * day],
  ["12", 12 * 31 * day],
  ["100y", 36_500 * day],
  ["10d", 10 * day],
  ["2w", 14 * day],
  ["36h", 1.5 * day],
  ["for ever", null],
] as const)
  test(`a retention of ${text} is ${ms === null ? "unknown" : `${ms / day} days`}`, () => {
    assert.equal(parseFlags(page(text, "1ms")).retentionMs, ms);
  });

for (const [text, ms] of [
  ["0s", 0],
  ["1ms", 1],
  ["30s", 30_000],
  ["1h0m0s", 3_600_000],
  ["1m30s", 90_000],
  ["soon", null],
] as const)
  test(`a dedup of ${text} is ${ms === null ? "unknown" : `${ms} ms`}`, () => {
    assert.equal(parseFlags(page("1", text)).dedupMs, ms);
  });

test("a page without flags tells nothing", () => {
  assert.deepEqual(parseFlags("vm_rows 5\n"), { retention: null, retentionMs: null, dedupMs: null });
});
