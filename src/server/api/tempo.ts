import { z } from "zod";
import { day, instant, list, typed, usagePoint } from "./fields.ts";
import { count, energyWh, eur, formatQuery, tempoColor } from "./values.ts";

const season = z
  .string()
  .regex(/^\d{4}-\d{4}$/)
  .describe("`2026-2027`: 1 September to 31 August");

const tempoDay = z.strictObject({
  date: day.describe("The Tempo day that begins at 06:00 on it"),
  color: tempoColor.nullable().describe("Null: not known, which is no colour"),
  announcedAt: instant.nullable(),
});
export type TempoDayView = z.infer<typeof tempoDay>;

/** `GET /api/tempo`; without days the season of today. */
export const tempoQuery = z.strictObject({
  start: day.optional().describe("First day"),
  end: day.optional().describe("Last day, included"),
  ...formatQuery,
});
export type TempoQuery = z.input<typeof tempoQuery>;
export const tempoAnswer = z.strictObject({
  start: day,
  end: day,
  days: list(tempoDay).describe("Every day of the span, ascending"),
});
export type TempoAnswer = z.infer<typeof tempoAnswer>;

/** `GET /api/tempo/season`; without a season that of today. */
export const seasonQuery = z.strictObject({ season: typed.optional().describe("`2026-2027`") });
export type SeasonQuery = z.input<typeof seasonQuery>;

export const colorCounts = z.strictObject({ BLEU: z.int(), BLANC: z.int(), ROUGE: z.int() });
export type ColorCounts = z.infer<typeof colorCounts>;

export const remainingView = z.strictObject({
  notAnnounced: colorCounts.describe("Days left, as everywhere: of the season, not announced yet"),
  notLived: colorCounts.describe("Also the day that is announced and has not begun"),
});

export const seasonAnswer = z.strictObject({
  season,
  start: day,
  end: day,
  today: day.describe("The Tempo day in force"),
  days: list(tempoDay).describe("Every day of the season, ascending"),
  allotted: colorCounts.describe("Days of each colour in the whole season"),
  known: colorCounts.describe("Days of each colour announced so far"),
  unknownPastDays: count.describe("Past days of the season without a colour"),
  remaining: remainingView.nullable().describe("Null while a past day of the season is unknown: it cannot be counted"),
});
export type SeasonAnswer = z.infer<typeof seasonAnswer>;

/** `GET /api/tempo/consumption/{pdl}`; without a season that of today. */
export const tempoConsumptionQuery = seasonQuery;
export type TempoConsumptionQuery = z.input<typeof tempoConsumptionQuery>;

const part = z.strictObject({
  energyWh: energyWh.nullable().describe("Energy in Wh; null: no hour of it is known"),
  eur: eur.nullable().describe("At Tempo prices; null: not all of it has a price"),
});

const colorConsumption = z.strictObject({
  color: tempoColor,
  days: count.describe("Tempo days of the colour that are known from 06:00 to 06:00"),
  hc: part.describe("22:00 to 06:00"),
  hp: part.describe("06:00 to 22:00"),
  energyWh: energyWh.nullable(),
  eur: eur.nullable(),
  averagePerDayWh: energyWh.nullable().describe("Of these days, in Wh; null without one"),
});
export type ColorConsumption = z.infer<typeof colorConsumption>;

export const tempoConsumptionAnswer = z.strictObject({
  usagePoint,
  season,
  start: day,
  end: day,
  isHypothetical: z
    .boolean()
    .describe("Whether another plan than Tempo was in force on some day: then nobody paid these amounts"),
  colors: list(colorConsumption).describe("BLEU, BLANC, ROUGE"),
  unknown: z.strictObject({ days: count, energyWh }).describe("Days with consumption whose colour is not known"),
  missingDays: count.describe("Past days of the season without consumption"),
});
export type TempoConsumptionAnswer = z.infer<typeof tempoConsumptionAnswer>;
