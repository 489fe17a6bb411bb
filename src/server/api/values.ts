import { z } from "zod";
import { dayQualities } from "../../domain/day.ts";
import { tariffPeriods } from "../../domain/tariff/period.ts";
import { planKinds } from "../../domain/tariff/plan.ts";
import { priceSources } from "../../domain/tariff/price.ts";
import { tempoColors } from "../../domain/tempo.ts";
import { flows } from "../../domain/usage-point.ts";

/** The values that answers are made of. Null is "not known", and never 0. */
export const usagePoint = z
  .string()
  .regex(/^\d{14}$/)
  .describe("Usage point (PDL, PRM): 14 digits");
export const day = z.iso.date().describe("Paris calendar day, YYYY-MM-DD");
export const instant = z.iso.datetime().describe("Instant in UTC, ISO 8601");
export const energyWh = z.int().describe("Energy in Wh");
export const eur = z.number().describe("Amount in EUR, taxes included, at most six decimals");
export const eurPerKwh = z.number().describe("Price in EUR per kWh, taxes included");
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
export const priceSource = z.strictObject({
  kind: z.enum(priceSources),
  name: z.string().describe("Of the offer or the table"),
});

/** One sentence or two in both languages. */
export const text = { fr: z.string(), en: z.string() };

export const meterParams = z.strictObject({ pdl: usagePoint });

const asked = "YYYY-MM-DD, Paris";
/** Two days, both included. */
export const spanQuery = {
  start: z.string().describe(`First day, ${asked}`),
  end: z.string().describe(`Last day, included, ${asked}`),
};
export const flowQuery = { flow: flow.default("consumption") };
export const formatQuery = { format: z.enum(["json", "csv"]).default("json").describe("csv: as a file") };

export const problem = z.strictObject({
  code: z.string().describe("Stable, for automations"),
  ...text,
  since: instant,
  usagePoint: usagePoint.nullable(),
});
export type Problem = z.infer<typeof problem>;
