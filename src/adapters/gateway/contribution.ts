import { z } from "zod";
import type { Answer } from "../../sync/source.ts";

/** An offer proposed to the gateway's administrators, one variant per subscribed power. */
export interface Contribution {
  readonly kind: "NEW_PROVIDER" | "NEW_OFFER" | "UPDATE_OFFER";
  /** For a provider that the gateway does not know yet. */
  readonly providerName?: string;
  readonly providerWebsite?: string;
  readonly existingProviderId?: string;
  readonly existingOfferId?: string;
  readonly offerName: string;
  readonly offerType: string;
  readonly description?: string;
  /** The provider's own price sheet; without it ordinary accounts are refused. */
  readonly priceSheetUrl: string;
  /** `YYYY-MM-DD`. */
  readonly validFrom?: string;
  /** At least one. */
  readonly variants: readonly ContributedVariant[];
}

export interface ContributedVariant {
  readonly powerKva: number;
  /** EUR per month with tax. */
  readonly subscriptionPrice: number;
  /** EUR per kWh with tax, by the gateway's field names. */
  readonly prices: Readonly<Record<string, number>>;
}

/** The body of the request; prices stand beside the power in each variant. Absent fields are left out by JSON. */
export const contributionBody = (contribution: Contribution): object => ({
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

export interface Receipt {
  readonly id: string;
  readonly message: string;
}

export function parseReceipt(data: unknown): Answer<Receipt> {
  const { id, message } = receipt.parse(data);
  return { outcome: "data", data: { id, message: message ?? "" } };
}
