import { z } from "zod";
import { day, instant, list, usagePoint } from "./fields.ts";
import { count, energyWh, eur, flow, flowQuery, formatQuery, period, quality, spanQuery } from "./values.ts";

/** `GET /api/series/{pdl}` */
export const seriesSteps = ["half_hour", "hour", "day", "month", "year"] as const;
export const seriesStep = z.enum(seriesSteps);
export type SeriesStep = z.infer<typeof seriesStep>;

export const seriesQuery = z.strictObject({
  ...flowQuery,
  step: seriesStep.default("day").describe("half_hour and hour: at most 366 days"),
  ...spanQuery,
  ...formatQuery,
});
export type SeriesQuery = z.input<typeof seriesQuery>;

const seriesPeriod = z.strictObject({
  period: period.nullable().describe("Null: not known yet"),
  energyWh,
  eur: eur.nullable().describe("Null: none of it has a price"),
});
export type SeriesPeriod = z.infer<typeof seriesPeriod>;

const amounts = {
  energyWh: energyWh.nullable().describe("Energy in Wh; null: nothing is known"),
  estimatedWh: energyWh.describe("What of it is inferred from daily values, in Wh"),
  quality: quality.nullable(),
  missingDays: count.describe("Days before today without any reading"),
  isCorrected: z.boolean().describe("Whether a reading once was another"),
  periods: list(seriesPeriod).describe("In the order of the tariff, what is not known last"),
  eur: eur
    .nullable()
    .describe("What the energy that has a price costs, or earns where injected, in EUR, without any standing charge"),
  unpricedWh: energyWh.describe("Energy without a price, in Wh"),
};

export const seriesBucket = z.strictObject({
  key: z.string().describe("Start instant of half-hours and hours; else day, month (YYYY-MM) or year (YYYY)"),
  start: instant,
  end: instant.describe("Not included; inside the span asked for"),
  ...amounts,
});
export type SeriesBucket = z.infer<typeof seriesBucket>;

export const seriesTotal = z.strictObject(amounts);
export type SeriesTotal = z.infer<typeof seriesTotal>;

export const seriesAnswer = z.strictObject({
  usagePoint,
  flow,
  step: seriesStep,
  start: day,
  end: day,
  buckets: z
    .array(seriesBucket)
    .describe("Every one of the span, ascending: 25 hours on the autumn day, 23 on the spring day"),
  total: seriesTotal.describe("Of the whole span, rounded once"),
});
export type SeriesAnswer = z.infer<typeof seriesAnswer>;
