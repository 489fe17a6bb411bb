import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { dateAt, localDate } from "../../../src/domain/calendar.ts";
import { energySlotsOf } from "../../../src/domain/reconcile.ts";
import type { Slot } from "../../../src/domain/slot.ts";
import { hoursOf } from "../../../src/domain/statistics/hours.ts";
import type { TariffPeriod } from "../../../src/domain/tariff/period.ts";
import type { PlanHistory } from "../../../src/domain/tariff/plan.ts";
import { stretchesOf } from "../../../src/domain/tariff/stretches.ts";
import { type TempoColor, tempoColors } from "../../../src/domain/tempo.ts";
import { instant, type LocalDate, watts, wh } from "../../../src/domain/units.ts";
import { sumInWh } from "../../../src/sync/statistics/amount.ts";
import { sharedFile, skipWithout } from "../../support/shared-files.ts";

const curve = "data/series/tempo_home_20221024-20240725.csv.gz";
const registers = "data/series/tempo_home_registers_daily_wh.csv";
const calendar = "data/tempo/tempo_calendar.csv";

const pathOf = (path: string): string => sharedFile(path) ?? assert.fail(`${path} is absent`);
const cellsOf = (text: string): string[][] =>
  text
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(","));

function loadSlots(): Map<LocalDate, Slot[]> {
  const slots = cellsOf(gunzipSync(readFileSync(pathOf(curve))).toString("utf8")).flatMap(([start, minutes, power]) =>
    power ? [{ start: instant(Date.parse(start ?? "")), minutes: Number(minutes), powerW: watts(Number(power)) }] : [],
  );
  return Map.groupBy(slots, ({ start }) => dateAt(start));
}

function loadColors(): Map<LocalDate, TempoColor> {
  const colors = new Map<LocalDate, TempoColor>();
  for (const [date, name] of cellsOf(readFileSync(pathOf(calendar), "utf8"))) {
    const color = tempoColors.find((known) => known === name);
    if (color) colors.set(localDate(date ?? ""), color);
  }
  return colors;
}

/** In the order of the columns. */
const columns: readonly TariffPeriod[] = ["blue_hc", "blue_hp", "white_hc", "white_hp", "red_hc", "red_hp"];
const tempo: PlanHistory = [{ from: null, plan: { kind: "TEMPO", offPeak: null }, origin: "user" }];

test("the recorded Tempo home: its curve gives its meter's six registers", {
  skip: skipWithout(curve, registers, calendar),
}, async (t) => {
  const slots = loadSlots();
  const colors = loadColors();
  const rows = cellsOf(readFileSync(pathOf(registers), "utf8"));
  const days = rows.map(([cell, ...values]) => {
    const date = localDate(cell ?? "");
    const expectedWh = values.slice(0, columns.length).map(Number);
    const officialWh = wh(Number(values[columns.length]));
    const energies = energySlotsOf({ date, slots: slots.get(date) ?? [], officialWh }, null);
    return {
      date,
      expectedWh,
      hours: hoursOf(
        energies,
        stretchesOf(date, tempo, (day) => colors.get(day)),
      ),
    };
  });

  await t.test("on each of the 197 days", () => {
    assert.equal(days.length, 197);
    for (const { date, expectedWh, hours } of days) {
      const found = columns.map((column) =>
        hours.filter(({ period }) => period === column).reduce((sum, { energy }) => sum + energy, 0),
      );
      assert.deepEqual(
        found,
        expectedWh.map((register) => register * 60),
        date,
      );
      assert.ok(
        hours.every(({ period, estimated }) => period !== null && !estimated),
        date,
      );
    }
  });

  await t.test("over all of them, as the sum of each series", () => {
    const totals = columns.map((column) => {
      const hours = days.flatMap((day) => day.hours.filter(({ period }) => period === column));
      return sumInWh(hours.reduce((sum, { energy }) => sum + BigInt(energy), 0n));
    });
    assert.deepEqual(totals, [1_083_540, 1_412_200, 242_503, 306_317, 199_733, 224_927]);
  });
});
