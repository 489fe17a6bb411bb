import { z } from "zod";
import { dayQualities } from "../../domain/day.ts";
import { tariffPeriods } from "../../domain/tariff/period.ts";
import { planKinds } from "../../domain/tariff/plan.ts";
import { priceSources } from "../../domain/tariff/price.ts";
import { tempoColors } from "../../domain/tempo.ts";
import { flows } from "../../domain/usage-point.ts";
import { day, format, instant, text, usagePoint } from "./fields.ts";

/** The values that answers about energy are made of. Null is "not known", and never 0. */
export const energyWh = z.int().describe("Wh");
export const eur = z.number().describe("EUR, taxes included, at most six decimals");
export const eurPerKwh = z.number().describe("EUR per kWh, taxes included");
export const count = z.int().nonnegative();
export const flow = z.enum(flows).describe("What is consumed, or what is injected");
export const quality = z
  .enum(dayQualities)
  .describe(
    "complete: measured throughout. estimated: missing half-hours are inferred from the daily value. partial: some of it is missing. disagreeing: half-hours and daily value contradict each other, the half-hours count.",
  );
export const period = z.enum(tariffPeriods).describe("Tariff period");
export const tempoColor = z.enum(tempoColors);
export const planKind = z.enum(planKinds);
export const priceSource = z
  .strictObject({
    kind: z.enum(priceSources),
    name: z.string().describe("Of the offer or the table"),
  })
  .describe("Whose word a price is, in the order in which they are believed");

/** Two days, both included. */
export const spanQuery = {
  start: day.describe("First day, Paris"),
  end: day.describe("Last day, included, Paris"),
};
export const flowQuery = { flow: flow.default("consumption") };
export const formatQuery = { format };

export const problem = z.strictObject({
  code: z.string().describe("Stable, for automations"),
  ...text.shape,
  since: instant,
  usagePoint: usagePoint.nullable(),
});
export type Problem = z.infer<typeof problem>;
