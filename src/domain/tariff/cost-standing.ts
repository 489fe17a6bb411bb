import { addDays, daysBetween, daysFromTo, firstOfMonth } from "../calendar.ts";
import type { LocalDate } from "../units.ts";
import { type PlanHistory, planOn } from "./plan.ts";
import { type MicroEur, microEur } from "./price.ts";
import { bookOn, type PriceBook, standingOn } from "./price-book.ts";

/** Both days included. */
export interface DaySpan {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/**
 * A monthly standing charge over some days, in proportion to the days of each civil month. Spans that follow each other
 * sum to the whole, and a whole month is the monthly charge to the micro-euro: each day has what the month has come to by
 * its evening, in whole micro-euros, less what it had come to the evening before.
 */
export function standingOf(monthly: MicroEur, { from, to }: DaySpan): MicroEur {
  let sum = 0;
  for (let first = from; first <= to; ) {
    const start = firstOfMonth(first);
    const next = firstOfMonth(addDays(start, 31));
    const days = daysBetween(start, next);
    const through = Math.min(days, daysBetween(start, to) + 1);
    sum += Math.floor((monthly * through) / days) - Math.floor((monthly * daysBetween(start, first)) / days);
    first = next;
  }
  return microEur(sum);
}

export interface StandingSum {
  /** Of the days with a known charge; null when there is none. */
  readonly amount: MicroEur | null;
  /** Days without a known charge. */
  readonly unknownDays: readonly LocalDate[];
}

/** The standing charge of a span, each day at the charge that holds on it, whichever plan and power it has. */
export function standingIn(book: PriceBook, history: PlanHistory, { from, to }: DaySpan): StandingSum {
  let amount = 0;
  const unknownDays: LocalDate[] = [];
  const dates = daysFromTo(from, to);
  for (const date of dates) {
    const charge = standingOn(bookOn(book, history, date), date, planOn(history, date).kind);
    if (charge) amount += standingOf(charge.monthly, { from: date, to: date });
    else unknownDays.push(date);
  }
  return { amount: unknownDays.length === dates.length ? null : microEur(amount), unknownDays };
}
