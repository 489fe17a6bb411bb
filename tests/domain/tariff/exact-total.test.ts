import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ExactTotal, exactSumOf } from "../../../src/domain/tariff/exact-total.ts";
import { costOf, energyPrice, exactPerMicroEur, toMicroEur } from "../../../src/domain/tariff/price.ts";
import { wattMinutes } from "../../../src/domain/units.ts";

/** Of one hour, from nothing to the most that is exact: 2^53 of them are 150,119 €. */
const cost = fc
  .integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
  .map((exact) => costOf(wattMinutes(exact), energyPrice(1)));

test("a total is the sum of its costs to the last one, whatever they come to", () => {
  fc.assert(
    fc.property(fc.array(cost), fc.array(cost), (some, others) => {
      const [total, other] = [new ExactTotal(), new ExactTotal()];
      for (const one of some) total.add(one);
      for (const one of others) other.add(one);
      total.addAll(other);
      const expected = [...some, ...others].reduce((sum, one) => sum + BigInt(one), 0n);
      assert.equal(total.sum, expected);
      assert.equal(exactSumOf([...some, ...others]), expected);
    }),
  );
});

test("a small company's years beyond 150,119 € keep their last micro-euro", () => {
  // 120 months of 2,500.000001 €.
  const month = costOf(wattMinutes(60_000), energyPrice(2_500_000_001));
  assert.equal(toMicroEur(exactSumOf(Array.from({ length: 120 }, () => month))), 300_000_000_120);
});

test("a cost is rounded to the nearest micro-euro, halves upwards, below zero too", () => {
  const half = BigInt(exactPerMicroEur / 2);
  const cases: [bigint, number][] = [
    [half - 1n, 0],
    [half, 1],
    [-half, 0],
    [-half - 1n, -1],
    [-3n * half, -1],
    [10n ** 20n, 1_666_666_666_666_667],
  ];
  for (const [exact, microEur] of cases) assert.equal(toMicroEur(exact), microEur, String(exact));
});
