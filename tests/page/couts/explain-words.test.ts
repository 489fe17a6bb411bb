import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { localDate } from "../../../src/domain/calendar.ts";
import { instantOf } from "../../../src/page/format.ts";
import { askedHour, isBeforeAll } from "../../../src/page/pages/couts/asked-hour.ts";
import {
  costSentence,
  energySentence,
  gapSentence,
  hourIn,
  hourName,
  hoursOfDay,
  isForContract,
  periodSentence,
  planSentence,
  priceSentence,
  sameHourOn,
  stretchName,
  tempoSentence,
  titleOfHour,
  totalsOf,
} from "../../../src/page/pages/couts/explain-words.ts";
import { windowsText } from "../../../src/page/pages/couts/plan-names.ts";

const part = {
  period: "red_hc",
  spans: [{ start: "2026-11-19T21:00:00.000Z", end: "2026-11-19T22:00:00.000Z" }],
  energyWh: 4852,
  isEstimated: false,
  price: {
    eurPerKwh: 0.1575,
    source: { kind: "regulated", name: "EDF Tarif Bleu 2026-02-01" },
    pricesFrom: "2026-02-01",
  },
  eur: 0.76419,
  missing: null,
  gap: null,
} as const;
const day = [
  { start: "2026-11-19T05:00:00.000Z", end: "2026-11-19T21:00:00.000Z", period: "red_hp" },
  { start: "2026-11-19T21:00:00.000Z", end: "2026-11-19T23:00:00.000Z", period: "red_hc" },
] as const;

