import assert from "node:assert/strict";
import { test } from "node:test";
import { explainHour } from "../../../src/domain/bill/explain.ts";
import { localDate } from "../../../src/domain/calendar.ts";
import type { HourEnergy } from "../../../src/domain/statistics/hours.ts";
import { parseOffPeak } from "../../../src/domain/tariff/off-peak.ts";
import type { TariffPeriod } from "../../../src/domain/tariff/period.ts";
import type { DatedPlan, TariffPlan } from "../../../src/domain/tariff/plan.ts";
import type { PriceBook } from "../../../src/domain/tariff/price-book.ts";
import { regulatedPrices } from "../../../src/domain/tariff/regulated.ts";
import type { TempoColor } from "../../../src/domain/tempo.ts";
import { instant, wattMinutes } from "../../../src/domain/units.ts";

const book: PriceBook = { prices: regulatedPrices, buyback: [], powers: [{ from: null, kva: 9 }] };
const at = (text: string) => instant(Date.parse(text));
const hour = (start: string, period: TariffPeriod | null, energyWh: number, estimated = false): HourEnergy => ({
  start: at(start),
  period,
  energy: wattMinutes(energyWh * 60),
  estimated,
});
const dated = (plan: TariffPlan, from: string | null = null): DatedPlan => ({
  from: from === null ? null : localDate(from),
  plan,
  origin: from === null ? "contract" : "user",
});
const source = { kind: "regulated", name: "EDF Tarif Bleu 2024-02-01" };

test("a red night after midnight is told as the day before's, at its own day's price", () => {
  const colors: Record<string, TempoColor> = { "2024-02-28": "ROUGE", "2024-02-29": "BLANC" };
  const explained = explainHour({
    start: at("2024-02-29T05:00+01:00"),
    hours: [hour("2024-02-29T05:00+01:00", "red_hc", 400, true), hour("2024-02-29T06:00+01:00", "white_hp", 1)],
    history: [dated({ kind: "TEMPO", offPeak: null })],
    book,
    colorOn: (date) => colors[date],
  });
  assert.equal(explained.date, "2024-02-29");
  assert.equal(explained.plan?.origin, "contract");
  assert.deepEqual(explained.tempo, { date: "2024-02-28", color: "ROUGE" });
  assert.deepEqual(
    explained.day.map(({ period }) => period),
    ["red_hc", "white_hp", "white_hc"],
  );
  assert.deepEqual(explained.parts, [
    {
      period: "red_hc",
      spans: [{ from: at("2024-02-29T05:00+01:00"), to: at("2024-02-29T06:00+01:00") }],
      energy: 400 * 60,
      estimated: true,
      price: { price: 156_800, source, from: "2024-02-01" },
      // 0.4 kWh × 0.1568 €
      cost: 62_720 * 60_000,
      missing: null,
    },
  ]);
});

test("an hour that a window cuts has a part for each period, and when", () => {
  const { schedule } = parseOffPeak("HC (12H10-12H20;12H50-20H00)");
  const { parts, plan } = explainHour({
    start: at("2024-03-05T12:00+01:00"),
    hours: [
      hour("2024-03-05T11:00+01:00", "hp", 7),
      hour("2024-03-05T12:00+01:00", "hc", 20),
      hour("2024-03-05T12:00+01:00", "hp", 40),
    ],
    history: [dated({ kind: "BASE", offPeak: null }), dated({ kind: "HC_HP", offPeak: schedule }, "2024-03-01")],
    book,
    colorOn: () => undefined,
  });
  const clock = (minute: string) => at(`2024-03-05T12:${minute}+01:00`);
  assert.equal(plan?.from, "2024-03-01");
  assert.equal(plan?.origin, "user");
  assert.deepEqual(
    parts.map(({ period, spans, cost }) => [period, spans, cost]),
    [
      [
        "hp",
        [
          { from: clock("00"), to: clock("10") },
          { from: clock("20"), to: clock("50") },
        ],
        10_800 * 60_000,
      ],
      [
        "hc",
        [
          { from: clock("10"), to: clock("20") },
          { from: clock("50"), to: at("2024-03-05T13:00+01:00") },
        ],
        4_136 * 60_000,
      ],
    ],
  );
});

test("an hour that begins where a window ends is under the next period alone", () => {
  const { parts } = explainHour({
    start: at("2024-03-05T06:00+01:00"),
    hours: [hour("2024-03-05T06:00+01:00", "hp", 1)],
    history: [dated({ kind: "HC_HP", offPeak: parseOffPeak("HC (22H00-6H00)").schedule })],
    book,
    colorOn: () => undefined,
  });
  assert.deepEqual(
    parts.map(({ period }) => period),
    ["hp"],
  );
});

test("what is missing is told: energy, period, price", () => {
  const explain = (start: string, hours: readonly HourEnergy[], kind: "TEMPO" | "BASE") => {
    const { parts, tempo } = explainHour({
      start: at(start),
      hours,
      history: [dated({ kind, offPeak: null })],
      book,
      colorOn: () => undefined,
    });
    return { missing: parts.map(({ missing, cost }) => [missing, cost]), tempo };
  };
  const noon = "2024-03-05T12:00+01:00";
  assert.deepEqual(explain(noon, [], "BASE"), { missing: [["energy", null]], tempo: null });
  assert.deepEqual(explain(noon, [hour(noon, null, 5)], "TEMPO"), {
    missing: [["period", null]],
    tempo: { date: "2024-03-05", color: null },
  });
  const early = "2022-03-05T12:00+01:00";
  assert.deepEqual(explain(early, [hour(early, "base", 5)], "BASE").missing, [["price", null]]);
});

test("before a history begins there is no plan: all is base, and no plan's price is guessed", () => {
  const { plan, parts } = explainHour({
    start: at("2024-03-05T12:00+01:00"),
    hours: [hour("2024-03-05T12:00+01:00", "base", 1000)],
    history: [dated({ kind: "TEMPO", offPeak: null }, "2024-04-01")],
    book,
    colorOn: () => undefined,
  });
  assert.equal(plan, null);
  assert.deepEqual(
    parts.map(({ period, cost, missing }) => [period, cost, missing]),
    [["base", null, "price"]],
  );
});
