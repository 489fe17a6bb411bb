import assert from "node:assert/strict";
import { test } from "node:test";
import { billOf } from "../../../src/domain/bill/bill.ts";
import { compareOffers, type DaySlots, type OfferCandidate } from "../../../src/domain/bill/offers.ts";
import { boundsOf, daysFromTo, localDate } from "../../../src/domain/calendar.ts";
import { hoursOf } from "../../../src/domain/statistics/hours.ts";
import { type OffPeakSchedule, parseOffPeak } from "../../../src/domain/tariff/off-peak.ts";
import type { PlanKind } from "../../../src/domain/tariff/plan.ts";
import { type DatedPrices, energyPrice, microEur } from "../../../src/domain/tariff/price.ts";
import { regulatedPrices } from "../../../src/domain/tariff/regulated.ts";
import { stretchesOf } from "../../../src/domain/tariff/stretches.ts";
import type { TempoColor } from "../../../src/domain/tempo.ts";
import { instant, type LocalDate, minuteMs, wattMinutes } from "../../../src/domain/units.ts";
import { skipWithout } from "../../support/shared-files.ts";
import { loadColorOn, loadSlots, recordedFiles } from "../tariff/cost-recorded-home.ts";

const hours = (text: string): OffPeakSchedule => parseOffPeak(text).schedule ?? assert.fail(text);
const night = hours("22:00-06:00");

/** Half-hours of so many watts by their place in the day. */
const day = (date: string, powerAt: (position: number) => number): DaySlots => {
  const { start, minutes } = boundsOf(localDate(date));
  return {
    date: localDate(date),
    slots: Array.from({ length: minutes / 30 }, (_, position) => ({
      start: instant(start + position * 30 * minuteMs),
      minutes: 30,
      energy: wattMinutes(powerAt(position) * 30),
      origin: "measured" as const,
    })),
  };
};
const row = (kind: PlanKind, energy: Record<string, number>, more: Partial<DatedPrices> = {}): DatedPrices => ({
  from: null,
  to: null,
  kind,
  powerKva: null,
  energy: Object.fromEntries(Object.entries(energy).map(([period, price]) => [period, energyPrice(price)])),
  standing: microEur(31_000_000),
  source: { kind: "seen_offer", name: "seen" },
  ...more,
});
const offer = (
  name: string,
  prices: readonly DatedPrices[],
  offPeak: OffPeakSchedule | null = null,
): OfferCandidate => ({
  name,
  plan: { kind: prices[0]?.kind ?? "BASE", offPeak },
  prices,
  powerKva: 9,
});
const noColor = () => undefined;
const terms = { colorOn: noColor, pricesAsOf: null };

/** 1 kW from midnight to 06:00, nothing after. */
const nightOwl = (date: string): DaySlots => day(date, (position) => (position < 12 ? 1000 : 0));

test("candidates are ranked by energy and standing charge over the same days", () => {
  const { ranking, days, leftOut, unpriceable } = compareOffers([nightOwl("2026-01-10"), nightOwl("2026-01-11")], {
    ...terms,
    candidates: [
      offer("base", [row("BASE", { base: 200_000 })]),
      offer("night", [row("HC_HP", { hc: 150_000, hp: 300_000 })], night),
      offer("cheap but for its charge", [row("BASE", { base: 100_000 }, { standing: microEur(62_000_000) })]),
    ],
  });
  assert.deepEqual(
    ranking.map(({ candidate, energyCost, standing, total }) => [candidate.name, energyCost, standing, total]),
    // 12 kWh at 0.15, 0.20 and 0.10; two days of 31 € or 62 € for 31 days.
    [
      ["night", 1_800_000, 2_000_000, 3_800_000],
      ["base", 2_400_000, 2_000_000, 4_400_000],
      ["cheap but for its charge", 1_200_000, 4_000_000, 5_200_000],
    ],
  );
  assert.deepEqual(days, ["2026-01-10", "2026-01-11"]);
  assert.deepEqual([leftOut, unpriceable], [[], []]);
});

test("a day that one of them cannot price counts for none", () => {
  const { ranking, days, leftOut } = compareOffers([nightOwl("2026-01-10"), nightOwl("2026-01-11")], {
    ...terms,
    candidates: [
      offer("always", [row("BASE", { base: 200_000 })]),
      offer("since the 11th", [row("BASE", { base: 100_000 }, { from: localDate("2026-01-11") })]),
    ],
  });
  assert.deepEqual(
    ranking.map(({ candidate, energyCost }) => [candidate.name, energyCost]),
    [
      ["since the 11th", 600_000],
      ["always", 1_200_000],
    ],
  );
  assert.deepEqual(days, ["2026-01-11"]);
  assert.deepEqual(leftOut, [{ date: "2026-01-10", by: ["since the 11th"] }]);
});

