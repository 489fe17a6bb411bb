import { type EnergySlot, endOf } from "../slot.ts";
import { orderOfPeriod, type TariffPeriod } from "../tariff/period.ts";
import type { Stretch } from "../tariff/stretches.ts";
import { hourMs, type Instant, type WattMinutes } from "../units.ts";

/** What one hour, or shorter step, holds under one tariff period. */
export interface HourEnergy {
  /** Of the hour, UTC: Paris hours begin with them. */
  readonly start: Instant;
  /** Null is pending: the period is not known yet. */
  readonly period: TariffPeriod | null;
  readonly energy: WattMinutes;
  /** Whether any part of it is not the meter's own word. */
  readonly estimated: boolean;
}

/**
 * The hours that the slots touch, one entry per hour and period, by start and then by the order of the periods. A slot that
 * an hour or a price boundary cuts is divided by the minutes on each side: exact where the power was measured, otherwise
 * in whole watt-minutes by largest remainders, so that all entries always sum to all slots. A slot of 0 gives an entry of
 * 0, and no slot gives none: missing is not zero. Time outside all stretches is pending.
 *
 * @param slots best in order of time, which is fast; any order is right.
 * @param stretches ascending, without overlap; of one day or of many.
 * @param stepMs half an hour for half-hours in the place of hours: any length that hours are made of.
 */
export function hoursOf(
  slots: readonly EnergySlot[],
  stretches: readonly Stretch[],
  stepMs: number = hourMs,
): HourEnergy[] {
  const hours: MutableHour[] = [];
  let position = 0;
  for (const slot of slots) {
    while (position > 0 && startOf(stretches, position) > slot.start) position--;
    while (endAt(stretches, position) <= slot.start) position++;
    const stretch = stretches[position];
    const end = endOf(slot);
    if (stretch && stretch.start <= slot.start && end <= stretch.end && end <= stepOf(slot.start, stepMs) + stepMs)
      add(hours, { start: slot.start, period: stretch.period, energy: slot.energy, stepMs }, slot);
    else for (const piece of piecesOf(slot, stretches, { position, stepMs })) add(hours, { ...piece, stepMs }, slot);
  }
  return hours;
}

interface MutableHour {
  readonly start: Instant;
  readonly period: TariffPeriod | null;
  energy: WattMinutes;
  estimated: boolean;
}
interface Piece {
  readonly start: number;
  readonly period: TariffPeriod | null;
  readonly energy: number;
}

const stepOf = (at: number, stepMs: number): number => Math.floor(at / stepMs) * stepMs;
const startOf = (stretches: readonly Stretch[], position: number): number =>
  stretches[position]?.start ?? Number.POSITIVE_INFINITY;
const endAt = (stretches: readonly Stretch[], position: number): number =>
  stretches[position]?.end ?? Number.POSITIVE_INFINITY;

/** Into the entry of its hour and period, which is at the end as long as slots come in order of time. */
function add(
  hours: MutableHour[],
  { start, period, energy, stepMs }: Piece & { readonly stepMs: number },
  { origin }: EnergySlot,
): void {
  const hour = stepOf(start, stepMs);
  let position = hours.length;
  for (; position > 0; position--) {
    const known = hours[position - 1] as MutableHour;
    if (known.start === hour && known.period === period) {
      known.energy = (known.energy + energy) as WattMinutes;
      known.estimated ||= origin === "estimated";
      return;
    }
    if (known.start < hour || (known.start === hour && orderOfPeriod(known.period) < orderOfPeriod(period))) break;
  }
  const entry: MutableHour = {
    start: hour as Instant,
    period,
    energy: energy as WattMinutes,
    estimated: origin === "estimated",
  };
  if (position === hours.length) hours.push(entry);
  else hours.splice(position, 0, entry);
}

/** The slot cut at hours and stretches; `position` is the first stretch that does not end before it. */
function piecesOf(
  slot: EnergySlot,
  stretches: readonly Stretch[],
  { position, stepMs }: { readonly position: number; readonly stepMs: number },
): Piece[] {
  const end = endOf(slot);
  const cuts: { readonly start: number; readonly end: number; readonly period: TariffPeriod | null }[] = [];
  let next = position;
  for (let at: number = slot.start; at < end; ) {
    while (endAt(stretches, next) <= at) next++;
    const inside = startOf(stretches, next) <= at;
    const border = inside ? endAt(stretches, next) : startOf(stretches, next);
    const to = Math.min(end, stepOf(at, stepMs) + stepMs, border);
    cuts.push({ start: at, end: to, period: inside ? (stretches[next]?.period ?? null) : null });
    at = to;
  }
  const energies = shares(
    slot.energy,
    cuts.map((cut) => cut.end - cut.start),
  );
  return cuts.map(({ start, period }, index) => ({ start, period, energy: energies[index] ?? 0 }));
}

/** Whole shares of `energy` in proportion to the weights; what is left goes to the largest remainders, earliest first. */
function shares(energy: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (energy * weight) / total);
  const whole = exact.map(Math.floor);
  let left = energy - whole.reduce((sum, share) => sum + share, 0);
  const byRemainder = exact
    .map((share, position) => ({ position, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.position - b.position);
  for (const { position } of byRemainder) {
    if (left === 0) break;
    whole[position] = (whole[position] ?? 0) + 1;
    left--;
  }
  return whole;
}
