import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { localDate } from "../../src/domain/calendar.ts";
import type { View } from "../../src/page/period.ts";
import { periodOf } from "../../src/page/period.ts";
import { barsBefore, sameDaysBefore } from "../../src/page/series/compared.ts";
import { latestYearOf, profileModel, profileNote } from "../../src/page/series/profile.ts";
import { periodsNote, rowNameOf } from "../../src/page/series/row-name.ts";
import { comparisonNote, estimatedNote, extentNote, markOf, missingNote } from "../../src/page/series/words.ts";
import type { ProfileAnswer } from "../../src/server/api/profile.ts";
import type { SeriesBucket, SeriesTotal } from "../../src/server/api/series.ts";

const reach = { first: localDate("2023-03-15"), last: localDate("2026-11-21") };
const periodAt = (view: View, date: string) => periodOf(view, localDate(date), reach);
const days = (from: string, to: string) => ({ from: localDate(from), to: localDate(to) });

const total = (energyWh: number | null, more: Partial<SeriesTotal> = {}): SeriesTotal => ({
  energyWh,
  estimatedWh: 0,
  quality: "complete",
  missingDays: 0,
  isCorrected: false,
  periods: [],
  eur: null,
  unpricedWh: 0,
  ...more,
});

describe("the year before", () => {
  const through = localDate("2026-11-20");

  test("a year under way is compared with the same days, and its bars with whole months", () => {
    const year = periodAt("annee", "2026-05-01");
    const span = days("2026-01-01", "2026-11-21");
    assert.deepEqual(sameDaysBefore(year, span, through), days("2025-01-01", "2025-11-20"));
    assert.deepEqual(barsBefore(year, span), days("2025-01-01", "2025-12-31"));
  });

  test("a history that begins within the period is compared from that day on", () => {
    const year = periodAt("annee", "2024-05-01");
    const span = days("2024-03-10", "2024-12-31");
    assert.deepEqual(sameDaysBefore(year, span, through), days("2023-03-10", "2023-12-31"));
    assert.deepEqual(barsBefore(year, span), days("2023-03-10", "2023-12-31"));
  });

  test("a whole February meets the whole former one, of 29 days", () => {
    const month = periodAt("mois", "2025-02-10");
    assert.deepEqual(
      sameDaysBefore(month, days("2025-02-01", "2025-02-28"), through),
      days("2024-02-01", "2024-02-29"),
    );
  });

  test("29 February meets 28 February", () => {
    const day = periodAt("jour", "2024-02-29");
    assert.deepEqual(sameDaysBefore(day, day, through), days("2023-02-28", "2023-02-28"));
  });

  test("Mondays meet Mondays", () => {
    // 16 November 2026 is a Monday; 364 days earlier, 17 November 2025 is one too.
    const week = periodAt("semaine", "2026-11-19");
    const span = days("2026-11-16", "2026-11-21");
    assert.deepEqual(sameDaysBefore(week, span, through), days("2025-11-17", "2025-11-21"));
    assert.deepEqual(barsBefore(week, span), days("2025-11-17", "2025-11-23"));
  });

  test("days of which none is known yet are compared with nothing", () => {
    const day = periodAt("jour", "2026-11-21");
    assert.equal(sameDaysBefore(day, day, through), null);
  });
});

describe("the comparison in words", () => {
  const options = { language: "fr", isWhole: false } as const;

  test("says how much more or less, on which days, and than what", () => {
    // 745 082 / 864 136 = 0,862: 14 % less.
    assert.equal(
      comparisonNote(total(745_082), total(864_136), options),
      "14\u202f% de moins qu'un an avant aux mêmes jours (864,1\u202fkWh).",
    );
    assert.equal(
      comparisonNote(total(1_500), total(1_000), { language: "en", isWhole: true }),
      "50% more than a year before (1.00\u202fkWh).",
    );
  });

  test("says that nothing changed rather than 0 % of anything", () => {
    assert.equal(
      comparisonNote(total(100_100), total(100_000), options),
      "Autant qu'un an avant aux mêmes jours (100,0\u202fkWh).",
    );
  });

  test("gives no share of nothing, nor of days that are missing or unknown", () => {
    assert.equal(comparisonNote(total(31), total(0), options), "Un an avant aux mêmes jours : 0\u202fkWh.");
    assert.match(comparisonNote(total(31), total(9, { missingDays: 1 }), options) ?? "", /^Des jours manquent/);
    assert.equal(comparisonNote(total(31), total(null), options), "Rien n'est connu d'un an avant.");
    assert.equal(comparisonNote(total(null), total(9), options), null);
  });
});

