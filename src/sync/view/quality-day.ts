import { boundsOf, dateAt } from "../../domain/calendar.ts";
import type { KnownDay } from "../../domain/day.ts";
import type { DayState } from "../../domain/day-state.ts";
import { endOf, energyOf, type Slot } from "../../domain/slot.ts";
import {
  hourMs,
  type Instant,
  instant,
  type LocalDate,
  minuteMs,
  toWh,
  type UsagePointId,
  type Wh,
  wattMinutes,
} from "../../domain/units.ts";
import { type Askable, askable } from "../manual/ask.ts";
import { type AskedDay, type ManualDeps, openPoint } from "../manual/day.ts";
import { type ManualRefusal, refusal } from "../manual/refusal.ts";
import type { FormerReading } from "../manual/store.ts";
import { typeRefusal } from "../manual/type.ts";
import { loadState } from "../pass.ts";
import type { PlanInput, PlannedPoint } from "../plan/plan.ts";
import type { StoredUsagePoint } from "../store.ts";
import { firstDayOf, loadFacts, stateOf } from "./quality.ts";
import { type DayQuestion, questionsOf } from "./quality-questions.ts";

export interface HourCoverage {
  readonly start: Instant;
  readonly minutesPresent: number;
  readonly energyWh: Wh | null;
}

/** Why a day is what it is, and what can be done about it. */
export interface QualityDay extends Omit<AskedDay, "meter"> {
  readonly usagePoint: UsagePointId;
  readonly state: DayState;
  readonly known: KnownDay | null;
  /** The source's. */
  readonly officialWh: Wh | null;
  readonly typedWh: Wh | null;
  readonly minutesExpected: number;
  readonly hours: readonly HourCoverage[];
  readonly former: readonly FormerReading[];
  readonly formerCount: number;
  readonly questions: readonly DayQuestion[];
  readonly ask: Askable;
  /** Null: it can be. */
  readonly typeRefusal: ManualRefusal | null;
}

/** Two readings of a day with 5-minute slots are beyond what anybody reads. */
const mostFormer = 200;

/** @throws BillRefusal, ManualRefusal */
export async function qualityDay(deps: ManualDeps, asked: AskedDay): Promise<QualityDay> {
  const { store, clock } = deps;
  const { flow, date } = asked;
  const point = await openPoint(deps, asked.meter);
  const firstDay = await firstDayOf(deps, point, flow);
  const today = dateAt(clock.now());
  const span = { from: date, to: date };
  const facts = await loadFacts(store, point.id, flow, span);
  const [input] = await store.loadDayInputs(point.id, flow, span);
  const known = facts.known.get(date) ?? null;
  const [typed] = await store.loadTypedValues(point.id, flow, span);
  const officialWh = typed === undefined ? (input?.officialWh ?? null) : null;
  const { readings, count } = await store.loadFormerReadings({ usagePoint: point.id, flow, date }, mostFormer);
  const planned = await loadPlan(deps, point);
  const minutesPresent = (input?.slots ?? []).reduce((sum, { minutes }) => sum + minutes, 0);
  return {
    usagePoint: point.id,
    flow,
    date,
    state: stateOf(date, { ...facts, firstDay, today }),
    known,
    officialWh,
    typedWh: typed?.energyWh ?? null,
    minutesExpected: boundsOf(date).minutes,
    hours: hoursOf(date, input?.slots ?? []),
    former: readings,
    formerCount: count,
    questions: questionsOf(asked, facts, planned),
    ask: planned === null ? { refusal: refusal("no_credentials", date) } : askOf(asked, planned),
    typeRefusal: typeRefusal(point, asked, {
      facts: { slotsWh: known?.slotsWh ?? null, officialWh, minutesPresent },
      today,
    }),
  };
}

/** A meter in the state that the plan is made of. */
export interface PlannedState {
  readonly planned: PlannedPoint | null;
  readonly input: PlanInput;
}

async function loadPlan(deps: ManualDeps, { id }: StoredUsagePoint): Promise<PlannedState | null> {
  const { planning, store, clock, account } = deps;
  if (planning === null) return null;
  const input = await loadState({ store, clock, account, ...planning }, null);
  return { planned: input.points.find(({ point }) => point.id === id) ?? null, input };
}

const askOf = (asked: AskedDay, { planned, input }: PlannedState): Askable =>
  planned === null ? { refusal: refusal("not_listed", asked.date) } : askable(planned, asked, input);

/** The hours of the day as the clock has them: 23, 24 or 25. A slot that reaches over an hour is parted by its minutes. */
function hoursOf(date: LocalDate, slots: readonly Slot[]): HourCoverage[] {
  const { start, end } = boundsOf(date);
  const hours: HourCoverage[] = [];
  for (let at: number = start; at < end; at += hourMs) hours.push(hourOf(instant(at), slots));
  return hours;
}

function hourOf(start: Instant, slots: readonly Slot[]): HourCoverage {
  let minutesPresent = 0;
  let energy = 0;
  for (const slot of slots) {
    const shared = Math.min(endOf(slot), start + hourMs) - Math.max(slot.start, start);
    if (shared <= 0) continue;
    minutesPresent += shared / minuteMs;
    energy += (energyOf(slot) / slot.minutes) * (shared / minuteMs);
  }
  return { start, minutesPresent, energyWh: minutesPresent === 0 ? null : toWh(wattMinutes(Math.round(energy))) };
}
