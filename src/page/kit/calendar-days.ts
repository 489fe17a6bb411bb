import { addDays, firstOfMonth, weekdayOf } from "../../domain/calendar.ts";
import type { LocalDate } from "../../domain/units.ts";

interface Day<Kind> {
  readonly date: LocalDate;
  readonly kind: Kind;
}

export interface CalendarMonth<Kind> {
  /** `YYYY-MM` */
  readonly month: string;
  /** Monday to Sunday; null before the first and after the last day. */
  readonly weeks: readonly { readonly key: string; readonly days: readonly (Day<Kind> | null)[] }[];
}

/** The days as leaves of a calendar. */
export function monthsOf<Kind>(days: readonly Day<Kind>[]): CalendarMonth<Kind>[] {
  const byMonth = new Map<string, Day<Kind>[]>();
  for (const day of days) {
    const month = day.date.slice(0, 7);
    const known = byMonth.get(month);
    if (known) known.push(day);
    else byMonth.set(month, [day]);
  }
  return [...byMonth].map(([month, inside]) => ({ month, weeks: weeksOf(inside) }));
}

/** The days up to the end of the month of `through`; all of them without it. */
export const upToMonthOf = <D extends Day<unknown>>(
  days: readonly D[],
  through: LocalDate | undefined,
): readonly D[] => (through === undefined ? days : days.filter(({ date }) => date.slice(0, 7) <= through.slice(0, 7)));

function weeksOf<Kind>(days: readonly Day<Kind>[]): { key: string; days: (Day<Kind> | null)[] }[] {
  const weeks: { key: string; days: (Day<Kind> | null)[] }[] = [];
  for (const day of days) {
    const place = weekdayOf(day.date) - 1;
    if (weeks.length === 0 || place === 0) weeks.push({ key: day.date, days: Array.from({ length: 7 }, () => null) });
    const week = weeks.at(-1);
    if (week) week.days[place] = day;
  }
  return weeks;
}

/** Where a key leads from `date`, never beyond the days there are; null for keys that lead nowhere. */
export function moveOf(date: LocalDate, key: string, days: readonly Day<unknown>[]): LocalDate | null {
  const first = days[0]?.date;
  const last = days.at(-1)?.date;
  const target = targetOf(date, key);
  if (target === null || first === undefined || last === undefined) return null;
  return target < first ? first : target > last ? last : target;
}

function targetOf(date: LocalDate, key: string): LocalDate | null {
  switch (key) {
    case "ArrowLeft":
      return addDays(date, -1);
    case "ArrowRight":
      return addDays(date, 1);
    case "ArrowUp":
      return addDays(date, -7);
    case "ArrowDown":
      return addDays(date, 7);
    case "Home":
      return addDays(date, 1 - weekdayOf(date));
    case "End":
      return addDays(date, 7 - weekdayOf(date));
    case "PageUp":
      return inMonth(firstOfMonth(addDays(firstOfMonth(date), -1)), date);
    case "PageDown":
      return inMonth(firstOfMonth(addDays(firstOfMonth(date), 31)), date);
    default:
      return null;
  }
}

/** The same day of another month, or its last one. */
function inMonth(first: LocalDate, like: LocalDate): LocalDate {
  const last = addDays(firstOfMonth(addDays(first, 31)), -1);
  const wished = addDays(first, Number(like.slice(8)) - 1);
  return wished > last ? last : wished;
}
