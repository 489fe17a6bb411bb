import type { TariffPeriod } from "../../domain/tariff/period.ts";
import { type PlanHistory, unsplitPlan } from "../../domain/tariff/plan.ts";
import type { EnergyPrice } from "../../domain/tariff/price.ts";
import { buybackOn, energyPricesIn } from "../../domain/tariff/price-book.ts";
import type { ColorOn } from "../../domain/tariff/stretches.ts";
import type { LocalDate } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import { type BilledMeter, loadColors } from "../bill/meter.ts";
import type { Period } from "../source.ts";
import type { Store } from "../store.ts";

/** By what a flow of a meter is split, and what a kWh of it costs or earns. */
export interface PricedFlow {
  readonly history: PlanHistory;
  /** What the history was made of. */
  readonly said: string;
  readonly colorOn: ColorOn;
  /** Of one day, by period; undefined: not known. */
  readonly pricesOn: (date: LocalDate) => PriceOf;
}
export type PriceOf = (period: TariffPeriod | null) => EnergyPrice | undefined;

/** The same plans and prices as a bill's. */
export async function priceFlow(
  store: Pick<Store, "loadTempo">,
  { plan: { history, said }, book }: Pick<BilledMeter, "plan" | "book">,
  { flow, span }: { readonly flow: Flow; readonly span: Period },
): Promise<PricedFlow> {
  if (flow === "consumption") {
    const prices = energyPricesIn(book, history);
    const pricesOn = (date: LocalDate): PriceOf => {
      const ofDay = prices(date);
      return (period) => (period === null ? undefined : ofDay[period]);
    };
    return { history, said, colorOn: await loadColors(store, span), pricesOn };
  }
  const pricesOn = (date: LocalDate): PriceOf => {
    const price = buybackOn(book, date)?.energy;
    return () => price;
  };
  return { history: inOnePiece, said: "", colorOn: () => undefined, pricesOn };
}

/** What is injected has no tariff period. */
const inOnePiece: PlanHistory = [{ from: null, plan: unsplitPlan, origin: "contract" }];
