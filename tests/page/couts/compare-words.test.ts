import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  basisLines,
  longWindowsNote,
  offerDetail,
  powerSentences,
  signedMoney,
  verdict,
  whatIfSentence,
  windowsFault,
} from "../../../src/page/pages/couts/compare-words.ts";
import { effectWords, entryWords, spanOn, validity } from "../../../src/page/pages/couts/plan-words.ts";

const own = {
  origin: "own" as const,
  name: { fr: "Votre formule (Tempo)", en: "Your plan (Tempo)" },
  plan: "TEMPO" as const,
  offpeakHours: null,
  powerKva: 12,
  energyEur: 1907.16,
  standingEur: 276.84,
  totalEur: 2184,
  differenceEur: 0,
  pricesFrom: "2026-02-01",
  source: null,
};
const other = {
  ...own,
  origin: "offer" as const,
  name: { fr: "Bocage Week-end", en: "Bocage Week-end" },
  offpeakHours: "22:00-06:00",
  totalEur: 2084,
  differenceEur: -100,
};

describe("the verdict of a comparison", () => {
  test("names what would have been saved, or that nothing would", () => {
    assert.deepEqual(verdict({ ranking: [other, own] }, "fr"), {
      sentence: "Avec Bocage Week-end, vous auriez payé",
      figure: "100,00\u202f€ de moins",
    });
    assert.equal(verdict({ ranking: [own, { ...other, differenceEur: 20 }] }, "fr").figure, "2\u202f184,00\u202f€");
    // Less than a cent apart is no saving.
    assert.match(verdict({ ranking: [{ ...other, differenceEur: -0.004 }, own] }, "fr").sentence, /^Aucune autre/);
  });

  test("hours on trial are no offer to change to", () => {
    const moved = { ...other, origin: "what_if" as const };
    assert.match(verdict({ ranking: [moved, own] }, "en").sentence, /the only one/);
  });

  test("without any price it says so", () => {
    assert.equal(verdict({ ranking: [] }, "fr").figure, null);
    assert.match(
      verdict({ ranking: [{ ...other, differenceEur: null }] }, "fr").sentence,
      /la vôtre n'a pas de prix connu/,
    );
  });

  test("a difference bears its sign", () => {
    assert.deepEqual(
      [94.14, -12, 0].map((eur) => signedMoney(eur, "fr")),
      ["+94,14\u202f€", "−12,00\u202f€", "0,00\u202f€"],
    );
  });

  test("an offer tells its parts, its hours and the day of its prices", () => {
    assert.equal(
      offerDetail(other, "fr"),
      "énergie 1\u202f907,16\u202f€, abonnement 276,84\u202f€ ; heures creuses 22\u202fh–6\u202fh ; prix du 1er févr. 2026",
    );
    const listed = { ...own, source: { kind: "seen_offer" as const, name: "EDF Tarif Bleu - 12 kVA" } };
    assert.match(offerDetail(listed, "fr"), / ; prix donnés par la passerelle, du 1er févr\. 2026$/);
    const regulated = { ...own, source: { kind: "regulated" as const, name: "EDF Tarif Bleu 2026-02-01" } };
    assert.match(offerDetail(regulated, "en"), /; prices of the regulated tariff from 1 Feb 2026$/);
  });
});

