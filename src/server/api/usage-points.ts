import { z } from "zod";
import { day, instant, list, text, usagePoint } from "./fields.ts";
import { count, flow, planKind } from "./values.ts";

/** `GET /api/pdl` */
const flowView = z.strictObject({
  flow,
  from: day.describe("First known day"),
  through: day.describe("Latest known day"),
  days: count.describe("Known days between both; fewer than the calendar has where some are missing"),
});

const planView = z
  .strictObject({
    kind: planKind,
    offpeakHours: z.string().nullable().describe("Off-peak windows, `22:00-06:00`; null: the plan has none of its own"),
    from: day.nullable().describe("First day; null: since ever"),
    origin: z.enum(["user", "contract"]).describe("Whose word it is"),
  })
  .describe("The plan in force today");

export const usagePointView = z.strictObject({
  id: usagePoint,
  name: z.string().nullable(),
  listed: z.boolean().describe("Whether the account still lists it; what was stored stays either way"),
  hasConsumption: z.boolean(),
  hasProduction: z.boolean(),
  subscribedPowerKva: z.number().nullable(),
  offpeakHours: z.string().nullable().describe("As the contract spells them"),
  activationDate: day.nullable(),
  city: z.string().nullable(),
  flows: list(flowView).describe("Those that days are known of"),
  plan: planView.nullable().describe("Null: nobody tells"),
  selectedOffer: z
    .strictObject({ id: z.string(), name: z.string() })
    .nullable()
    .describe("The price offer chosen in the account"),
  problem: z.strictObject({ code: z.string(), ...text.shape, since: instant }).nullable(),
});
export type UsagePointView = z.infer<typeof usagePointView>;

export const usagePointsAnswer = z.strictObject({ usagePoints: list(usagePointView) });
export type UsagePointsAnswer = z.infer<typeof usagePointsAnswer>;
