import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanName, freeName } from "../../../src/adapters/jeedom/names.ts";
import { isHeld, wireValue } from "../../../src/adapters/jeedom/quantity.ts";

const number = { logicalId: "day", subType: "numeric" } as const;
const text = { logicalId: "color", subType: "string" } as const;

test("numbers leave as they are", () => {
  assert.deepEqual([wireValue(number, 12.345), wireValue(number, 0), wireValue(number, -3)], ["12.345", "0", "-3"]);
});

test("what the box would make another value of does not leave", () => {
  for (const value of [Number.NaN, Infinity, 1e15, "12 345", "12", ""])
    assert.throws(() => wireValue(number, value), RangeError, String(value));
  for (const value of ["", " BLEU", "BLEU\n", '"BLEU', "x".repeat(128), 12])
    assert.throws(() => wireValue(text, value), RangeError, String(value));
  assert.equal(wireValue(text, "x".repeat(127)).length, 127);
});

test("a number is held as a number or a text, but not as nothing", () => {
  assert.ok(isHeld("12.345", 12.345) && isHeld(12.345, 12.345) && isHeld("100.000000", 100) && isHeld("0", 0));
  for (const held of [null, "", false, "abc", "12.35"]) assert.equal(isHeld(held, 12.345), false);
  for (const held of [null, "", false]) assert.equal(isHeld(held, 0), false);
});

test("names are cleaned as the box cleans them, but an apostrophe stays readable", () => {
  assert.equal(cleanName("A&B #1 [x]/y  <b>z</b>"), "AB 1 xy z");
  assert.equal(cleanName("Maison d'été"), "Maison d’été");
});

test("a name that is taken gets a number, whatever its case and accents", () => {
  assert.equal(freeName("Énergie", []), "Énergie");
  assert.equal(freeName("Énergie", ["ENERGIE", "energie 2"]), "Énergie 3");
});
