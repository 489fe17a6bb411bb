import { dateAt, daysFromTo } from "../calendar.ts";
import type { HourEnergy } from "../statistics/hours.ts";
import { type HourCost, sumOf } from "../tariff/cost.ts";
import { type DaySpan, standingIn } from "../tariff/cost-standing.ts";
import { exactSumOf } from "../tariff/exact-total.ts";
import { orderOfPeriod, type TariffPeriod } from "../tariff/period.ts";
import { type PlanHistory, planOn } from "../tariff/plan.ts";
import { costOf, type MicroEur, microEur, toMicroEur } from "../tariff/price.ts";
import { bookOn, type PriceBook, priceOf, type QuotedPrice } from "../tariff/price-book.ts";
import { type LocalDate, toWh, type WattMinutes, type Wh } from "../units.ts";

export interface BillInput {
  readonly span: DaySpan;
  /** Those outside the span do not count. */
  readonly hours: readonly HourEnergy[];
  readonly book: PriceBook;
  readonly history: PlanHistory;
}

/** What was used under one period at one price. */
export interface BillPart extends QuotedPrice {
  /** First and last day on which the period was met at this price. */
  readonly firstDay: LocalDate;
  readonly lastDay: LocalDate;
  readonly energyWh: Wh;
  readonly cost: MicroEur;
}

export interface BillLine {
  /** Null: the period is pending. */
  readonly period: TariffPeriod | null;
  readonly energyWh: Wh;
  /** Null when none of it has a price. */
  readonly cost: MicroEur | null;
  /** By the day on which each price is first met. */
  readonly parts: readonly BillPart[];
  readonly unpricedWh: Wh;
}

/** Every amount is rounded once from its exact sum, so that lines may differ from their total by a micro-euro. */
export interface Bill {
  readonly span: DaySpan;
  /** In the order of the periods, what is pending last. */
  readonly lines: readonly BillLine[];
  readonly energyWh: Wh;
  readonly estimatedWh: Wh;
  /** Of all that has a price; null when nothing has. */
  readonly energyCost: MicroEur | null;
  /** Of all days with a known charge; null when none has. */
  readonly standing: MicroEur | null;
  /** Both together; null while one of them is not known at all. */
  readonly total: MicroEur | null;
  /** Days with energy whose period is not known: no colour yet, for one. */
  readonly pendingDays: readonly LocalDate[];
  /** Days with energy under a period without a known price. */
  readonly daysWithoutPrice: readonly LocalDate[];
  /** Days without any hour. */
  readonly daysWithoutEnergy: readonly LocalDate[];
  readonly daysWithoutStanding: readonly LocalDate[];
  /** Whether none of the four lists names a day: only then is the total all that the span costs. */
  readonly isWhole: boolean;
}

/** The bill of any days: a month, a year of contract, a week. Taxes are in the prices. */
export function billOf({ span, hours, book, history }: BillInput): Bill {
  const rows = rowsOf(hours, book, history).filter(({ date }) => date >= span.from && date <= span.to);
  const all = sumOf(rows);
  const standing = standingIn(book, history, span);
  const energyCost = all.cost === null ? null : toMicroEur(all.cost);
  const met = new Set(rows.map(({ date }) => date));
  const daysWithoutEnergy = daysFromTo(span.from, span.to).filter((date) => !met.has(date));
  const daysOf = (is: (row: Row) => boolean): LocalDate[] => [...new Set(rows.filter(is).map(({ date }) => date))];
  const pendingDays = daysOf(({ period }) => period === null);
  const daysWithoutPrice = daysOf(({ period, quote }) => period !== null && quote === null);
  return {
    span,
    lines: linesOf(rows),
    energyWh: toWh(all.energy),
    estimatedWh: energyWhOf(rows.filter(({ estimated }) => estimated)),
    energyCost,
    standing: standing.amount,
    total: energyCost === null || standing.amount === null ? null : microEur(energyCost + standing.amount),
    pendingDays,
    daysWithoutPrice,
    daysWithoutEnergy,
    daysWithoutStanding: standing.unknownDays,
    isWhole: [pendingDays, daysWithoutPrice, daysWithoutEnergy, standing.unknownDays].every(
      ({ length }) => length === 0,
    ),
  };
}

interface Row extends HourCost {
  readonly date: LocalDate;
  readonly quote: QuotedPrice | null;
}

function rowsOf(hours: readonly HourEnergy[], book: PriceBook, history: PlanHistory): Row[] {
  return hours.map((hour) => {
    const date = dateAt(hour.start);
    const quote =
      hour.period === null ? null : priceOf(bookOn(book, history, date), date, planOn(history, date).kind, hour.period);
    return { ...hour, date, quote, cost: quote === null ? null : costOf(hour.energy, quote.price) };
  });
}

const linesOf = (rows: readonly Row[]): BillLine[] =>
  [...Map.groupBy(rows, ({ period }) => period)]
    .sort(([a], [b]) => orderOfPeriod(a) - orderOfPeriod(b))
    .map(([period, own]) => {
      const sum = sumOf(own);
      return {
        period,
        energyWh: toWh(sum.energy),
        cost: sum.cost === null ? null : toMicroEur(sum.cost),
        parts: partsOf(own),
        unpricedWh: toWh(sum.unpriced),
      };
    });

function partsOf(rows: readonly Row[]): BillPart[] {
  const priced = rows.flatMap(({ quote, ...row }) => (quote === null ? [] : [{ ...row, quote }]));
  const byQuote = Map.groupBy(priced, ({ quote }) => [quote.price, quote.source.kind, quote.source.name].join("|"));
  return [...byQuote.values()]
    .map((own): BillPart => {
      const [first, ...others] = own.map(({ date }) => date).sort();
      const quote = own[0]?.quote;
      if (first === undefined || quote === undefined) throw new RangeError("A group of hours holds one");
      return {
        ...quote,
        firstDay: first,
        lastDay: others.at(-1) ?? first,
        energyWh: energyWhOf(own),
        cost: toMicroEur(exactSumOf(own.flatMap(({ cost }) => cost ?? []))),
      };
    })
    .sort((a, b) => (a.firstDay < b.firstDay ? -1 : 1));
}

const energyWhOf = (rows: readonly { readonly energy: WattMinutes }[]): Wh =>
  toWh(rows.reduce((sum, { energy }) => sum + energy, 0) as WattMinutes);
