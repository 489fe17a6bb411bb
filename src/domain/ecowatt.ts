import { clockMinutesAt, dateAt } from "./calendar.ts";
import { hourMs, type Instant, instant, type LocalDate } from "./units.ts";

/** 1 green, 2 orange, 3 red. */
export type EcowattLevel = 1 | 2 | 3;

export interface EcowattHour {
  /** Hour on a Paris clock, 0 to 23. */
  readonly hour: number;
  readonly level: EcowattLevel;
  /** RTE's level 0: green, and the power is decarbonised. */
  readonly decarbonised: boolean;
}

/** The signal of one Paris day. Hours that RTE did not give are absent. */
export interface EcowattDay {
  readonly date: LocalDate;
  readonly level: EcowattLevel;
  readonly message: string;
  readonly generatedAt: Instant;
  readonly hours: readonly EcowattHour[];
}

export interface EcowattAt {
  /** Start of the hour. */
  readonly at: Instant;
  readonly level: EcowattLevel;
  readonly decarbonised: boolean;
  readonly message: string;
}

/** The start of the hour that holds `at`. Paris differs from UTC by whole hours, so that both clocks agree on it. */
export const hourStart = (at: Instant): Instant => instant(Math.floor(at / hourMs) * hourMs);

/**
 * The signal of the hour that holds `at`; null when RTE gave none. The repeated autumn hour has the one signal of its
 * clock reading twice, and the spring hour that no clock shows is never asked for.
 */
export function ecowattAt(days: readonly EcowattDay[], at: Instant): EcowattAt | null {
  const start = hourStart(at);
  const date = dateAt(start);
  const day = days.find((candidate) => candidate.date === date);
  const hour = day?.hours.find((candidate) => candidate.hour === Math.floor(clockMinutesAt(start) / 60));
  if (!day || !hour) return null;
  return { at: start, level: hour.level, decarbonised: hour.decarbonised, message: day.message };
}

/** Every hour with a signal from the hour of `from` on, ascending. */
export function ecowattForecast(days: readonly EcowattDay[], from: Instant): EcowattAt[] {
  const forecast: EcowattAt[] = [];
  const latest = days.reduce<LocalDate | "">((max, day) => (day.date > max ? day.date : max), "");
  for (let at = hourStart(from); dateAt(at) <= latest; at = instant(at + hourMs)) {
    const hour = ecowattAt(days, at);
    if (hour) forecast.push(hour);
  }
  return forecast;
}
