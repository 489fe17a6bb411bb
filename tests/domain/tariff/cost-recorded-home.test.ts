import assert from "node:assert/strict";
import { test } from "node:test";
import { DateTime } from "luxon";
import { localDate } from "../../../src/domain/calendar.ts";
import type { HourEnergy } from "../../../src/domain/statistics/hours.ts";
import { costsByDay, costsOf, type HourCost, sumOf } from "../../../src/domain/tariff/cost.ts";
import { parseOffPeak } from "../../../src/domain/tariff/off-peak.ts";
import type { TariffPeriod } from "../../../src/domain/tariff/period.ts";
import type { PlanHistory, PlanKind } from "../../../src/domain/tariff/plan.ts";
import { toMicroEur } from "../../../src/domain/tariff/price.ts";
import { energyPricesIn, type PriceBook } from "../../../src/domain/tariff/price-book.ts";
import { regulatedPrices } from "../../../src/domain/tariff/regulated.ts";
import { skipWithout } from "../../support/shared-files.ts";
import {
  hoursUnder,
  loadColorOn,
  loadSlots,
  recordedColors,
  recordedFiles,
  recordedPoints,
  recordedPrices,
} from "./cost-recorded-home.ts";

const kva = 9;
const book: PriceBook = { prices: regulatedPrices, buyback: [], powers: [{ from: null, kva }] };
const planOf = (kind: PlanKind): PlanHistory => [
  { from: null, plan: { kind, offPeak: parseOffPeak("HC (22H00-6H00)").schedule }, origin: "user" },
];

/** Per period: watt-hours, and the price as the sheet prints it in ten-thousandths of a euro per kWh. */
type Working = Readonly<Partial<Record<TariffPeriod, readonly [number, number]>>>;

/** The calendar of 2022-23 was never collected whole, so that the first day of this Tempo is 1 September 2023. */
const tempoDays: readonly (readonly [string, string, Working])[] = [
  ["2023-09-02", "two blue days", { blue_hc: [2_440, 1056], blue_hp: [8_861, 1369] }],
  ["2023-10-29", "25 hours", { blue_hc: [4_579, 1056], blue_hp: [13_849, 1369] }],
  ["2023-12-25", "Christmas is blue", { blue_hc: [6_868, 1056], blue_hp: [9_908, 1369] }],
  [
    "2024-01-08",
    "the first red day, after the night of a blue one",
    { blue_hc: [30_394, 1056], red_hc: [2_762, 1328], red_hp: [17_972, 7324] },
  ],
  ["2024-01-09", "red after red", { red_hc: [15_524, 1328], red_hp: [25_286, 7324] }],
  ["2024-01-10", "red after red", { red_hc: [15_935, 1328], red_hp: [25_631, 7324] }],
  [
    "2024-01-13",
    "a white Saturday, after the night of a red Friday",
    { white_hc: [2_065, 1246], white_hp: [27_947, 1654], red_hc: [12_662, 1328] },
  ],
  ["2024-01-31", "white at the last day's price", { white_hc: [9_525, 1246], white_hp: [9_824, 1654] }],
  [
    "2024-02-01",
    "white at the new price, its night of 31 January too",
    { white_hc: [7_049, 1486], white_hp: [8_630, 1894] },
  ],
  [
    "2024-02-29",
    "white after red, on a leap day",
    { white_hc: [1_568, 1486], white_hp: [8_942, 1894], red_hc: [6_791, 1568] },
  ],
  ["2024-03-31", "23 hours", { blue_hc: [4_074, 1296], blue_hp: [15_804, 1609] }],
  ["2024-07-24", "the last day", { blue_hc: [3_118, 1296], blue_hp: [7_408, 1609] }],
];

const otherDays: readonly (readonly [PlanKind, string, string, Working])[] = [
  ["BASE", "2023-03-26", "23 hours", { base: [16_311, 2062] }],
  ["BASE", "2023-07-31", "the last day at a price", { base: [12_125, 2062] }],
  ["BASE", "2023-08-01", "the first day at the next", { base: [10_940, 2276] }],
  ["BASE", "2023-10-29", "25 hours", { base: [18_428, 2276] }],
  ["BASE", "2024-02-01", "the next again", { base: [15_679, 2516] }],
  ["HC_HP", "2023-03-26", "23 hours", { hc: [4_450, 1615], hp: [11_861, 2228] }],
  ["HC_HP", "2023-07-31", "the last day at a price", { hc: [3_449, 1615], hp: [8_676, 2228] }],
  ["HC_HP", "2023-08-01", "the first day at the next", { hc: [2_457, 1828], hp: [8_483, 2460] }],
  ["HC_HP", "2024-01-31", "the last day at that", { hc: [9_525, 1828], hp: [9_824, 2460] }],
  ["HC_HP", "2024-02-01", "the next again", { hc: [7_049, 2068], hp: [8_630, 2700] }],
  ["HC_HP", "2024-03-31", "23 hours", { hc: [4_074, 2068], hp: [15_804, 2700] }],
];

