import { clockOn, dateAt, localDate } from "../../../domain/calendar.ts";
import type { Instant, LocalDate } from "../../../domain/units.ts";
import { hourIn } from "./explain-words.ts";

/** Where nobody has chosen an hour: the evening. */
const usualMinutes = 19 * 60;

/** What the address tells of an hour: itself (`heure`), or the day that another part of the page was at (`date`). */
export interface Asked {
  readonly heure?: string | undefined;
  readonly date?: string | undefined;
}

export interface AskedHour {
  readonly start: Instant;
  /** Whether something was asked of which nothing is known: what is shown is the latest known day in its place. */
  readonly isElsewhere: boolean;
}

/** The hour to show. One to come is told too: its price may be known; one before the first reading never is. */
export function askedHour(
  { heure, date }: Asked,
  { first, through }: { readonly first: LocalDate; readonly through: LocalDate },
): AskedHour {
  const usual = clockOn(through, usualMinutes);
  const asked = heure === undefined ? eveningOf(date) : hourIn(heure);
  if (asked === undefined) return { start: usual, isElsewhere: false };
  return asked === null || dateAt(asked) < first
    ? { start: usual, isElsewhere: true }
    : { start: asked, isElsewhere: false };
}

/** A month and a year ask for no day: `undefined`. What can be no day at all: null. */
function eveningOf(date: string | undefined): Instant | null | undefined {
  if (date === undefined || /^\d{4}(-\d\d)?$/.test(date)) return undefined;
  try {
    return clockOn(localDate(date), usualMinutes);
  } catch {
    return null;
  }
}

/** Whether a day as typed is before all that is known; a year that is still being typed is not yet told of. */
export const isBeforeAll = (typed: string, first: LocalDate): boolean => typed >= "1000" && typed < first;
