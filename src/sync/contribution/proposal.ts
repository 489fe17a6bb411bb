import type { Answer } from "../source.ts";

const contributionKinds = ["NEW_PROVIDER", "NEW_OFFER", "UPDATE_OFFER"] as const;

/** An offer proposed to the gateway's administrators, one variant per subscribed power. */
export interface Contribution {
  readonly kind: (typeof contributionKinds)[number];
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

/** The gateway's word that it took a contribution. */
export interface Receipt {
  readonly id: string;
  readonly message: string;
}

/** Who takes contributions. */
export interface ContributionTaker {
  /** Exactly what is sent for a contribution. */
  bodyOf(contribution: Contribution): Readonly<Record<string, unknown>>;
  contribute(contribution: Contribution, signal: AbortSignal): Promise<Answer<Receipt>>;
}
