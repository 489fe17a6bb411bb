import { addYears } from "../../../domain/calendar.ts";
import type { LocalDate } from "../../../domain/units.ts";
import { type Period, type Reach, within } from "../../period.ts";

/** Longer spans are refused by the API. */
const longestYears = 10;

export interface BillSpanQuery {
  readonly month?: string;
  readonly year?: string;
  readonly start?: string;
  readonly end?: string;
}

/**
 * How `GET /api/bill` is asked for what is shown. Null where it has no answer: of a single day, whose cost the series tells;
 * before the first and after the latest known day; over more than ten years.
 */
export function billQueryOf(period: Period, reach: Reach, through: LocalDate): BillSpanQuery | null {
  const span = within(period, reach);
  if (span === null || span.from > through || period.view === "jour") return null;
  if (period.view === "mois") return { month: period.from.slice(0, 7) };
  if (period.view === "annee") return { year: period.from.slice(0, 4) };
  return span.to > addYears(span.from, longestYears) ? null : { start: span.from, end: span.to };
}
