import { dateAt } from "../../domain/calendar.ts";
import type { KnownDay } from "../../domain/day.ts";
import { type LocalDate, toWh, type WattMinutes, wattMinutes } from "../../domain/units.ts";
import type { SeriesHour, SeriesRole } from "../statistics/series.ts";

/** Hours by role, each role ascending. */
export type HoursByRole = ReadonlyMap<SeriesRole, readonly SeriesHour[]>;

/**
 * What the series will hold once the former hours are in them and the store's days derived over these: the rule by which
 * the store replaces hours, without writing any. A day that the store knows whole is the store's; of any other, whoever
 * holds more energy keeps it. Hours of the former series that the store does not fill stay, with 0: a row cannot be removed.
 */
export function hoursAfterwards(
  former: HoursByRole,
  derived: HoursByRole,
  known: ReadonlyMap<LocalDate, KnownDay>,
): HoursByRole {
  const [formerWm, derivedWm] = [energyOfDays(former), energyOfDays(derived)];
  const isDerived = (date: LocalDate): boolean => {
    const energy = derivedWm.get(date);
    if (energy === undefined) return false;
    const day = known.get(date);
    const isWhole = day !== undefined && day.quality !== "partial" && toWh(energy) === day.energyWh;
    return isWhole || energy >= (formerWm.get(date) ?? 0);
  };
  const roles = new Set([...former.keys(), ...derived.keys()]);
  return new Map([...roles].map((role) => [role, merged(former.get(role) ?? [], derived.get(role) ?? [], isDerived)]));
}

function merged(
  former: readonly SeriesHour[],
  derived: readonly SeriesHour[],
  isDerived: (date: LocalDate) => boolean,
): SeriesHour[] {
  const hours = new Map<number, SeriesHour>();
  for (const hour of former)
    hours.set(hour.start, isDerived(dateAt(hour.start)) ? { ...hour, amount: wattMinutes(0) } : hour);
  for (const hour of derived) if (isDerived(dateAt(hour.start))) hours.set(hour.start, hour);
  return [...hours.values()].sort((a, b) => a.start - b.start);
}

/** The total counts the same energy as the periods beside it: the larger of both. */
function energyOfDays(hours: HoursByRole): ReadonlyMap<LocalDate, WattMinutes> {
  const [split, total] = [new Map<LocalDate, number>(), new Map<LocalDate, number>()];
  for (const [role, own] of hours) {
    const sums = role === "total" ? total : split;
    for (const { start, amount } of own) {
      const date = dateAt(start);
      sums.set(date, (sums.get(date) ?? 0) + amount);
    }
  }
  const dates = new Set([...split.keys(), ...total.keys()]);
  return new Map([...dates].map((date) => [date, wattMinutes(Math.max(split.get(date) ?? 0, total.get(date) ?? 0))]));
}
