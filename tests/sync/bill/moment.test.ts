import assert from "node:assert/strict";
import { test } from "node:test";
import { readMoment } from "../../../src/sync/bill/moment.ts";
import { BillRefusal } from "../../../src/sync/bill/refusal.ts";

const isoOf = (text: string): string => new Date(readMoment(text)).toISOString();

test("a moment is read on a Paris clock, or by its own offset", () => {
  // Winter: one hour ahead of UTC. Summer: two.
  assert.equal(isoOf("2026-11-20 22:30"), "2026-11-20T21:30:00.000Z");
  assert.equal(isoOf("2026-07-20T22:30"), "2026-07-20T20:30:00.000Z");
  assert.equal(isoOf("2026-11-20 22h"), "2026-11-20T21:00:00.000Z");
  assert.equal(isoOf("2026-11-20 9h05"), "2026-11-20T08:05:00.000Z");
  assert.equal(isoOf("2026-11-20T22:30:00Z"), "2026-11-20T22:30:00.000Z");
  assert.equal(isoOf("2026-11-20T22:30+01:00"), "2026-11-20T21:30:00.000Z");
  assert.equal(isoOf("2026-11-20T21:30:00.000Z"), "2026-11-20T21:30:00.000Z", "as an answer writes it");
  assert.equal(isoOf("2026-11-20T22:30:00.25+01:00"), "2026-11-20T21:30:00.250Z");
});

test("of the repeated hour it is the first, and its offset names the second", () => {
  assert.equal(isoOf("2026-10-25 02:30"), "2026-10-25T00:30:00.000Z");
  assert.equal(isoOf("2026-10-25T02:30+01:00"), "2026-10-25T01:30:00.000Z");
});

test("an hour that no clock showed, and what is no moment, are refused apart", () => {
  const codeOf = (text: string): string | null => {
    try {
      readMoment(text);
      return null;
    } catch (error) {
      assert.ok(error instanceof BillRefusal);
      return error.code;
    }
  };
  assert.equal(codeOf("2026-03-29 02:30"), "no_such_moment");
  for (const text of [
    "",
    "hier",
    "2026-11-20",
    "2026-11-31 10:00",
    "2026-11-20 24:00",
    "2026-11-20 10:60",
    "2026-13-01T10:00Z",
    "2026-11-20T10:00:00.Z",
  ])
    assert.equal(codeOf(text), "invalid_moment", text);
});
