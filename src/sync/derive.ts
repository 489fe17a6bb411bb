import { daysBetween } from "../domain/calendar.ts";
import { deriveDay } from "../domain/reconcile.ts";
import type { Instant } from "../domain/units.ts";
import type { Period } from "./source.ts";
import type { ReadingStore, StaleDay } from "./store.ts";

/** Bounds the memory of one step: a year and a half of half-hours. */
const daysPerStep = 550;

/**
 * Brings the derived days up to date with the readings, in the store alone. Returns how many days were looked at.
 * Interrupted anywhere, the rest stays stale and is done next time.
 */
export async function deriveStaleDays(store: ReadingStore, at: Instant): Promise<number> {
  const stale = await store.loadStaleDays();
  for (const step of stepsOf(stale)) {
    const inputs = await store.loadDayInputs(step.usagePoint, step.flow, step.period);
    const wanted = new Set(step.dates);
    const days = inputs.filter((input) => wanted.has(input.date)).flatMap((input) => deriveDay(input) ?? []);
    await store.saveDays(step.usagePoint, step.flow, days, at);
  }
  return stale.length;
}

interface Step {
  readonly usagePoint: StaleDay["usagePoint"];
  readonly flow: StaleDay["flow"];
  readonly period: Period;
  readonly dates: StaleDay["date"][];
}

function stepsOf(stale: readonly StaleDay[]): Step[] {
  const steps: Step[] = [];
  for (const { usagePoint, flow, date } of stale) {
    const last = steps.at(-1);
    const fits =
      last?.usagePoint === usagePoint && last.flow === flow && daysBetween(last.period.from, date) < daysPerStep;
    if (last && fits) {
      last.dates.push(date);
      steps[steps.length - 1] = { ...last, period: { from: last.period.from, to: date } };
    } else steps.push({ usagePoint, flow, period: { from: date, to: date }, dates: [date] });
  }
  return steps;
}
