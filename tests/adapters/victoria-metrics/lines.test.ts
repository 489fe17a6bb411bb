import assert from "node:assert/strict";
import { test } from "node:test";
import { importBodies } from "../../../src/adapters/victoria-metrics/lines.ts";

const metric = { __name__: "a_wh", pdl: "12345678901234" };
const samples = (count: number, value = 1) => ({
  timestamps: Array.from({ length: count }, (_, position) => 1_763_420_400_000 + position * 1_800_000),
  values: Array.from({ length: count }, () => value),
});

test("a line holds labels as text, values, and whole milliseconds, and ends", () => {
  const lines = [
    ...importBodies([{ metric, samples: { timestamps: [1763420400000, 1763506800000], values: [12345, 13000.5] } }]),
  ];
  assert.deepEqual(lines, [
    '{"metric":{"__name__":"a_wh","pdl":"12345678901234"},"values":[12345,13000.5],"timestamps":[1763420400000,1763506800000]}\n',
  ]);
});

test("a line holds 5,000 samples at most", () => {
  const lines = [...importBodies([{ metric, samples: samples(12_001) }])].join("").trimEnd().split("\n");
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).values.length),
    [5_000, 5_000, 2_001],
  );
});

test("a request stays under two million characters, and none is empty", () => {
  // 105,120 samples of 13 + 1 + 5 + 1 characters: 2.1 million
  const bodies = [...importBodies([{ metric, samples: samples(105_120, 12345) }])];
  assert.equal(bodies.length, 2);
  for (const body of bodies) assert.ok(body.length <= 2_000_000 && body.endsWith("}\n"));
  assert.deepEqual([...importBodies([{ metric, samples: samples(0) }])], []);
});

test("what the server would drop without a word is never written", () => {
  for (const [timestamp, value] of [
    [0.5, 1],
    [1, Number.NaN],
    [1, Number.POSITIVE_INFINITY],
  ] as const)
    assert.throws(
      () => [...importBodies([{ metric, samples: { timestamps: [timestamp], values: [value] } }])],
      RangeError,
    );
});
