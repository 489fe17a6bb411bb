import { boundsOf, dateAt, daysFromTo } from "../domain/calendar.ts";
import type { Slot } from "../domain/slot.ts";
import type { LocalDate } from "../domain/units.ts";
import type { Period } from "./source.ts";
import type { AnsweredDay } from "./store.ts";

/** What an answer tells of each day asked for: a curve is complete when its slots cover 23, 24 or 25 hours. */
export function curveAnswers(period: Period, slots: readonly Slot[]): AnsweredDay[] {
  const minutes = new Map<LocalDate, number>();
  for (const slot of slots) {
    const date = dateAt(slot.start);
    minutes.set(date, (minutes.get(date) ?? 0) + slot.minutes);
  }
  return daysFromTo(period.from, period.to).map((date) => {
    const present = minutes.get(date) ?? 0;
    const answer = present === 0 ? "absent" : present >= boundsOf(date).minutes ? "complete" : "partial";
    return { date, answer };
  });
}

/** What an answer of one value a day tells of each day asked for. */
export function dailyAnswers(period: Period, readings: readonly { readonly date: LocalDate }[]): AnsweredDay[] {
  const present = new Set(readings.map((reading) => reading.date));
  return daysFromTo(period.from, period.to).map((date) => ({
    date,
    answer: present.has(date) ? "complete" : "absent",
  }));
}
