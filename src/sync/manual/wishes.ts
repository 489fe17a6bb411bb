import { addDays, localDate } from "../../domain/calendar.ts";
import { dayMs, type Instant, type LocalDate, type UsagePointId } from "../../domain/units.ts";
import type { Flow, Subject } from "../../domain/usage-point.ts";
import type { Candidate } from "../plan/call.ts";
import { ageOf, type Days, earlier, isKnown, later, someDay } from "../plan/days.ts";
import type { Period } from "../source.ts";
import type { TaskMemory } from "../store.ts";

/**
 * Days that the user wants to be asked for. They stand in the memory of tasks, one row per subject of a meter: a wish
 * outlives a restart, and ends when its day has been asked for since, or after a week.
 */

/** A wish that could not be fulfilled for so long is no longer what the user waits for. */
const wishLivesMs = 7 * dayMs;
/** More than this at once is a history, which the plan sees to by itself. */
const mostWishes = 62;

export const wishTask = (subject: Subject, usagePoint: UsagePointId): string => `wish:${subject}:${usagePoint}`;

interface WishInput {
  readonly task: TaskMemory | undefined;
  readonly days: Days;
  readonly now: Instant;
}

/** The days that are still wanted, ascending. */
export function openWishes({ task, days, now }: WishInput): LocalDate[] {
  if (!task?.detail || task.askedAt + wishLivesMs <= now) return [];
  const { askedAt, detail } = task;
  return detail
    .split(",")
    .map(localDate)
    .filter((date) => (days.get(date)?.askedAt ?? Number.NEGATIVE_INFINITY) < askedAt)
    .sort();
}

/** The row that wants one day more than what is wanted already; null where that would be too many. */
export function wishFor(date: LocalDate, key: string, input: WishInput): TaskMemory | null {
  const wanted = [...new Set([...openWishes(input), date])].sort();
  if (wanted.length > mostWishes) return null;
  return { key, askedAt: input.now, succeededAt: null, failures: 0, retryAt: null, detail: wanted.join(",") };
}

export interface WishPlanning extends WishInput {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly today: LocalDate;
  /** First day that may be asked for. */
  readonly earliest: LocalDate;
}

/** The gateway's runs: a week at most is asked past its blacklist, and a week with a known day never gets on it. */
const runDays = 7;
const daysPerDailyCall = 365;

/** One call for the newest wanted days of a curve; null where none is wanted or can be asked for. */
export function planCurveWish(planning: WishPlanning): Candidate | null {
  const { usagePoint, flow, today, earliest, days } = planning;
  const yesterday = addDays(today, -1);
  const wanted = openWishes(planning).filter((date) => date >= earliest && date <= yesterday);
  const newest = wanted.at(-1);
  if (newest === undefined) return null;
  if (newest === yesterday) {
    const week = weekBefore(today, earliest);
    if (!isVouched(week, days)) return planCurveWish(without(planning, yesterday));
    return candidate(planning, { kind: "curve", usagePoint, flow, period: week, route: "recent" });
  }
  const from = oldestWithin(wanted, addDays(newest, 1 - runDays));
  return candidate(planning, { kind: "curve", usagePoint, flow, period: { from, to: newest }, route: "hole" });
}

export const weekBefore = (today: LocalDate, earliest: LocalDate): Period => ({
  from: later(earliest, addDays(today, -runDays)),
  to: addDays(today, -1),
});

/** Whether the gateway can tell yesterday's absence from a meter without data, and will not hide the week for a day. */
export const isVouched = (week: Period, days: Days): boolean => someDay(week, (date) => isKnown(days.get(date)));

/** One call for the newest wanted daily values; null where none is wanted or can be asked for. */
export function planDailyWish(planning: WishPlanning, newestAge: number): Candidate | null {
  const { usagePoint, flow, today, earliest } = planning;
  const last = addDays(today, -newestAge);
  const wanted = openWishes(planning).filter((date) => date >= earliest && date <= last);
  const newest = wanted.at(-1);
  if (newest === undefined) return null;
  const from = oldestWithin(wanted, addDays(newest, 1 - daysPerDailyCall));
  return candidate(planning, { kind: "daily", usagePoint, flow, period: { from, to: newest } });
}

const oldestWithin = (wanted: readonly LocalDate[], bound: LocalDate): LocalDate =>
  wanted.filter((date) => date >= bound).reduce(earlier);

function without(planning: WishPlanning, date: LocalDate): WishPlanning {
  const { task } = planning;
  const detail = task?.detail?.split(",").filter((wanted) => wanted !== date);
  return { ...planning, task: task && { ...task, detail: detail?.join(",") || null } };
}

const candidate = ({ today, now }: WishPlanning, call: Candidate["call"] & { period: Period }): Candidate => ({
  call,
  reason: "wished",
  dueAt: now,
  rank: ageOf(call.period.to, today),
});

/** What is asked for to know a day of a flow better: its curve, and its daily value. */
export const wishSubjects = {
  consumption: { curve: "consumption_curve", daily: "consumption_daily" },
  production: { curve: "production_curve", daily: "production_daily" },
} as const satisfies Readonly<Record<Flow, Readonly<Record<"curve" | "daily", Subject>>>>;
