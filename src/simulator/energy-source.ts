import { boundsOf } from "../domain/calendar.ts";
import { endOf, type Slot } from "../domain/slot.ts";
import { hourMs, type Instant, type LocalDate, minuteMs, type W } from "../domain/units.ts";

/** What flows through a meter in one direction: the truth behind what a gateway publishes of it. */
export interface EnergySource {
  /** The slots that start within the Paris day, ascending; those that were never measured are absent. */
  slotsOf(date: LocalDate): readonly Slot[];
  /** The energy of the day in Wh as the meter's registers tell it; null when they do not. */
  dailyWhOf(date: LocalDate): number | null;
}

/** The intervals at which a Linky may be set. */
export const stepsMinutes = [5, 10, 15, 30, 60] as const;
export type StepMinutes = (typeof stepsMinutes)[number];

/** From `from` on, a whole hour, the meter records every `minutes`. */
export interface StepChange {
  readonly from: Instant;
  readonly minutes: StepMinutes;
}

/** Mean power in W over an interval, as a pure function; need not be a value that a meter can show. */
export type PowerAt = (slot: { readonly start: Instant; readonly minutes: number }) => number;

/** Bounds the memory of a long simulated run: about three years of one flow. */
const daysKept = 1200;

/**
 * A meter without faults over `powerAt`: every slot present, in whole watts that stand for whole watt-hours (even at
 * 30 minutes, multiples of 6 at 10), and a daily value that is their sum.
 * @throws RangeError when the step changes elsewhere than on a whole hour.
 */
export function sourceOfPower(
  powerAt: PowerAt,
  { minutes = 30, changes = [] }: { minutes?: StepMinutes; changes?: readonly StepChange[] } = {},
): EnergySource {
  const steps = [...changes].sort((a, b) => a.from - b.from);
  for (const step of steps)
    if (step.from % hourMs !== 0) throw new RangeError("A meter changes its step on a whole hour");
  const stepAt = (at: Instant): StepMinutes => steps.findLast((step) => step.from <= at)?.minutes ?? minutes;
  const days = new Map<LocalDate, readonly Slot[]>();

  const slotsOf = (date: LocalDate): readonly Slot[] => {
    const known = days.get(date);
    if (known) return known;
    const slots = slotsBetween(boundsOf(date), stepAt, powerAt);
    if (days.size >= daysKept) days.clear();
    days.set(date, slots);
    return slots;
  };
  return { slotsOf, dailyWhOf: (date) => energyWhOf(slotsOf(date)) };
}

function slotsBetween(
  { start, end }: { start: Instant; end: Instant },
  stepAt: (at: Instant) => StepMinutes,
  powerAt: PowerAt,
): Slot[] {
  const slots: Slot[] = [];
  let at = start;
  while (at < end) {
    const minutes = stepAt(at);
    slots.push({ start: at, minutes, powerW: meterWatts(powerAt({ start: at, minutes }), minutes) });
    at = (at + minutes * minuteMs) as Instant;
  }
  return slots;
}

/** The nearest power that stands for a whole number of Wh: a multiple of 60 / minutes, never below 0. */
export function meterWatts(powerW: number, minutes: number): W {
  const quantum = 60 / minutes;
  return Math.max(0, Math.round(powerW / quantum) * quantum) as W;
}

/** Sum of W × minutes / 60. Whole where each slot holds whole watt-hours; else rounded, halves upwards. */
export const energyWhOf = (slots: readonly Slot[]): number =>
  Math.floor((slots.reduce((sum, slot) => sum + slot.powerW * slot.minutes, 0) + 30) / 60);

/** Whether the slots leave no gap in the Paris day: 23, 24 or 25 hours. */
export function isWholeDay(date: LocalDate, slots: readonly Slot[]): boolean {
  const { start, end } = boundsOf(date);
  let reached = start;
  for (const slot of slots) {
    if (slot.start !== reached) return false;
    reached = endOf(slot);
  }
  return reached === end;
}
