import type { PriceBook } from "../../domain/tariff/price-book.ts";
import { regulatedPrices } from "../../domain/tariff/regulated.ts";
import type { PlanSetting } from "../statistics/plans.ts";
import type { Store, StoredUsagePoint } from "../store.ts";
import { pricesOfSettings } from "./settings.ts";

/** All that is known of the prices of one usage point: the user's word, and the regulated tariff. */
export async function loadPriceBook(
  _store: Store,
  point: StoredUsagePoint,
  settings: readonly PlanSetting[],
): Promise<PriceBook> {
  const said = pricesOfSettings(point, settings);
  return { ...said, prices: [...said.prices, ...regulatedPrices] };
}
