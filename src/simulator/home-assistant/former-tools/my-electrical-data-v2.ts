import { clockOn, dateAt } from "../../../domain/calendar.ts";
import type { Instant, LocalDate } from "../../../domain/units.ts";
import {
  costRows,
  type FormerPeriod,
  formerPeriods,
  grouped,
  type House,
  type HouseHour,
  isNight,
  periodOf,
  runningRows,
  type SeedTarget,
  sumMetadata,
} from "./house.ts";

export interface MyElectricalDataV2 extends House {
  /** The option `statistic_id_prefix`. Default myelectricaldata. */
  readonly prefix?: string;
  /** Where incremental runs began: each starts its sums from 0, a negative step. Default: none. */
  readonly restarts?: readonly Instant[];
  /** Days of which the tool had the daily value alone: 24 equal parts, one for each hour a clock can show. */
  readonly dailyOnly?: readonly LocalDate[];
}

const names: Readonly<Record<FormerPeriod, string>> = {
  base: "Base",
  hc: "Heures Creuses",
  hp: "Heures Pleines",
  blue_hc: "Bleu HC",
  blue_hp: "Bleu HP",
  white_hc: "Blanc HC",
  white_hp: "Blanc HP",
  red_hc: "Rouge HC",
  red_hp: "Rouge HP",
};

/** MyElectricalData v2 in client mode: one series per tariff period; an unknown colour counts as blue. */
export function seedMyElectricalDataV2(target: SeedTarget, house: MyElectricalDataV2): readonly string[] {
  const { usagePoint, priceEurPerKwh, prefix = "myelectricaldata", restarts = [] } = house;
  const ids: string[] = [];
  const put = (suffix: string, name: string, own: readonly HouseHour[]): void => {
    const rows = runningRows(own, { whPerUnit: 1_000, restarts });
    target.seed(sumMetadata(`${prefix}:${suffix}`, { name, unit: "kWh" }), rows);
    ids.push(`${prefix}:${suffix}`);
    if (priceEurPerKwh === undefined || suffix.startsWith("production")) return;
    const costId = `${prefix}:${suffix.replace("consumption", "cost")}`;
    const costName = name.replace("Consommation", "Coût");
    target.seed(sumMetadata(costId, { name: costName, unit: "EUR" }), costRows(rows, priceEurPerKwh));
    ids.push(costId);
  };
  const periods = grouped(withDailyParts(house.hours, new Set(house.dailyOnly)), blueWhereUnknown);
  for (const period of formerPeriods) {
    const own = periods.get(period);
    if (own) put(`consumption_${usagePoint}_${period}`, `Consommation ${usagePoint} ${names[period]}`, own);
  }
  if (house.production) put(`production_${usagePoint}`, `Production ${usagePoint}`, house.production);
  return ids;
}

const blueWhereUnknown = (hour: HouseHour): FormerPeriod =>
  periodOf(hour) ?? (isNight(hour.start) ? "blue_hc" : "blue_hp");

/**
 * On the day of 25 hours the repeated one gets nothing; on the day of 23 the hour that is not there falls on the next
 * one, whose row then holds one part while the sum holds two.
 */
function withDailyParts(hours: readonly HouseHour[], days: ReadonlySet<LocalDate>): HouseHour[] {
  const periodAt = new Map(hours.map((hour) => [hour.start, periodOf(hour)]));
  const byDay = grouped(hours, ({ start }) => dateAt(start));
  return [...byDay].flatMap(([date, own]) => {
    if (!days.has(date)) return own;
    const totalWh = own.reduce((total, { energyWh }) => total + energyWh, 0);
    return Array.from({ length: 24 }, (_, clockHour): HouseHour => {
      const start = clockOn(date, clockHour * 60);
      return { start, energyWh: totalWh / 24, period: periodAt.get(start) ?? null };
    });
  });
}
