import assert from "node:assert/strict";
import { test } from "node:test";
import { daysFromTo, localDate } from "../../../src/domain/calendar.ts";
import { parseOffPeak } from "../../../src/domain/tariff/off-peak.ts";
import { orderOfPeriod, periodNames, type TariffPeriod, tariffPeriods } from "../../../src/domain/tariff/period.ts";
import { planKinds } from "../../../src/domain/tariff/plan.ts";
import { periodsOfPlan, plansWithPeriods } from "../../../src/domain/tariff/plan-periods.ts";
import { stretchesOf } from "../../../src/domain/tariff/stretches.ts";
import { type TempoColor, tempoColors } from "../../../src/domain/tempo.ts";

test("a year of each plan falls under exactly the periods that the plan is said to have", () => {
  const days = daysFromTo(localDate("2025-09-01"), localDate("2026-08-31"));
  const colorOf = (date: string): TempoColor => tempoColors[Number(date.slice(8)) % 3] ?? "BLEU";
  for (const kind of planKinds) {
    const offPeak = parseOffPeak("22:00-06:00").schedule;
    const peakDays = { dates: new Set([localDate("2026-01-13")]), knownThrough: localDate("2026-08-31") };
    const history = [{ from: null, plan: { kind, offPeak, peakDays }, origin: "user" }] as const;
    const met = new Set(days.flatMap((date) => stretchesOf(date, history, colorOf).map(({ period }) => period)));
    assert.deepEqual([...met].sort(), [...periodsOfPlan[kind]].sort(), kind);
  }
});

test("every period belongs to a plan, has two names that no other has, and keeps its place", () => {
  const used = new Set(planKinds.flatMap((kind) => periodsOfPlan[kind]));
  assert.deepEqual([...used].sort(), [...tariffPeriods].sort());
  for (const language of ["fr", "en"] as const)
    assert.equal(new Set(tariffPeriods.map((period) => periodNames[period][language])).size, tariffPeriods.length);
  // Part of stored statistic ids: what is added comes after these.
  const first: TariffPeriod[] = ["base", "hc", "hp", "blue_hc", "blue_hp", "white_hc", "white_hp", "red_hc", "red_hp"];
  assert.deepEqual(tariffPeriods.slice(0, 12), [...first, "ejp_normal", "ejp_peak", "base_weekend"]);
  assert.equal(orderOfPeriod("sobriety_hp"), 22);
  assert.equal(orderOfPeriod(null), 23);
});

test("plans are found by the periods they have together", () => {
  assert.deepEqual(plansWithPeriods(["hc"]), ["HC_HP", "HC_WEEKEND", "HC_NUIT_WEEKEND", "HC_HP_WEEKEND"]);
  assert.deepEqual(plansWithPeriods(["hp", "hp_weekend"]), ["HC_HP_WEEKEND"]);
  assert.deepEqual(plansWithPeriods(["hp", "base"]), []);
  assert.deepEqual(plansWithPeriods([]), planKinds);
});
