import { daysBetween } from "./calendar.ts";
import type { DayEnergy, DayQuality } from "./day.ts";
import type { LocalDate, Wh } from "./units.ts";

export interface Total {
  readonly from: LocalDate;
  readonly through: LocalDate;
  readonly energyWh: Wh;
  readonly quality: DayQuality;
  readonly missingDays: number;
}

/** From best to worst: a total is as good as its worst day. */
const byTrust: readonly DayQuality[] = ["complete", "estimated", "disagreeing", "partial"];

export const worseOf = (one: DayQuality, other: DayQuality): DayQuality =>
  byTrust.indexOf(one) >= byTrust.indexOf(other) ? one : other;

/**
 * The sum of the days of `[from, through]`, both included; null when none of them is known. A day that is not known is
 * counted as missing, never as zero, and makes the total partial.
 */
export function totalOf(
  days: readonly DayEnergy[],
  { from, through }: { from: LocalDate; through: LocalDate },
): Total | null {
  const inside = days.filter((day) => day.date >= from && day.date <= through);
  if (inside.length === 0) return null;
  const missingDays = daysBetween(from, through) + 1 - inside.length;
  const worst = inside.map(({ quality }) => quality).reduce(worseOf);
  return {
    from,
    through,
    energyWh: inside.reduce((sum, day) => sum + day.energyWh, 0) as Wh,
    quality: missingDays > 0 ? "partial" : worst,
    missingDays,
  };
}
