import assert from "node:assert/strict";
import { test } from "node:test";
import { pdlLabels } from "../../../src/adapters/prometheus/pdl-labels.ts";
import { usagePointId } from "../../../src/domain/units.ts";

const points = ["22222222221234", "11111111111234", "33333333335678"].map((id) => ({ id: usagePointId(id) }));
const labelsOf = (mode: Parameters<typeof pdlLabels>[1]): readonly string[] =>
  points.map(({ id }) => pdlLabels(points, mode).get(id) ?? "");

test("full: the 14 digits", () => {
  assert.deepEqual(labelsOf("full"), ["22222222221234", "11111111111234", "33333333335678"]);
});

test("last4: the last four digits, told apart where two meters share them", () => {
  assert.deepEqual(labelsOf("last4"), ["1234-2", "1234", "5678"]);
});

test("alias: a number of ours, in the order of theirs", () => {
  assert.deepEqual(labelsOf("alias"), ["meter_2", "meter_1", "meter_3"]);
});