describe("what the figure is of", () => {
  const through = localDate("2026-11-20");

  test("a month under way ends with its latest known day", () => {
    const period = periodAt("mois", "2026-11-01");
    const known = { period, span: days("2026-11-01", "2026-11-21"), through };
    assert.equal(extentNote(known, "fr"), "Relevés jusqu'au vendredi 20 novembre.");
    assert.equal(extentNote(known, "en"), "Readings up to Friday 20 November.");
  });

  test("the first month begins with the history", () => {
    const period = periodAt("mois", "2023-03-20");
    assert.equal(
      extentNote({ period, span: days("2023-03-15", "2023-03-31"), through }, "fr"),
      "Relevés depuis le mercredi 15 mars.",
    );
  });

  test("a whole month and a day need no words", () => {
    const month = periodAt("mois", "2026-10-01");
    const day = periodAt("jour", "2026-11-20");
    assert.equal(extentNote({ period: month, span: month, through }, "fr"), null);
    assert.equal(extentNote({ period: day, span: day, through }, "fr"), null);
  });

  test("missing and estimated are said, and only where there are any", () => {
    assert.equal(missingNote({ missingDays: 1 }, "fr"), "1 jour manque dans cette période.");
    assert.equal(missingNote({ missingDays: 2 }, "en"), "2 days are missing from this period.");
    assert.equal(missingNote({ missingDays: 0 }, "fr"), null);
    assert.equal(estimatedNote({ estimatedWh: 0, energyWh: 9 }, "fr"), null);
    assert.match(estimatedNote({ estimatedWh: 9, energyWh: 9 }, "fr") ?? "", /la répartition par heure est estimée\.$/);
    assert.match(
      estimatedNote({ estimatedWh: 1_200, energyWh: 9_000 }, "fr") ?? "",
      /la répartition par heure de 1,20\u202fkWh est/,
    );
  });
});

