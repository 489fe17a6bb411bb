import assert from "node:assert/strict";
import { test } from "node:test";
import { profileMonths } from "../../../src/domain/statistics/profile.ts";

test("the usual profile is looked for in the month before, the same a year away, and the month after", () => {
  assert.deepEqual(profileMonths("2025-06"), ["2025-05", "2026-06", "2024-06", "2025-07"]);
  assert.deepEqual(profileMonths("2025-01"), ["2024-12", "2026-01", "2024-01", "2025-02"]);
  assert.deepEqual(profileMonths("2024-12"), ["2024-11", "2025-12", "2023-12", "2025-01"]);
});

test("only months are taken", () => {
  for (const text of ["2025-13", "2025-00", "2025-6", "2025-06-01", ""])
    assert.throws(() => profileMonths(text), RangeError, text);
});
