import type { Instant, LocalDate, Wh } from "./units.ts";

/**
 * - `complete`: the slots cover the day, and agree with the daily value where it is known.
 * - `partial`: slots are missing and nothing tells the rest; the value is what is known.
 * - `estimated`: slots are missing and the daily value is known; the value is the daily one.
 * - `disagreeing`: slots and daily value contradict each other; the value is the slots', both are kept.
 */
export const dayQualities = ["complete", "partial", "estimated", "disagreeing"] as const;
export type DayQuality = (typeof dayQualities)[number];

/** One known day of a usage point and flow. */
export interface DayEnergy {
  readonly date: LocalDate;
  readonly energyWh: Wh;
  readonly quality: DayQuality;
}

/** As stored: with both figures behind the value. */
export interface DerivedDay extends DayEnergy {
  /** Sum of the slots, rounded once; null when there is no slot. */
  readonly slotsWh: Wh | null;
  /** The official daily value; null when it is not known. */
  readonly officialWh: Wh | null;
  readonly minutesPresent: number;
}

/** A stored day with the instant at which one of its figures last changed. */
export interface KnownDay extends DerivedDay {
  readonly changedAt: Instant;
  /** Grows each time its readings change, also where none of its figures does. */
  readonly revision: number;
}
