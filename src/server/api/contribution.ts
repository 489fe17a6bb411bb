import { z } from "zod";
import { confirmed, day, instant, list, text } from "./fields.ts";

/** Proposing the prices of an offer to all users of the gateway. Nothing of the household is ever part of it. */

const webAddress = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .describe("Address of a page, http or https, without credentials");
const words = (longest: number) => z.string().trim().min(2).max(longest);

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
  kind: z.enum(["NEW_PROVIDER", "NEW_OFFER", "UPDATE_OFFER"]),
  providerId: z.string().max(100).optional().describe("The gateway's id of a provider it knows"),
  providerName: words(100).optional().describe("Of a provider that the gateway does not know"),
  providerWebsite: webAddress.optional(),
  offerId: z.string().max(100).optional().describe("Of the offer that is to be put right"),
  offerName: words(200),
  plan: z.string().max(30).describe("BASE, HC_HP, TEMPO, …"),
  description: words(500).optional(),
  priceSheetUrl: webAddress.describe("The supplier's own price sheet; without it the gateway refuses"),
  validFrom: day.optional().describe("First day of these prices"),
  variants: z.array(variant).min(1).max(12).describe("One per subscribed power"),
});
export type ContributionOffer = z.infer<typeof contributionOffer>;

export const contributionPreviewBody = z.strictObject({ offer: contributionOffer });
export type ContributionPreviewBody = z.input<typeof contributionPreviewBody>;

export const contributionBody = z.strictObject({ offer: contributionOffer, ...confirmed });
export type ContributionBody = z.input<typeof contributionBody>;

const sentBody = z.record(z.string(), z.unknown());

export const contributionPreviewAnswer = z.strictObject({
  faults: list(text).describe("One sentence per fault; nothing can be sent with one"),
  body: sentBody.nullable().describe("Exactly what is sent; null with faults"),
});
export type ContributionPreviewAnswer = z.infer<typeof contributionPreviewAnswer>;

const contribution = z.strictObject({
  id: z.int(),
  sentAt: instant,
  offerName: z.string(),
  state: z
    .enum(["sent", "refused", "failed"])
    .describe("sent: taken, and looked at by its administrators; refused: found wrong; failed: may not have arrived"),
  receipt: z.string().nullable().describe("The gateway's id of it"),
  message: z.string().describe("In the gateway's words"),
});

export const contributionAnswer = z.strictObject({
  contribution,
  body: sentBody.describe("Exactly what was sent"),
});
export type ContributionAnswer = z.infer<typeof contributionAnswer>;

export const contributionsAnswer = z.strictObject({ contributions: list(contribution).describe("Latest first") });
export type ContributionsAnswer = z.infer<typeof contributionsAnswer>;
