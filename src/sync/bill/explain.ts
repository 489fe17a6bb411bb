import { type ExplainedPart, explainHour, type HourExplanation } from "../../domain/bill/explain.ts";
import { dateAt } from "../../domain/calendar.ts";
import type { DayQuality } from "../../domain/day.ts";
import { hourStart } from "../../domain/ecowatt.ts";
import { hoursOf } from "../../domain/statistics/hours.ts";
import type { PlanDoubt } from "../../domain/tariff/plan.ts";
import { stretchesOf } from "../../domain/tariff/stretches.ts";
import { hourMs, type UsagePointId } from "../../domain/units.ts";
import { type Gap, gapOf } from "./gap.ts";
import { type BillDeps, loadColors, openMeter } from "./meter.ts";
import { readMoment } from "./moment.ts";
import { loadDaySlots } from "./readings.ts";

export interface ToldPart extends ExplainedPart {
  readonly gap: Gap | null;
}
export interface ToldHour extends HourExplanation {
  readonly parts: readonly ToldPart[];
}

/** Everything that decided what one hour of a meter costs. */
export interface Explanation {
  readonly usagePoint: UsagePointId;
  readonly name: string | null;
  readonly hour: ToldHour;
  readonly doubts: readonly PlanDoubt[];
  /** Null: nothing was read of this day. */
  readonly dayQuality: DayQuality | null;
  /** Whether the hour is over; before, nothing can have been read. */
  readonly isPast: boolean;
}

/** @param at as typed, on a Paris clock. @throws BillRefusal */
export async function explain(
  deps: BillDeps,
  { meter, at }: { readonly meter: string | null; readonly at: string },
): Promise<Explanation> {
  const start = hourStart(readMoment(at));
  const { point, plan, book, today } = await openMeter(deps, meter);
  const date = dateAt(start);
  const day = { from: date, to: date };
  const colorOn = await loadColors(deps.store, day);
  const [known] = await loadDaySlots(deps.store, { usagePoint: point.id, flow: "consumption" }, day);
  const hours = hoursOf(known?.slots ?? [], stretchesOf(date, plan.history, colorOn));
  const hour = explainHour({ start, hours, history: plan.history, book, colorOn });
  const facts = { hour, history: plan.history, book, today };
  return {
    usagePoint: point.id,
    name: point.name,
    hour: { ...hour, parts: hour.parts.map((part) => ({ ...part, gap: gapOf(part, facts) })) },
    doubts: plan.doubts,
    dayQuality: known?.quality ?? null,
    isPast: start + hourMs <= deps.clock.now(),
  };
}
