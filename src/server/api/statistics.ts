import { z } from "zod";
import { tariffPeriods } from "../../domain/tariff/period.ts";
import { flows } from "../../domain/usage-point.ts";
import { day, instant, list, usagePoint } from "./fields.ts";
import { energyWh, eur } from "./values.ts";

export const seriesRole = z
  .enum([...tariffPeriods, "total"])
  .describe("The tariff period of a series, or the total of all");

const series = z.strictObject({
  usagePoint,
  flow: z.enum(flows),
  measure: z.enum(["energy", "cost"]),
  role: seriesRole,
  statisticId: z.string().describe("Its id in Home Assistant"),
  name: z.string(),
  unit: z.string(),
  baseWh: energyWh.nullable().describe("Wh: what another tool's sum began with; null of money"),
  energyWh: energyWh.nullable().describe("Wh of all its hours; null of money"),
  totalEur: eur.nullable().describe("EUR of all its hours; null of energy"),
  firstHour: instant.nullable(),
  lastHour: instant.nullable(),
  writtenUntil: instant
    .nullable()
    .describe("The first hour that was not read back from Home Assistant yet; null: all was"),
  foreignAt: instant.nullable().describe("When somebody else's rows were last found in it"),
  repairedAt: instant.nullable().describe("When the bridge last wrote its own over them"),
});

export const problem = {
  code: z.string().describe("Stable, for programs"),
  since: instant.nullable(),
  usagePoint: usagePoint.nullable().describe("Null: of the bridge as a whole"),
};

export const statisticsAnswer = z.strictObject({
  series: list(series),
  pending: list(z.strictObject({ usagePoint, date: day, energyWh })).describe(
    "Days whose tariff periods are not known yet: they are in no series",
  ),
  problems: list(z.strictObject({ ...problem, fr: z.string(), en: z.string() })),
});
export type StatisticsAnswer = z.infer<typeof statisticsAnswer>;
