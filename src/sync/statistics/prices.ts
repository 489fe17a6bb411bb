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
import { type Flow, flows } from "../../domain/usage-point.ts";
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

/** What costs are made of, as it is remembered beside them. */
interface Remembered {
  readonly prices: string;
  readonly plan: string;
}

/** The prices that the costs in store were derived with, from what was remembered of them. */
export const dayPricesRemembered = (said: string): DayPrices => {
  const { book, history } = knowledgeOf(said);
  return dayPricesOf(book, history);
};

function knowledgeOf(said: string) {
  const { prices, plan }: Remembered = JSON.parse(said);
  return { book: bookDescribed(prices), history: planOfStored(plan).history };
}

/**
 * Marks the days that cost or earn something else than when they were derived: at other prices, or under another plan
 * whose prices differ. Before prices were ever remembered no day had any.
 */
export async function markChangedPrices(
  { usagePoint, book, plan }: Priced,
  store: Pick<StatisticStore, "loadDerivedPrices" | "saveDerivedPrices" | "loadStatisticSpan">,
): Promise<void> {
  const remembered: Remembered = { prices: describeBook(book), plan: plan.said };
  const said = JSON.stringify(remembered);
  const former = await store.loadDerivedPrices(usagePoint);
  if (former === said) return;
  const known = former === null ? { book: noPrices, history: plan.history } : knowledgeOf(former);
  const changed: Record<Flow, LocalDate[]> = { consumption: [], production: [] };
  for (const flow of flows) {
    const span = await store.loadStatisticSpan(usagePoint, flow);
    if (span === null) continue;
    const dates = daysFromTo(span.from, span.to);
    changed[flow] =
      flow === "production"
        ? daysBoughtOtherwise(dates, { former: known.book, current: book })
        : daysPricedOtherwise(dates, { former: known, current: { book, history: plan.history } });
  }
  await store.saveDerivedPrices(usagePoint, said, changed);
}

const noPrices: PriceBook = { prices: [], buyback: [], powers: [] };
