import { z } from "zod";
import { day, list, text, typed, usagePoint } from "./fields.ts";
import { planDoubts, planFields } from "./tariff.ts";
import { energyWh, eur, priceSource } from "./values.ts";

export const compareQuery = z.strictObject({
  start: typed.optional().describe("First day, YYYY-MM-DD; without both days: the twelve months up to the last known"),
  end: typed.optional().describe("Last day, included, YYYY-MM-DD"),
  what_if: z
    .string()
    .max(200)
    .optional()
    .describe("Off-peak windows to try, as a contract spells them, such as HC (22H00-6H00)"),
});

const offer = z.strictObject({
  origin: z.enum(["own", "regulated", "offer", "what_if"]),
  name: text,
  ...planFields,
  powerKva: z.number().nullable(),
  energyEur: eur,
  standingEur: eur,
  totalEur: eur,
  differenceEur: eur
    .nullable()
    .describe("EUR against the household's own plan; negative: cheaper. Null: it has no price"),
  pricesFrom: day.nullable(),
  source: priceSource.nullable(),
});

const absent = z.strictObject({
  name: text,
  reason: z.enum(["no_windows", "unknown_kind", "no_peak_days", "no_power", "no_calendar", "no_price"]),
});

const power = z.strictObject({
  kva: z.number(),
  headroomVa: z.int().describe("VA between the highest maximum and this power; negative: it was exceeded by so much"),
  overruns: list(day).describe("Days whose maximum is above this power"),
  yearlyEur: eur.nullable().describe("EUR: twelve standing charges and the span's energy"),
  yearlyDifferenceEur: eur.nullable().describe("EUR against the current power"),
});

const powers = z
  .strictObject({
    days: z.int().describe("Days that have a maximum"),
    from: day,
    to: day,
    isLongEnough: z.boolean().describe("Whether the days are enough to advise by"),
    highest: z.strictObject({ date: day, maximumVa: z.int().describe("VA") }),
    current: power.nullable(),
    options: list(power).describe("By power, ascending"),
    cheapestKva: z.number().nullable().describe("kVA: the cheapest power that no day has exceeded"),
  })
  .nullable()
  .describe("The subscribed powers; null where no day has a maximum");

export const comparisonAnswer = z.strictObject({
  usagePoint,
  name: z.string().nullable(),
  planDoubts,
  from: day,
  to: day,
  pricesOf: day.describe("The day whose prices count for all"),
  powerKva: z.number().nullable(),
  days: z.int().describe("Days that are compared"),
  daysWithoutEnergy: z.int(),
  partialDays: z.int(),
  estimatedDays: z.int(),
  estimatedWh: energyWh,
  leftOut: list(z.strictObject({ date: day, by: list(text) })).describe(
    "Days that a plan cannot price, with the plans: they count for none",
  ),
  whatIf: z.string().nullable().describe("The windows that were tried, as they were understood"),
  whatIfHoursPerDay: z.number().nullable(),
  ranking: list(offer).describe("Cheapest first"),
  absent: list(absent).describe("What could have been compared and is not"),
  powers,
});
export type ComparisonAnswer = z.infer<typeof comparisonAnswer>;
