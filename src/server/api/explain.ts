import { z } from "zod";
import { dayQualities } from "../../domain/day.ts";
import { day, instant, list, typed, usagePoint } from "./fields.ts";
import { datedPlan, pendingPeriod, planDoubts, price, stretch } from "./tariff.ts";
import { energyWh, eur, tempoColor } from "./values.ts";

export const explainQuery = z.strictObject({
  at: typed.describe("A moment of the hour: `2026-11-20 22:30` in Paris time, or with an offset or a Z"),
});

const gap = z
  .union([
    z.strictObject({
      code: z.enum([
        "color_to_come",
        "color_unknown",
        "peak_days_unknown",
        "plan_unknown",
        "power_unknown",
        "price_unknown",
      ]),
    }),
    z.strictObject({
      code: z.literal("before_regulated"),
      since: day.describe("The first day of the regulated prices of this plan"),
    }),
  ])
  .nullable()
  .describe("Why a period or a price is not known");

const part = z.strictObject({
  period: pendingPeriod,
  spans: list(z.strictObject({ start: instant, end: instant })).describe("When, within the hour"),
  energyWh: energyWh.nullable(),
  isEstimated: z.boolean(),
  price,
  eur: eur.nullable(),
  missing: z.enum(["energy", "period", "price"]).nullable().describe("Why there is no cost: the first that is missing"),
  gap,
});

export const explanationAnswer = z.strictObject({
  usagePoint,
  name: z.string().nullable(),
  start: instant.describe("Of the hour"),
  date: day.describe("By whose prices the hour is paid"),
  isPast: z.boolean().describe("Whether the hour is over; before, nothing can have been read"),
  plan: datedPlan,
  planDoubts,
  tempo: z
    .strictObject({ date: day, color: tempoColor.nullable() })
    .nullable()
    .describe("The Tempo day, which until 06:00 is that of the date before; null without Tempo"),
  day: list(z.strictObject(stretch)).describe("The whole day as the plan divides it"),
  dayQuality: z.enum(dayQualities).nullable().describe("Null: nothing was read of this day"),
  parts: list(part),
});
export type ExplanationAnswer = z.infer<typeof explanationAnswer>;
