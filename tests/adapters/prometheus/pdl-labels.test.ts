import assert from "node:assert/strict";
import { test } from "node:test";
import { pdlLabels } from "../../../src/adapters/prometheus/pdl-labels.ts";
import { usagePointId } from "../../../src/domain/units.ts";

const points = [
  { id: usagePointId("22222222221234"), name: "Maison" },
  { id: usagePointId("11111111111234"), name: "Maison" },
  { id: usagePointId("33333333335678"), name: "  " },
];
const labelsOf = (mode: Parameters<typeof pdlLabels>[1]): readonly string[] =>
  points.map(({ id }) => pdlLabels(points, mode).get(id) ?? "");

test("full: the 14 digits", () => {
  assert.deepEqual(labelsOf("full"), ["22222222221234", "11111111111234", "33333333335678"]);
});

test("last4: the last four digits, told apart where two meters share them", () => {
  assert.deepEqual(labelsOf("last4"), ["1234-2", "1234", "5678"]);
});

test("alias: the meter's name, told apart, and its last digits where it has none", () => {
  assert.deepEqual(labelsOf("alias"), ["Maison-2", "Maison", "5678"]);
});
