import { z } from "zod";
import { day, instant, list, usagePoint } from "./fields.ts";
import { formatQuery, spanQuery } from "./values.ts";

/** `GET /api/power/{pdl}` */
export const powerQuery = z.strictObject({ ...spanQuery, ...formatQuery });
export type PowerQuery = z.input<typeof powerQuery>;

export const powerDay = z.strictObject({
  date: day,
  powerVa: z.int().describe("Highest apparent power of the day in VA"),
  at: instant.describe("When it was reached"),
});
export type PowerDay = z.infer<typeof powerDay>;

export const powerAnswer = z.strictObject({
  usagePoint,
  start: day,
  end: day,
  subscribedPowerKva: z.number().nullable().describe("Contract limit in kVA"),
  days: list(powerDay).describe("Known days, ascending"),
  highest: powerDay.nullable(),
});
export type PowerAnswer = z.infer<typeof powerAnswer>;
