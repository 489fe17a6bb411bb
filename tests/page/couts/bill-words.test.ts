import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { localDate } from "../../../src/domain/calendar.ts";
import { billQueryOf } from "../../../src/page/pages/couts/bill-query.ts";
import { billRows, isRounded } from "../../../src/page/pages/couts/bill-rows.ts";
import {
  amountOf,
  contractYearWords,
  gapNotes,
  projectionWords,
  qualityNote,
  revenueWords,
  sourcesOf,
} from "../../../src/page/pages/couts/bill-words.ts";
import { invoiceSentence, readAmount } from "../../../src/page/pages/couts/invoice-words.ts";
import { daysInWords, sourceName } from "../../../src/page/pages/couts/source-words.ts";
import { periodOf } from "../../../src/page/period.ts";

const source = { kind: "regulated", name: "EDF Tarif Bleu 2026-02-01" } as const;
const part = { source, pricesFrom: "2026-02-01", firstDay: "2026-11-01", lastDay: "2026-11-20" };
const amounts = {
  energyWh: 10_000,
  energyEur: 1.5,
  standingEur: 15.38,
  totalEur: 16.88,
  isWhole: true,
  pendingDays: [],
  daysWithoutPrice: [],
  daysWithoutEnergy: [],
  daysWithoutStanding: [],
};

describe("what a bill is asked for", () => {
  const reach = { first: localDate("2016-06-01"), last: localDate("2026-11-21") };
  const through = localDate("2026-11-20");
  const of = (view: Parameters<typeof periodOf>[0], date: string) =>
    billQueryOf(periodOf(view, localDate(date), reach), reach, through);

  test("a month and a year by their names, a week by its days in reach", () => {
    assert.deepEqual(of("mois", "2026-11-03"), { month: "2026-11" });
    assert.deepEqual(of("annee", "2026-11-03"), { year: "2026" });
    // 16 November 2026 is a Monday; the week's Sunday is still to come.
    assert.deepEqual(of("semaine", "2026-11-18"), { start: "2026-11-16", end: "2026-11-21" });
  });

  test("nothing of a single day, of days after the latest known one, and of more than ten years", () => {
    assert.equal(of("jour", "2026-11-03"), null);
    assert.equal(billQueryOf(periodOf("mois", localDate("2026-11-03"), reach), reach, localDate("2026-10-31")), null);
    // From June 2016 to November 2026 are more than ten years.
    assert.equal(of("total", "2026-11-03"), null);
  });
});

describe("the lines of a bill", () => {
  test("a line at one price tells it, one at two prices is followed by both", () => {
    const rows = billRows(
      {
        lines: [
          {
            period: "hc",
            energyWh: 10_000,
            unpricedWh: 0,
            eur: 1.325,
            parts: [{ ...part, eurPerKwh: 0.1325, energyWh: 10_000, eur: 1.325 }],
          },
          {
            period: "hp",
            energyWh: 9_000,
            unpricedWh: 1_000,
            eur: 1.6,
            parts: [
              { ...part, eurPerKwh: 0.2, lastDay: "2026-11-10", energyWh: 4_000, eur: 0.8 },
              { ...part, eurPerKwh: 0.2, firstDay: "2026-11-11", energyWh: 4_000, eur: 0.8 },
            ],
          },
        ],
        standingEur: 15.38,
        standingParts: [
          { eurPerMonth: 23.07, source, firstDay: "2026-11-01", lastDay: "2026-11-20", days: 20, eur: 15.38 },
        ],
      },
      "fr",
    );
    assert.deepEqual(
      rows.map(({ name, detail, eur, isPart }) => [name, detail, eur, isPart]),
      [
        ["Heures Creuses", "0,1325\u202f€/kWh", 1.325, false],
        ["Heures Pleines", null, 1.6, false],
        ["0,2000\u202f€/kWh", "du 1er au 10 novembre 2026", 0.8, true],
        ["0,2000\u202f€/kWh", "du 11 au 20 novembre 2026", 0.8, true],
        ["sans prix connu", null, null, true],
        ["Abonnement", "23,07\u202f€ par mois, 20 jours", 15.38, false],
      ],
    );
  });

  test("a standing charge that nobody knows stays a line without an amount", () => {
    const rows = billRows({ lines: [], standingEur: null, standingParts: [] }, "en");
    assert.deepEqual(rows, [
      { key: "standing", name: "Standing charge", detail: null, energyWh: null, eur: null, isPart: false },
    ]);
  });

  test("each source of prices is named once", () => {
    const line = { period: "base" as const, energyWh: 1, unpricedWh: 0, eur: 1 };
    const parts = [{ ...part, eurPerKwh: 0.2, energyWh: 1, eur: 1 }];
    const standingParts = [{ eurPerMonth: 9, source, firstDay: "2026-11-01", lastDay: "2026-11-20", days: 20, eur: 6 }];
    assert.deepEqual(sourcesOf({ lines: [{ ...line, parts }], standingParts }, "fr"), [
      "le tarif réglementé du 1er févr. 2026",
    ]);
  });

  test("cents between the lines and the total are noticed", () => {
    const line = { period: "base" as const, energyWh: 1, unpricedWh: 0, parts: [] };
    // 0.004 + 0.004 are shown as 0.00 + 0.00, their sum 0.008 as 0.01.
    assert.equal(
      isRounded({
        lines: [
          { ...line, eur: 0.004 },
          { ...line, eur: 0.004 },
        ],
        standingEur: 0,
        totalEur: 0.008,
      }),
      true,
    );
    assert.equal(isRounded({ lines: [{ ...line, eur: 1.21 }], standingEur: 2, totalEur: 3.21 }), false);
    assert.equal(isRounded({ lines: [], standingEur: null, totalEur: null }), false);
  });
});

