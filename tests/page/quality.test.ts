import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DayState } from "../../src/domain/day-state.ts";
import {
  askCost,
  completeness,
  headline,
  othersOf,
  presenceOf,
  shareOf,
  wattHoursOf,
} from "../../src/page/pages/qualite/words.ts";

const plain = (text: string | null): string | undefined => text?.replace(/[\u202f\u00a0]/g, " ");

/** As the API tells them: every state, most of them without a day. */
const countsOf = (told: Partial<Record<DayState, number>>): Record<DayState, number> => ({
  complete: 0,
  corrected: 0,
  disagreeing: 0,
  estimated: 0,
  typed: 0,
  partial: 0,
  missing: 0,
  pending: 0,
  not_asked: 0,
  before_first_day: 0,
  ...told,
});

describe("the quality of the data in words", () => {
  const counts = countsOf({ complete: 3, corrected: 1, estimated: 2, missing: 1, pending: 2, before_first_day: 9 });

  test("counts the days that could be complete, and those that are", () => {
    // 3 + 1 of 3 + 1 + 2 + 1: what is not published yet, or before the first day, is nobody's lack.
    assert.deepEqual(completeness({ counts }), { complete: 4, all: 7 });
    assert.equal(headline({ counts }, "fr"), "4 jours sur 7 sont complets.");
    assert.equal(headline({ counts: countsOf({ complete: 1 }) }, "en"), "1 of 1 day is complete.");
  });

  test("never rounds up to all of them", () => {
    assert.equal(plain(shareOf(1096, 1096, "fr")), "100 %");
    // 3999 of 4000 are 99.975 %.
    assert.equal(shareOf(3999, 4000, "en"), "99.9%");
    assert.equal(plain(shareOf(399, 1096, "fr")), "36,4 %");
  });

  test("tells what the other days are, and nothing where there is none", () => {
    assert.equal(
      plain(othersOf({ counts }, "fr")),
      "2 jours ont leur total, leurs heures sont estimées ; 1 est manquant.",
    );
    assert.equal(othersOf({ counts }, "en"), "2 days have their total, their hours are estimated; 1 is missing.");
    assert.equal(othersOf({ counts: countsOf({ complete: 4, pending: 1 }) }, "fr"), null);
  });

  test("tells the hours that were read of the 23, 24 or 25 there are", () => {
    assert.equal(plain(presenceOf({ minutesPresent: 390, minutesExpected: 1500 }, "fr")), "6 h 30 sur 25 h");
    assert.equal(plain(presenceOf({ minutesPresent: 1380, minutesExpected: 1380 }, "en")), "23 h of 23 h");
  });

  test("tells what asking costs, a call for each thing that is asked", () => {
    assert.match(plain(askCost({ subjects: ["consumption_curve"] }, "fr")) ?? "", /coûte 1 appel à la/);
    assert.match(
      plain(askCost({ subjects: ["consumption_curve", "consumption_daily"] }, "en")) ?? "",
      /costs 2 calls to/,
    );
  });

  test("reads an amount as people write it, and nothing else", () => {
    assert.deepEqual(["14,82", "14.82", " 1 234 kWh", "0", "", "-3", "abc", "1,2345", "12345"].map(wattHoursOf), [
      14_820,
      14_820,
      1_234_000,
      0,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
