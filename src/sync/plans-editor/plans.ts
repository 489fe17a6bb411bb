import type { DatedPlan, PlanDoubt, PlanHistory } from "../../domain/tariff/plan.ts";
import type { PlanSetting } from "../../domain/tariff/plan-setting.ts";
import type { LocalDate } from "../../domain/units.ts";
import { openPoint } from "../manual/day.ts";
import type { PriceSpan } from "../prices/calendar.ts";
import { loadPriceOverview, type PriceOverview } from "../prices/overview.ts";
import { loadPointPlan, loadSelectedOffer, withOfferPlan } from "../prices/selected-offer.ts";
import type { Store, StoredUsagePoint } from "../store.ts";

export interface PlansDeps {
  readonly store: Store;
  readonly account: string;
  /** What the user says of plans and prices. */
  readonly plans: readonly PlanSetting[];
}

/** Who tells a plan: the contract, the offer chosen in the account, the user. */
export type PlanOrigin = "contract" | "offer" | "user";

export interface OriginSpan extends PriceSpan {
  readonly origin: PlanOrigin;
  readonly dated: DatedPlan | null;
}

/** The dated plans of a meter with their prices, and all that they were made of. */
export interface PlanOverview {
  readonly point: StoredUsagePoint;
  readonly spans: readonly OriginSpan[];
  readonly buyback: PriceOverview["buyback"];
  readonly offer: PriceOverview["offer"];
  /** The user's words about every meter, as written: they are kept as one list. */
  readonly said: readonly PlanSetting[];
  readonly doubts: readonly PlanDoubt[];
}

/** @throws BillRefusal where no meter of the account bears the number. */
export async function plansOf(deps: PlansDeps, meter: string): Promise<PlanOverview> {
  const { store, plans } = deps;
  const point = await openPoint(deps, meter);
  const { prices, buyback, offer, doubts } = await loadPriceOverview(store, point, { settings: plans, at: null });
  const { history } = await loadPointPlan(store, point, plans);
  const selected = await loadSelectedOffer(store, point);
  const contractOrigin = withOfferPlan(point, selected) === point ? "contract" : "offer";
  const spans = prices.map((span): OriginSpan => {
    const dated = datedOn(history, span.from);
    return { ...span, dated, origin: dated?.origin === "user" ? "user" : contractOrigin };
  });
  return { point, spans, buyback, offer, said: plans, doubts };
}

/** The plan in force on a day; null, since ever, is before every day. */
const datedOn = (history: PlanHistory, date: LocalDate | null): DatedPlan | null =>
  history.findLast(({ from }) => from === null || (date !== null && from <= date)) ?? null;
