import { boundsOf, dateAt } from "../calendar.ts";
import type { Instant, LocalDate, WattMinutes } from "../units.ts";

/** A day that a tool drew without knowing its hours: all on one of them, or the same on each. */
export interface DailyBar {
  readonly date: LocalDate;
  readonly shape: "one_hour" | "equal_hours";
}

interface Hour {
  readonly start: Instant;
  readonly energy: WattMinutes;
}

/** Sums rounded to the watt-hour, as some tools keep them, let equal parts differ by one. */
const equalWithin = 60;
/** Below 10 Wh an hour, appliances on standby draw the same all day. */
const leastMean = 600;

/** The days whose hours were not measured, judging by their shape, ascending; `hours` ascending. */
export function dailyBars(hours: readonly Hour[]): DailyBar[] {
  return [...Map.groupBy(hours, ({ start }) => dateAt(start))].flatMap(([date, day]) => {
    const shape = shapeOf(date, day);
    return shape ? [{ date, shape }] : [];
  });
}

function shapeOf(date: LocalDate, day: readonly Hour[]): DailyBar["shape"] | null {
  const energies = day.map(({ energy }) => energy);
  if (energies.filter((energy) => energy !== 0).length === 1) return "one_hour";
  // Whoever divides by 24 does so on the clock-change days too.
  const expected = Math.min(24, boundsOf(date).minutes / 60);
  const [least, most] = [Math.min(...energies), Math.max(...energies)];
  return energies.length >= expected && most - least <= equalWithin && least >= leastMean ? "equal_hours" : null;
}
