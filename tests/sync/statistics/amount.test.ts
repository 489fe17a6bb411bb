import assert from "node:assert/strict";
import { test } from "node:test";
import { costOf, energyPrice } from "../../../src/domain/tariff/price.ts";
import { instant, wattMinutes } from "../../../src/domain/units.ts";
import { addAmounts, inUnit } from "../../../src/sync/statistics/amount.ts";
import { rowsOf } from "../../../src/sync/statistics/write.ts";

test("an amount of money is divided once: 1 kWh at 0.2516 € is 0.2516 €", () => {
  // 60,000 watt-minutes at 251,600 micro-euros per kWh.
  const cost = costOf(wattMinutes(60_000), energyPrice(251_600));
  assert.equal(inUnit(cost, "EUR"), 0.2516);
  // Three times a third of a kWh, whose euros do not end.
  const third = costOf(wattMinutes(20_000), energyPrice(251_600));
  assert.equal(inUnit(addAmounts(third, addAmounts(third, third)), "EUR"), 0.2516);
  assert.equal(inUnit(wattMinutes(90_000), "kWh"), 1.5);
  assert.equal(inUnit(wattMinutes(90_000), "Wh"), 1500);
});

test("sums of money are exact up to 150,000 €, and beyond stop with an error instead of going on wrong", () => {
  // 150,000 € at 60,000,000,000 to the euro; one hour of 100 € at 1 € per kWh each time.
  const most = wattMinutes(150_000 * 60e9);
  const hour = (start: number) => ({
    start: instant(start),
    amount: costOf(wattMinutes(6_000_000), energyPrice(1_000_000)),
    origin: "measured" as const,
  });
  const series = { base: wattMinutes(0), unit: "EUR" } as const;
  assert.deepEqual(
    rowsOf(series, [hour(0)], most).map(({ state, sum }) => [state, sum]),
    [[100, 150_100]],
  );
  assert.throws(() => rowsOf(series, [hour(0), hour(3_600_000)], most), {
    name: "RangeError",
    message: /exact up to 9007199254740991 \(150,119 € of money\)/,
  });
});
