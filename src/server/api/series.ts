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

const periodOf = <T extends z.ZodType>(wh: T) =>
  z.strictObject({
    period: period.nullable().describe("Null: not known yet"),
    energyWh: wh,
    eur: eur.nullable().describe("Null: none of it has a price"),
  });

/** @param wh how its energy is written. */
const amountsIn = <T extends z.ZodType>(wh: T) => ({
  energyWh: wh.nullable().describe("Energy in Wh; null: nothing is known"),
  estimatedWh: wh.describe("What of it is inferred from daily values, in Wh"),
  quality: quality.nullable(),
  missingDays: count.describe("Days before today without any reading"),
  isCorrected: z.boolean().describe("Whether a reading once was another"),
  periods: list(periodOf(wh)).describe("In the order of the tariff, what is not known last"),
  eur: eur
    .nullable()
    .describe("What the energy that has a price costs, or earns where injected, in EUR, without any standing charge"),
  unpricedWh: wh.describe("Energy without a price, in Wh"),
});

const pieceWh = z
  .number()
  .describe(
    "Wh: whole ones of days, months and years; of half-hours and hours at most three decimals, which sum to their day",
  );

export const seriesBucket = z.strictObject({
  key: z.string().describe("Start instant of half-hours and hours; else day, month (YYYY-MM) or year (YYYY)"),
  start: instant,
  end: instant.describe("Not included; inside the span asked for"),
  ...amountsIn(pieceWh),
});
export type SeriesBucket = z.infer<typeof seriesBucket>;

export const seriesTotal = z.strictObject(amountsIn(energyWh));
export type SeriesTotal = z.infer<typeof seriesTotal>;
export type SeriesPeriod = SeriesTotal["periods"][number];

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
