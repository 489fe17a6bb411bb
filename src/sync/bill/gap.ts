import type { ExplainedPart, HourExplanation } from "../../domain/bill/explain.ts";
import { type PlanHistory, planOn, unsplitPlan } from "../../domain/tariff/plan.ts";
import { type PriceBook, powerOn } from "../../domain/tariff/price-book.ts";
import { regulatedPrices } from "../../domain/tariff/regulated.ts";
import type { LocalDate } from "../../domain/units.ts";

/** Why a part of an hour has no period or no price, in a word that has a remedy. Codes never change. */
export type Gap =
  /** The Tempo day is to come and has no colour yet. */
  | { readonly code: "color_to_come" }
  | { readonly code: "color_unknown" }
  /** Whether it is a peak day is the user's word. */
  | { readonly code: "peak_days_unknown" }
  | { readonly code: "plan_unknown" }
  | { readonly code: "power_unknown" }
  /** `since`: the first day of the regulated prices of this plan. */
  | { readonly code: "before_regulated"; readonly since: LocalDate }
  | { readonly code: "price_unknown" };

export interface GapFacts {
  readonly hour: HourExplanation;
  readonly history: PlanHistory;
  readonly book: PriceBook;
  readonly today: LocalDate;
}

/** Null where both the period and the price are known. */
export function gapOf({ period, price }: Pick<ExplainedPart, "period" | "price">, facts: GapFacts): Gap | null {
  if (period === null) return gapOfPeriod(facts);
  return price === null ? gapOfPrice(facts) : null;
}

function gapOfPeriod({ hour: { tempo }, today }: GapFacts): Gap {
  if (tempo === null) return { code: "peak_days_unknown" };
  return { code: tempo.date > today ? "color_to_come" : "color_unknown" };
}

function gapOfPrice({ hour: { date }, history, book }: GapFacts): Gap {
  const plan = planOn(history, date);
  if (plan === unsplitPlan) return { code: "plan_unknown" };
  const starts = regulatedPrices
    .flatMap(({ kind, from }) => (kind === plan.kind && from !== null ? [from] : []))
    .sort();
  const [since] = starts;
  if (since === undefined) return { code: "price_unknown" };
  if (date < since) return { code: "before_regulated", since };
  return { code: powerOn(book, date) === null ? "power_unknown" : "price_unknown" };
}