describe("the hours of a day", () => {
  test("are 24, 23 in spring and 25 in autumn, where the repeated hour says which it is", () => {
    assert.equal(hoursOfDay(localDate("2026-11-19")).length, 24);
    assert.equal(hoursOfDay(localDate("2026-03-29")).length, 23);
    const autumn = hoursOfDay(localDate("2026-10-25"));
    assert.equal(autumn.length, 25);
    const names = autumn.map((hour) => hourName(hour, "fr"));
    assert.equal(new Set(names).size, 25);
    assert.match(names[2] ?? "", /heure d'été/);
    assert.match(names[3] ?? "", /heure d'hiver/);
  });

  test("an address tells an hour by any of its instants", () => {
    assert.equal(hourIn("2026-11-19T21:30:00Z"), Date.parse("2026-11-19T21:00:00Z"));
    assert.equal(hourIn(undefined), null);
    assert.equal(hourIn("hier soir"), null);
  });

  test("another day keeps the hour of the clock, or takes its last one", () => {
    // 22:00 in Paris is 21:00 UTC in winter, 20:00 in summer.
    const start = instantOf("2026-11-19T21:00:00Z");
    assert.equal(sameHourOn(localDate("2026-07-01"), start), Date.parse("2026-07-01T20:00:00Z"));
    // The 24th hour of a day, on a day of 23.
    const last = instantOf("2026-11-19T22:00:00Z");
    assert.equal(sameHourOn(localDate("2026-03-29"), last), Date.parse("2026-03-29T21:00:00Z"));
  });
});

describe("the hour that an address asks for", () => {
  const known = { first: localDate("2023-11-22"), through: localDate("2026-11-20") };
  // 19:00 in Paris is 18:00 UTC in winter.
  const latest = Date.parse("2026-11-20T18:00:00Z");

  test("is its own, else the evening of its day, else that of the latest known one", () => {
    const heure = "2026-11-19T21:00:00Z";
    assert.deepEqual(askedHour({ heure, date: "2020-01-01" }, known), { start: Date.parse(heure), isElsewhere: false });
    assert.deepEqual(askedHour({ date: "2024-07-01" }, known), {
      start: Date.parse("2024-07-01T17:00:00Z"),
      isElsewhere: false,
    });
    for (const asked of [{}, { date: "2026-11" }, { date: "2026" }])
      assert.deepEqual(askedHour(asked, known), { start: latest, isElsewhere: false });
  });

  test("is said not to be known where it lies before all readings or is none", () => {
    for (const asked of [
      { date: "2020-01-01" },
      { date: "2026-13-45" },
      { date: "hier" },
      { heure: "2020-01-01T18:00:00Z" },
      { heure: "hier soir" },
    ])
      assert.deepEqual(askedHour(asked, known), { start: latest, isElsewhere: true }, JSON.stringify(asked));
  });

  test("is not judged while its year is being typed", () => {
    assert.deepEqual(
      ["0002-01-01", "0202-01-01", "2020-01-01", "2023-11-22"].map((typed) => isBeforeAll(typed, known.first)),
      [false, false, true, false],
    );
  });
});

describe("why an hour cost what it did", () => {
  test("its name, its plan, its colour, its period, its energy, its price, its cost", () => {
    const answer = { start: "2026-11-19T21:00:00.000Z", date: "2026-11-19", day };
    const plan = { plan: "TEMPO", offpeakHours: null, from: null, origin: "contract" } as const;
    assert.equal(titleOfHour(answer, "fr"), "Jeudi 19 novembre 2026, de 22\u202fh à 23\u202fh");
    assert.equal(planSentence({ plan }, "fr"), "Tempo, d'après votre contrat.");
    assert.match(
      tempoSentence({ ...answer, tempo: { date: "2026-11-19", color: "ROUGE" } }, "fr") ?? "",
      /^Jour Tempo du 19 nov\. 2026, de 6 h à 6 h\.$/,
    );
    assert.equal(periodSentence(part, answer, "fr"), "Rouge HC, ce jour-là de 22\u202fh à minuit.");
    assert.equal(
      energySentence(part, { isPast: true, dayQuality: "complete" }, "fr"),
      "4,85\u202fkWh, mesurés par le compteur.",
    );
    assert.equal(priceSentence(part, "fr"), "0,1575\u202f€/kWh d'après le tarif réglementé du 1er févr. 2026.");
    // 4.852 kWh × 0.1575 €/kWh = 0.76419 €
    assert.equal(costSentence(part, "fr"), "4,85\u202fkWh × 0,1575\u202f€/kWh = 0,76\u202f€");
  });

  test("before six the hour belongs to the Tempo day of the day before", () => {
    const tempo = { date: "2026-11-18", color: "BLEU" } as const;
    assert.match(tempoSentence({ tempo, date: "2026-11-19" }, "fr") ?? "", /jour Tempo de la veille/);
    assert.equal(tempoSentence({ tempo: null, date: "2026-11-19" }, "fr"), null);
  });

  test("what is not known is said as such: no plan, no reading, an hour to come, no price", () => {
    const unread = { ...part, energyWh: null, price: null, eur: null };
    assert.match(planSentence({ plan: null }, "en"), /counted as Base/);
    assert.match(energySentence(unread, { isPast: true, dayQuality: null }, "fr"), /Aucun relevé/);
    assert.match(energySentence(unread, { isPast: true, dayQuality: "partial" }, "fr"), /manque dans les relevés/);
    assert.match(energySentence(unread, { isPast: false, dayQuality: null }, "fr"), /n'est pas terminée/);
    assert.equal(priceSentence(unread, "fr"), null);
    assert.equal(costSentence(unread, "fr"), null);
    assert.deepEqual(totalsOf([part, unread]), { energyWh: null, eur: null });
    assert.deepEqual(totalsOf([part]), { energyWh: 4852, eur: 0.76419 });
  });

  test("a gap names who can fill it", () => {
    assert.match(gapSentence({ code: "before_regulated", since: "2023-02-01" }, "fr"), /à partir du 1er févr\. 2023/);
    assert.equal(isForContract({ code: "power_unknown" }), true);
    assert.equal(isForContract({ code: "color_to_come" }), false);
  });

  test("a stretch ends at midnight rather than at zero hours, and begins at zero", () => {
    const whole = { start: "2026-11-18T23:00:00.000Z", end: "2026-11-19T23:00:00.000Z" };
    assert.equal(stretchName(whole, "fr"), "de 0\u202fh à minuit");
    assert.equal(stretchName(whole, "en"), "00:00 to midnight");
  });

  test("off-peak windows are written as clocks show them", () => {
    assert.equal(
      windowsText("01:34-07:34;12:56-14:56", "fr"),
      "1\u202fh\u202f34–7\u202fh\u202f34 et 12\u202fh\u202f56–14\u202fh\u202f56",
    );
    assert.equal(windowsText('{"monday":"22:00-06:00"}', "fr"), "différentes selon le jour");
  });
});
