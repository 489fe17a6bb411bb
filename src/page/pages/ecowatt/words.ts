import { boundsOf, clockMinutesAt, dateAt, daysFromTo } from "../../../domain/calendar.ts";
import { hourMs, type Instant, instant, type LocalDate } from "../../../domain/units.ts";
import type { EcowattDayView } from "../../../server/api/ecowatt.ts";
import type { OverviewAnswer } from "../../../server/api/overview.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { capitalised, clock, dayInFull, instantOf, interval, nearDay, timeOf } from "../../format.ts";
import { firstAlert } from "../../kit/ecowatt-alert.ts";
import { ecowattName } from "../../kit/ecowatt-names.ts";
import { texts } from "./texts.ts";

type Forecast = OverviewAnswer["ecowatt"]["forecast"];

/** An hour of the Paris day: 23, 24 or 25 of them. RTE tells one signal for both runs of the repeated hour. */
export interface ShownHour {
  readonly at: Instant;
  readonly level: 1 | 2 | 3 | null;
  readonly decarbonised: boolean;
}

/** Every hour of the day as the clock shows them; those without a signal have none. */
export function hoursOf(date: LocalDate, day: EcowattDayView | undefined): ShownHour[] {
  const known = new Map(day?.hours.map((hour) => [hour.hour, hour]));
  const hours: ShownHour[] = [];
  const { start, end } = boundsOf(date);
  for (let at = start; at < end; at = instant(at + hourMs)) {
    const signal = known.get(Math.floor(clockMinutesAt(at) / 60));
    hours.push({ at, level: signal?.level ?? null, decarbonised: signal?.decarbonised ?? false });
  }
  return hours;
}

/** `18 h, orange`, for those who listen. */
export function hourLabel({ at, level, decarbonised }: ShownHour, language: Language): string {
  const name = level === null ? texts.noSignal[language] : ecowattName(level)[language];
  return `${clock(at, language)}, ${name}${decarbonised ? `, ${texts.decarbonised[language]}` : ""}`;
}

/** `6 h` under every sixth hour of the clock, the first of both where it repeats; nothing under the others. */
export function tickOf({ at }: ShownHour, language: Language): string {
  const minutes = clockMinutesAt(at);
  return minutes % 360 === 0 ? timeOf(minutes, language) : "";
}

/** `Aujourd'hui, samedi 21 novembre` */
export function dayTitle(date: LocalDate, today: LocalDate, language: Language): string {
  const near = nearDay(date, today, language);
  return capitalised(near === null ? dayInFull(date, language) : `${near}, ${dayInFull(date, language)}`);
}

/** `En ce moment, vert : le réseau est calme.` */
export function nowSentence(
  { level, decarbonised }: { readonly level: 1 | 2 | 3; readonly decarbonised: boolean },
  language: Language,
): string {
  const name = `${ecowattName(level)[language]}${decarbonised ? `, ${texts.decarbonised[language]}` : ""}`;
  return `${texts.now[language]}, ${name}${language === "fr" ? " :" : ":"} ${lowered(meaningOf(level)[language])}.`;
}

/** A sentence's beginning as it stands inside another one. */
export const lowered = (text: string): string => text.slice(0, 1).toLocaleLowerCase() + text.slice(1);

/** `Prochaine tension : demain de 18 h à 20 h (orange).`, or that none is announced. */
export function outlookOf(forecast: Forecast, now: Instant, language: Language): string {
  const alert = firstAlert(forecast);
  if (alert === null) return texts.noAlert[language];
  const [start, end] = [instantOf(alert.start), instantOf(alert.end)];
  const day = nearDay(dateAt(start), dateAt(now), language) ?? dayInFull(dateAt(start), language);
  const hours = interval({ start, end }, language);
  const level = ecowattName(alert.level)[language];
  if (start <= now)
    return language === "fr" ? `Jusqu'à ${clock(end, "fr")} (${level}).` : `Until ${clock(end, "en")} (${level}).`;
  return language === "fr"
    ? `Prochaine tension : ${day} ${hours} (${level}).`
    : `Next tension: ${day}, ${hours} (${level}).`;
}

const meanings: Readonly<Record<1 | 2 | 3, Text>> = { 1: texts.calm, 2: texts.tense, 3: texts.cuts };
export const meaningOf = (level: 1 | 2 | 3): Text => meanings[level];

export type HistoryKind = "green" | "orange" | "red" | "unknown";
const kindNames: Readonly<Record<1 | 2 | 3, HistoryKind>> = { 1: "green", 2: "orange", 3: "red" };

/** Each day from the first that has a signal to `last`; those without one are unknown. */
export function historyOf(
  days: readonly EcowattDayView[],
  last: LocalDate,
): readonly { readonly date: LocalDate; readonly kind: HistoryKind }[] {
  const [first] = days;
  if (first === undefined || first.date > last) return [];
  const known = new Map(days.map((day) => [day.date, day.level]));
  return daysFromTo(first.date as LocalDate, last).map((date) => {
    const level = known.get(date);
    return { date, kind: level === undefined ? "unknown" : kindNames[level] };
  });
}

/** Whether `now` falls into the hour. */
export const isNow = ({ at }: ShownHour, now: Instant): boolean => at <= now && now < at + hourMs;