describe("what is said beside the amount", () => {
  test("the total tells what it is made of; without a standing charge or a price it says so, never zero", () => {
    assert.deepEqual(amountOf(amounts, "fr"), {
      eur: 16.88,
      sentence: "10,00\u202fkWh pour 1,50\u202f€, plus 15,38\u202f€ d'abonnement, taxes comprises.",
    });
    const alone = amountOf({ ...amounts, standingEur: null, totalEur: null }, "fr");
    assert.equal(alone.eur, 1.5);
    assert.match(alone.sentence, /sans l'abonnement, dont le prix n'est pas connu/);
    assert.equal(amountOf({ ...amounts, energyEur: null, totalEur: null }, "en").eur, null);
  });

  test("each kind of day that lacks is told with where it is dealt with", () => {
    const notes = gapNotes(
      {
        ...amounts,
        daysWithoutEnergy: ["2026-11-03"],
        pendingDays: ["2026-11-20"],
        daysWithoutPrice: ["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04"],
      },
      "fr",
    );
    assert.deepEqual(notes, [
      { to: "qualite", text: "Sans relevé : 1 jour (3 nov. 2026). Leur énergie n'est pas dans ce montant." },
      {
        to: "tempo",
        text: "Couleur ou période pas encore connue : 1 jour (20 nov. 2026). Une partie n'a pas de montant.",
      },
      {
        to: "contrat",
        text: "Sans prix connu : 4 jours (du 1er au 4 novembre 2026). Donnez vos prix pour compléter ce montant.",
      },
    ]);
    assert.deepEqual(gapNotes(amounts, "fr"), []);
    const days = ["2026-11-01", "2026-11-02"];
    assert.deepEqual(gapNotes({ ...amounts, daysWithoutPrice: days, daysWithoutStanding: days }, "fr"), [
      {
        to: "contrat",
        text: "Ni prix ni abonnement connus : 2 jours (1er nov. 2026, 2 nov. 2026). Donnez-les pour compléter ce montant.",
      },
    ]);
    assert.equal(
      gapNotes({ ...amounts, daysWithoutPrice: days, daysWithoutStanding: days.slice(1) }, "fr").length,
      2,
      "on other days each is told for itself",
    );
  });

  test("estimated and partial days are told, and nothing where all is measured", () => {
    assert.equal(qualityNote({ estimatedDays: [], estimatedWh: 0, partialDays: [] }, "fr"), null);
    assert.equal(
      qualityNote({ estimatedDays: ["2026-11-02"], estimatedWh: 12_000, partialDays: [] }, "en"),
      "Hours estimated from the day's total: 1 day (2 Nov 2026), 12.00\u202fkWh.",
    );
  });

  test("the month's end is a range with its basis, until all days are known", () => {
    const projection = {
      month: "2026-11",
      knownDays: 20,
      knownEnergyEur: 121,
      estimatedDays: { weekday_in_season: 10, weekday: 0, any_day: 0 },
      energyEur: { expected: 194.79, low: 168.1, high: 212.17 },
      totalEur: { expected: 217.86, low: 191.18, high: 235.24 },
    };
    assert.deepEqual(projectionWords(projection, "fr"), {
      expected: "217,86\u202f€",
      range: "Entre 191,18\u202f€ et 235,24\u202f€, abonnement compris.",
      basis:
        "20 jours connus, 10 jours estimés d'après les mêmes jours de la semaine à cette saison, aux prix d'aujourd'hui.",
    });
    assert.match(
      projectionWords({ ...projection, totalEur: null }, "fr")?.range ?? "",
      /168,10.*212,17.*sans l'abonnement/,
    );
    const whole = { weekday_in_season: 0, weekday: 0, any_day: 0 };
    assert.equal(projectionWords({ ...projection, estimatedDays: whole }, "fr"), null);
  });

  test("the contract year tells its days, and those that are not in it", () => {
    const year = {
      ...amounts,
      lines: [],
      estimatedWh: 0,
      from: "2026-08-31",
      to: "2027-08-30",
      through: "2026-11-20",
      basis: "anniversary" as const,
      // The same day twice is one day.
      daysWithoutEnergy: ["2026-09-01"],
      daysWithoutPrice: ["2026-09-01"],
    };
    assert.deepEqual(contractYearWords(year, "fr"), {
      amount: "16,88\u202f€",
      basis: "Du 31 août au 20 nov. 2026, 10,00\u202fkWh ; 1 jour n'y est pas, ou pas entièrement.",
    });
    assert.match(contractYearWords({ ...year, basis: "civil_year" }, "en").basis, /^Calendar year/);
  });

  test("injected energy is told with what it earns, or that its price is not known", () => {
    assert.equal(revenueWords({ revenue: null }, "fr"), null);
    assert.equal(revenueWords({ revenue: { energyWh: 0, eur: null, daysWithoutPrice: [] } }, "fr"), null);
    assert.match(
      revenueWords({ revenue: { energyWh: 35_300, eur: null, daysWithoutPrice: [] } }, "fr") ?? "",
      /prix de revente n'est pas connu/,
    );
    assert.match(
      revenueWords({ revenue: { energyWh: 35_300, eur: 1.412, daysWithoutPrice: [] } }, "en") ?? "",
      /earn €1\.41/,
    );
  });
});

