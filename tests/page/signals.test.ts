import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { localDate } from "../../src/domain/calendar.ts";
import { instantOf } from "../../src/page/format.ts";
import {
  historyOf,
  hourLabel,
  hoursOf,
  isNow,
  nowSentence,
  outlookOf,
  tickOf,
} from "../../src/page/pages/ecowatt/words.ts";
import {
  daySentence,
  hasColors,
  isPresent,
  isUnused,
  kindOf,
  otherSeason,
  unknownNote,
} from "../../src/page/pages/tempo/words.ts";
import { tempoWhensOn } from "../../src/page/tempo-when.ts";

const plain = (text: string | null): string | undefined => text?.replace(/[\u202f\u00a0]/g, " ");

describe("EcoWatt in words", () => {
  const day = (date: string) => ({
    date,
    level: 2 as const,
    message: "",
    generatedAt: "2026-10-24T10:00:00.000Z",
    hours: [{ hour: 2, at: "2026-10-25T00:00:00.000Z", level: 2 as const, decarbonised: false }],
  });

  test("a day has 24 hours, 23 in spring and 25 in autumn", () => {
    const lengths = ["2026-03-29", "2026-10-24", "2026-10-25"].map(
      (date) => hoursOf(localDate(date), undefined).length,
    );
    assert.deepEqual(lengths, [23, 24, 25]);
  });

  test("both runs of the repeated hour have its signal and names of their own", () => {
    const hours = hoursOf(localDate("2026-10-25"), day("2026-10-25"));
    assert.deepEqual(
      hours.filter(({ level }) => level === 2).map((hour) => plain(hourLabel(hour, "fr"))),
      ["2 h (heure d'été), orange", "2 h (heure d'hiver), orange"],
    );
    assert.equal(plain(hourLabel(hours[0] ?? assert.fail(), "en")), "00:00, no signal");
  });

  test("every sixth hour of the clock is named once, on the long day too", () => {
    const ticks = hoursOf(localDate("2026-10-25"), undefined).map((hour) => plain(tickOf(hour, "fr")));
    // An hour more before 6 h.
    assert.deepEqual(
      [ticks.indexOf("0 h"), ticks.indexOf("6 h"), ticks.indexOf("12 h"), ticks.indexOf("18 h")],
      [0, 7, 13, 19],
    );
    assert.equal(ticks.filter((tick) => tick !== "").length, 4);
  });

  test("now is one of both repeated hours", () => {
    const hours = hoursOf(localDate("2026-10-25"), undefined);
    const now = instantOf("2026-10-25T01:30:00.000Z");
    assert.deepEqual(
      hours.filter((hour) => isNow(hour, now)).map((hour) => plain(hourLabel(hour, "fr"))),
      ["2 h (heure d'hiver), pas de signal"],
    );
  });

  test("the next tension is told with its day and hours, the present one with its end", () => {
    const level = (at: string, of: 1 | 2 | 3) => ({ at, level: of, decarbonised: false });
    const forecast = [
      level("2026-11-21T16:00:00.000Z", 1),
      level("2026-11-21T17:00:00.000Z", 2),
      level("2026-11-21T18:00:00.000Z", 2),
      level("2026-11-21T19:00:00.000Z", 1),
    ];
    const told = (at: string, language: "fr" | "en") => plain(outlookOf(forecast, instantOf(at), language));
    assert.equal(told("2026-11-21T08:00:00.000Z", "fr"), "Prochaine tension : aujourd'hui de 18 h à 20 h (orange).");
    assert.equal(told("2026-11-20T08:00:00.000Z", "en"), "Next tension: tomorrow, 18:00 to 20:00 (orange).");
    assert.equal(told("2026-11-21T17:30:00.000Z", "fr"), "Jusqu'à 20 h (orange).");
    assert.match(outlookOf([], instantOf("2026-11-21T08:00:00.000Z"), "fr"), /Aucune tension/);
  });

  test("the hour that runs is a sentence", () => {
    assert.equal(
      plain(nowSentence({ level: 1, decarbonised: true }, "fr")),
      "En ce moment, vert, électricité décarbonée : le réseau est calme.",
    );
  });

  test("a past day without a signal is unknown, not green", () => {
    const days = [day("2026-10-20"), day("2026-10-22"), day("2026-10-25")];
    assert.deepEqual(
      historyOf(days, localDate("2026-10-23")).map(({ kind }) => kind),
      ["orange", "unknown", "orange", "unknown"],
    );
    assert.deepEqual(historyOf([], localDate("2026-10-23")), []);
  });
});