test("the recorded Tempo home at the regulated prices for 9 kVA", {
  skip: skipWithout(...recordedFiles),
}, async (t) => {
  const slots = new Map([...loadSlots()].filter(([date]) => date >= "2023-02-01"));
  const colorOn = loadColorOn();
  const under = (kind: PlanKind): HourEnergy[] => hoursUnder(planOf(kind), slots, colorOn);
  const priced = (kind: PlanKind): HourCost[] => costsOf(under(kind), energyPricesIn(book, planOf(kind)));
  const all = { BASE: priced("BASE"), HC_HP: priced("HC_HP"), TEMPO: priced("TEMPO") };

  const assertDay = (hours: readonly HourCost[], date: string, working: Working): void => {
    const { start, end } = dayOf(date);
    const own = hours.filter((hour) => hour.start >= start && hour.start < end);
    const found = [...Map.groupBy(own, ({ period }) => period)].map(([period, hours]) => {
      const { energy, cost } = sumOf(hours);
      return [period, energy, cost];
    });
    const expected = Object.entries(working).map(([period, [energyWh, price]]) =>
      // Watt-minutes, and watt-minutes times micro-euros per kWh.
      [period, energyWh * 60, BigInt(energyWh * 60 * price * 100)],
    );
    assert.deepEqual(found.sort(), expected.sort(), date);
  };

  for (const [date, what, working] of tempoDays)
    await t.test(`Tempo, ${date}: ${what}`, () => assertDay(all.TEMPO, date, working));
  for (const [kind, date, what, working] of otherDays)
    await t.test(`${kind}, ${date}: ${what}`, () => assertDay(kind === "BASE" ? all.BASE : all.HC_HP, date, working));

  await t.test("1 September 2023 is priced from 06:00 on: the colour of its night is not known", () => {
    const day = costsByDay(all.TEMPO).find(({ date }) => date === "2023-09-01");
    assert.equal(day?.unpriced, 3_033 * 60);
    // 644 Wh × 0.1056 + 12,138 Wh × 0.1369 = 1.7296986 €
    assert.equal(day?.cost, 17_296_986n * 6_000n);
    assert.equal(day?.isWhole, false);
  });

  await t.test("the whole span to the cent, reckoned point by point another way", () => {
    const expected = reckon();
    const cents = (hours: readonly HourCost[]): number => Math.round(Number(sumOf(hours).cost) / 60_000 / 1e4);
    // 540 days to 24 July 2024: 1,962.63 €, 1,915.60 €, and 970.96 € for what has a colour.
    assert.deepEqual([all.BASE, all.HC_HP, all.TEMPO].map(cents), [196_263, 191_560, 97_096]);
    for (const kind of ["BASE", "HC_HP", "TEMPO"] as const) assert.equal(sumOf(all[kind]).cost, expected[kind], kind);
    assert.equal(BigInt(sumOf(all.TEMPO).unpriced), expected.pending);
    // 3,027,849 Wh from 1 February to 06:00 on 1 September 2023.
    assert.equal(expected.pending, 3_027_849n * 60n);
    assert.equal(costsByDay(all.BASE).length, 540);
    assert.equal(toMicroEur(sumOf(all.BASE).cost ?? assert.fail("no cost")), 1_962_631_562);
  });
});

function dayOf(date: string): { readonly start: number; readonly end: number } {
  const day = DateTime.fromISO(localDate(date), { zone: "Europe/Paris" });
  return { start: day.toMillis(), end: day.plus({ days: 1 }).toMillis() };
}

/** Each point by itself: a clock read by luxon, a colour and a price looked up in the collected files, whole numbers. */
function reckon(): { BASE: bigint; HC_HP: bigint; TEMPO: bigint; pending: bigint } {
  const colors = new Map(recordedColors().map(([date = "", color = ""]) => [date, color]));
  const sheets = recordedPrices().filter(([, , power]) => Number(power) === kva);
  const priceOn = (date: string, option: string, column: number): bigint => {
    const row = sheets.filter(([from = "", name]) => name === option && from <= date).at(-1);
    return BigInt((row?.[column] ?? "").replace(".", "")) * 100n;
  };
  const sums = { BASE: 0n, HC_HP: 0n, TEMPO: 0n, pending: 0n };
  for (const [start = "", minutes, power] of recordedPoints()) {
    const clock = DateTime.fromISO(start, { zone: "Europe/Paris" });
    const date = clock.toISODate() ?? "";
    if (date < "2023-02-01") continue;
    const energy = BigInt(power ?? "") * BigInt(minutes ?? "");
    const isOffPeak = clock.hour < 6 || clock.hour >= 22;
    sums.BASE += energy * priceOn(date, "BASE", 4);
    sums.HC_HP += energy * priceOn(date, "HPHC", isOffPeak ? 6 : 5);
    const color = ["BLEU", "BLANC", "ROUGE"].indexOf(
      colors.get((clock.hour < 6 ? clock.minus({ days: 1 }) : clock).toISODate() ?? "") ?? "",
    );
    if (color < 0) sums.pending += energy;
    else sums.TEMPO += energy * priceOn(date, "TEMPO", 7 + 2 * color + (isOffPeak ? 0 : 1));
  }
  return sums;
}
