import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { dateAt, localDate } from "../../../src/domain/calendar.ts";
import { energySlotsOf } from "../../../src/domain/reconcile.ts";
import type { EnergySlot, Slot } from "../../../src/domain/slot.ts";
import { type HourEnergy, hoursOf } from "../../../src/domain/statistics/hours.ts";
import type { PlanHistory } from "../../../src/domain/tariff/plan.ts";
import { stretchesOf } from "../../../src/domain/tariff/stretches.ts";
import { type TempoColor, tempoColors } from "../../../src/domain/tempo.ts";
import { instant, type LocalDate, watts } from "../../../src/domain/units.ts";
import { sharedFile } from "../../support/shared-files.ts";

/** The recorded Tempo home: its curve, the calendar and the collected price sheets. */
export const recordedFiles = [
  "data/series/tempo_home_20221024-20240725.csv.gz",
  "data/tempo/tempo_calendar.csv",
  "data/prices/tarif_bleu_history.csv",
] as const;
const [curve, calendar, prices] = recordedFiles;

const contentOf = (path: string): Buffer => readFileSync(sharedFile(path) ?? assert.fail(`${path} is absent`));
const rowsOf = (text: string): string[][] =>
  text
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(","));

/** `utc_start`, `minutes` and `avg_w` of the points that have a value. */
export const recordedPoints = (): string[][] =>
  rowsOf(gunzipSync(contentOf(curve)).toString("utf8")).filter(([, , power]) => power);
/** `date` and colour; a season that nobody collected is absent. */
export const recordedColors = (): string[][] => rowsOf(contentOf(calendar).toString("utf8"));
/** With the columns of the file. */
export const recordedPrices = (): string[][] => rowsOf(contentOf(prices).toString("utf8"));

export function loadSlots(): Map<LocalDate, EnergySlot[]> {
  const slots = recordedPoints().map(
    ([start, minutes, power]): Slot => ({
      start: instant(Date.parse(start ?? "")),
      minutes: Number(minutes),
      powerW: watts(Number(power)),
    }),
  );
  return new Map(
    [...Map.groupBy(slots, ({ start }) => dateAt(start))].map(([date, own]) => [
      date,
      energySlotsOf({ date, slots: own, officialWh: null }, null),
    ]),
  );
}

export function loadColorOn(): (date: LocalDate) => TempoColor | undefined {
  const colors = new Map<LocalDate, TempoColor>();
  for (const [date, name] of recordedColors()) {
    const color = tempoColors.find((known) => known === name);
    if (color) colors.set(localDate(date ?? ""), color);
  }
  return (date) => colors.get(date);
}

/** The hours of the days of a span under a plan. */
export function hoursUnder(
  history: PlanHistory,
  slots: ReadonlyMap<LocalDate, readonly EnergySlot[]>,
  colorOn: (date: LocalDate) => TempoColor | undefined,
): HourEnergy[] {
  return [...slots].flatMap(([date, own]) => hoursOf(own, stretchesOf(date, history, colorOn)));
}
