import assert from "node:assert/strict";
import { test } from "node:test";
import { type Bill, billOf } from "../../../src/domain/bill/bill.ts";
import { daysFromTo, localDate } from "../../../src/domain/calendar.ts";
import type { HourEnergy } from "../../../src/domain/statistics/hours.ts";
import { costsOf, sumOf } from "../../../src/domain/tariff/cost.ts";
import { standingIn } from "../../../src/domain/tariff/cost-standing.ts";
import type { TariffPeriod } from "../../../src/domain/tariff/period.ts";
import type { PlanHistory } from "../../../src/domain/tariff/plan.ts";
import { planHistory } from "../../../src/domain/tariff/plan-history.ts";
import { energyPrice, microEur, toMicroEur } from "../../../src/domain/tariff/price.ts";
import { energyPricesIn, type PriceBook } from "../../../src/domain/tariff/price-book.ts";
import { regulatedPrices } from "../../../src/domain/tariff/regulated.ts";
import { instant, toWh, wattMinutes } from "../../../src/domain/units.ts";
import { skipWithout } from "../../support/shared-files.ts";
import { hoursUnder, loadColorOn, loadSlots, recordedFiles } from "../tariff/cost-recorded-home.ts";

const hour = (at: string, period: TariffPeriod | null, energyWh: number, estimated = false): HourEnergy => ({
  start: instant(Date.parse(at)),
  period,
  energy: wattMinutes(energyWh * 60),
  estimated,
});
const span = (from: string, to: string) => ({ from: localDate(from), to: localDate(to) });
const book: PriceBook = { prices: regulatedPrices, buyback: [], powers: [{ from: null, kva: 9 }] };
const offPeak: PlanHistory = [{ from: null, plan: { kind: "HC_HP", offPeak: null }, origin: "contract" }];

const sheet = (from: string) => ({ source: { kind: "regulated", name: `EDF Tarif Bleu ${from}` }, from });

test("a bill across a price change: lines, their prices, and the standing charge apart", () => {
  const bill = billOf({
    span: span("2024-01-30", "2024-02-02"),
    hours: [
      hour("2024-01-30T12:00+01:00", "hp", 1000),
      hour("2024-01-31T12:00+01:00", "hp", 500, true),
      hour("2024-02-01T12:00+01:00", "hp", 1000),
      hour("2024-02-02T02:00+01:00", "hc", 2000),
      hour("2024-02-03T02:00+01:00", "hc", 9999),
    ],
    book,
    history: offPeak,
  });
  assert.deepEqual(bill, {
    span: span("2024-01-30", "2024-02-02"),
    lines: [
      {
        period: "hc",
        energyWh: 2000,
        cost: 413_600,
        parts: [
          {
            price: 206_800,
            ...sheet("2024-02-01"),
            firstDay: "2024-02-02",
            lastDay: "2024-02-02",
            energyWh: 2000,
            cost: 413_600,
          },
        ],
        unpricedWh: 0,
      },
      {
        period: "hp",
        energyWh: 2500,
        // 1.5 kWh × 0.2460 + 1 kWh × 0.2700
        cost: 369_000 + 270_000,
        parts: [
          {
            price: 246_000,
            ...sheet("2023-08-01"),
            firstDay: "2024-01-30",
            lastDay: "2024-01-31",
            energyWh: 1500,
            cost: 369_000,
          },
          {
            price: 270_000,
            ...sheet("2024-02-01"),
            firstDay: "2024-02-01",
            lastDay: "2024-02-01",
            energyWh: 1000,
            cost: 270_000,
          },
        ],
        unpricedWh: 0,
      },
    ],
    energyWh: 4500,
    estimatedWh: 500,
    energyCost: 1_052_600,
    // 16.55 less what 29 of 31 days come to, 15.482258; and 16.70 × 2/29.
    standing: 1_067_742 + 1_151_724,
    total: 1_052_600 + 2_219_466,
    pendingDays: [],
    daysWithoutPrice: [],
    daysWithoutEnergy: [],
    daysWithoutStanding: [],
    isWhole: true,
  });
});

const faulty = (hours: readonly HourEnergy[], days = span("2024-02-01", "2024-02-02")): Bill =>
  billOf({ span: days, hours, book, history: offPeak });

test("a bill says which days lack energy, a price, a period or a charge", () => {
  const bill = faulty(
    [
      hour("2024-02-03T12:00+01:00", null, 300),
      hour("2024-02-01T13:00+01:00", "red_hp", 200),
      hour("2024-02-01T14:00+01:00", "hp", 100),
    ],
    span("2024-02-01", "2024-02-03"),
  );
  assert.deepEqual(bill.pendingDays, ["2024-02-03"]);
  assert.deepEqual(bill.daysWithoutPrice, ["2024-02-01"]);
  assert.deepEqual(bill.daysWithoutEnergy, ["2024-02-02"]);
  assert.equal(bill.energyWh, 600);
  assert.equal(bill.energyCost, 27_000);
  assert.deepEqual(
    bill.lines.map(({ period, cost, unpricedWh }) => [period, cost, unpricedWh]),
    [
      ["hp", 27_000, 0],
      ["red_hp", null, 200],
      [null, null, 300],
    ],
  );
  assert.equal(bill.isWhole, false);
  const early = faulty([hour("2023-01-31T12:00+01:00", "hp", 1)], span("2023-01-31", "2023-01-31"));
  assert.deepEqual(early.daysWithoutStanding, ["2023-01-31"]);
  assert.deepEqual([early.energyCost, early.standing, early.total], [null, null, null]);
});