test("who prices no day at all is set aside, and keeps no one else from being compared", () => {
  const unpriced = [
    offer("without a charge", [row("BASE", { base: 1 }, { standing: null })]),
    offer("without its night price", [row("HC_HP", { hp: 1 })], night),
    offer("Tempo without colours", [row("TEMPO", { blue_hc: 1, blue_hp: 1 })]),
  ];
  const base = offer("base", [row("BASE", { base: 200_000 })]);
  const { ranking, unpriceable } = compareOffers([nightOwl("2026-01-10")], {
    ...terms,
    candidates: [...unpriced, base],
  });
  assert.deepEqual(
    ranking.map(({ candidate }) => candidate),
    [base],
  );
  assert.deepEqual(unpriceable, unpriced);
  const none = compareOffers([nightOwl("2026-01-10")], { ...terms, candidates: unpriced });
  assert.deepEqual([none.ranking, none.days, none.leftOut], [[], [], []]);
});

test("Tempo is compared by the colours of the past, its nights by the day before", () => {
  const colors: Record<string, TempoColor> = { "2026-01-09": "ROUGE", "2026-01-10": "BLEU" };
  const { ranking } = compareOffers([day("2026-01-10", () => 1000)], {
    colorOn: (date) => colors[date],
    pricesAsOf: null,
    candidates: [
      offer("Tempo", [row("TEMPO", { blue_hc: 100_000, blue_hp: 200_000, red_hc: 500_000, red_hp: 9_000_000 })]),
    ],
  });
  // 6 kWh of a red night, 16 kWh of a blue day and 2 kWh of a blue night.
  assert.equal(ranking[0]?.energyCost, 6 * 500_000 + 16 * 200_000 + 2 * 100_000);
});

test("a choice to be made is priced at one day's prices, whenever the energy was used", () => {
  const dated = offer("dated", [
    row("BASE", { base: 100_000 }, { to: localDate("2026-01-31") }),
    row("BASE", { base: 300_000 }, { from: localDate("2026-02-01") }),
  ]);
  const cost = (pricesAsOf: LocalDate | null) =>
    compareOffers([nightOwl("2026-01-10")], { ...terms, pricesAsOf, candidates: [dated] }).ranking[0]?.energyCost;
  assert.equal(cost(null), 600_000);
  assert.equal(cost(localDate("2026-02-01")), 1_800_000);
});

test("the days are walked once", () => {
  let reads = 0;
  function* once() {
    for (const date of daysFromTo(localDate("2026-01-01"), localDate("2026-01-05"))) {
      reads++;
      yield nightOwl(date);
    }
  }
  compareOffers(once(), {
    ...terms,
    candidates: [1, 2, 3].map((price) => offer(String(price), [row("BASE", { base: price })])),
  });
  assert.equal(reads, 5);
});

test("with other windows the same use is priced by the minute", () => {
  const windows = [
    ["present", "12:00-20:00"],
    ["night", "22:00-06:00"],
    ["half", "03:00-11:00"],
    ["to the minute", "05:50-13:50"],
  ] as const;
  const candidates = windows.map(([name, text]) =>
    offer(name, [row("HC_HP", { hc: 100_000, hp: 300_000 })], hours(text)),
  );
  const { ranking } = compareOffers([nightOwl("2026-01-10")], { ...terms, candidates });
  // All at 0.30; then 6, 3 and 1/6 of the kWh at 0.10 instead.
  assert.deepEqual(
    ranking.map(({ candidate, energyCost }) => [candidate.name, energyCost]),
    [
      ["night", 600_000],
      ["half", 1_200_000],
      ["to the minute", 1_766_667],
      ["present", 1_800_000],
    ],
  );
});

test("the recorded home's winter: Tempo, Base and off-peak hours as its bills have them", {
  skip: skipWithout(...recordedFiles),
}, () => {
  const colorOn = loadColorOn();
  const span = { from: localDate("2023-11-01"), to: localDate("2024-03-31") };
  const days = [...loadSlots()]
    .map(([date, slots]) => ({ date, slots }))
    .filter(({ date }) => date >= span.from && date <= span.to);
  const candidates = (["BASE", "HC_HP", "TEMPO"] as const).map((kind) => ({
    name: kind,
    plan: { kind, offPeak: night },
    prices: regulatedPrices,
    powerKva: 9,
  }));
  const { ranking, leftOut } = compareOffers(days, { candidates, colorOn, pricesAsOf: null });
  assert.deepEqual(leftOut, []);
  assert.equal(ranking.length, 3);
  for (const { candidate, energyCost, standing, total } of ranking) {
    const history = [{ from: null, plan: candidate.plan, origin: "user" }] as const;
    const bill = billOf({
      span,
      hours: days.flatMap(({ date, slots }) => hoursOf(slots, stretchesOf(date, history, colorOn))),
      book: { prices: regulatedPrices, buyback: [], powers: [{ from: null, kva: 9 }] },
      history,
    });
    assert.ok(bill.isWhole);
    assert.deepEqual([energyCost, standing, total], [bill.energyCost, bill.standing, bill.total]);
  }
});
