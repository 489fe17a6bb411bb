import { addDays } from "../../domain/calendar.ts";
import type { TariffPeriod } from "../../domain/tariff/period.ts";
import { type PlanHistory, type PlanKind, planOn, type TariffPlan } from "../../domain/tariff/plan.ts";
import { periodsOfPlan } from "../../domain/tariff/plan-periods.ts";
import type { BuybackPrice, MicroEur, PriceSource } from "../../domain/tariff/price.ts";
import {
  bookOn,
  buybackOn,
  type PriceBook,
  powerOn,
  priceOf,
  type QuotedPrice,
  standingOn,
} from "../../domain/tariff/price-book.ts";
import type { LocalDate } from "../../domain/units.ts";

/** Days on which the same is paid for the same. */
export interface PriceSpan extends Bounds {
  readonly plan: PlanKind;
  readonly powerKva: number | null;
  /** Every period of the plan; null: its price is not known. */
  readonly prices: readonly { readonly period: TariffPeriod; readonly quoted: QuotedPrice | null }[];
  /** For a month. */
  readonly standing: { readonly monthly: MicroEur; readonly source: PriceSource } | null;
}

export interface BuybackSpan extends Bounds {
  readonly price: BuybackPrice | null;
}

interface Bounds {
  /** Null: since ever. */
  readonly from: LocalDate | null;
  /** Last day, included; null: until further notice. */
  readonly to: LocalDate | null;
}

export interface Tariff {
  readonly book: PriceBook;
  readonly history: PlanHistory;
}

/** From the first day to look at (null: since ever) on, ascending and without holes. */
export function priceCalendar({ book, history }: Tariff, first: LocalDate | null): readonly PriceSpan[] {
  const starts = [...startsOf(book.prices), ...startsOf(history), ...startsOf(book.powers)];
  return spansBetween(starts, first, (date) => {
    const plan = planOn(history, date);
    const said = bookOn(book, history, date);
    return {
      plan: plan.kind,
      powerKva: powerOn(book, date),
      prices: pricedPeriods(plan).map((period) => ({ period, quoted: priceOf(said, date, plan.kind, period) })),
      standing: standingOn(said, date, plan.kind),
    };
  });
}

export const buybackCalendar = (book: PriceBook, first: LocalDate | null): readonly BuybackSpan[] =>
  spansBetween(startsOf(book.buyback), first, (date) => ({ price: buybackOn(book, date) }));

/** Where nobody names a peak day, nothing is ever paid at its price. */
const pricedPeriods = ({ kind, peakDays }: TariffPlan): readonly TariffPeriod[] =>
  periodsOfPlan[kind].filter((period) => period !== "peak_day" || peakDays !== undefined);

/** The days on which something begins, or has ended the day before. */
const startsOf = (rows: readonly { readonly from: LocalDate | null; readonly to?: LocalDate | null }[]): LocalDate[] =>
  rows.flatMap(({ from, to }) => [...(from ? [from] : []), ...(to ? [addDays(to, 1)] : [])]);

function spansBetween<T extends object>(
  starts: readonly LocalDate[],
  first: LocalDate | null,
  valueOn: (date: LocalDate) => T,
): (T & Bounds)[] {
  const days = [...new Set(starts)].filter((date) => first === null || date > first).sort();
  const spans: { readonly from: LocalDate | null; readonly value: T; readonly text: string }[] = [];
  for (const from of [first, ...days]) {
    const value = valueOn(from ?? beforeAll);
    const text = JSON.stringify(value);
    if (spans.at(-1)?.text !== text) spans.push({ from, value, text });
  }
  return spans.map(({ from, value }, position) => {
    const next = spans[position + 1]?.from ?? null;
    return { ...value, from, to: next && addDays(next, -1) };
  });
}

/** Sorts before every day that a tariff can name. */
const beforeAll = "0000-01-01" as LocalDate;

/** Those spans that hold on a day. */
export const spansOn = <T extends Bounds>(spans: readonly T[], date: LocalDate): readonly T[] =>
  spans.filter(({ from, to }) => (from === null || from <= date) && (to === null || date <= to));
