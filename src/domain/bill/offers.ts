import type { EnergySlot } from "../slot.ts";
import { hoursOf } from "../statistics/hours.ts";
import { standingOf } from "../tariff/cost-standing.ts";
import { ExactTotal } from "../tariff/exact-total.ts";
import type { TariffPeriod } from "../tariff/period.ts";
import type { PlanHistory, TariffPlan } from "../tariff/plan.ts";
import { costOf, type DatedPrices, type ExactSum, type MicroEur, microEur, toMicroEur } from "../tariff/price.ts";
import { type PriceBook, pricesOn } from "../tariff/price-book.ts";
import { type ColorOn, stretchesOf } from "../tariff/stretches.ts";
import type { LocalDate, WattMinutes } from "../units.ts";

/** What was measured on one Paris day; a day with hours missing compares as what it holds. */
export interface DaySlots {
  readonly date: LocalDate;
  readonly slots: readonly EnergySlot[];
}

export interface OfferCandidate {
  readonly name: string;
  /** With its off-peak windows. */
  readonly plan: TariffPlan;
  /** Of this plan; standing charges among them. */
  readonly prices: readonly DatedPrices[];
  readonly powerKva: number | null;
}

export interface ComparisonTerms {
  readonly candidates: readonly OfferCandidate[];
  /** Colours of the past. */
  readonly colorOn: ColorOn;
  /** Null: each day at the prices of its time. A day: all at the prices of that day, as in a choice to be made. */
  readonly pricesAsOf: LocalDate | null;
}

export interface OfferCost {
  readonly candidate: OfferCandidate;
  readonly energyCost: MicroEur;
  readonly standing: MicroEur;
  readonly total: MicroEur;
}

export interface OfferComparison {
  /** Cheapest first; equal totals in the order given. */
  readonly ranking: readonly OfferCost[];
  /** The days that all of them are compared over. */
  readonly days: readonly LocalDate[];
  /** Days that some candidate cannot price, and who: they count for none. */
  readonly leftOut: readonly { readonly date: LocalDate; readonly by: readonly string[] }[];
  /** Candidates that price not one day, which no other candidate is made to suffer for. */
  readonly unpriceable: readonly OfferCandidate[];
}

/**
 * What the same days would have cost under each candidate, standing charges included. The days are walked once, and
 * divided once per different plan, whatever the number of candidates.
 */
export function compareOffers(days: Iterable<DaySlots>, terms: ComparisonTerms): OfferComparison {
  const entrants = terms.candidates.map((candidate) => ({ ...priced(candidate), costs: [] as (DayCosts | null)[] }));
  const plans = Map.groupBy(entrants, ({ candidate }) => planKey(candidate.plan));
  const dates: LocalDate[] = [];
  for (const { date, slots } of days) {
    dates.push(date);
    for (const [first, ...others] of plans.values()) {
      if (first === undefined) continue;
      const used = energyByPeriod(slots, stretchesOf(date, first.history, terms.colorOn));
      for (const entrant of [first, ...others]) entrant.costs.push(costOfDay(used, entrant, date, terms.pricesAsOf));
    }
  }
  return ranked(entrants, dates);
}

/** What one day costs: exact, and micro-euros. */
interface DayCosts {
  readonly energy: ExactSum;
  readonly standing: number;
}
interface Entrant {
  readonly candidate: OfferCandidate;
  readonly history: PlanHistory;
  readonly book: PriceBook;
  /** By the position of the day; null where it has no price. */
  readonly costs: (DayCosts | null)[];
}
type Used = ReadonlyMap<TariffPeriod | null, WattMinutes>;

const priced = (candidate: OfferCandidate): Omit<Entrant, "costs"> => ({
  candidate,
  history: [{ from: null, plan: candidate.plan, origin: "user" }],
  book: {
    prices: candidate.prices,
    buyback: [],
    powers: candidate.powerKva === null ? [] : [{ from: null, kva: candidate.powerKva }],
  },
});

/** Equal for plans that divide every day alike. */
const planKey = ({ peakDays, ...plan }: TariffPlan): string =>
  JSON.stringify([plan, peakDays ? [[...peakDays.dates].sort(), peakDays.knownThrough] : null]);

function energyByPeriod(slots: readonly EnergySlot[], stretches: Parameters<typeof hoursOf>[1]): Used {
  const used = new Map<TariffPeriod | null, WattMinutes>();
  for (const { period, energy } of hoursOf(slots, stretches))
    used.set(period, ((used.get(period) ?? 0) + energy) as WattMinutes);
  return used;
}

function costOfDay(used: Used, { book, candidate }: Entrant, date: LocalDate, asOf: LocalDate | null): DayCosts | null {
  const prices = pricesOn(book, asOf ?? date, candidate.plan.kind);
  if (prices === null || prices.standing === null) return null;
  const energy = new ExactTotal();
  for (const [period, amount] of used) {
    const price = period === null ? undefined : prices.energy[period];
    if (price === undefined) return null;
    energy.add(costOf(amount, price));
  }
  return { energy: energy.sum, standing: standingOf(prices.standing, { from: date, to: date }) };
}

function ranked(entrants: readonly Entrant[], dates: readonly LocalDate[]): OfferComparison {
  const able = entrants.filter(({ costs }) => costs.some((cost) => cost !== null));
  const compared: number[] = [];
  const leftOut: { readonly date: LocalDate; readonly by: readonly string[] }[] = [];
  dates.forEach((date, position) => {
    const unable = able.filter(({ costs }) => costs[position] === null);
    if (unable.length === 0) compared.push(position);
    else leftOut.push({ date, by: unable.map(({ candidate }) => candidate.name) });
  });
  return {
    ranking: compared.length === 0 ? [] : able.map((entrant) => totalOf(entrant, compared)).sort(byTotal),
    days: able.length === 0 ? [] : compared.flatMap((position) => dates[position] ?? []),
    leftOut,
    unpriceable: entrants.filter((entrant) => !able.includes(entrant)).map(({ candidate }) => candidate),
  };
}

const byTotal = (a: OfferCost, b: OfferCost): number => a.total - b.total;

function totalOf({ candidate, costs }: Entrant, positions: readonly number[]): OfferCost {
  const counted = positions.flatMap((position) => costs[position] ?? []);
  const energyCost = toMicroEur(counted.reduce((sum, { energy }) => sum + energy, 0n));
  const standing = counted.reduce((sum, cost) => sum + cost.standing, 0);
  return { candidate, energyCost, standing: microEur(standing), total: microEur(energyCost + standing) };
}
