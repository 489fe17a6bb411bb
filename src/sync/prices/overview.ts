import type { PlanDoubt } from "../../domain/tariff/plan.ts";
import type { LocalDate, UsagePointId } from "../../domain/units.ts";
import type { OfferStore } from "../offers.ts";
import type { PlanSetting } from "../statistics/plans.ts";
import type { ReadingStore, StoredUsagePoint } from "../store.ts";
import { loadPriceBook } from "./book.ts";
import { type BuybackSpan, buybackCalendar, type PriceSpan, priceCalendar, spansOn } from "./calendar.ts";
import { loadPointPlan, loadSelectedOffer } from "./selected-offer.ts";

/** What one usage point pays and earns, and since when. */
export interface PriceOverview {
  readonly usagePoint: UsagePointId;
  readonly name: string | null;
  /** The offer chosen in the account; a name of null: chosen and never seen. */
  readonly offer: { readonly id: string; readonly name: string | null; readonly suspicious: readonly string[] } | null;
  /** Why these may not be the prices that the user pays. */
  readonly doubts: readonly PlanDoubt[];
  /** Of consumption; empty where it is not measured. */
  readonly prices: readonly PriceSpan[];
  /** Of injection; empty where it is not measured and nobody names a price. */
  readonly buyback: readonly BuybackSpan[];
}

/** From the first known day on, or only what holds on the day `at`. */
export async function loadPriceOverview(
  store: OfferStore & Pick<ReadingStore, "loadIndex">,
  point: StoredUsagePoint,
  { settings, at }: { readonly settings: readonly PlanSetting[]; readonly at: LocalDate | null },
): Promise<PriceOverview> {
  const book = await loadPriceBook(store, point, settings);
  const { history, doubts } = await loadPointPlan(store, point, settings);
  const selected = await loadSelectedOffer(store, point);
  const index = await store.loadIndex(point.id, point.hasConsumption ? "consumption" : "production");
  const first = at ?? index?.from ?? point.activationDate;
  const shown = <T extends PriceSpan | BuybackSpan>(spans: readonly T[]) => (at === null ? spans : spansOn(spans, at));
  // A day that is asked for is shown with the whole span it lies in.
  const start = at === null ? first : null;
  return {
    usagePoint: point.id,
    name: point.name,
    offer:
      point.selectedOfferId === null
        ? null
        : {
            id: point.selectedOfferId,
            name: selected?.name ?? null,
            suspicious: selected?.suspicious ?? [],
          },
    doubts: point.hasConsumption ? doubts : [],
    prices: point.hasConsumption ? shown(priceCalendar({ book, history }, start)) : [],
    buyback: point.hasProduction || book.buyback.length > 0 ? shown(buybackCalendar(book, start)) : [],
  };
}
