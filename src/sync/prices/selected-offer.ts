import { describeOffPeak, parseOffPeak } from "../../domain/tariff/off-peak.ts";
import { parsePlanKind } from "../../domain/tariff/plan.ts";
import type { DatedPrices } from "../../domain/tariff/price.ts";
import type { OfferStore, OfferVersion } from "../offers.ts";
import { type PlanSetting, type PointPlan, planOfPoint } from "../statistics/plans.ts";
import type { StoredUsagePoint } from "../store.ts";
import { datedPricesOf, nameOf, spansOfFamily, suspiciousIn } from "./offer-history.ts";
import { planKindOfOffer } from "./offer-prices.ts";

/** The offer that the account has chosen for a usage point, with all that was ever told of it. */
export interface SelectedOffer {
  /** As last told. */
  readonly offer: OfferVersion;
  readonly name: string;
  readonly prices: readonly DatedPrices[];
  /** Prices that are not used because nobody can ask them, as the source spells them. */
  readonly suspicious: readonly string[];
}

/** Null where none is chosen, or where it was never seen: also once seen and now gone it stays known. */
export async function loadSelectedOffer(
  store: Pick<OfferStore, "loadOfferFamily">,
  { selectedOfferId }: Pick<StoredUsagePoint, "selectedOfferId">,
): Promise<SelectedOffer | null> {
  if (selectedOfferId === null) return null;
  const family = await store.loadOfferFamily(selectedOfferId);
  const offer = family.findLast(({ id }) => id === selectedOfferId);
  if (offer === undefined) return null;
  const spans = spansOfFamily(family, selectedOfferId);
  return {
    offer,
    name: nameOf(offer),
    prices: datedPricesOf(spans, selectedOfferId),
    suspicious: suspiciousIn(spans),
  };
}

/**
 * The usage point with what its offer tells of the plan: hours of the offer's own go before those of the meter, and prices
 * for weekends make a plan of weekends. An offer of another plan than the list names tells nothing: the list is told anew
 * each day, while the offer may have been given up.
 */
export function withOfferPlan(point: StoredUsagePoint, selected: SelectedOffer | null): StoredUsagePoint {
  if (selected === null) return point;
  const { offer } = selected;
  const listed = parsePlanKind(point.pricingOption ?? "");
  const kind = planKindOfOffer(offer);
  if (kind === null || (listed !== null && listed !== kind && listed !== parsePlanKind(offer.offerType))) return point;
  const own = parseOffPeak(offer.offpeakSchedules).schedule;
  return { ...point, pricingOption: kind, offpeakHours: own ? describeOffPeak(own) : point.offpeakHours };
}

/** The plans of one usage point with what its offer tells: the history that its price book is meant for. */
export const loadPointPlan = async (
  store: Pick<OfferStore, "loadOfferFamily">,
  point: StoredUsagePoint,
  settings: readonly PlanSetting[],
): Promise<PointPlan> => planOfPoint(withOfferPlan(point, await loadSelectedOffer(store, point)), settings);
