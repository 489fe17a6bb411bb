import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { addDays, localDate } from "../../../src/domain/calendar.ts";
import type { TariffPeriod } from "../../../src/domain/tariff/period.ts";
import type { PlanKind } from "../../../src/domain/tariff/plan.ts";
import { toEur } from "../../../src/domain/tariff/price.ts";
import { type PriceBook, priceOf, pricesOn, standingOn } from "../../../src/domain/tariff/price-book.ts";
import { regulatedPrices } from "../../../src/domain/tariff/regulated.ts";
import { sharedFile, skipWithout } from "../../support/shared-files.ts";

const history = "data/prices/tarif_bleu_history.csv";
const cre = "data/prices/cre_option_base_excerpt.csv";
const linesOf = (path: string): string[] =>
  readFileSync(sharedFile(path) ?? assert.fail(`${path} is absent`), "utf8")
    .trim()
    .split(/\r?\n/)
    .slice(1);

const bookFor = (kva: number): PriceBook => ({
  prices: regulatedPrices,
  buyback: [],
  powers: [{ from: null, kva }],
});

const kinds: Readonly<Record<string, PlanKind>> = { BASE: "BASE", HPHC: "HC_HP", TEMPO: "TEMPO" };
/** In the order of the columns. */
const columns: readonly TariffPeriod[] = [
  "base",
  "hp",
  "hc",
  "blue_hc",
  "blue_hp",
  "white_hc",
  "white_hp",
  "red_hc",
  "red_hp",
];

test("the regulated prices are those of the collected sheets, row by row and nothing beside", {
  skip: skipWithout(history),
}, () => {
  const expected = linesOf(history).map((line) => {
    const [from, option, kva, standing, ...prices] = line.split(",");
    const energy = columns.flatMap((period, column) =>
      prices[column] ? [[period, Math.round(Number(prices[column]) * 1e6)] as const] : [],
    );
    return JSON.stringify([
      from,
      kinds[option ?? ""],
      Number(kva),
      Math.round(Number(standing) * 1e6),
      Object.fromEntries(energy.sort()),
    ]);
  });
  const held = regulatedPrices
    .filter(({ kind }) => kind !== "EJP")
    .map(({ from, kind, powerKva, standing, energy }) =>
      JSON.stringify([from, kind, powerKva, standing, Object.fromEntries(Object.entries(energy).sort())]),
    );
  // 7 sheets of 9 powers in Base, 8 with off-peak hours and 7 in Tempo.
  assert.equal(expected.length, 7 * (9 + 8 + 7));
  assert.deepEqual(held.sort(), expected.sort());
});

test("the regulator's own rows round to the same prices, and to a standing charge at most 10 cents apart", {
  skip: skipWithout(cre),
}, () => {
  const decimal = (cell: string | undefined): number => Number((cell ?? "").replace(",", "."));
  const overlapping = linesOf(cre)
    .map((line) => line.split(";"))
    .filter(([from]) => (from ?? "").endsWith("2026"));
  assert.equal(overlapping.length, 2);
  for (const [, , kva, , yearly, , energy] of overlapping) {
    const prices = pricesOn(bookFor(Number(kva)), localDate("2026-02-01"), "BASE");
    assert.equal(toEurPerKwh(prices?.energy.base), decimal(energy).toFixed(4));
    assert.ok(Math.abs(toEur(prices?.standing ?? assert.fail("no charge")) - decimal(yearly) / 12) <= 0.1);
  }
});

const toEurPerKwh = (price: number | undefined): string => ((price ?? Number.NaN) / 1e6).toFixed(4);

test("the rows of the regulator before 2023 have no price here: nothing is made up", { skip: skipWithout(cre) }, () => {
  const early = linesOf(cre)
    .map((line) => line.split(";"))
    .filter(([from]) => (from ?? "").endsWith("2012"));
  assert.equal(early.length, 2);
  for (const [, , kva] of early) assert.equal(pricesOn(bookFor(Number(kva)), localDate("2012-07-23"), "BASE"), null);
});

test("a sheet holds from its day to the eve of the next one", () => {
  const book = bookFor(9);
  const white = (day: string) => priceOf(book, localDate(day), "TEMPO", "white_hp");
  assert.equal(white("2023-01-31"), null);
  assert.deepEqual(white("2023-02-01"), {
    price: 150_800,
    source: { kind: "regulated", name: "EDF Tarif Bleu 2023-02-01" },
    from: "2023-02-01",
  });
  assert.equal(white("2023-07-31")?.price, 150_800);
  assert.equal(white("2023-08-01")?.price, 165_400);
  assert.equal(white("2024-01-31")?.price, 165_400);
  assert.equal(white("2024-02-01")?.price, 189_400);
});

test("the last sheet goes on, and tells its age", () => {
  const prices = pricesOn(bookFor(9), localDate("2031-05-01"), "BASE");
  assert.equal(prices?.energy.base, 192_700);
  assert.equal(prices?.from, "2026-02-01");
  assert.equal(prices?.to, null);
});

test("since 2026 Base costs less per kWh from 9 kVA on", () => {
  const base = (kva: number) => priceOf(bookFor(kva), localDate("2026-02-01"), "BASE", "base")?.price;
  assert.deepEqual([3, 6, 9, 36].map(base), [194_000, 194_000, 192_700, 192_700]);
});

test("a power that a plan is not sold for has no price", () => {
  assert.equal(pricesOn(bookFor(24), localDate("2025-03-01"), "TEMPO"), null);
  assert.equal(pricesOn(bookFor(3), localDate("2025-03-01"), "HC_HP"), null);
});

test("EJP is known of the last sheet alone, for any power, without a standing charge", () => {
  const book = bookFor(18);
  assert.equal(pricesOn(book, addDays(localDate("2026-02-01"), -1), "EJP"), null);
  assert.deepEqual(pricesOn(book, localDate("2026-02-01"), "EJP")?.energy, { ejp_normal: 178_100, ejp_peak: 344_000 });
  assert.equal(standingOn(book, localDate("2026-02-01"), "EJP"), null);
});
