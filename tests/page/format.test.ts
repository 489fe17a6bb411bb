import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { localDate } from "../../src/domain/calendar.ts";
import { type Instant, minuteMs } from "../../src/domain/units.ts";
import {
  ago,
  apparentPower,
  change,
  clock,
  clockChangeNote,
  counted,
  dayInFull,
  dayInFullWithYear,
  dayShort,
  energy,
  exactEnergy,
  instantOf,
  interval,
  moment,
  money,
  monthInFull,
  nearDay,
  percent,
  power,
  price,
  span,
  weekSpan,
} from "../../src/page/format.ts";

/** Narrow no-break spaces are written as `_` here, so that they can be seen. */
const seen = (text: string): string => text.replace(/\u202f/g, "_");

describe("amounts", () => {
  test("energy has the decimals that are worth reading", () => {
    const cases: readonly [number, string, string][] = [
      [0, "0_kWh", "0_kWh"],
      [3, "0,003_kWh", "0.003_kWh"],
      [999, "0,999_kWh", "0.999_kWh"],
      [1_000, "1,00_kWh", "1.00_kWh"],
      [14_820, "14,82_kWh", "14.82_kWh"],
      [99_994, "99,99_kWh", "99.99_kWh"],
      [99_995, "100,0_kWh", "100.0_kWh"],
      [123_449, "123,4_kWh", "123.4_kWh"],
      [999_950, "1_000_kWh", "1,000_kWh"],
      [1_234_000, "1_234_kWh", "1,234_kWh"],
      [-4_000, "-4,00_kWh", "-4.00_kWh"],
    ];
    for (const [valueWh, fr, en] of cases)
      assert.deepEqual([seen(energy(valueWh, "fr")), seen(energy(valueWh, "en"))], [fr, en]);
  });

  test("what is not known is a dash in every format, never a zero", () => {
    const all = [energy, exactEnergy, money, price, power, apparentPower].map((format) => format(null, "fr"));
    assert.deepEqual(all, ["—", "—", "—", "—", "—", "—"]);
    assert.deepEqual(
      [percent(null, "fr"), change(1, null, "fr"), change(null, 1, "fr"), change(1, 0, "fr")],
      ["—", "—", "—", "—"],
    );
  });

  test("a day of 23 or 25 hours says so, no other does", () => {
    assert.match(clockChangeNote(localDate("2026-03-29"), "fr") ?? "", /^Cette journée a 23 heures/);
    assert.match(clockChangeNote(localDate("2026-10-25"), "en") ?? "", /25 hours.*twice/);
    assert.equal(clockChangeNote(localDate("2026-11-19"), "fr"), null);
  });

  test("tables are exact to the watt-hour", () => {
    assert.equal(seen(exactEnergy(1_234_567, "fr")), "1_234,567");
    assert.equal(exactEnergy(1_234_567, "en"), "1,234.567");
  });

  test("money is in euros and cents, and what is less than a cent says so", () => {
    assert.deepEqual([money(3.11, "fr"), money(1234.5, "fr")].map(seen), ["3,11_€", "1_234,50_€"]);
    assert.deepEqual([money(3.11, "en"), money(-1234.5, "en")], ["€3.11", "-€1,234.50"]);
    assert.deepEqual([money(0, "fr"), money(0.0012, "fr"), money(0.005, "fr")].map(seen), [
      "0,00_€",
      "<_0,01_€",
      "0,01_€",
    ]);
  });

  test("prices have four decimals", () => {
    assert.equal(seen(price(0.2516, "fr")), "0,2516_€/kWh");
    assert.equal(price(0.2516, "en"), "€0.2516/kWh");
  });

  test("power changes its unit at a thousand", () => {
    assert.deepEqual([power(850, "fr"), power(1250, "fr"), power(12_400, "fr"), apparentPower(6_420, "en")].map(seen), [
      "850_W",
      "1,25_kW",
      "12,4_kW",
      "6.42_kVA",
    ]);
  });

  test("a change tells its direction, and none where it rounds to nothing", () => {
    // (112 − 100) / 100, (97 − 100) / 100, (100.4 − 100) / 100
    assert.deepEqual([change(112, 100, "fr"), change(97, 100, "fr"), change(100.4, 100, "en")].map(seen), [
      "+12_%",
      "−3_%",
      "0%",
    ]);
  });

  test("in French nothing is singular, in English it is plural", () => {
    const words = ["jour", "jours"] as const;
    assert.deepEqual(
      [0, 1, 2, 1234].map((count) => seen(counted(count, words, "fr"))),
      ["0 jour", "1 jour", "2 jours", "1_234 jours"],
    );
    assert.equal(counted(0, ["day", "days"], "en"), "0 days");
  });
});

