import { addYears, daysBetween } from "../../domain/calendar.ts";
import { BillRefusal } from "../bill/refusal.ts";
import { readDays } from "../bill/span.ts";
import type { Period } from "../source.ts";

/** As asked: both included. */
export interface AskedSpan {
  readonly start: string;
  readonly end: string;
}

/** Half-hours of more days than this would make an answer of many megabytes. */
const mostDetailDays = 366;
/** Longer than any Linky has been in service, and a bound all the same. */
export const mostYears = 20;

/** @throws BillRefusal */
export function readSpanOfDays({ start, end }: AskedSpan): Period {
  const span = readDays({ from: start, to: end }, mostYears);
  if (span === null) throw new RangeError("Both days are given");
  return span;
}

/** The same where each day has dozens of values. @throws BillRefusal */
export function readDetailSpan(asked: AskedSpan): Period {
  const span = readSpanOfDays(asked);
  const days = daysBetween(span.from, span.to) + 1;
  if (days <= mostDetailDays) return span;
  throw new BillRefusal("too_long", {
    fr: `La période compte ${days} jours ; les demi-heures et les heures se demandent par ${mostDetailDays} jours au plus.`,
    en: `The period has ${days} days; half-hours and hours are asked for ${mostDetailDays} days at most.`,
  });
}

/** The same days `years` earlier; 29 February is 28 February where there is none. */
export const yearsBefore = ({ from, to }: Period, years: number): Period => ({
  from: addYears(from, -years),
  to: addYears(to, -years),
});
