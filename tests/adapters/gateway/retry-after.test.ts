import assert from "node:assert/strict";
import { test } from "node:test";
import { retryAfterMs } from "../../../src/adapters/gateway/retry-after.ts";
import { now } from "./support.ts";

test("Retry-After is seconds or a date, bounded to a day, never negative", () => {
  const cases: readonly (readonly [string | null, number | null])[] = [
    [null, null],
    ["120", 120_000],
    [" 0 ", 0],
    ["Fri, 20 Nov 2026 09:01:30 GMT", 90_000], // now is 09:00:00 UTC
    ["Fri, 20 Nov 2026 08:00:00 GMT", 0],
    ["999999", 86_400_000],
    ["soon", null],
  ];
  for (const [header, expected] of cases) assert.equal(retryAfterMs(header, now), expected, String(header));
});
