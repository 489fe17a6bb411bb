import assert from "node:assert/strict";
import { test } from "node:test";
import { type PlanHistory, unsplitPlan } from "../../../src/domain/tariff/plan.ts";
import type { DatedPrices } from "../../../src/domain/tariff/price.ts";
import type { PriceBook } from "../../../src/domain/tariff/price-book.ts";
import { buybackCalendar, priceCalendar, spansOn } from "../../../src/sync/prices/calendar.ts";
import { day, monthly, price } from "./builders.ts";

const source = { kind: "user", name: "tariff_plans" } as const;
const row = (told: Partial<DatedPrices>): DatedPrices => ({
  from: null,
  to: null,
  kind: "BASE",
  powerKva: null,
  energy: { base: price(2000) },
  standing: monthly(1500),
  source,
  ...told,
});
const bookOf = (told: Partial<PriceBook>): PriceBook => ({ prices: [], buyback: [], powers: [], ...told });
const base: PlanHistory = [{ from: null, plan: { kind: "BASE", offPeak: null }, origin: "contract" }];
const bounds = (spans: readonly { readonly from: unknown; readonly to: unknown }[]) =>
  spans.map(({ from, to }) => [from, to]);

test("a span ends where a price, a plan or the power changes, and not where only a sheet does", () => {
  const book = bookOf({
    prices: [
      row({ to: day("2025-12-31") }),
      row({ from: day("2026-01-01"), energy: { base: price(1900) } }),
      // Of another plan: no change for this one.
      row({ from: day("2026-02-01"), kind: "HC_HP", energy: { hc: price(1500), hp: price(2100) } }),
    ],
    powers: [
      { from: null, kva: 9 },
      { from: day("2026-03-01"), kva: 6 },
    ],
  });
  const history: PlanHistory = [
    ...base,
    { from: day("2026-05-01"), plan: { kind: "HC_HP", offPeak: null }, origin: "user" },
  ];
  const spans = priceCalendar({ book, history }, null);
  assert.deepEqual(bounds(spans), [
    [null, "2025-12-31"],
    ["2026-01-01", "2026-02-28"],
    ["2026-03-01", "2026-04-30"],
    ["2026-05-01", null],
  ]);
  assert.deepEqual(
    spans.map(({ plan, powerKva, prices }) => [plan, powerKva, prices.map(({ quoted }) => quoted?.price)]),
    [
      ["BASE", 9, [price(2000)]],
      ["BASE", 9, [price(1900)]],
      ["BASE", 6, [price(1900)]],
      ["HC_HP", 6, [price(1500), price(2100)]],
    ],
  );
});

test("where no plan is known neither the regulated price nor that of another plan is shown, but the user's standing charge", () => {
  const named = row({ from: day("2025-11-01"), kind: "HC_HP", energy: { hp: price(2065) }, standing: monthly(1565) });
  const book = bookOf({ prices: [named, row({ source: { kind: "regulated", name: "EDF Tarif Bleu" } })] });
  const history: PlanHistory = [...base, { from: day("2025-11-01"), plan: unsplitPlan, origin: "user" }];
  const [before, after] = priceCalendar({ book, history }, null);
  assert.equal(before?.prices[0]?.quoted?.price, price(2000));
  assert.deepEqual(after?.prices, [{ period: "base", quoted: null }]);
  assert.deepEqual(after?.standing, { monthly: monthly(1565), source });
});

test("what begins before the first day begins there, and a period without a price is named", () => {
  const book = bookOf({ prices: [row({ to: day("2025-12-31"), standing: null }), row({ from: day("2026-02-01") })] });
  const spans = priceCalendar({ book, history: base }, day("2025-06-01"));
  assert.deepEqual(bounds(spans), [
    ["2025-06-01", "2025-12-31"],
    ["2026-01-01", "2026-01-31"],
    ["2026-02-01", null],
  ]);
  assert.equal(spans[0]?.standing, null);
  assert.deepEqual(spans[1]?.prices, [{ period: "base", quoted: null }]);
  assert.equal(spans[2]?.standing?.monthly, monthly(1500));
});

test("the day that is asked for lies in one span", () => {
  const book = bookOf({ prices: [row({ to: day("2025-12-31") }), row({ from: day("2026-01-01"), standing: null })] });
  const spans = priceCalendar({ book, history: base }, null);
  const on = (date: string) => bounds(spansOn(spans, day(date)));
  assert.deepEqual(on("2025-12-31"), [[null, "2025-12-31"]]);
  assert.deepEqual(on("2026-01-01"), [["2026-01-01", null]]);
});

test("a price of peak days counts as not known only where the user names such days", () => {
  const periodsOf = (plan: PlanHistory[number]["plan"]) =>
    priceCalendar({ book: bookOf({}), history: [{ from: null, plan, origin: "user" }] }, null)[0]?.prices.map(
      ({ period }) => period,
    );
  const seasonal = { kind: "SEASONAL", offPeak: { days: [] } } as const;
  const four = ["winter_hc", "winter_hp", "summer_hc", "summer_hp"];
  assert.deepEqual(periodsOf(seasonal), four);
  const peakDays = { dates: new Set([day("2026-01-05")]), knownThrough: null };
  assert.deepEqual(periodsOf({ ...seasonal, peakDays }), [...four, "peak_day"]);
});

test("buy-back has spans of its own, those without a price as well", () => {
  const bought = { energy: price(1269), sale: "surplus", source } as const;
  const book = bookOf({ buyback: [{ ...bought, from: day("2025-01-01"), to: day("2025-12-31") }] });
  assert.deepEqual(
    buybackCalendar(book, null).map(({ from, to, price: found }) => [from, to, found?.energy ?? null]),
    [
      [null, "2024-12-31", null],
      ["2025-01-01", "2025-12-31", price(1269)],
      ["2026-01-01", null, null],
    ],
  );
});