describe("an invoice held against the bill", () => {
  test("tells which way it differs, or that it is the same", () => {
    const invoice = { invoicedEur: 140, differenceEur: 3.477312, differencePercent: 2.5, reasons: [] };
    assert.equal(
      invoiceSentence(invoice, "fr"),
      "Votre facture de 140,00\u202f€ est plus haute de 3,48\u202f€ (2,5\u202f%).",
    );
    assert.match(
      invoiceSentence({ ...invoice, differenceEur: -3.477312, differencePercent: -2.5 }, "en"),
      /€3\.48 \(2\.5%\) lower/,
    );
    assert.match(invoiceSentence({ ...invoice, differenceEur: 0.004 }, "fr"), /la même, au centime/);
  });

  test("an amount is read as people type it", () => {
    assert.equal(readAmount("112,40"), "112,40");
    assert.equal(readAmount(" 1 112.4 € "), "1112.4");
    for (const wrong of ["", "abc", "12,345", "-3"]) assert.equal(readAmount(wrong), null, wrong);
  });
});

describe("sources and days in words", () => {
  test("a price's source is named as people would", () => {
    assert.equal(sourceName(source, "fr"), "le tarif réglementé du 1er févr. 2026");
    assert.equal(sourceName({ kind: "user", name: "" }, "en"), "your settings");
    assert.equal(sourceName({ kind: "selected_offer", name: "Bocage" }, "fr"), "votre offre (Bocage)");
  });

  test("few days are named, many are counted with both ends", () => {
    assert.equal(daysInWords(["2026-11-12", "2026-11-14"], "fr"), "2 jours (12 nov. 2026, 14 nov. 2026)");
    assert.equal(
      daysInWords(["2026-10-30", "2026-11-01", "2026-11-05", "2026-11-14"], "en"),
      "4 days (30 Oct to 14 Nov 2026)",
    );
  });
});