describe("Tempo in words", () => {
  test("a day says its colour, or that it is not announced", () => {
    const date = "2026-11-22";
    assert.equal(
      daySentence({ date, color: "ROUGE" }, "tomorrow", "fr"),
      "Demain, dimanche 22 novembre, est un jour rouge.",
    );
    assert.equal(
      daySentence({ date, color: null }, "tomorrow", "fr"),
      "Demain, dimanche 22 novembre : la couleur n'est pas encore annoncée.",
    );
    assert.equal(
      daySentence({ date, color: null }, "today", "en"),
      "Today, Sunday 22 November: the colour is not known.",
    );
  });

  test("by night the day in force ends at 6, and the next begins this very day", () => {
    const [inForce, next] = [
      { date: "2026-11-21", color: "BLANC" },
      { date: "2026-11-22", color: "BLEU" },
    ] as const;
    const night = tempoWhensOn(inForce, localDate("2026-11-22"));
    assert.equal(
      plain(daySentence(inForce, night.inForce, "fr")),
      "Jusqu'à 6 h, samedi 21 novembre est un jour blanc.",
    );
    assert.equal(plain(daySentence(next, night.next, "fr")), "À partir de 6 h, dimanche 22 novembre est un jour bleu.");
    assert.equal(
      daySentence({ ...next, color: null }, night.next, "en"),
      "From 6:00 on, Sunday 22 November: the colour is not announced yet.",
    );
    const day = tempoWhensOn(inForce, localDate("2026-11-21"));
    assert.deepEqual(day, { inForce: "today", next: "tomorrow" });
  });

  test("a past day without a colour is unknown, a day to come is pending", () => {
    const kind = (date: string) => kindOf({ date, color: null, announcedAt: null }, { today: "2026-11-21" });
    assert.deepEqual([kind("2026-11-21"), kind("2026-11-22")], ["unknown", "pending"]);
  });

  test("seasons follow each other, and have an end each", () => {
    assert.deepEqual([otherSeason("2026-2027", -1), otherSeason("2026-2027", 1)], ["2025-2026", "2027-2028"]);
    const season = { start: "2026-09-01", end: "2027-08-31" };
    const present = ["2026-08-31", "2026-09-01", "2027-08-31", "2027-09-01"].map((today) =>
      isPresent({ ...season, today }),
    );
    assert.deepEqual(present, [false, true, true, false]);
    assert.equal(hasColors({ known: { BLEU: 0, BLANC: 0, ROUGE: 0 } }), false);
    assert.equal(hasColors({ known: { BLEU: 0, BLANC: 0, ROUGE: 1 } }), true);
  });

  test("energy of days without a colour is told, and counted nowhere", () => {
    const note = plain(unknownNote({ unknown: { days: 1, energyWh: 10_800 } }, "fr"));
    assert.equal(note, "10,80 kWh sur 1 jour dont la couleur est inconnue ne sont comptés nulle part.");
    assert.equal(unknownNote({ unknown: { days: 3, energyWh: 0 } }, "fr"), null);
    const none = { days: 0, hc: { energyWh: null, eur: null }, hp: { energyWh: null, eur: null }, eur: null };
    const blue = { ...none, color: "BLEU" as const, averagePerDayWh: null };
    assert.equal(isUnused({ colors: [{ ...blue, energyWh: null }] }), true);
    assert.equal(isUnused({ colors: [{ ...blue, energyWh: 3 }] }), false);
  });
});