test("a bill of nothing is not a bill of 0 €", () => {
  const bill = faulty([]);
  assert.equal(bill.energyCost, null);
  assert.equal(bill.total, null);
  assert.deepEqual(bill.daysWithoutEnergy, ["2024-02-01", "2024-02-02"]);
});

test("a bill across a change of plan prices each day by its own plan", () => {
  const moved: PlanHistory = [
    { from: null, plan: { kind: "BASE", offPeak: null }, origin: "contract" },
    { from: localDate("2024-03-02"), plan: { kind: "HC_HP", offPeak: null }, origin: "user" },
  ];
  const user: PriceBook = {
    ...book,
    prices: [
      ...regulatedPrices,
      {
        from: null,
        to: null,
        kind: "HC_HP",
        powerKva: null,
        energy: { hp: energyPrice(300_000) },
        standing: microEur(31_000_000),
        source: { kind: "user", name: "mine" },
      },
    ],
  };
  const bill = billOf({
    span: span("2024-03-01", "2024-03-02"),
    hours: [hour("2024-03-01T12:00+01:00", "base", 1000), hour("2024-03-02T12:00+01:00", "hp", 1000)],
    book: user,
    history: moved,
  });
  assert.equal(bill.energyCost, 251_600 + 300_000);
  // 15.79 × 1/31 + 31 × 1/31
  assert.equal(bill.standing, 509_354 + 1_000_000);
});

test("one source with two prices within the span is two parts of a line", () => {
  const source = { kind: "user", name: "mine" } as const;
  const plan = { kind: "HC_HP", powerKva: null, standing: null, source } as const;
  const bill = billOf({
    span: span("2024-03-01", "2024-03-02"),
    hours: [hour("2024-03-02T12:00+01:00", "hp", 1000), hour("2024-03-01T12:00+01:00", "hp", 1000)],
    book: {
      prices: [
        { ...plan, from: null, to: localDate("2024-03-01"), energy: { hp: energyPrice(200_000) } },
        { ...plan, from: localDate("2024-03-02"), to: null, energy: { hp: energyPrice(300_000) } },
      ],
      buyback: [],
      powers: [],
    },
    history: offPeak,
  });
  assert.deepEqual(
    bill.lines.map(({ parts }) => parts.map(({ price, firstDay, cost }) => [price, firstDay, cost])),
    [
      [
        [200_000, "2024-03-01", 200_000],
        [300_000, "2024-03-02", 300_000],
      ],
    ],
  );
});

test("the recorded home's month: the bill is what its hours and days sum to", {
  skip: skipWithout(...recordedFiles),
}, () => {
  const tempo: PlanHistory = [{ from: null, plan: { kind: "TEMPO", offPeak: null }, origin: "contract" }];
  const month = span("2024-02-01", "2024-02-29");
  const slots = new Map([...loadSlots()].filter(([date]) => date >= "2024-01-31" && date <= "2024-03-01"));
  const hours = hoursUnder(tempo, slots, loadColorOn());
  const bill = billOf({ span: month, hours, book, history: tempo });
  const dates = new Set<string>(daysFromTo(month.from, month.to));
  const own = costsOf(
    hours.filter(({ start }) => dates.has(parisDay.format(start))),
    energyPricesIn(book, tempo),
  );
  assert.ok(bill.isWhole);
  assert.equal(bill.standing, 16_160_000);
  assert.equal(bill.standing, standingIn(book, tempo, month).amount);
  assert.equal(bill.energyCost, toMicroEur(sumOf(own).cost ?? assert.fail("no cost")));
  assert.equal(bill.total, (bill.energyCost ?? 0) + 16_160_000);
  const byPeriod = new Map([...Map.groupBy(own, ({ period }) => period)].map(([period, all]) => [period, sumOf(all)]));
  assert.equal(bill.lines.length, 6);
  for (const { period, energyWh, cost, parts } of bill.lines) {
    const sum = byPeriod.get(period);
    assert.equal(energyWh, toWh(sum?.energy ?? assert.fail("no energy")));
    assert.equal(cost, toMicroEur(sum?.cost ?? assert.fail("no cost")));
    assert.equal(parts.length, 1);
  }
});

const parisDay = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Paris", dateStyle: "short" });

test("where nobody knows the plan, neither the energy nor the standing charge takes another plan's price", () => {
  const { history } = planHistory({ contract: { pricingOption: "HC_HP", offpeakHours: null }, overrides: [] });
  const bill = billOf({
    span: span("2024-03-05", "2024-03-05"),
    hours: [hour("2024-03-05T12:00+01:00", "base", 1000)],
    book,
    history,
  });
  assert.deepEqual(
    bill.lines.map(({ period, cost, unpricedWh }) => [period, cost, unpricedWh]),
    [["base", null, 1000]],
  );
  assert.deepEqual(bill.daysWithoutStanding, [localDate("2024-03-05")]);
  // The user's own word counts for whatever the plan may be.
  const own = {
    ...regulatedPrices[0],
    from: null,
    to: null,
    kind: "BASE",
    powerKva: null,
    energy: { base: energyPrice(200_000) },
    standing: microEur(10_000_000),
    source: { kind: "user", name: "" },
  } as const;
  const said = billOf({
    span: span("2024-03-05", "2024-03-05"),
    hours: [hour("2024-03-05T12:00+01:00", "base", 1000)],
    book: { ...book, prices: [own, ...regulatedPrices] },
    history,
  });
  assert.equal(said.lines[0]?.cost, 200_000);
});
