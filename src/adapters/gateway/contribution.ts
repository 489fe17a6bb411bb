import { z } from "zod";
import type { Contribution, Receipt } from "../../sync/contribution/proposal.ts";
import type { Answer } from "../../sync/source.ts";

export type { Contribution, Receipt } from "../../sync/contribution/proposal.ts";

/** The body of the request; prices stand beside the power in each variant. Absent fields are left out by JSON. */
export const contributionBody = (contribution: Contribution): Readonly<Record<string, unknown>> => ({
  contribution_type: contribution.kind,
  provider_name: contribution.providerName,
  provider_website: contribution.providerWebsite,
  existing_provider_id: contribution.existingProviderId,
  existing_offer_id: contribution.existingOfferId,
  offer_name: contribution.offerName,
  offer_type: contribution.offerType,
  description: contribution.description,
  price_sheet_url: contribution.priceSheetUrl,
  valid_from: contribution.validFrom,
  power_variants: contribution.variants.map(({ powerKva, subscriptionPrice, prices }) => ({
    power_kva: powerKva,
    subscription_price: subscriptionPrice,
    ...prices,
  })),
});

const receipt = z.object({ id: z.string(), message: z.string().nullish() });

export function parseReceipt(data: unknown): Answer<Receipt> {
  const { id, message } = receipt.parse(data);
  return { outcome: "data", data: { id, message: message ?? "" } };
}
