import { addDays, daysFromTo } from "../../domain/calendar.ts";
import { type DaySpan, standingOf } from "../../domain/tariff/cost-standing.ts";
import { type PlanHistory, planOn } from "../../domain/tariff/plan.ts";
import { type MicroEur, microEur, type PriceSource } from "../../domain/tariff/price.ts";
import { bookOn, type PriceBook, standingOn } from "../../domain/tariff/price-book.ts";
import type { LocalDate } from "../../domain/units.ts";

/** Days that follow each other under one standing charge. */
export interface StandingPart {
  readonly firstDay: LocalDate;
  readonly lastDay: LocalDate;
  readonly days: number;
  /** For a whole month. */
  readonly monthly: MicroEur;
  readonly source: PriceSource;
  readonly amount: MicroEur;
}

/** What the standing charge of a span is made of, ascending; in whole micro-euros, so that the parts sum to it. */
export function standingParts(
  { book, history }: { readonly book: PriceBook; readonly history: PlanHistory },
  { from, to }: DaySpan,
): StandingPart[] {
  const parts: StandingPart[] = [];
  for (const date of daysFromTo(from, to)) {
    const former = parts.at(-1);
    const part = chargeOf(book, history, date);
    if (part === null) continue;
    if (former && isContinued(former, part)) parts[parts.length - 1] = join(former, part);
    else parts.push(part);
  }
  return parts;
}

function chargeOf(book: PriceBook, history: PlanHistory, date: LocalDate): StandingPart | null {
  const charge = standingOn(bookOn(book, history, date), date, planOn(history, date).kind);
  return (
    charge && {
      ...charge,
      firstDay: date,
      lastDay: date,
      days: 1,
      amount: standingOf(charge.monthly, { from: date, to: date }),
    }
  );
}

const isContinued = (former: StandingPart, next: StandingPart): boolean =>
  addDays(former.lastDay, 1) === next.firstDay &&
  former.monthly === next.monthly &&
  former.source.kind === next.source.kind &&
  former.source.name === next.source.name;

const join = (former: StandingPart, next: StandingPart): StandingPart => ({
  ...former,
  lastDay: next.lastDay,
  days: former.days + next.days,
  amount: microEur(former.amount + next.amount),
});
