import assert from "node:assert/strict";
import { test } from "node:test";
import { usagePointId } from "../../../src/domain/units.ts";
import { unknownPointsIn, wordsOf } from "../../../src/sync/statistics/unknown-points.ts";

const [known, other, mistyped] = ["12345678901234", "98765432109876", "12345678901243"].map(usagePointId);
const naming = (...ids: readonly (typeof known | null)[]) => ids.map((id) => ({ usagePoint: id ?? null }));
const points = [known, other].flatMap((id) => (id ? [{ id }] : []));

test("a number that no known meter bears is found once, beside the known ones", () => {
  const [unknown, ...more] = unknownPointsIn(naming(null, known, mistyped, mistyped), points);
  assert.deepEqual(unknown, { usagePoint: mistyped, known: [known, other] });
  assert.deepEqual(more, []);
  assert.deepEqual(unknown && wordsOf(unknown), { meter: "…1243", detail: "12345678901234, 98765432109876" });
});

test("entries for all meters name none, and before any meter is known every number may be right", () => {
  assert.deepEqual(unknownPointsIn(naming(null, known, other), points), []);
  assert.deepEqual(unknownPointsIn(naming(mistyped), []), []);
});
