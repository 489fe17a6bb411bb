import { z } from "zod";
import { holidayRegions } from "../../domain/tariff/holidays.ts";
import { day, instant, list, typed, usagePoint } from "./fields.ts";
import { eur, eurPerKwh, period, planKind, priceSource, tempoColor } from "./values.ts";

export const tariffQuery = z.strictObject({
  date: typed.optional().describe("YYYY-MM-DD; today when it is left out"),
});

export const pendingPeriod = period
  .nullable()
  .describe("The price that holds; null: waits for a colour, or for the word on a peak day");

export const quote = {
  eurPerKwh,
  source: priceSource,
  pricesFrom: day.nullable().describe("The first day of these prices; null: since ever"),
};

export const price = z.strictObject(quote).nullable().describe("Null: not known");

export const planFields = {
  plan: planKind,
  offpeakHours: z.string().nullable().describe("Off-peak windows, Paris time; null: this plan has none"),
  summerOffpeakHours: z.string().optional().describe("From April to October, where they are others"),
  holidays: z.enum(holidayRegions).optional().describe("Whose public holidays count as Sundays"),
};

export const datedPlan = z
  .strictObject({
    ...planFields,
    from: day.nullable().describe("The first day of this plan; null: since ever"),
    origin: z.enum(["user", "contract"]).describe("Whose word it is"),
  })
  .nullable()
  .describe("Null: nothing is known of the plan then, and nothing is split");

export const planDoubts = list(
  z.union([
    z.strictObject({ code: z.literal("unknown_plan"), text: z.string().nullable() }),
    z.strictObject({ code: z.literal("unknown_windows") }),
    z.strictObject({ code: z.literal("leftover"), text: z.string() }),
    z.strictObject({ code: z.literal("unused_prices"), text: z.string() }),
  ]),
).describe("Why the plan may not be what the household pays by, with the words that were not understood");

export const stretch = { start: instant, end: instant, period: pendingPeriod };

export const tariffAnswer = z.strictObject({
  usagePoint,
  date: day,
  plan: datedPlan,
  planDoubts,
  powerKva: z.number().nullable().describe("Subscribed power, kVA"),
  tempo: z
    .strictObject({ eve: tempoColor.nullable(), day: tempoColor.nullable() })
    .nullable()
    .describe("The Tempo days that begin at 06:00 the day before and on the day; null without Tempo"),
  stretches: list(z.strictObject({ ...stretch, price })).describe("From midnight to midnight in Paris, ascending"),
  standing: z
    .strictObject({ eurPerMonth: eur, source: priceSource })
    .nullable()
    .describe("The standing charge; null: not known"),
});
export type TariffAnswer = z.infer<typeof tariffAnswer>;
