import { boundsOf } from "../../domain/calendar.ts";
import { deriveDay } from "../../domain/reconcile.ts";
import { type LocalDate, type Wh, wh } from "../../domain/units.ts";
import { deriveStaleDays } from "../derive.ts";
import type { StoredUsagePoint } from "../store.ts";
import { type AskedDay, flowsOf, type ManualDeps, openPoint, requirePastDay } from "./day.ts";
import { lessThanSlots, type ManualRefusal, refusal } from "./refusal.ts";

/** What is known of a day, as far as a typed value depends on it. */
export interface DayFacts {
  readonly slotsWh: Wh | null;
  /** The source's. */
  readonly officialWh: Wh | null;
  readonly minutesPresent: number;
}

/** Why no value may be typed for the day; null where one may. */
export function typeRefusal(
  point: StoredUsagePoint,
  { flow, date }: Pick<AskedDay, "flow" | "date">,
  { facts, today }: { readonly facts: DayFacts; readonly today: LocalDate },
): ManualRefusal | null {
  if (!flowsOf(point).includes(flow)) return refusal("not_measured", date);
  if (date >= today) return refusal("not_over", date);
  if (facts.officialWh !== null) return refusal("known", date);
  return facts.minutesPresent >= boundsOf(date).minutes ? refusal("complete", date) : null;
}

/**
 * Puts a value that the user read elsewhere in the place of one that nobody tells. It is an estimate: statistics and
 * entities follow as after a correction, and the first official value passes before it.
 * @throws ManualRefusal where the source knows better.
 */
export async function typeValue(deps: ManualDeps, day: AskedDay, valueWh: number): Promise<void> {
  const { store, clock } = deps;
  const point = await openPoint(deps, day.meter);
  requirePastDay(point, day, clock);
  const { flow, date } = day;
  const [input] = await store.loadDayInputs(point.id, flow, { from: date, to: date });
  const held = input ? deriveDay({ ...input, officialWh: null }) : null;
  if (held?.slotsWh && valueWh < held.slotsWh && held.minutesPresent < boundsOf(date).minutes)
    throw lessThanSlots(held.slotsWh);
  const isSaved = await store.saveTypedValue({
    usagePoint: point.id,
    flow,
    date,
    energyWh: wh(valueWh),
    at: clock.now(),
  });
  if (!isSaved) throw refusal(held && held.minutesPresent >= boundsOf(date).minutes ? "complete" : "known", date);
  await deriveStaleDays(store, clock.now());
  deps.wake();
}

/** Takes a typed value back. @throws ManualRefusal where there is none. */
export async function untypeValue(deps: ManualDeps, day: AskedDay): Promise<void> {
  const { store, clock } = deps;
  const point = await openPoint(deps, day.meter);
  const { flow, date } = day;
  const isRemoved = await store.removeTypedValue({ usagePoint: point.id, flow, date, at: clock.now() });
  if (!isRemoved) throw refusal("nothing_typed", date);
  await deriveStaleDays(store, clock.now());
  deps.wake();
}
