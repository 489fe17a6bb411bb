import assert from "node:assert/strict";
import { test } from "node:test";
import { type MicroEur, microEur } from "../../../src/domain/tariff/price.ts";
import { type BillFacts, compareInvoice, type InvoiceReason } from "../../../src/sync/bill/invoice.ts";

const eur = (amount: number): MicroEur => microEur(Math.round(amount * 1_000_000));
/** 100 € of energy and 30 € of standing charge at prices that the user gave. */
const whole: BillFacts = {
  energy: eur(100),
  standing: eur(30),
  unknownDays: 0,
  unpricedDays: 0,
  estimatedDays: 0,
  standingUnknownDays: 0,
  sources: ["user"],
};
const reasonsOf = (invoiced: number, told: Partial<BillFacts> = {}): readonly InvoiceReason[] | undefined =>
  compareInvoice(eur(invoiced), { ...whole, ...told })?.reasons;

test("the difference is what the invoice asks beyond the bill", () => {
  assert.deepEqual(compareInvoice(eur(136.5), whole), {
    invoiced: 136_500_000,
    difference: 6_500_000,
    // 6.5 / 130
    perMille: 50,
    reasons: ["other_days"],
  });
  assert.equal(compareInvoice(eur(136.5), { ...whole, energy: null, standing: null }), null);
  assert.equal(compareInvoice(eur(5), { ...whole, energy: eur(0), standing: null })?.perMille, null);
});

test("each reason is given where the figures speak for it", () => {
  assert.deepEqual(reasonsOf(130), []);
  assert.deepEqual(reasonsOf(130.05), ["rounding"]);
  assert.deepEqual(reasonsOf(130.06), ["other_days"]);
  assert.deepEqual(reasonsOf(100.1), ["standing_left_out", "other_days"]);
  // (100 + 30) / 1.2
  assert.deepEqual(reasonsOf(108.33), ["before_tax", "other_days"]);
  // 100 / 1.2 + 30 / 1.055
  assert.deepEqual(reasonsOf(111.77), ["before_tax", "other_days"]);
  assert.deepEqual(reasonsOf(150, { unknownDays: 2 }), ["days_without_readings", "other_days"]);
  assert.deepEqual(reasonsOf(150, { unpricedDays: 1 }), ["days_without_price", "other_days"]);
  assert.deepEqual(reasonsOf(150, { standing: null, standingUnknownDays: 30 }), ["standing_unknown", "other_days"]);
  assert.deepEqual(reasonsOf(150, { sources: ["regulated"] }), ["other_prices", "other_days"]);
  assert.deepEqual(reasonsOf(150, { sources: ["regulated", "user"] }), ["other_days"]);
  assert.deepEqual(reasonsOf(150, { estimatedDays: 3 }), ["estimated_days", "other_days"]);
});
