import { z } from "zod";

/** Proposing the prices of an offer to all users of the gateway. Nothing of the household is ever part of it. */

const instant = z.iso.datetime().describe("Instant in UTC, ISO 8601");
const texts = { fr: z.string(), en: z.string() };
const webAddress = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .describe("Address of a page, http or https, without credentials");

export const contributionKinds = ["NEW_PROVIDER", "NEW_OFFER", "UPDATE_OFFER"] as const;
export const contributionStates = ["sent", "refused", "failed"] as const;

const variant = z.strictObject({
  powerKva: z.int().min(1).max(36).describe("Subscribed power, kVA"),
  eurPerMonth: z.number().min(0).max(1000).describe("Standing charge with taxes, EUR a month"),
  prices: z
    .array(
      z.strictObject({
        period: z.string().max(30).describe("Period of the plan, as /api/plans names them"),
        eurPerKwh: z.number().describe("With taxes, EUR per kWh"),
      }),
    )
    .max(20),
});

export const contributionOffer = z.strictObject({
  kind: z.enum(contributionKinds),
  providerId: z.string().max(100).optional().describe("The gateway's id of a provider it knows"),
  providerName: z.string().trim().min(2).max(100).optional().describe("Of a provider that the gateway does not know"),
  providerWebsite: webAddress.optional(),
  offerId: z.string().max(100).optional().describe("Of the offer that is to be put right"),
  offerName: z.string().trim().min(2).max(200),
  plan: z.string().max(30).describe("BASE, HC_HP, TEMPO, …"),
  description: z.string().trim().max(500).optional(),
  priceSheetUrl: webAddress.describe("The supplier's own price sheet; without it the gateway refuses"),
  validFrom: z.iso.date().optional().describe("First day of these prices"),
  variants: z.array(variant).min(1).max(12).describe("One per subscribed power"),
});
export type ContributionOffer = z.infer<typeof contributionOffer>;

export const contributionBody = z.strictObject({
  offer: contributionOffer,
  confirm: z.boolean().default(false).describe("Without, nothing is sent: the answer shows what would be"),
});

const state = z.strictObject({
  id: z.string().describe("Of this program"),
  sentAt: instant,
  offerName: z.string(),
  state: z.enum(contributionStates).describe("refused: the gateway said no; failed: it did not answer"),
  receipt: z.string().nullable().describe("The gateway's id"),
  ...texts,
});

export const contributionPreviewAnswer = z.strictObject({
  faults: z.array(z.strictObject(texts)).describe("One sentence per fault; nothing can be sent with one"),
  body: z.record(z.string(), z.unknown()).nullable().describe("Exactly what is sent; null with faults"),
});
export type ContributionPreviewAnswer = z.infer<typeof contributionPreviewAnswer>;

export const contributionAnswer = z.strictObject({
  contribution: state,
  body: z.record(z.string(), z.unknown()).describe("Exactly what was sent"),
});
export type ContributionAnswer = z.infer<typeof contributionAnswer>;

export const contributionsAnswer = z.strictObject({ contributions: z.array(state).describe("Latest first") });
export type ContributionsAnswer = z.infer<typeof contributionsAnswer>;
