import { clockOn, dateAt, dateOfDayNumber, dayNumber } from "../../domain/calendar.ts";
import { dayMs, type Instant, instant, type LocalDate } from "../../domain/units.ts";

/** The time zone that Home Assistant is set to: days, weeks, months and years follow it. */
export interface Zone {
  readonly name: string;
  dateAt(at: Instant): LocalDate;
  startOf(date: LocalDate): Instant;
}

const paris: Zone = { name: "Europe/Paris", dateAt, startOf: (date) => clockOn(date, 0) };

const utc: Zone = {
  name: "UTC",
  dateAt: (at) => dateOfDayNumber(Math.floor(at / dayMs)),
  startOf: (date) => instant(dayNumber(date) * dayMs),
};

/** @throws RangeError for any zone but Europe/Paris and UTC, the one of a Home Assistant that nobody has set up. */
export function zoneOf(name: string): Zone {
  const zone = [paris, utc].find((one) => one.name === name);
  if (!zone) throw new RangeError(`The simulated Home Assistant knows Europe/Paris and UTC, not "${name}"`);
  return zone;
}
