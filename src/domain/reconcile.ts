import { boundsOf, clockMinutesAt } from "./calendar.ts";
import type { DayQuality, DerivedDay } from "./day.ts";
import { type EnergySlot, endOf, energyOf, type Slot } from "./slot.ts";
import {
  hourMs,
  type Instant,
  type LocalDate,
  minuteMs,
  toWh,
  type WattMinutes,
  type Wh,
  wattMinutes,
} from "./units.ts";

/** What is known of one day: its slots, ascending, and the official daily value. */
export interface DayReadings {
  readonly date: LocalDate;
  readonly slots: readonly Slot[];
  readonly officialWh: Wh | null;
}

/**
 * The day's energy and how far it can be trusted; null when nothing is known.
 *
 * | slots | official value | quality | energy |
 * |---|---|---|---|
 * | cover the day | unknown or equal | complete | slots |
 * | cover the day | different | disagreeing | slots: they are never rescaled |
 * | some missing | unknown | partial | slots |
 * | some missing | at least the slots | estimated | official: it is the arbiter |
 * | some missing | less than the slots | disagreeing | slots |
 * | none | known | estimated | official |
 */
export function deriveDay({ date, slots, officialWh }: DayReadings): DerivedDay | null {
  if (slots.length === 0) {
    if (officialWh === null) return null;
    return { date, energyWh: officialWh, quality: "estimated", slotsWh: null, officialWh, minutesPresent: 0 };
  }
  let energy = 0;
  let minutesPresent = 0;
  for (const slot of slots) {
    energy += slot.powerW * slot.minutes;
    minutesPresent += slot.minutes;
  }
  const slotsWh = toWh(energy as WattMinutes);
  const covered = minutesPresent === boundsOf(date).minutes;
  const quality = qualityOf({ covered, energy: energy as WattMinutes, slotsWh, officialWh });
  const energyWh = quality === "estimated" && officialWh !== null ? officialWh : slotsWh;
  return { date, energyWh, quality, slotsWh, officialWh, minutesPresent };
}

function qualityOf(day: { covered: boolean; energy: WattMinutes; slotsWh: Wh; officialWh: Wh | null }): DayQuality {
  if (day.covered) return day.officialWh === null || day.officialWh === day.slotsWh ? "complete" : "disagreeing";
  if (day.officialWh === null) return "partial";
  return day.officialWh * 60 >= day.energy ? "estimated" : "disagreeing";
}

/** Weight of each of the 48 half-hours on a Paris clock, in any unit. */
export type UsualProfile = readonly number[];

/** Fewer complete days than this say nothing about habits. */
export const profileMinimumDays = 7;

/** Mean energy per half-hour of the clock over the complete days given; null when they are fewer than a week. */
export function usualProfile(days: readonly DayReadings[]): UsualProfile | null {
  const sums = new Array<number>(48).fill(0);
  let complete = 0;
  for (const day of days) {
    if (deriveDay(day)?.quality !== "complete") continue;
    complete++;
    for (const piece of day.slots.flatMap((slot) => halves(slot))) {
      const at = Math.floor(clockMinutesAt(piece.start) / 30);
      sums[at] = (sums[at] ?? 0) + piece.energy / complete;
    }
  }
  if (complete < profileMinimumDays) return null;
  return sums;
}

/** A slot of an hour counts half in each of its half-hours; a shorter one wholly where it starts. */
function halves(slot: Slot): { start: Instant; energy: number }[] {
  if (slot.minutes <= 30) return [{ start: slot.start, energy: energyOf(slot) }];
  const energy = energyOf(slot) / 2;
  return [
    { start: slot.start, energy },
    { start: (slot.start + (slot.minutes / 2) * minuteMs) as Instant, energy },
  ];
}

/**
 * The energy of the whole day in order of time. On an estimated day the remainder, official value less slots, is spread
 * over the missing intervals in whole watt-hours that sum exactly, by the usual profile when there is one, else by
 * duration: half-hours where some slots are known, hours where none is. Elsewhere the measured slots alone.
 */
export function energySlotsOf(readings: DayReadings, profile: UsualProfile | null): EnergySlot[] {
  const measured = readings.slots.map(
    (slot): EnergySlot => ({ start: slot.start, minutes: slot.minutes, energy: energyOf(slot), origin: "measured" }),
  );
  const day = deriveDay(readings);
  if (day?.quality !== "estimated") return measured;
  const missing = missingPieces(readings, readings.slots.length === 0 ? 60 : 30);
  const measuredEnergy = measured.reduce((sum, slot) => sum + slot.energy, 0);
  const estimated = spread(wattMinutes(day.energyWh * 60 - measuredEnergy), missing, profile);
  return [...measured, ...estimated].sort((a, b) => a.start - b.start);
}

interface Piece {
  readonly start: Instant;
  readonly minutes: number;
}

/** The intervals of the day that no slot covers, cut at every `step` minutes of the hour. */
function missingPieces({ date, slots }: DayReadings, step: number): Piece[] {
  const { start, end } = boundsOf(date);
  const pieces: Piece[] = [];
  const fill = (from: number, to: number) => {
    let at = from;
    while (at < to) {
      const next = Math.min(to, (Math.floor(at / (step * minuteMs)) + 1) * step * minuteMs);
      pieces.push({ start: at as Instant, minutes: (next - at) / minuteMs });
      at = next;
    }
  };
  let covered: number = start;
  for (const slot of slots) {
    if (slot.start > covered) fill(covered, slot.start);
    covered = Math.max(covered, endOf(slot));
  }
  fill(covered, end);
  return pieces;
}

/** Largest remainders: each piece its whole watt-hours, what is left over to the largest fractions, earliest first. */
function spread(energy: WattMinutes, pieces: readonly Piece[], profile: UsualProfile | null): EnergySlot[] {
  const wanted = profile ? pieces.map((piece) => profileWeight(piece, profile)) : [];
  const total = wanted.reduce((sum, weight) => sum + weight, 0);
  const weights = total > 0 ? wanted : pieces.map((piece) => piece.minutes);
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  const wholeWh = Math.floor(energy / 60);
  const shares = weights.map((weight) => (wholeWh * weight) / weightSum);
  const given = shares.map((share) => Math.floor(share));
  const byFraction = shares
    .map((share, position) => ({ position, fraction: share - Math.floor(share) }))
    .sort((a, b) => b.fraction - a.fraction || a.position - b.position);
  let left = wholeWh - given.reduce((sum, share) => sum + share, 0);
  for (const { position } of byFraction) {
    if (left === 0) break;
    given[position] = (given[position] ?? 0) + 1;
    left--;
  }
  // Slots that do not hold whole watt-hours leave a part of one; it goes where most is, so that the day sums exactly.
  const largest = given.indexOf(Math.max(...given));
  return pieces.map((piece, position) => ({
    start: piece.start,
    minutes: piece.minutes,
    energy: wattMinutes((given[position] ?? 0) * 60 + (position === largest ? energy - wholeWh * 60 : 0)),
    origin: "estimated",
  }));
}

function profileWeight(piece: Piece, profile: UsualProfile): number {
  let weight = 0;
  for (let at: number = piece.start, end = endOf(piece); at < end; ) {
    const next = Math.min(end, (Math.floor(at / (hourMs / 2)) + 1) * (hourMs / 2));
    weight += ((profile[Math.floor(clockMinutesAt(at as Instant) / 30)] ?? 0) * (next - at)) / (hourMs / 2);
    at = next;
  }
  return weight;
}