describe("what a comparison rests on", () => {
  const answer = {
    usagePoint: "12345678901234",
    name: null,
    planDoubts: [],
    from: "2025-11-21",
    to: "2026-11-20",
    pricesOf: "2026-11-21",
    powerKva: 12,
    days: 360,
    daysWithoutEnergy: 3,
    partialDays: 0,
    estimatedDays: 2,
    estimatedWh: 40_000,
    leftOut: [{ date: "2026-11-20", by: [own.name] }],
    whatIf: null,
    whatIfHoursPerDay: null,
    ranking: [own],
    absent: [],
    powers: null,
  };

  test("days, missing days, estimated hours and days left out are all told", () => {
    const lines = basisLines(answer, "fr");
    assert.equal(lines.length, 4);
    assert.match(lines[0] ?? "", /^360 jours de votre propre consommation, du 21 nov\. 2025 au 20 nov\. 2026/);
    assert.equal(lines[1], "Manquent : 3 jours sans relevé.");
    assert.match(lines[2] ?? "", /Heures estimées sur 2 jours \(40,00\u202fkWh\)/);
    assert.match(lines[3] ?? "", /1 jour \(20 nov\. 2026\).*Votre formule \(Tempo\)/);
    assert.equal(basisLines({ ...answer, daysWithoutEnergy: 0, estimatedDays: 0, leftOut: [] }, "en").length, 1);
  });

  test("hours on trial tell what they would have changed, and when they are too long", () => {
    const moved = { ...other, origin: "what_if" as const, differenceEur: 278.08 };
    const tried = { whatIf: "02:00-05:00;12:00-17:00", ranking: [own, moved] };
    assert.match(whatIfSentence(tried, "fr") ?? "", /2\u202fh–5\u202fh et 12\u202fh–17\u202fh.*278,08\u202f€ de plus/);
    // Against the plan's own bill, and the hours that it has today.
    assert.match(whatIfSentence(tried, "fr") ?? "", /de plus qu'avec celles d'aujourd'hui \(2\u202f184,00\u202f€\)\.$/);
    const withHours = { ...own, offpeakHours: "22:00-06:00" };
    assert.match(
      whatIfSentence({ ...tried, ranking: [withHours, moved] }, "en") ?? "",
      /€278\.08 more than with today's, 22:00–06:00 \(€2,184\.00\)\.$/,
    );
    assert.match(whatIfSentence({ ...tried, ranking: [own] }, "fr") ?? "", /n'a pas d'heures creuses à déplacer/);
    assert.equal(whatIfSentence({ whatIf: null, ranking: [] }, "fr"), null);
    assert.equal(longWindowsNote({ whatIfHoursPerDay: 8 }, "fr"), null);
    assert.match(longWindowsNote({ whatIfHoursPerDay: 12.5 }, "fr") ?? "", /12,5 heures/);
    assert.equal(windowsFault("12:00-17:00;02:00-05:00"), null);
    assert.match(windowsFault("midi")?.fr ?? "", /ne sont pas comprises/);
  });

  test("powers tell overruns, headroom, and advise only by days enough", () => {
    const option = { kva: 12, headroomVa: 569, overruns: [], yearlyEur: 2184, yearlyDifferenceEur: 0 };
    const less = { ...option, kva: 9, yearlyDifferenceEur: -44.28 };
    const powers = {
      days: 365,
      from: "2025-11-21",
      to: "2026-11-20",
      isLongEnough: true,
      highest: { date: "2025-12-26", maximumVa: 11_431 },
      current: option,
      options: [less, option],
      cheapestKva: 12,
    };
    assert.deepEqual(powerSentences(powers, "fr"), [
      "Vous avez appelé au plus 11,4\u202fkVA, le 26 déc. 2025.",
      "Vos 12 kVA laissent 569\u202fVA de marge.",
      "Aucune puissance moins chère n'aurait suffi.",
    ]);
    assert.match(powerSentences({ ...powers, cheapestKva: 9 }, "fr")[2] ?? "", /9 kVA, −44,28\u202f€ par an/);
    assert.match(powerSentences({ ...powers, isLongEnough: false }, "en")[2] ?? "", /too short/);
    const exceeded = { ...option, overruns: ["2025-12-26"] };
    assert.match(
      powerSentences({ ...powers, current: exceeded }, "fr")[1] ?? "",
      /dépassés : 1 jour \(26 déc\. 2025\)/,
    );
  });
});

describe("dated plans in words", () => {
  test("the plan of a day is the one whose days hold it", () => {
    const span = {
      origin: "contract" as const,
      plan: "BASE" as const,
      offpeakHours: null,
      powerKva: 6,
      prices: [],
      standing: null,
    };
    const spans = [
      { ...span, start: null, end: "2026-01-31" },
      { ...span, start: "2026-02-01", end: null },
    ];
    assert.equal(spanOn(spans, "2026-01-31"), spans[0]);
    assert.equal(spanOn(spans, "2026-02-01"), spans[1]);
    assert.equal(spanOn([], "2026-02-01"), null);
  });

  test("its days are told as people would", () => {
    assert.equal(validity(null, null, "fr"), "depuis toujours");
    assert.equal(validity("2026-02-01", null, "fr"), "depuis le 1er févr. 2026");
    assert.equal(validity(null, "2026-01-31", "en"), "until 31 Jan 2026");
    assert.equal(validity("2025-08-01", "2026-01-31", "fr"), "du 1er août 2025 au 31 janv. 2026");
  });

  test("an entry tells what it says", () => {
    assert.deepEqual(
      entryWords({ from: "2026-02-01", plan: "HC_HP", prices: "hc=0.1 hp=0.2", standing: "15.65", power_kva: 9 }, "fr"),
      {
        title: "Heures Creuses, depuis le 1er févr. 2026",
        detail: "9 kVA ; 2 prix ; abonnement 15,65\u202f€ par mois",
      },
    );
  });

  test("a change tells the month before and after, and the days that are worked out again", () => {
    const cost = { energyEur: 100, standingEur: 10, totalEur: 110 };
    const effect = {
      usagePoint: "12345678901234",
      name: null,
      month: "2026-10",
      before: cost,
      after: { ...cost, totalEur: 98.5 },
      differenceEur: -11.5,
      changedDays: 20,
      doubts: [],
    };
    assert.deepEqual(effectWords(effect, "fr"), [
      "Pour octobre 2026, vous verriez 98,50\u202f€ au lieu de 110,00\u202f€ : 11,50\u202f€ de moins.",
      "20 jours connus seront recalculés ; les autres ne bougent pas.",
    ]);
    const unknown = { ...effect, after: { ...cost, totalEur: null }, differenceEur: null };
    assert.match(effectWords(unknown, "fr")[0] ?? "", /un prix manquerait/);
    assert.match(
      effectWords({ ...effect, after: cost, differenceEur: 0, changedDays: 0 }, "en")[1] ?? "",
      /^No day known/,
    );
    assert.equal(effectWords({ ...effect, month: null, before: null, after: null }, "fr").length, 1);
  });
});
