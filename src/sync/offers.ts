import type { Instant } from "../domain/units.ts";

/** What a supplier asks, for one subscribed power, in the words of the source. `null` is "not told". */
export interface Offer {
  readonly id: string;
  readonly providerId: string;
  readonly providerName: string | null;
  readonly name: string;
  /** `BASE`, `HC_HP`, `TEMPO`, … an open list. */
  readonly offerType: string;
  /** EUR per month with tax, as a decimal text. */
  readonly subscriptionPrice: string | null;
  /** EUR per kWh with tax, as decimal texts by the source's field names (`tempo_blue_hc`); absent where not given. */
  readonly prices: Readonly<Record<string, string>>;
  /** Weekday (`monday`) to `HH:MM-HH:MM`, where the offer has hours of its own. */
  readonly offpeakSchedules: Readonly<Record<string, string>> | null;
  /** Null: any. */
  readonly powerKva: number | null;
  readonly validFrom: Instant | null;
  /** Not included. Null until the source tells it: an offer that is no longer listed has not ended for that. */
  readonly validTo: Instant | null;
  /** When the source last changed a price. */
  readonly pricedAt: Instant | null;
  readonly url: string | null;
  readonly isActive: boolean;
}

/** An offer as it was told from `seenAt` until its next version. */
export interface OfferVersion extends Offer {
  readonly seenAt: Instant;
}

export interface OfferStore {
  /**
   * Adds a version of each offer that is new or told otherwise than last time, and never removes one. A provider's name
   * that is not told keeps the one told before.
   */
  saveOffers(offers: readonly Offer[], at: Instant): Promise<{ readonly written: number }>;
  /** Every version of every offer, by offer, each in the order in which they were told. */
  loadOffers(): Promise<readonly OfferVersion[]>;
  /**
   * Every version of the offer and of those that bear the same name, type and power at the same provider now or did, by
   * offer, each in the order in which they were told; nothing where the offer was never seen.
   */
  loadOfferFamily(offerId: string): Promise<readonly OfferVersion[]>;
}
