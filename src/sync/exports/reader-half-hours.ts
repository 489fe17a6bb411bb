import { boundsOf, dateAt, daysBetween } from "../../domain/calendar.ts";
import type { DayQuality } from "../../domain/day.ts";
import { type EnergySlot, endOf } from "../../domain/slot.ts";
import { hoursOf } from "../../domain/statistics/hours.ts";
import { hourMs, type Instant, instant, type LocalDate } from "../../domain/units.ts";
import type { Clock } from "../../shared/clock.ts";
import { type DaySlots, loadDaySlots } from "../bill/readings.ts";
import type { ReadingStore } from "../store.ts";
import type { MeteredFlow } from "./reader-days.ts";
import { factsOfDay, habitsOf } from "./reader-habits.ts";
import { marksByMonth, type SeriesReader } from "./reader-month.ts";
import type { ExportDay, ExportPoint } from "./series.ts";

export interface HalfHourDeps {
  readonly store: Pick<ReadingStore, "loadDays" | "loadDayInputs">;
  readonly clock: Pick<Clock, "now">;
}

const halfHourMs = hourMs / 2;

/**
 * What is estimated of a younger day is expected to be measured yet, and waits: a destination may bear few corrections.
 */
const settledAfterDays = 8;

/** Half-hours of which all minutes are known, whatever the slots' length. */
export const readHalfHours = ({ usagePoint, flow }: MeteredFlow, { store, clock }: HalfHourDeps): SeriesReader => ({
  async marks(always) {
    const days = await store.loadDays(usagePoint, flow, always);
    const habits = habitsOf(days);
    const today = dateAt(clock.now());
    return marksByMonth(days, (day, month) => {
      const waits = day.quality === "estimated" && !isSettled(day.date, today);
      return `${factsOfDay(day)} ${waits ? "waits" : ""} ${habits(month)}`;
    });
  },
  async days(month) {
    const today = dateAt(clock.now());
    const days = await loadDaySlots(store, { usagePoint, flow }, month);
    return days.flatMap((day) => {
      const points = pointsOf(day).filter(({ isEstimated }) => !isEstimated || isSettled(day.date, today));
      return points.length === 0 ? [] : [{ date: day.date, points } satisfies ExportDay];
    });
  },
});

const isSettled = (date: LocalDate, today: LocalDate): boolean => daysBetween(date, today) >= settledAfterDays;

function pointsOf({ date, slots, quality }: DaySlots): ExportPoint[] {
  const halves = hoursOf(slots, [{ ...boundsOf(date), period: null }], halfHourMs);
  return halves
    .filter(({ start }) => isCovered(start, slots, quality))
    .map(({ start, energy, estimated }) => ({
      start,
      end: instant(start + halfHourMs),
      value: energy / 60,
      isEstimated: estimated,
    }));
}

/** Part of a half-hour would be taken for all of it. */
function isCovered(start: Instant, slots: readonly EnergySlot[], quality: DayQuality): boolean {
  if (quality === "complete" || quality === "estimated") return true;
  const end = start + halfHourMs;
  const coveredMs = slots.reduce(
    (sum, slot) => sum + Math.max(0, Math.min(endOf(slot), end) - Math.max(slot.start, start)),
    0,
  );
  return coveredMs >= halfHourMs;
}