describe("a line of the table", () => {
  const bucket = (key: string, start: string, end: string): SeriesBucket => ({ ...total(1), key, start, end });

  test("is named by its interval, the repeated hour by its time", () => {
    // 25 October 2026: 02:00 to 03:00 comes twice, first in summer time (UTC+2).
    const first = bucket("2026-10-25T00:00:00.000Z", "2026-10-25T00:00:00.000Z", "2026-10-25T00:30:00.000Z");
    const second = bucket("2026-10-25T01:00:00.000Z", "2026-10-25T01:00:00.000Z", "2026-10-25T01:30:00.000Z");
    assert.match(
      rowNameOf(first, "half_hour", "fr"),
      /^De 2\u202fh \(heure d'été\) à 2\u202fh\u202f30 \(heure d'été\)$/,
    );
    assert.match(rowNameOf(second, "half_hour", "fr"), /^De 2\u202fh \(heure d'hiver\)/);
  });

  test("is named by its day, month or year", () => {
    const any = ["2026-11-18T23:00:00.000Z", "2026-11-19T23:00:00.000Z"] as const;
    assert.equal(rowNameOf(bucket("2026-11-19", ...any), "day", "fr"), "Jeu.\u00a019\u00a0nov.");
    assert.equal(rowNameOf(bucket("2026-11", ...any), "month", "en"), "November");
    assert.equal(rowNameOf(bucket("2026", ...any), "year", "fr"), "2026");
  });

  test("bears the mark that matters most", () => {
    assert.equal(markOf({ quality: "complete", isCorrected: true }), "corrected");
    assert.equal(markOf({ quality: "partial", isCorrected: true }), "partial");
    assert.equal(markOf({ quality: null, isCorrected: false }), "unknown");
  });
});

describe("the average day", () => {
  const hours = (watts: number) => Array.from({ length: 24 }, () => watts);
  const none = { all: null, weekday: null, saturday: null, sunday: null };
  const answer: ProfileAnswer = {
    usagePoint: "12345678901234",
    flow: "consumption",
    step: "hour",
    start: "2026-11-01",
    end: "2026-11-20",
    ...none,
    weekday: { days: 14, meanW: hours(1_500) },
    sunday: { days: 1, meanW: [null, ...hours(250).slice(1)] },
    winter: { ...none, all: { days: 15, meanW: hours(1_416.7) } },
    summer: none,
  };

  test("has a line for each kind of day that there is, in kW", () => {
    const { lines, places } = profileModel(answer, { kind: "week", language: "fr" });
    assert.deepEqual(
      lines.map(({ label, values }) => [label, values[0], values[1]]),
      [
        ["Du lundi au vendredi", 1.5, 1.5],
        ["Dimanche", null, 0.25],
      ],
    );
    assert.equal(places[2]?.title, "De 2\u202fh à 3\u202fh");
    assert.deepEqual(
      profileModel(answer, { kind: "season", language: "fr" }).lines.map(({ label }) => label),
      ["De novembre à mars"],
    );
  });

  test("is of a year at most, the latest", () => {
    // 366 days, both ends included: 2026-11-21 is the 366th from 2025-11-21 on.
    assert.deepEqual(latestYearOf(days("2023-03-15", "2026-11-21")), days("2025-11-21", "2026-11-21"));
    assert.deepEqual(latestYearOf(days("2024-01-01", "2024-12-31")), days("2024-01-01", "2024-12-31"));
  });

  test("says how many days it is the mean of", () => {
    assert.equal(
      profileNote(answer, { kind: "week", language: "fr" }),
      "Moyenne des journées complètes (du lundi au vendredi : 14 jours, dimanche : 1 jour).",
    );
  });
});

describe("what a line tells under its name", () => {
  const bucket = (more: Partial<SeriesBucket>): SeriesBucket => ({
    ...total(1000),
    key: "2026-11-20",
    start: "2026-11-19T23:00:00.000Z",
    end: "2026-11-20T23:00:00.000Z",
    eur: 0.1325,
    periods: [{ period: "blue_hc", energyWh: 1000, eur: 0.1325 }],
    ...more,
  });

  test("the period and its price", () => {
    assert.equal(periodsNote(bucket({}), "consumption", "fr"), "Bleu\u00a0HC, 0,1325\u202f€/kWh");
    assert.equal(periodsNote(bucket({}), "production", "fr"), "0,1325\u202f€/kWh");
  });

  test("of several periods each one's energy, and the average price", () => {
    const periods = [
      { period: "blue_hc" as const, energyWh: 1000, eur: 0.13 },
      { period: "blue_hp" as const, energyWh: 3000, eur: 0.51 },
    ];
    // 0.13 + 0.51 = 0.64 EUR for 4 kWh: 0.16 EUR/kWh
    const note = periodsNote(bucket({ energyWh: 4000, eur: 0.64, periods }), "consumption", "fr");
    assert.equal(
      note,
      "Bleu\u00a0HC\u00a01,00\u202fkWh, Bleu\u00a0HP\u00a03,00\u202fkWh, 0,1600\u202f€/kWh\u00a0en\u00a0moyenne",
    );
  });

  test("no price where some of it has none, or where it is too little to divide by", () => {
    assert.equal(periodsNote(bucket({ unpricedWh: 10 }), "consumption", "fr"), "Bleu\u00a0HC");
    const base = bucket({ unpricedWh: 10, periods: [{ period: "base", energyWh: 1000, eur: null }] });
    assert.equal(periodsNote(base, "consumption", "fr"), "", "the only period there is says nothing");
    // 3 Wh × 0.1325 EUR/kWh = 0.0003975 EUR, told as 0.000398: 0.1327 EUR/kWh would be wrong
    const little = {
      energyWh: 3,
      eur: 0.000398,
      periods: [{ period: "blue_hc" as const, energyWh: 3, eur: 0.000398 }],
    };
    assert.equal(periodsNote(bucket(little), "consumption", "fr"), "Bleu\u00a0HC");
  });
});
