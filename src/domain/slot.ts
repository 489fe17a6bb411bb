import type { Instant, W, WattMinutes } from "./units.ts";
import { minuteMs } from "./units.ts";

/**
 * Mean power over `[start, start + minutes)`. Named by its start; a source that stamps the end is resolved in
 * `labels.ts`. Energy is `powerW × minutes`.
 */
export interface Slot {
  readonly start: Instant;
  readonly minutes: number;
  readonly powerW: W;
}

/** A slot as it is used: its energy, and whether the meter said it or the daily value let it be inferred. */
export interface EnergySlot {
  readonly start: Instant;
  readonly minutes: number;
  readonly energy: WattMinutes;
  readonly origin: "measured" | "estimated";
}

export const endOf = (slot: { readonly start: Instant; readonly minutes: number }): Instant =>
  (slot.start + slot.minutes * minuteMs) as Instant;

export const energyOf = (slot: Slot): WattMinutes => (slot.powerW * slot.minutes) as WattMinutes;
