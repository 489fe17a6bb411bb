import assert from "node:assert/strict";
import { test } from "node:test";
import { readAmount } from "../../../src/sync/bill/amount.ts";
import { BillRefusal } from "../../../src/sync/bill/refusal.ts";

test("amounts as invoices print them, exact in micro-euros", () => {
  for (const [text, amount] of [
    ["123,45", 123_450_000],
    ["123.4", 123_400_000],
    ["0", 0],
    ["1 234,05 €", 1_234_050_000],
    ["1\u202F234,05\u00A0€", 1_234_050_000],
    ["99 EUR", 99_000_000],
    ["1000000", 1_000_000_000_000],
  ] as const)
    assert.equal(readAmount(text), amount, text);
});

test("what is no amount of money is refused", () => {
  for (const text of ["", "abc", "-5", "1,234", "12,345,6", "1e3", "1000000,01", "€", "12,", ",5"])
    assert.throws(
      () => readAmount(text),
      (error: unknown) => error instanceof BillRefusal && error.code === "invalid_invoice",
      text,
    );
});
