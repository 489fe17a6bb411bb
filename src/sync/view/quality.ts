import { addDays, addYears, dateAt, daysBetween, daysFromTo } from "../../domain/calendar.ts";
import type { KnownDay } from "../../domain/day.ts";
import { type DayState, dayStates } from "../../domain/day-state.ts";
import type { LocalDate, UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import { BillRefusal } from "../bill/refusal.ts";
import { flowsOf, type ManualDeps, openPoint } from "../manual/day.ts";
import { refusal } from "../manual/refusal.ts";
import { wishSubjects } from "../manual/wishes.ts";
import { ageOf, type Days, daysOf, earlier, later, wasAsked } from "../plan/days.ts";
import { earliestOf } from "../plan/plan.ts";
import type { Period } from "../source.ts";
import type { Store, StoredUsagePoint } from "../store.ts";

export type QualityDeps = Pick<ManualDeps, "store" | "clock" | "account">;

export interface QualityRequest {
  readonly meter: string;
  readonly flow: Flow;
  /** Default: the first day of the meter. */
  readonly from?: LocalDate | undefined;
  /** Included; default: yesterday. */
  readonly to?: LocalDate | undefined;
}

export interface Quality {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly span: Period;
  /** First day that is known or may be asked for. */
  readonly firstDay: LocalDate;
  /** One per day of the span. */
  readonly states: readonly DayState[];
  readonly counts: Readonly<Record<DayState, number>>;
}

/** Bounds the answer: three years of history, and what a household gathers afterwards. */
const longestYears = 11;

/** How far each day of a span is known. @throws BillRefusal, ManualRefusal */
export async function quality(deps: QualityDeps, { meter, flow, from, to }: QualityRequest): Promise<Quality> {
  const point = await openPoint(deps, meter);
  const today = dateAt(deps.clock.now());
  const firstDay = await firstDayOf(deps, point, flow);
  const end = to ?? addDays(today, -1);
  const start = from ?? later(earlier(firstDay, end), addDays(addYears(end, -longestYears), 1));
  const span = checkedSpan({ from: start, to: end });
  const facts = await loadFacts(deps.store, point.id, flow, span);
  const states = daysFromTo(start, end).map((date) => stateOf(date, { ...facts, firstDay, today }));
  return { usagePoint: point.id, flow, span, firstDay, states, counts: countsOf(states) };
}

/** @throws ManualRefusal where the meter neither measures the flow nor ever did. */
export async function firstDayOf(
  { store, clock }: QualityDeps,
  point: StoredUsagePoint,
  flow: Flow,
): Promise<LocalDate> {
  const known = await store.loadStatisticSpan(point.id, flow);
  const now = clock.now();
  if (!flowsOf(point).includes(flow)) {
    if (known === null) throw refusal("not_measured", dateAt(now));
    return known.from;
  }
  const tasks = await store.loadTasks();
  const { curve, daily } = wishSubjects[flow];
  const askable = earlier(earliestOf(curve, point, { now, tasks }), earliestOf(daily, point, { now, tasks }));
  return known === null ? askable : earlier(known.from, askable);
}

function checkedSpan(span: Period): Period {
  if (span.to < span.from)
    throw new BillRefusal("backwards", {
      fr: `Le dernier jour (${span.to}) est avant le premier (${span.from}) ; échangez-les.`,
      en: `The last day (${span.to}) is before the first (${span.from}); swap them.`,
    });
  if (daysBetween(span.from, span.to) >= daysBetween(span.from, addYears(span.from, longestYears)))
    throw new BillRefusal("too_long", {
      fr: `La période dépasse ${longestYears} ans ; demandez-en une plus courte.`,
      en: `The period is longer than ${longestYears} years; ask for a shorter one.`,
    });
  return span;
}

/** What tells the state of a day. */
export interface DayFacts {
  readonly known: ReadonlyMap<LocalDate, KnownDay>;
  readonly corrected: ReadonlySet<LocalDate>;
  readonly typed: ReadonlySet<LocalDate>;
  readonly curve: Days;
  readonly daily: Days;
}

export async function loadFacts(store: Store, id: UsagePointId, flow: Flow, span: Period): Promise<DayFacts> {
  const memory = await store.loadDayMemory(id);
  const { curve, daily } = wishSubjects[flow];
  return {
    known: new Map((await store.loadDays(id, flow, span)).map((day) => [day.date, day])),
    corrected: new Set(await store.loadCorrectedDays(id, flow, span)),
    typed: new Set((await store.loadTypedValues(id, flow, span)).map(({ date }) => date)),
    curve: daysOf(memory.get(curve)),
    daily: daysOf(memory.get(daily)),
  };
}

/** Enedis is often a day late, and a day without half-hours comes a day later than the others. */
const pendingDays = 2;

export function stateOf(
  date: LocalDate,
  facts: DayFacts & { readonly firstDay: LocalDate; readonly today: LocalDate },
): DayState {
  const { known, corrected, typed, curve, daily, firstDay, today } = facts;
  const day = known.get(date);
  if (day) {
    if (day.quality === "complete") return corrected.has(date) ? "corrected" : "complete";
    return day.quality === "estimated" && typed.has(date) ? "typed" : day.quality;
  }
  if (date < firstDay) return "before_first_day";
  if (ageOf(date, today) <= pendingDays) return "pending";
  return wasAsked(curve.get(date)) || wasAsked(daily.get(date)) ? "missing" : "not_asked";
}

function countsOf(states: readonly DayState[]): Record<DayState, number> {
  const counts = Object.fromEntries(dayStates.map((state) => [state, 0])) as Record<DayState, number>;
  for (const state of states) counts[state]++;
  return counts;
}
