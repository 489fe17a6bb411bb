import { addDays, daysBetween } from "../../domain/calendar.ts";
import type { LocalDate } from "../../domain/units.ts";
import type { Period } from "../source.ts";
import type { DayMemory } from "../store.ts";

/** What is remembered of one subject, by day. */
export type Days = ReadonlyMap<LocalDate, DayMemory>;

export const daysOf = (memory: readonly DayMemory[] | undefined): Days =>
  new Map((memory ?? []).map((day) => [day.date, day]));

/** The bounds and the moment a subject is planned for. */
export interface Window {
  readonly today: LocalDate;
  /** First day that may be asked for. */
  readonly earliest: LocalDate;
}

export const isKnown = (day: DayMemory | undefined): boolean => day !== undefined && day.has !== "none";
export const wasAsked = (day: DayMemory | undefined): boolean => day !== undefined && day.askedAt !== null;

export const ageOf = (date: LocalDate, today: LocalDate): number => daysBetween(date, today);
export const later = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);
export const earlier = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b);
export const lengthOf = ({ from, to }: Period): number => daysBetween(from, to) + 1;

export function someDay({ from, to }: Period, holds: (date: LocalDate) => boolean): boolean {
  for (let date = from; date <= to; date = addDays(date, 1)) if (holds(date)) return true;
  return false;
}

/** The newest day of the period for which `holds`; undefined when there is none. */
export function newestDay({ from, to }: Period, holds: (date: LocalDate) => boolean): LocalDate | undefined {
  for (let date = to; date >= from; date = addDays(date, -1)) if (holds(date)) return date;
  return undefined;
}

/** The oldest day of the period for which `holds`; undefined when there is none. */
export function oldestDay({ from, to }: Period, holds: (date: LocalDate) => boolean): LocalDate | undefined {
  for (let date = from; date <= to; date = addDays(date, 1)) if (holds(date)) return date;
  return undefined;
}

/** How many days in a row before `date` were asked and brought nothing, at most 60. */
export function silentDaysBefore(date: LocalDate, days: Days): number {
  let silent = 0;
  for (let at = addDays(date, -1); silent < 60; at = addDays(at, -1), silent++) {
    const day = days.get(at);
    if (!wasAsked(day) || isKnown(day)) break;
  }
  return silent;
}

/**
 * A day with no known day within a week on either side needs no question of its own: where a silence ends, its edges are
 * asked, and when they answer the next ones become edges.
 */
export function isInsideSilence(date: LocalDate, days: Days): boolean {
  return !someDay({ from: addDays(date, -edgeDays), to: addDays(date, edgeDays) }, (near) => isKnown(days.get(near)));
}
const edgeDays = 7;
