import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, periodInWords } from "../../src/cli/words.ts";

test("nothing is singular in French and plural in English", () => {
  const say = (count: number) => [counted(count, ["jour", "jours"], "fr"), counted(count, ["day", "days"], "en")];
  assert.deepEqual(say(0), ["0 jour", "0 days"]);
  assert.deepEqual(say(1), ["1 jour", "1 day"]);
  assert.deepEqual(say(2), ["2 jours", "2 days"]);
});

test("a month is named, a year is itself", () => {
  assert.equal(periodInWords("2026-11", "fr"), "novembre 2026");
  assert.equal(periodInWords("2026-11", "en"), "November 2026");
  assert.equal(periodInWords("2026", "fr"), "2026");
});
