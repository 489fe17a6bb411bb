import { addDays, addYears } from "../../domain/calendar.ts";
import type { LocalDate } from "../../domain/units.ts";
import { type Period, yearBefore } from "../period.ts";

/** Days from the first to the last, both included. */
export interface Span {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** The whole former period's bars, from the day on that stands beside the first one shown. */
export const barsBefore = (period: Period, span: Span): Span => ({
  from: dayBefore(period, span.from),
  to: yearBefore(period).to,
});

/**
 * The same days a year before, for a comparison that is fair: as far as this year's are known. A period that is known to
 * its end is compared with the whole former one, a February of 28 days with one of 29.
 */
export function sameDaysBefore(period: Period, { from, to }: Span, through: LocalDate): Span | null {
  const last = to < through ? to : through;
  if (last < from) return null;
  return {
    from: dayBefore(period, from),
    to: last === period.to ? yearBefore(period).to : dayBefore(period, last),
  };
}

/** A week meets the one 52 weeks earlier, so that Mondays meet Mondays. */
const dayBefore = ({ view }: Period, date: LocalDate): LocalDate =>
  view === "semaine" ? addDays(date, -364) : addYears(date, -1);
