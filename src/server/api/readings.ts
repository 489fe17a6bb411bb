import { z } from "zod";
import { day, instant, list, usagePoint } from "./fields.ts";
import { count, energyWh, flow, formatQuery, quality, spanQuery } from "./values.ts";

/** `GET /api/{consumption,production}/daily/{pdl}` and `…/detail/{pdl}` */
export const readingsQuery = z.strictObject({ ...spanQuery, ...formatQuery });
export type ReadingsQuery = z.input<typeof readingsQuery>;

const span = { usagePoint, flow, start: day, end: day };

export const dayView = z.strictObject({
  date: day,
  valueWh: energyWh.describe("Energy of the day in Wh"),
  quality,
  officialWh: energyWh.nullable().describe("The official daily value in Wh"),
  slotsWh: energyWh.nullable().describe("Sum of the half-hours in Wh, rounded once; null without any"),
  minutesPresent: count.describe("Minutes that half-hours cover: 1380, 1440 or 1500 on a complete day"),
  changedAt: instant.describe("When one of the figures last changed"),
  isCorrected: z.boolean().describe("Whether a reading of the day once was another"),
});
export type DayView = z.infer<typeof dayView>;

export const dailyAnswer = z.strictObject({
  ...span,
  days: list(dayView).describe("Known days, ascending"),
  missingDays: list(day).describe("Days before today that are not known, ascending; the first 400 of them"),
  missingDaysCount: count.describe("All of them"),
});
export type DailyAnswer = z.infer<typeof dailyAnswer>;

export const slotView = z.strictObject({
  start: instant,
  minutes: count.describe("Length"),
  powerW: z.number().describe("Mean power in W; of an estimated slot at most three decimals"),
  energyWh: z.number().describe("Energy in Wh, at most three decimals: not rounded, so that slots sum to their day"),
  isEstimated: z.boolean().describe("Inferred from the daily value, not measured"),
});
export type SlotView = z.infer<typeof slotView>;

export const detailAnswer = z.strictObject({
  ...span,
  slots: list(slotView).describe("Ascending, without overlap; time that is not known has none"),
});
export type DetailAnswer = z.infer<typeof detailAnswer>;
