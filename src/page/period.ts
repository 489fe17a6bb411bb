import { addDays, addYears, daysBetween, firstOfMonth, firstOfYear, localDate, mondayOf } from "../domain/calendar.ts";
import type { LocalDate } from "../domain/units.ts";
import type { Language, Text } from "../shared/language.ts";
import type { Params } from "./address.ts";
import { capitalised, dayInFullWithYear, monthInFull, nearDay, weekSpan } from "./format.ts";

/** What the date stepper steps by, as the address names it. */
export const views = ["jour", "semaine", "mois", "annee", "total"] as const;
export type View = (typeof views)[number];

/** The days that a view shows, both included. */
export interface Period {
  readonly view: View;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** The days that can be shown: from the first known one to the last that makes sense. */
export interface Reach {
  readonly first: LocalDate;
  readonly last: LocalDate;
}

export const viewNames: Readonly<Record<View, Text>> = {
  jour: { fr: "Jour", en: "Day" },
  semaine: { fr: "Semaine", en: "Week" },
  mois: { fr: "Mois", en: "Month" },
  annee: { fr: "Année", en: "Year" },
  total: { fr: "Total", en: "Total" },
};

/** The view's period that holds `date`, whole even where some of its days are out of reach. */
export function periodOf(view: View, date: LocalDate, reach: Reach): Period {
  switch (view) {
    case "jour":
      return { view, from: date, to: date };
    case "semaine":
      return { view, from: mondayOf(date), to: addDays(mondayOf(date), 6) };
    case "mois":
      return { view, from: firstOfMonth(date), to: addDays(firstOfMonth(addDays(firstOfMonth(date), 31)), -1) };
    case "annee":
      return { view, from: firstOfYear(date), to: localDate(`${date.slice(0, 4)}-12-31`) };
    case "total":
      return { view, from: reach.first, to: reach.last };
  }
}

/** The period that the address tells, else the view's latest; `date` is a day, a month or a year. Always within reach. */
export function periodFrom(params: Params, reach: Reach, usual: View = "mois"): Period {
  const view = views.find((name) => name === params.vue) ?? usual;
  const asked = periodOf(view, dateIn(params.date ?? "") ?? reach.last, reach);
  if (asked.from > reach.last) return periodOf(view, reach.last, reach);
  return asked.to < reach.first ? periodOf(view, reach.first, reach) : asked;
}

/** What makes a day of a year, of a month and of a day, by its length. */
const endings: Readonly<Record<number, string>> = { 4: "-01-01", 7: "-01", 10: "" };

function dateIn(text: string): LocalDate | null {
  try {
    return localDate(`${text}${endings[text.length] ?? ""}`);
  } catch {
    return null;
  }
}

/** How the address tells a period; `last` being shown needs no date. */
export function paramsOf({ view, from }: Period): { readonly vue: View; readonly date: string | null } {
  switch (view) {
    case "jour":
    case "semaine":
      return { vue: view, date: from };
    case "mois":
      return { vue: view, date: from.slice(0, 7) };
    case "annee":
      return { vue: view, date: from.slice(0, 4) };
    case "total":
      return { vue: view, date: null };
  }
}

/** The neighbour; null where it lies wholly out of reach. */
export function neighbour(period: Period, direction: -1 | 1, reach: Reach): Period | null {
  if (period.view === "total") return null;
  const next = periodOf(period.view, direction < 0 ? addDays(period.from, -1) : addDays(period.to, 1), reach);
  return next.to < reach.first || next.from > reach.last ? null : next;
}

/** The same view over the days that hold the reader's place: to a shorter one its last day in reach. */
export const withView = (period: Period, view: View, reach: Reach): Period =>
  periodOf(view, clamped(period.to, reach), reach);

const clamped = (date: LocalDate, { first, last }: Reach): LocalDate =>
  date > last ? last : date < first ? first : date;

/** The same days one year before; for a week, the one 52 weeks earlier, so that Mondays meet Mondays. */
export function yearBefore(period: Period): Period {
  if (period.view === "semaine") return { ...period, from: addDays(period.from, -364), to: addDays(period.to, -364) };
  if (period.view === "mois")
    return periodOf("mois", addYears(period.from, -1), { first: period.from, last: period.to });
  return { ...period, from: addYears(period.from, -1), to: addYears(period.to, -1) };
}

/** What of the period can have values: to ask for no day out of reach. Null where nothing of it can. */
export function within(
  period: Period,
  { first, last }: Reach,
): { readonly from: LocalDate; readonly to: LocalDate } | null {
  const from = period.from < first ? first : period.from;
  const to = period.to > last ? last : period.to;
  return from > to ? null : { from, to };
}

/** Whether the period goes on: its total is one to date. */
export const isUnderWay = (period: Period, today: LocalDate): boolean => period.from <= today && period.to >= today;

export const lengthOf = (period: Period): number => daysBetween(period.from, period.to) + 1;

/** `Hier, jeudi 19 novembre 2026`, `Du 16 au 22 novembre 2026`, `Novembre 2026`, `2026`. */
export function titleOf(period: Period, today: LocalDate, language: Language): string {
  switch (period.view) {
    case "jour": {
      const near = nearDay(period.from, today, language);
      return capitalised(`${near === null ? "" : `${near}, `}${dayInFullWithYear(period.from, language)}`);
    }
    case "semaine":
      return capitalised(weekSpan(period.from, language));
    case "mois":
      return capitalised(monthInFull(period.from.slice(0, 7), language));
    case "annee":
      return period.from.slice(0, 4);
    case "total":
      return language === "fr" ? "Depuis le premier jour" : "Since the first day";
  }
}
