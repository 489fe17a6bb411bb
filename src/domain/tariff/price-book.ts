import type { LocalDate } from "../units.ts";
import { type TariffPeriod, tariffPeriods } from "./period.ts";
import { type PlanHistory, type PlanKind, planOn, unsplitPlan } from "./plan.ts";
import {
  type BuybackPrice,
  type DatedPrices,
  type EnergyPrice,
  type MicroEur,
  type PriceSource,
  priceSources,
} from "./price.ts";

export { powerOn } from "./price-book-spans.ts";

import { holdsOn, inForceOn } from "./price-book-spans.ts";

/** Subscribed power from a day on, until the next one. */
export interface DatedPower {
  /** Null: since ever. */
  readonly from: LocalDate | null;
  readonly kva: number;
}

/** All that is known of the prices of one usage point, whatever the source. Never changed once made. */
export interface PriceBook {
  readonly prices: readonly DatedPrices[];
  readonly buyback: readonly BuybackPrice[];
  /** Ascending by `from`; empty: not known. */
  readonly powers: readonly DatedPower[];
}

/** The prices per period of one day; one that is absent is not known. */
export type EnergyPrices = Readonly<Partial<Record<TariffPeriod, EnergyPrice>>>;
/** Prices hold from midnight to midnight in Paris: also in a Tempo night, whose colour is that of the day before. */
export type EnergyPricesOn = (date: LocalDate) => EnergyPrices;

export interface QuotedPrice {
  readonly price: EnergyPrice;
  readonly source: PriceSource;
  /** Day of the price sheet; null: since ever. */
  readonly from: LocalDate | null;
}

/** The book's prices of a plan on a civil day, a source's gaps filled by the next one; `from` tells of when they are. */
export const pricesOn = (book: PriceBook, date: LocalDate, kind: PlanKind): DatedPrices | null =>
  inForceOn(book, date, kind)?.prices ?? null;

/** Where each price of `pricesOn` comes from. */
export function sourcesOf(
  book: PriceBook,
  date: LocalDate,
  kind: PlanKind,
): { readonly energy: Readonly<Partial<Record<TariffPeriod, PriceSource>>>; readonly standing: PriceSource | null } {
  const inForce = inForceOn(book, date, kind);
  const energy: Partial<Record<TariffPeriod, PriceSource>> = {};
  for (const period of tariffPeriods) {
    const row = inForce?.rowOf[period];
    if (row) energy[period] = row.source;
  }
  return { energy, standing: inForce?.standingRow?.source ?? null };
}

export function priceOf(book: PriceBook, date: LocalDate, kind: PlanKind, period: TariffPeriod): QuotedPrice | null {
  const row = inForceOn(book, date, kind)?.rowOf[period];
  const price = row?.energy[period];
  return row && price !== undefined ? { price, source: row.source, from: row.from } : null;
}

/** Standing charge for a month at the price of this day. */
export function standingOn(
  book: PriceBook,
  date: LocalDate,
  kind: PlanKind,
): { readonly monthly: MicroEur; readonly source: PriceSource } | null {
  const row = inForceOn(book, date, kind)?.standingRow;
  return row && row.standing !== null ? { monthly: row.standing, source: row.source } : null;
}

/** Of the first source that tells, its latest word. */
export function buybackOn(book: PriceBook, date: LocalDate): BuybackPrice | null {
  const inForce = book.buyback.filter((row) => holdsOn(row, date));
  for (const kind of priceSources) {
    const own = inForce.filter((row) => row.source.kind === kind);
    const latest = own.reduce<BuybackPrice | null>(
      (last, row) => (last === null || (row.from ?? "") >= (last.from ?? "") ? row : last),
      null,
    );
    if (latest) return latest;
  }
  return null;
}

const noPrices: EnergyPrices = {};

/** The user's word of a book where no plan is known; books never change, so that each is sifted once. */
const userBooks = new WeakMap<PriceBook, PriceBook>();

/**
 * What the book says of a day whose plan is the history's. Where nobody knows the plan only the user's own words count:
 * the prices of another plan would be a guess, while the standing charge is paid whatever plan results.
 */
export function bookOn(book: PriceBook, history: PlanHistory, date: LocalDate): PriceBook {
  if (planOn(history, date) !== unsplitPlan) return book;
  const known = userBooks.get(book) ?? { ...book, prices: book.prices.filter(isUsers).map(unsplitPrices) };
  userBooks.set(book, known);
  return known;
}

const isUsers = ({ source }: DatedPrices): boolean => source.kind === "user";

const unsplitPrices = (row: DatedPrices): DatedPrices =>
  row.kind === unsplitPlan.kind ? row : { ...row, kind: unsplitPlan.kind, energy: noPrices };

/**
 * The prices of the plan in force on each day. Where nobody knows the plan only the user's own prices count: those of
 * another plan would be a guess.
 */
export function energyPricesIn(book: PriceBook, history: PlanHistory): EnergyPricesOn {
  return (date) => pricesOn(bookOn(book, history, date), date, planOn(history, date).kind)?.energy ?? noPrices;
}

/** What decides how much the energy of a period costs. */
export interface PriceKnowledge {
  readonly book: PriceBook;
  readonly history: PlanHistory;
}

/**
 * Those of `dates`, in their order, on which a period of the plan has another price per kWh than before, or has one only
 * now, or no longer: the only ones to price again. Who says it, and the standing charge, change no hour's cost.
 */
export function daysPricedOtherwise(
  dates: readonly LocalDate[],
  { former, current }: { readonly former: PriceKnowledge; readonly current: PriceKnowledge },
): LocalDate[] {
  const before = energyPricesIn(former.book, former.history);
  const now = energyPricesIn(current.book, current.history);
  return dates.filter((date) => !isSame(before(date), now(date)));
}

const isSame = (some: EnergyPrices, other: EnergyPrices): boolean =>
  tariffPeriods.every((period) => some[period] === other[period]);

/** The same of what injected energy earns. */
export const daysBoughtOtherwise = (
  dates: readonly LocalDate[],
  { former, current }: { readonly former: PriceBook; readonly current: PriceBook },
): LocalDate[] => dates.filter((date) => buybackOn(former, date)?.energy !== buybackOn(current, date)?.energy);

/**
 * A text to keep beside what was priced with the book: equal texts price alike. Prices for powers that the usage point
 * never has are left out, so that a table of all powers stays short.
 */
export function describeBook({ prices, buyback, powers }: PriceBook): string {
  // Where the power of some day is not known, the prices of all powers decide together.
  const isPowerKnown = powers.some(({ from }) => from === null);
  const ownPowers = new Set(powers.map(({ kva }) => kva));
  const own = prices.filter(({ powerKva }) => !isPowerKnown || powerKva === null || ownPowers.has(powerKva));
  return JSON.stringify({ prices: own, buyback, powers });
}

/** The book of a text that `describeBook` made, and of no other text. */
export function bookDescribed(text: string): PriceBook {
  const book: PriceBook = JSON.parse(text);
  return book;
}