describe("dates", () => {
  const thursday = localDate("2026-11-19");

  test("a day is written as people say it", () => {
    assert.deepEqual(
      [dayInFull(thursday, "fr"), dayInFull(thursday, "en")],
      ["jeudi 19 novembre", "Thursday 19 November"],
    );
    assert.deepEqual([dayShort(thursday, "fr"), dayShort(thursday, "en")], ["19 nov. 2026", "19 Nov 2026"]);
    assert.equal(dayInFullWithYear(localDate("2026-11-01"), "fr"), "dimanche 1er novembre 2026");
    assert.equal(dayShort(localDate("2026-12-21"), "fr"), "21 déc. 2026");
    assert.equal(monthInFull("2026-11", "fr"), "novembre 2026");
  });

  test("a span says no month and no year twice", () => {
    assert.equal(weekSpan(thursday, "fr"), "du 16 au 22 novembre 2026");
    assert.equal(weekSpan(thursday, "en"), "16 to 22 November 2026");
    assert.equal(weekSpan(localDate("2026-12-02"), "fr"), "du 30 nov. au 6 déc. 2026");
    assert.equal(weekSpan(localDate("2026-12-31"), "fr"), "du 28 déc. 2026 au 3 janv. 2027");
    assert.equal(span({ from: thursday, to: thursday }, "fr"), "19 nov. 2026");
  });

  test("near days have a word, others have none", () => {
    assert.deepEqual(
      ["2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-22"].map((day) =>
        nearDay(localDate(day), thursday, "fr"),
      ),
      ["avant-hier", "hier", "aujourd'hui", "demain", null],
    );
  });
});

describe("hours", () => {
  const autumn = instantOf("2026-10-25T00:00:00Z");

  test("the repeated hour says which of the two it is, on both of them and on no other", () => {
    const hours = [-60, 0, 30, 60, 90, 120].map((minutes) =>
      seen(clock((autumn + minutes * minuteMs) as Instant, "fr")),
    );
    assert.deepEqual(hours, [
      "1_h",
      "2_h (heure d'été)",
      "2_h_30 (heure d'été)",
      "2_h (heure d'hiver)",
      "2_h_30 (heure d'hiver)",
      "3_h",
    ]);
    assert.equal(clock(autumn, "en"), "02:00 (summer time)");
  });

  test("the spring day goes from two to three", () => {
    const start = instantOf("2026-03-29T00:30:00Z");
    assert.equal(seen(interval({ start, end: instantOf("2026-03-29T01:00:00Z") }, "fr")), "de 1_h_30 à 3_h");
  });

  test("a moment is told from the reader's day in Paris", () => {
    const now = instantOf("2026-11-20T20:00:00Z");
    assert.equal(seen(moment(instantOf("2026-11-20T07:07:00Z"), now, "fr")), "aujourd'hui à 8_h_07");
    assert.equal(seen(moment(instantOf("2026-11-19T23:30:00Z"), now, "fr")), "aujourd'hui à 0_h_30");
    assert.equal(seen(moment(instantOf("2026-11-12T07:07:00Z"), now, "fr")), "le 12 nov. à 8_h_07");
    assert.equal(moment(instantOf("2026-11-19T07:07:00Z"), now, "en"), "yesterday at 08:07");
  });

  test("how long ago counts in minutes, hours, then days; what is to come is not ago", () => {
    const now = instantOf("2026-11-20T20:00:00Z");
    const before = (minutes: number): string | null => {
      const text = ago((now - minutes * minuteMs) as Instant, now, "fr");
      return text === null ? null : seen(text);
    };
    assert.deepEqual([0, 5, 60, 47 * 60 + 59, 48 * 60, -1].map(before), [
      "à l'instant",
      "il y a 5_min",
      "il y a 1_h",
      "il y a 47_h",
      "il y a 2_jours",
      null,
    ]);
  });
});
