import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addDays, boundsOf, daysFromTo, localDate } from "../../../src/domain/calendar.ts";
import type { EnergySlot } from "../../../src/domain/slot.ts";
import { type HourEnergy, hoursOf } from "../../../src/domain/statistics/hours.ts";
import { costsByDay, costsOf, type HourCost, revenuesOf, sumOf } from "../../../src/domain/tariff/cost.ts";
import { parseOffPeak } from "../../../src/domain/tariff/off-peak.ts";
import type { TariffPeriod } from "../../../src/domain/tariff/period.ts";
import { type PlanHistory, planOn, type TariffPlan, unsplitPlan } from "../../../src/domain/tariff/plan.ts";
import { energyPrice } from "../../../src/domain/tariff/price.ts";
import { energyPricesIn, type PriceBook } from "../../../src/domain/tariff/price-book.ts";
import { regulatedPrices } from "../../../src/domain/tariff/regulated.ts";
import { stretchesOf } from "../../../src/domain/tariff/stretches.ts";
import { tempoColors } from "../../../src/domain/tempo.ts";
import { hourMs, type Instant, instant, type LocalDate, minuteMs, wattMinutes } from "../../../src/domain/units.ts";

const hour = (at: string, period: TariffPeriod | null, energyWh: number, estimated = false): HourEnergy => ({
  start: instant(Date.parse(at)),
  period,
  energy: wattMinutes(energyWh * 60),
  estimated,
});
const perDay =
  (prices: Readonly<Record<string, Partial<Record<TariffPeriod, number>>>>) =>
  (date: LocalDate): Partial<Record<TariffPeriod, ReturnType<typeof energyPrice>>> =>
    Object.fromEntries(Object.entries(prices[date] ?? {}).map(([period, price]) => [period, energyPrice(price)]));
const costs = (hours: readonly HourCost[]) => hours.map(({ cost }) => cost);

test("an hour costs its energy at the price of its own Paris day", () => {
  const prices = perDay({ "2026-01-31": { base: 200_000 }, "2026-02-01": { base: 190_000 } });
  const hours = [hour("2026-01-31T23:00+01:00", "base", 500), hour("2026-02-01T00:00+01:00", "base", 500)];
  assert.deepEqual(
    costs(costsOf(hours, prices)),
    // 500 Wh at 0.20 €/kWh are 0.10 €; at 0.19 they are 0.095 €: micro-euros times 60,000.
    [100_000 * 60_000, 95_000 * 60_000],
  );
});

test("an hour without a known price has no cost, nor has a pending one: neither is 0", () => {
  const prices = perDay({ "2026-02-01": { blue_hp: 100_000 } });
  const hours = [
    hour("2026-01-31T23:00+01:00", "blue_hp", 10),
    hour("2026-02-01T00:00+01:00", null, 10),
    hour("2026-02-01T08:00+01:00", "red_hp", 10),
    hour("2026-02-01T09:00+01:00", "blue_hp", 0),
  ];
  assert.deepEqual(costs(costsOf(hours, prices)), [null, null, null, 0]);
});

test("costs keep the hours as they are, whatever their order", () => {
  const prices = perDay({ "2026-01-31": { base: 1 }, "2026-02-01": { base: 2 } });
  const hours = [
    hour("2026-02-01T00:00+01:00", "base", 1, true),
    hour("2026-01-31T22:00+01:00", "base", 1),
    hour("2026-02-01T01:00+01:00", "base", 1),
  ];
  assert.deepEqual(
    costsOf(hours, prices),
    hours.map((given, position) => ({ ...given, cost: [120, 60, 120][position] })),
  );
});

test("injection earns one price a day, whatever the period", () => {
  const hours = [hour("2026-01-31T12:00+01:00", "base", 1000), hour("2026-02-01T12:00+01:00", null, 1000)];
  const price = (date: LocalDate) => (date === "2026-02-01" ? energyPrice(40_000) : null);
  assert.deepEqual(costs(revenuesOf(hours, price)), [null, 40_000 * 60_000]);
});

test("a sum tells what it leaves out", () => {
  const priced = costsOf(
    [hour("2026-01-01T08:00Z", "hc", 100), hour("2026-01-01T09:00Z", null, 30), hour("2026-01-02T08:00Z", "hp", 7)],
    perDay({ "2026-01-01": { hc: 1000 } }),
  );
  assert.deepEqual(sumOf(priced), { energy: 137 * 60, cost: 6_000_000n, unpriced: 37 * 60, isWhole: false });
  assert.deepEqual(costsByDay(priced), [
    { date: "2026-01-01", energy: 130 * 60, cost: 6_000_000n, unpriced: 30 * 60, isWhole: false },
    { date: "2026-01-02", energy: 7 * 60, cost: null, unpriced: 7 * 60, isWhole: false },
  ]);
  assert.deepEqual(
    [...Map.groupBy(priced, ({ period }) => period)].map(([period, own]) => [
      period,
      sumOf(own).cost,
      sumOf(own).isWhole,
    ]),
    [
      ["hc", 6_000_000n, true],
      [null, null, false],
      ["hp", null, false],
    ],
  );
  assert.equal(sumOf([]).cost, null);
});

