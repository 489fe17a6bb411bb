import { addDays, addYears, askedDate, firstOfMonth, firstOfYear, localDate, monthOf } from "../../domain/calendar.ts";
import type { LocalDate } from "../../domain/units.ts";
import type { Period } from "../source.ts";
import { BillRefusal } from "./refusal.ts";

/** As typed; nothing at all asks for the month of today. */
export interface SpanRequest {
  /** `YYYY-MM` */
  readonly month?: string | undefined;
  /** `YYYY` */
  readonly year?: string | undefined;
  /** `YYYY-MM-DD` */
  readonly from?: string | undefined;
  /** Included. */
  readonly to?: string | undefined;
}

/** The days of a bill, and what they are called. */
export interface BillSpan extends Period {
  readonly kind: "month" | "year" | "days";
  /** The last day of the whole month or year, where `to` stands before it because the days after are to come. */
  readonly whole: LocalDate;
}

/** Bounds what one answer holds in memory; a contract is compared over one year, a dispute goes back five. */
const longestYears = 10;

/** The days asked for, without those after `today`. @throws BillRefusal */
export function readSpan({ month, year, from, to }: SpanRequest, today: LocalDate): BillSpan {
  const asked = [month !== undefined, year !== undefined, from !== undefined || to !== undefined];
  if (asked.filter(Boolean).length > 1) throw severalSpans();
  if (month !== undefined) return started({ kind: "month", ...monthSpan(readMonth(month)) }, today);
  if (year !== undefined) return started({ kind: "year", ...yearSpan(readYear(year)) }, today);
  const days = readDays({ from, to });
  return days === null
    ? started({ kind: "month", ...monthSpan(firstOfMonth(today)) }, today)
    : started({ kind: "days", ...days }, today);
}

/** Null where neither day is given. @throws BillRefusal */
export function readDays({ from, to }: Pick<SpanRequest, "from" | "to">, mostYears = longestYears): Period | null {
  if (from === undefined && to === undefined) return null;
  if (from === undefined || to === undefined) throw halfASpan();
  const span = { from: readDay(from), to: readDay(to) };
  if (span.to < span.from) throw backwards(span);
  if (span.to > addYears(span.from, mostYears)) throw tooLong(mostYears);
  return span;
}

/** @throws BillRefusal */
export function readDay(text: string): LocalDate {
  try {
    return askedDate(text);
  } catch {
    throw new BillRefusal("invalid_day", {
      fr: `« ${text} » n'est pas un jour du calendrier ; écrivez-le année-mois-jour, par exemple 2026-11-20.`,
      en: `"${text}" is not a day of the calendar; write it year-month-day, for example 2026-11-20.`,
    });
  }
}

function started(span: Period & Pick<BillSpan, "kind">, today: LocalDate): BillSpan {
  if (span.from > today)
    throw new BillRefusal("in_the_future", {
      fr: `Cette période commence le ${span.from}, après aujourd'hui (${today}) ; choisissez une période déjà commencée.`,
      en: `This period begins on ${span.from}, after today (${today}); choose one that has begun.`,
    });
  return { ...span, to: span.to > today ? today : span.to, whole: span.to };
}

const monthSpan = (from: LocalDate): Period => ({ from, to: addDays(firstOfMonth(addDays(from, 31)), -1) });
const yearSpan = (from: LocalDate): Period => ({ from, to: addDays(addYears(from, 1), -1) });

function readMonth(text: string): LocalDate {
  if (/^(19|20)\d{2}-(0[1-9]|1[0-2])$/.test(text)) return localDate(`${text}-01`);
  throw new BillRefusal("invalid_month", {
    fr: `« ${text} » n'est pas un mois ; écrivez-le année-mois, par exemple 2026-11.`,
    en: `"${text}" is not a month; write it year-month, for example 2026-11.`,
  });
}

function readYear(text: string): LocalDate {
  if (/^(19|20)\d{2}$/.test(text)) return localDate(`${text}-01-01`);
  throw new BillRefusal("invalid_year", {
    fr: `« ${text} » n'est pas une année ; écrivez-la en quatre chiffres, par exemple 2026.`,
    en: `"${text}" is not a year; write it with four digits, for example 2026.`,
  });
}

const severalSpans = (): BillRefusal =>
  new BillRefusal("several_spans", {
    fr: "Choisissez un mois, une année, ou un premier et un dernier jour ; pas plusieurs à la fois.",
    en: "Choose a month, a year, or a first and a last day; not several at once.",
  });

const halfASpan = (): BillRefusal =>
  new BillRefusal("half_a_span", {
    fr: "Donnez le premier et le dernier jour, tous les deux.",
    en: "Give both the first and the last day.",
  });

const backwards = ({ from, to }: Period): BillRefusal =>
  new BillRefusal("backwards", {
    fr: `Le dernier jour (${to}) est avant le premier (${from}) ; échangez-les.`,
    en: `The last day (${to}) is before the first (${from}); swap them.`,
  });

const tooLong = (years: number): BillRefusal =>
  new BillRefusal("too_long", {
    fr: `La période dépasse ${years} ans ; demandez-en une plus courte.`,
    en: `The period is longer than ${years} years; ask for a shorter one.`,
  });

/** Today's year of the contract. */
export interface ContractYear {
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** `anniversary`: of the day the meter was put into service for this household; else the civil year. */
  readonly basis: "anniversary" | "civil_year";
}

/** The year from the last anniversary of `activation` to the day before the next one; without it the civil year. */
export function contractYearOf(activation: LocalDate | null, today: LocalDate): ContractYear {
  if (activation === null || activation > today) {
    const from = firstOfYear(today);
    return { from, to: addDays(addYears(from, 1), -1), basis: "civil_year" };
  }
  const years = Number(today.slice(0, 4)) - Number(activation.slice(0, 4));
  const count = addYears(activation, years) <= today ? years : years - 1;
  return { from: addYears(activation, count), to: addDays(addYears(activation, count + 1), -1), basis: "anniversary" };
}

/** `2026-11` where the span is a month. */
export const nameOfSpan = ({ kind, from }: Pick<BillSpan, "kind" | "from">): string | null =>
  kind === "month" ? monthOf(from) : kind === "year" ? from.slice(0, 4) : null;
