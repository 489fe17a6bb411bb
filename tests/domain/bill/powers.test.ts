import assert from "node:assert/strict";
import { test } from "node:test";
import { comparePowers, type DayMaximum } from "../../../src/domain/bill/powers.ts";
import { localDate } from "../../../src/domain/calendar.ts";
import { type DatedPrices, energyPrice, microEur } from "../../../src/domain/tariff/price.ts";
import { regulatedPrices } from "../../../src/domain/tariff/regulated.ts";
import { voltAmperes, wattMinutes } from "../../../src/domain/units.ts";

const maximum = (date: string, va: number): DayMaximum => ({ date: localDate(date), maximum: voltAmperes(va) });
const base2026 = regulatedPrices.filter(({ kind, from }) => kind === "BASE" && from === "2026-02-01");
const kwh = 60_000;
const maxima = [maximum("2026-01-02", 6001), maximum("2026-01-03", 3200), maximum("2026-01-01", 7350)];

test("headroom, overruns and the cheapest power that held them all", () => {
  const comparison = comparePowers({
    maxima,
    currentKva: 12,
    prices: base2026,
    yearly: { base: wattMinutes(5000 * kwh) },
  });
  assert.deepEqual(comparison?.highest, maximum("2026-01-01", 7350));
  assert.deepEqual(
    comparison?.options.slice(0, 3).map(({ kva, headroomVa, overruns }) => [kva, headroomVa, overruns]),
    [
      [3, -4350, ["2026-01-01", "2026-01-02", "2026-01-03"]],
      [6, -1350, ["2026-01-01", "2026-01-02"]],
      [9, 1650, []],
    ],
  );
  assert.deepEqual(comparison?.cheapest, {
    kva: 9,
    headroomVa: 1650,
    overruns: [],
    // 19.56 × 12 + 5,000 × 0.1927
    yearlyCost: 234_720_000 + 963_500_000,
    // (19.56 − 23.32) × 12
    yearlyDifference: -45_120_000,
  });
  assert.deepEqual(comparison?.current?.kva, 12);
  assert.equal(comparison?.current?.headroomVa, 4650);
});

test("the energy counts too: 9 kVA can cost less than 6", () => {
  const cheapest = (yearlyKwh: number) =>
    comparePowers({
      maxima: [maximum("2026-01-01", 2500)],
      currentKva: 9,
      prices: base2026.filter(({ powerKva }) => powerKva === 6 || powerKva === 9),
      yearly: { base: wattMinutes(yearlyKwh * kwh) },
    })?.cheapest?.kva;
  // (19.56 − 15.65) × 12 = 46.92 € are saved by 0.0013 €/kWh from 36,093 kWh on.
  assert.equal(cheapest(36_092), 6);
  assert.equal(cheapest(36_093), 9);
});

test("a maximum equal to the power is within it", () => {
  const comparison = comparePowers({
    maxima: [maximum("2026-01-01", 9000)],
    currentKva: null,
    prices: base2026,
    yearly: {},
  });
  assert.equal(comparison?.cheapest?.kva, 9);
  assert.equal(comparison?.cheapest?.headroomVa, 0);
  assert.equal(comparison?.cheapest?.yearlyDifference, null);
  assert.equal(comparison?.current, null);
});

test("what is not known is not compared", () => {
  assert.equal(comparePowers({ maxima: [], currentKva: 9, prices: base2026, yearly: {} }), null);
  const row: DatedPrices = {
    from: null,
    to: null,
    kind: "HC_HP",
    powerKva: 9,
    energy: { hc: energyPrice(1) },
    standing: microEur(1),
    source: { kind: "user", name: "mine" },
  };
  const comparison = comparePowers({
    maxima,
    currentKva: 9,
    prices: [row, { ...row, powerKva: 6, standing: null }, { ...row, powerKva: null }],
    yearly: { hc: wattMinutes(kwh), hp: wattMinutes(kwh) },
  });
  assert.deepEqual(
    comparison?.options.map(({ kva, yearlyCost }) => [kva, yearlyCost]),
    [[9, null]],
  );
  assert.equal(comparison?.cheapest, null);
});
