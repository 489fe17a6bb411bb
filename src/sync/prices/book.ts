import type { PriceBook } from "../../domain/tariff/price-book.ts";
import { regulatedPrices } from "../../domain/tariff/regulated.ts";
import type { OfferStore } from "../offers.ts";
import type { PlanSetting } from "../statistics/plans.ts";
import type { StoredUsagePoint } from "../store.ts";
import { loadSelectedOffer, withOfferPlan } from "./selected-offer.ts";
import { pricesOfSettings } from "./settings.ts";

/**
 * All that is known of the prices of one usage point: the user's word, the selected offer and its like of other times,
 * and the regulated tariff.
 */
export async function loadPriceBook(
  store: Pick<OfferStore, "loadOfferFamily">,
  point: StoredUsagePoint,
  settings: readonly PlanSetting[],
): Promise<PriceBook> {
  const selected = await loadSelectedOffer(store, point);
  const said = pricesOfSettings(withOfferPlan(point, selected), settings);
  return { ...said, prices: [...said.prices, ...(selected?.prices ?? []), ...regulatedPrices] };
}
