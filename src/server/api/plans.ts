import { z } from "zod";
import { tariffPeriods } from "../../domain/tariff/period.ts";
import { planKinds } from "../../domain/tariff/plan.ts";
import { priceSources } from "../../domain/tariff/price.ts";
import { day, list, month, text, usagePoint } from "./fields.ts";
import { eur } from "./values.ts";

/** Dated tariff plans: which are in force and who says so, what others would change, and the offers to choose from. */

const eurPerKwh = z.number().describe("EUR per kWh with taxes");
const planKind = z.enum(planKinds);
const period = z.enum(tariffPeriods);

export const planEntry = z
  .record(z.string(), z.unknown())
  .describe("An entry of the option tariff_plans, with its keys (from, plan, offpeak_hours, prices, …)");
export type PlanEntry = z.infer<typeof planEntry>;

const source = z.strictObject({
  kind: z.enum(priceSources).describe("Who says so"),
  name: z.string().describe("The offer or the table"),
});

const planSpan = z.strictObject({
  start: day.nullable().describe("Null: since ever"),
  end: day.nullable().describe("Last day, included; null: until further notice"),
  origin: z.enum(["contract", "offer", "user"]).describe("Who tells the plan"),
  plan: planKind,
  offpeakHours: z.string().nullable(),
  powerKva: z.number().nullable().describe("Subscribed power, kVA"),
  prices: list(
    z.strictObject({ period, eurPerKwh: eurPerKwh.nullable().describe("Null: not known"), source: source.nullable() }),
  ),
  standing: z.strictObject({ eurPerMonth: eur, source }).nullable().describe("Standing charge; null: not known"),
});

const planDoubt = z.strictObject({ code: z.string(), text: z.string().nullable(), ...text.shape });

export const plansAnswer = z.strictObject({
  usagePoint,
  name: z.string().nullable(),
  spans: list(planSpan).describe("Ascending, without hole; empty where nothing is consumed"),
  buyback: list(
    z.strictObject({
      start: day.nullable(),
      end: day.nullable(),
      eurPerKwh: eurPerKwh.nullable(),
      sale: z.enum(["surplus", "total"]).nullable(),
      source: source.nullable(),
    }),
  ),
  contract: z.strictObject({
    pricingOption: z.string().nullable().describe("As the source spells it"),
    offpeakHours: z.string().nullable().describe("As the source spells it"),
    powerKva: z.number().nullable(),
    activationDate: day.nullable(),
  }),
  offer: z
    .strictObject({
      id: z.string(),
      name: z.string().nullable().describe("Null: chosen in the account and never seen"),
      suspicious: list(z.string()).describe("Prices that are not used because nobody can ask them"),
    })
    .nullable()
    .describe("The offer chosen in the account"),
  said: list(planEntry).describe(
    "What the user says, of every meter: all entries of tariff_plans, which are saved as one list",
  ),
  doubts: list(planDoubt).describe("Why this may not be what is paid"),
});
export type PlansAnswer = z.infer<typeof plansAnswer>;

export const planPreviewBody = z.strictObject({
  plans: z.array(planEntry).max(200).describe("All entries of tariff_plans, as they would be saved"),
  usagePoint: usagePoint.optional().describe("Whose effect is told; absent: of every meter"),
});
export type PlanPreviewBody = z.infer<typeof planPreviewBody>;

const monthCost = z.strictObject({
  energyEur: eur.nullable(),
  standingEur: eur.nullable(),
  totalEur: eur.nullable().describe("EUR; null where a price is not known"),
});

export const planPreviewAnswer = z.strictObject({
  isValid: z.boolean(),
  faults: list(text).describe("One sentence per fault; nothing can be saved with one"),
  effects: list(
    z.strictObject({
      usagePoint,
      name: z.string().nullable(),
      month: month.nullable().describe("The last whole month that is known"),
      before: monthCost.nullable(),
      after: monthCost.nullable(),
      differenceEur: eur.nullable().describe("EUR, after less before"),
      changedDays: z.int().describe("Known days, of all times, that are divided or priced otherwise"),
      doubts: list(planDoubt).describe("With the new plans"),
    }),
  ),
});
export type PlanPreviewAnswer = z.infer<typeof planPreviewAnswer>;

export const offersQuery = z.strictObject({
  on: day.optional().describe("Offers that are sold on that day; default: today"),
  power: z.coerce.number().int().min(1).max(36).optional().describe("Subscribed power, kVA; default: the meter's"),
});

export const offersAnswer = z.strictObject({
  usagePoint,
  on: day,
  powerKva: z.number().nullable().describe("Null: not known, hence offers of every power"),
  offers: list(
    z.strictObject({
      id: z.string(),
      providerId: z.string(),
      provider: z.string().nullable(),
      name: z.string(),
      plan: planKind.nullable().describe("Null: a kind that cannot be divided by"),
      offerType: z.string().describe("As the gateway spells it"),
      powerKva: z.number().nullable().describe("Null: any"),
      start: day.nullable(),
      end: day.nullable().describe("Last day, included"),
      prices: list(z.strictObject({ period, eurPerKwh })),
      eurPerMonth: eur.nullable().describe("Standing charge"),
      offpeakHours: z.string().nullable().describe("Where the offer has hours of its own"),
      suspicious: list(z.string()).describe("Prices that are not used because nobody can ask them"),
      url: z.string().nullable(),
      isSelected: z.boolean().describe("Whether it is the one chosen in the account"),
    }),
  ),
});
export type OffersAnswer = z.infer<typeof offersAnswer>;
