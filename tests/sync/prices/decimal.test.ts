import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { microsOf } from "../../../src/sync/prices/decimal.ts";

test("millionths are read from the digits alone", () => {
  const cases: readonly (readonly [string, number | null])[] = [
    ["0.13250", 132_500],
    ["19.38000", 19_380_000],
    ["15", 15_000_000],
    ["0", 0],
    ["00.70", 700_000],
    ["1.", 1_000_000],
    [" 0.2 ", 200_000],
    ["0.1234564", 123_456], // the seventh digit is below a half
    ["0.1234565", 123_457], // and here it is one
    ["0.9999999", 1_000_000],
    ["-0.1", null],
    ["0,19", null],
    ["1e-1", null],
    ["", null],
    ["9007199254.740992", null], // 2^53 millionths
  ];
  for (const [text, micros] of cases) assert.equal(microsOf(text), micros, text);
});

test("whatever has at most six digits behind the point comes back exactly", () => {
  fc.assert(
    fc.property(fc.nat({ max: 2_000_000_000 }), (micros) => {
      const digits = String(micros).padStart(7, "0");
      assert.equal(microsOf(`${digits.slice(0, -6)}.${digits.slice(-6)}`), micros);
    }),
  );
});
