import type { OffPeakSchedule } from "../tariff/off-peak.ts";
import type { MicroEur } from "../tariff/price.ts";
import { microEur } from "../tariff/price.ts";
import type { LocalDate } from "../units.ts";
import { type ComparisonTerms, compareOffers, type DaySlots, type OfferCandidate, type OfferCost } from "./offers.ts";

export interface MovedWindows {
  readonly name: string;
  readonly offPeak: OffPeakSchedule;
}

export interface WindowsCost {
  readonly windows: MovedWindows;
  readonly cost: OfferCost;
  /** More than at present; negative: saved. */
  readonly difference: MicroEur;
}

/**
 * What the same use would have cost with other off-peak windows at the same prices, in the order given; null when no day
 * can be priced. Only of plans whose windows are their own: the hours of Tempo cannot be moved.
 */
export function whatIf(
  days: Iterable<DaySlots>,
  present: OfferCandidate,
  { windows, ...terms }: Omit<ComparisonTerms, "candidates"> & { readonly windows: readonly MovedWindows[] },
): { readonly present: OfferCost; readonly moved: readonly WindowsCost[]; readonly days: readonly LocalDate[] } | null {
  const moved = windows.map((alternative) => ({
    alternative,
    candidate: { ...present, name: alternative.name, plan: { ...present.plan, offPeak: alternative.offPeak } },
  }));
  const { ranking, days: compared } = compareOffers(days, {
    ...terms,
    candidates: [present, ...moved.map(({ candidate }) => candidate)],
  });
  const costOfCandidate = new Map(ranking.map((cost) => [cost.candidate, cost]));
  const now = costOfCandidate.get(present);
  if (now === undefined) return null;
  return {
    present: now,
    moved: moved.flatMap(({ alternative, candidate }) => {
      const cost = costOfCandidate.get(candidate);
      return cost ? [{ windows: alternative, cost, difference: microEur(cost.total - now.total) }] : [];
    }),
    days: compared,
  };
}