test("a sum goes on where a number would no longer be exact: beyond 150,119 €", () => {
  const dear = costsOf(
    [1, 2].map(() => hour("2026-01-01T08:00Z", "base", 100_000_000)),
    perDay({ "2026-01-01": { base: 1_000_000 } }),
  );
  // 100 MWh at 1 €/kWh are 100,000 €.
  assert.equal(sumOf(dear.slice(1)).cost, 100_000n * 1_000_000n * 60_000n);
  assert.equal(sumOf(dear).cost, 200_000n * 1_000_000n * 60_000n);
});

const windows = parseOffPeak("HC (22H36-6H36)").schedule;
const plans: readonly TariffPlan[] = [
  { kind: "BASE", offPeak: null },
  { kind: "HC_HP", offPeak: windows },
  { kind: "TEMPO", offPeak: null },
];
const first = localDate("2018-01-01");
const tenYears = daysFromTo(first, localDate("2027-12-31"));
const book: PriceBook = { prices: regulatedPrices, buyback: [], powers: [{ from: null, kva: 9 }] };

test("ten years, sheet after sheet and plan after plan: hourly costs are energy times price, to the last unit", () => {
  // Every day once, so that no leap day, clock change or price change is left to chance.
  assert.equal(tenYears.length, 3652);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 3651 }), fc.constantFrom(...plans)), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 9973 }),
      (changes, seed) => {
        const history: PlanHistory = [...new Map(changes)]
          .sort(([a], [b]) => a - b)
          .map(([number, plan]) => ({ from: addDays(first, number), plan, origin: "user" }));
        const hours = tenYears.flatMap((date, number) =>
          hoursOf(slotsOf(date, number + seed), stretchesOn(date, history)),
        );
        const all = costsOf(hours, energyPricesIn(book, history));
        const expected = expectedCost(hours, history);
        assert.equal(
          costs(all).reduce((sum: bigint, cost) => sum + BigInt(cost ?? 0), 0n),
          expected.cost,
        );
        assert.equal(all.filter(({ cost }) => cost === null).length, expected.without);
        const byDay = costsByDay(all);
        assert.equal(
          byDay.reduce((sum, { cost }) => sum + BigInt(cost ?? 0), 0n),
          expected.cost,
        );
      },
    ),
    { numRuns: 4 },
  );
});

const stretchesOn = (date: LocalDate, history: PlanHistory) =>
  stretchesOf(date, history, (day) => tempoColors[Number(day.slice(8)) % 3]);

/** Three slots a day, of an odd length: enough to be cut by every window. */
function slotsOf(date: LocalDate, seed: number): EnergySlot[] {
  const { start, end } = boundsOf(date);
  return [start, start + 5 * hourMs + 30 * minuteMs, end - 90 * minuteMs].map((at, position) => ({
    start: at as Instant,
    minutes: 90,
    energy: wattMinutes(((seed * (position + 3)) % 2000) * 90),
    origin: "measured",
  }));
}

/** Energy summed by sheet, plan and period first, and multiplied once: the other way round than hour by hour. */
function expectedCost(hours: readonly HourEnergy[], history: PlanHistory): { cost: bigint; without: number } {
  const sums = new Map<string, { energy: bigint; price: bigint }>();
  let without = 0;
  for (const { start, period, energy } of hours) {
    const date = parisDay.format(start);
    const plan = planOn(history, localDate(date));
    const { kind } = plan;
    // Before the first plan of a history nobody knows which one it was: no sheet is guessed.
    const sheet = (plan === unsplitPlan ? [] : regulatedPrices)
      .filter((row) => row.kind === kind && row.powerKva === 9 && row.from !== null && row.from <= date)
      .reduce<(typeof regulatedPrices)[number] | null>((a, b) => (a && (a.from ?? "") > (b.from ?? "") ? a : b), null);
    const price = period === null ? undefined : sheet?.energy[period];
    if (price === undefined) {
      without++;
      continue;
    }
    const key = `${sheet?.from} ${kind} ${period}`;
    const sum = sums.get(key) ?? { energy: 0n, price: BigInt(price) };
    sums.set(key, { ...sum, energy: sum.energy + BigInt(energy) });
  }
  return { cost: [...sums.values()].reduce((sum, { energy, price }) => sum + energy * price, 0n), without };
}

const parisDay = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Paris", dateStyle: "short" });
