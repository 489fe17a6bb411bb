import { daysFromTo } from "../../domain/calendar.ts";
import type { PlanHistory } from "../../domain/tariff/plan.ts";
import type { EnergyPrice } from "../../domain/tariff/price.ts";
import {
  bookDescribed,
  buybackOn,
  daysBoughtOtherwise,
  daysPricedOtherwise,
  describeBook,
  type EnergyPricesOn,
  energyPricesIn,
  type PriceBook,
} from "../../domain/tariff/price-book.ts";
import type { LocalDate, UsagePointId } from "../../domain/units.ts";
import { flows } from "../../domain/usage-point.ts";
import { planOfStored } from "./plans.ts";
import type { StatisticStore } from "./store.ts";

/** What the energy of each day costs, and what injected energy earns. */
export interface DayPrices {
  readonly energyOn: EnergyPricesOn;
  /** Null: nobody tells. */
  readonly buybackOn: (date: LocalDate) => EnergyPrice | null;
}

export const dayPricesOf = (book: PriceBook, history: PlanHistory): DayPrices => ({
  energyOn: energyPricesIn(book, history),
  buybackOn: (date) => buybackOn(book, date)?.energy ?? null,
});

interface Priced {
  readonly usagePoint: UsagePointId;
  readonly book: PriceBook;
  /** The plan in force, and what it was made of. */
  readonly plan: { readonly history: PlanHistory; readonly said: string };
}

type PriceMemory = Pick<
  StatisticStore,
  "loadDerivedPlan" | "loadDerivedPrices" | "saveDerivedPrices" | "loadStatisticSpan"
>;

/**
 * Marks the days that cost or earn something else than when they were derived: at other prices, or under another plan
 * whose prices differ. Before prices were ever remembered no day had any. To be called while the former plan is still
 * remembered: killed in between, the same days are marked a second time.
 */
export async function markChangedPrices({ usagePoint, book, plan }: Priced, store: PriceMemory): Promise<void> {
  const current = describeBook(book);
  const [formerPrices, formerPlan] = [
    await store.loadDerivedPrices(usagePoint),
    await store.loadDerivedPlan(usagePoint),
  ];
  if (formerPrices === current && (formerPlan === null || formerPlan === plan.said)) return;
  const formerBook = formerPrices === null ? noPrices : bookDescribed(formerPrices);
  const formerHistory = formerPlan === null ? plan.history : planOfStored(formerPlan).history;
  const changed = { consumption: [] as LocalDate[], production: [] as LocalDate[] };
  for (const flow of flows) {
    const span = await store.loadStatisticSpan(usagePoint, flow);
    if (span === null) continue;
    const dates = daysFromTo(span.from, span.to);
    changed[flow] =
      flow === "production"
        ? daysBoughtOtherwise(dates, { former: formerBook, current: book })
        : daysPricedOtherwise(dates, {
            former: { book: formerBook, history: formerHistory },
            current: { book, history: plan.history },
          });
  }
  await store.saveDerivedPrices(usagePoint, current, changed);
}

const noPrices: PriceBook = { prices: [], buyback: [], powers: [] };
