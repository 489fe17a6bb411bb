import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addDays, daysBetween, localDate } from "../../../src/domain/calendar.ts";
import { standingIn, standingOf } from "../../../src/domain/tariff/cost-standing.ts";
import type { PlanHistory } from "../../../src/domain/tariff/plan.ts";
import { microEur } from "../../../src/domain/tariff/price.ts";
import type { PriceBook } from "../../../src/domain/tariff/price-book.ts";
import { regulatedPrices } from "../../../src/domain/tariff/regulated.ts";

const span = (from: string, to: string) => ({ from: localDate(from), to: localDate(to) });

test("a day is worth its part of its civil month", () => {
  const monthly = microEur(16_160_000);
  // 16.16 € over 31, 29 and 30 days, whole micro-euros.
  assert.equal(standingOf(monthly, span("2024-01-01", "2024-01-01")), 521_290);
  assert.equal(standingOf(monthly, span("2024-02-01", "2024-02-01")), 557_241);
  assert.equal(standingOf(monthly, span("2024-04-01", "2024-04-01")), 538_666);
});

test("whole months are worth whole charges, also 29 days and across years", () => {
  const monthly = microEur(16_160_001);
  assert.equal(standingOf(monthly, span("2024-02-01", "2024-02-29")), 16_160_001);
  assert.equal(standingOf(monthly, span("2023-11-01", "2024-10-31")), 12 * 16_160_001);
});

test("a span across months takes a part of each", () => {
  // 17 of 31 days, all of February, 2 of 31: 31,000,000 × 17/31 + 31,000,000 + 31,000,000 × 2/31.
  assert.equal(standingOf(microEur(31_000_000), span("2024-01-15", "2024-03-02")), 17_000_000 + 31_000_000 + 2_000_000);
  assert.equal(standingOf(microEur(31_000_000), span("2024-03-02", "2024-03-01")), 0);
});

test("however a span is cut, its parts sum to the whole", () => {
  const first = localDate("2023-01-01");
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 100_000_000 }),
      fc.integer({ min: 0, max: 800 }),
      fc.integer({ min: 0, max: 500 }),
      fc.integer({ min: 0, max: 500 }),
      (monthly, skipped, some, others) => {
        const from = addDays(first, skipped);
        const middle = addDays(from, some);
        const to = addDays(middle, 1 + others);
        const charge = microEur(monthly);
        assert.equal(
          standingOf(charge, { from, to: middle }) + standingOf(charge, { from: addDays(middle, 1), to }),
          standingOf(charge, { from, to }),
        );
        assert.ok(daysBetween(from, to) > 0);
      },
    ),
  );
});

const tempo: PlanHistory = [{ from: null, plan: { kind: "TEMPO", offPeak: null }, origin: "contract" }];
const book: PriceBook = {
  prices: regulatedPrices,
  buyback: [],
  powers: [
    { from: null, kva: 9 },
    { from: localDate("2024-03-11"), kva: 12 },
  ],
};

test("each day pays the charge of its sheet and of its power", () => {
  // January at 16.00, February at 16.16, ten days of 31 at 16.16 and 21 of 31 at 19.44 (less than a micro-euro lost).
  assert.deepEqual(standingIn(book, tempo, span("2024-01-01", "2024-03-31")), {
    amount: 16_000_000 + 16_160_000 + 5_212_903 + 13_169_033,
    unknownDays: [],
  });
});

test("days before the first sheet are told, and nothing is a charge of nothing", () => {
  assert.deepEqual(standingIn(book, tempo, span("2023-01-31", "2023-02-01")), {
    amount: 547_500,
    unknownDays: ["2023-01-31"],
  });
  assert.deepEqual(standingIn(book, tempo, span("2023-01-31", "2023-01-31")), {
    amount: null,
    unknownDays: ["2023-01-31"],
  });
});
