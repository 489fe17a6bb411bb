import { z } from "zod";
import { planKinds } from "../../domain/tariff/plan.ts";
import { priceSources } from "../../domain/tariff/price.ts";

/** Dated tariff plans: which are in force and who says so, what others would change, and the offers to choose from. */

const day = z.iso.date().describe("Paris calendar day, YYYY-MM-DD");
const pdl = z
  .string()
  .regex(/^\d{14}$/)
  .describe("Usage point (PDL, PRM): 14 digits");
const eur = z.number().describe("EUR with taxes");
const texts = { fr: z.string(), en: z.string() };

export const planParams = z.strictObject({ pdl });
export const noQuery = z.strictObject({});

/** One dated entry as the option tariff_plans has it: every field as text, a number or a list, as typed. */
export const planEntry = z.record(z.string(), z.unknown()).describe("An entry of the option tariff_plans");
export type PlanEntry = z.infer<typeof planEntry>;

const source = z.strictObject({
  kind: z.enum(priceSources).describe("Who says so"),
  name: z.string().describe("The offer or the table"),
});

export const planSpan = z.strictObject({
  start: day.nullable().describe("Null: since ever"),
  end: day.nullable().describe("Last day, included; null: until further notice"),
  origin: z.enum(["contract", "offer", "user"]).describe("Who tells the plan"),
  plan: z.enum(planKinds),
  offpeakHours: z.string().nullable(),
  powerKva: z.number().nullable(),
  prices: z.array(
    z.strictObject({
      period: z.string(),
      eurPerKwh: z.number().nullable().describe("EUR per kWh with taxes; null: not known"),
      source: source.nullable(),
    }),
  ),
  standing: z.strictObject({ eurPerMonth: eur, source }).nullable(),
});

export const planDoubt = z.strictObject({ code: z.string(), text: z.string().nullable(), ...texts });

export const plansAnswer = z.strictObject({
  usagePoint: pdl,
  name: z.string().nullable(),
  spans: z.array(planSpan).describe("Ascending, without hole"),
  buyback: z.array(
    z.strictObject({
      start: day.nullable(),
      end: day.nullable(),
      eurPerKwh: z.number().nullable(),
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
      suspicious: z.array(z.string()).describe("Prices that are not used because nobody can ask them"),
    })
    .nullable()
    .describe("The offer chosen in the account"),
  said: z.array(planEntry).describe("What the user says: the entries of tariff_plans about this meter or all"),
  doubts: z.array(planDoubt).describe("Why this may not be what is paid"),
});
export type PlansAnswer = z.infer<typeof plansAnswer>;

export const planPreviewBody = z.strictObject({
  plans: z.array(planEntry).max(200).describe("All entries of tariff_plans, as they would be saved"),
  usagePoint: pdl.optional().describe("Whose effect is told; absent: of every meter"),
});
export type PlanPreviewBody = z.infer<typeof planPreviewBody>;

const monthCost = z.strictObject({
  energyEur: eur.nullable(),
  standingEur: eur.nullable(),
  totalEur: eur.nullable().describe("Null where a price is not known"),
});

export const planPreviewAnswer = z.strictObject({
  isValid: z.boolean(),
  faults: z.array(z.strictObject(texts)).describe("One sentence per fault; nothing can be saved with one"),
  effects: z.array(
    z.strictObject({
      usagePoint: pdl,
      name: z.string().nullable(),
      month: z.string().describe("The last whole month that is known, YYYY-MM").nullable(),
      before: monthCost.nullable(),
      after: monthCost.nullable(),
      differenceEur: eur.nullable().describe("After less before"),
      changedDays: z.int().describe("Known days whose hours are divided or priced otherwise, over all times"),
      doubts: z.array(planDoubt).describe("With the new plans"),
    }),
  ),
});
export type PlanPreviewAnswer = z.infer<typeof planPreviewAnswer>;

export const offersQuery = z.strictObject({
  on: day.optional().describe("Offers that are sold on that day; default: today"),
  power: z.coerce.number().int().optional().describe("Subscribed power in kVA; default: the meter's"),
});

export const offersAnswer = z.strictObject({
  usagePoint: pdl,
  on: day,
  powerKva: z.number().nullable(),
  offers: z.array(
    z.strictObject({
      id: z.string(),
      provider: z.string().nullable(),
      name: z.string(),
      plan: z.enum(planKinds).nullable().describe("Null: a kind that cannot be divided by"),
      offerType: z.string().describe("As the gateway spells it"),
      powerKva: z.number().nullable().describe("Null: any"),
      start: day.nullable(),
      end: day.nullable().describe("Last day, included"),
      prices: z.array(z.strictObject({ period: z.string(), eurPerKwh: z.number() })),
      eurPerMonth: eur.nullable().describe("Standing charge"),
      offpeakHours: z.string().nullable().describe("Where the offer has hours of its own"),
      suspicious: z.array(z.string()).describe("Prices that are not used because nobody can ask them"),
      url: z.string().nullable(),
      isSelected: z.boolean().describe("Whether it is the one chosen in the account"),
    }),
  ),
});
export type OffersAnswer = z.infer<typeof offersAnswer>;
