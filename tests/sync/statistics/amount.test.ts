import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { costOf, energyPrice } from "../../../src/domain/tariff/price.ts";
import { instant, wattMinutes } from "../../../src/domain/units.ts";
import { amountBetween, inUnit, sumFromUnit, sumInUnit, sumsInUnit } from "../../../src/sync/statistics/amount.ts";
import { rowsOf } from "../../../src/sync/statistics/write.ts";

test("an amount of money is divided once: 1 kWh at 0.2516 € is 0.2516 €", () => {
  // 60,000 watt-minutes at 251,600 micro-euros per kWh.
  const cost = costOf(wattMinutes(60_000), energyPrice(251_600));
  assert.equal(inUnit(cost, "EUR"), 0.2516);
  // Three times a third of a kWh, whose euros do not end.
  const third = costOf(wattMinutes(20_000), energyPrice(251_600));
  assert.equal(sumInUnit(BigInt(third) * 3n, "EUR"), 0.2516);
  assert.equal(inUnit(wattMinutes(90_000), "kWh"), 1.5);
  assert.equal(inUnit(wattMinutes(90_000), "Wh"), 1500);
});

const year = (eur: number) => ({
  start: instant(0),
  amount: costOf(wattMinutes(60_000 * eur), energyPrice(1_000_000)),
  origin: "measured" as const,
});

test("sums of money go on beyond 150,119 €, where a number would no longer be exact", () => {
  const series = { base: 0n, unit: "EUR" } as const;
  // 150,000 € at 60,000,000,000 to the euro, and twice 100 €.
  const most = 150_000n * 60_000_000_000n;
  assert.deepEqual(
    rowsOf(series, [year(100), year(100)], most).map(({ state, sum }) => [state, sum]),
    [
      [100, 150_100],
      [100, 150_200],
    ],
  );
  // 36 kVA day and night at 0.25 € for thirty years: 36 × 24 × 365 × 0.25 × 30 € = 2,365,200 €.
  const thirty = Array.from({ length: 30 }, () => year(78_840));
  assert.equal(rowsOf(series, thirty, 0n).at(-1)?.sum, 2_365_200);
});

test("a sum in its unit is the nearest number, of what numbers are exact for and of what they are not", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (sum) => {
      // In micro-euros, as integers: half of one is more than a double of 153 million euros is off by.
      const told = BigInt(Math.round(sumInUnit(sum, "EUR") * 1e6)) * 60_000n;
      const off = told - sum;
      assert.ok(off >= -60_000n && off <= 60_000n, `${sum} is told as ${told}`);
    }),
  );
  assert.equal(sumInUnit(-(150_200n * 60_000_000_000n), "EUR"), -150_200);
});

test("a sum that runs is each time the sum in its unit, over the end of what numbers are exact for and back", () => {
  const amount = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 55n), max: 2n ** 55n }), fc.array(amount), (before, list) => {
      let sum = before;
      const expected = list.map((one) => {
        sum += BigInt(one);
        return sumInUnit(sum, "EUR");
      });
      assert.deepEqual(sumsInUnit(before, list.map(wattMinutes), "EUR"), expected);
    }),
  );
});

test("what an hour adds is exact between two sums of any size, and no hour adds 150,119 €", () => {
  const far = 10n ** 18n;
  assert.equal(amountBetween({ from: far, to: far + 7n }), 7);
  assert.throws(() => amountBetween({ from: 0n, to: far }), { name: "RangeError", message: /150,119 €/ });
  assert.equal(sumFromUnit(-0.000_000_000_001, "EUR"), 0n);
});
