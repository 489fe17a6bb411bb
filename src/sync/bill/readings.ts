import { addDays } from "../../domain/calendar.ts";
import type { DayQuality } from "../../domain/day.ts";
import { deriveDay, energySlotsOf } from "../../domain/reconcile.ts";
import type { EnergySlot } from "../../domain/slot.ts";
import type { LocalDate, UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { Period } from "../source.ts";
import { Profiles } from "../statistics/profiles.ts";
import type { ReadingStore } from "../store.ts";

/** The energy of one known day, in order of time. */
export interface DaySlots {
  readonly date: LocalDate;
  readonly slots: readonly EnergySlot[];
  readonly quality: DayQuality;
}

/** How many days are asked of the store at once. */
const daysPerStep = 124;

/**
 * The known days of a span, ascending, each read once. Days without half-hours are spread as the statistics spread them,
 * so that a bill and Home Assistant hold the same energy under each period.
 */
export async function loadDaySlots(
  store: Pick<ReadingStore, "loadDayInputs">,
  { usagePoint, flow }: { readonly usagePoint: UsagePointId; readonly flow: Flow },
  { from, to }: Period,
): Promise<DaySlots[]> {
  const profiles = new Profiles(store, usagePoint, flow);
  const days: DaySlots[] = [];
  for (let first = from; first <= to; first = addDays(first, daysPerStep)) {
    const last = addDays(first, daysPerStep - 1);
    const inputs = await store.loadDayInputs(usagePoint, flow, { from: first, to: last < to ? last : to });
    for (const input of inputs) {
      const quality = deriveDay(input)?.quality;
      if (quality === undefined) continue;
      const profile = quality === "estimated" ? await profiles.for(input.date) : null;
      days.push({ date: input.date, slots: energySlotsOf(input, profile), quality });
    }
  }
  return days;
}
