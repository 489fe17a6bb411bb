import { dateAt } from "../../domain/calendar.ts";
import { type Instant, instant, type LocalDate } from "../../domain/units.ts";
import type { Subject } from "../../domain/usage-point.ts";
import type { AskedDay } from "../manual/day.ts";
import { openWishes, wishSubjects, wishTask } from "../manual/wishes.ts";
import { subjectOf, usagePointOf } from "../plan/call.ts";
import { ageOf, type Days, isInsideSilence, isKnown } from "../plan/days.ts";
import { candidatesIn, earliestOf } from "../plan/plan.ts";
import { askAgainAt, morningsOf, rereadAt } from "../plan/rhythm.ts";
import type { DayAnswer, DayMemory } from "../store.ts";
import type { DayFacts } from "./quality.ts";
import type { PlannedState } from "./quality-day.ts";

/** What was asked about a day, what came, and when it is asked again. */
export interface DayQuestion {
  readonly subject: Subject;
  readonly askedAt: Instant | null;
  readonly answer: DayAnswer | null;
  readonly tries: number;
  /** At the earliest; null: it is not planned, or its turn cannot be foretold. */
  readonly nextAt: Instant | null;
  /** Whether the user wants it asked. */
  readonly isWished: boolean;
}

export function questionsOf(
  { flow, date }: Pick<AskedDay, "flow" | "date">,
  { curve, daily }: DayFacts,
  state: PlannedState | null,
): DayQuestion[] {
  const subjects = wishSubjects[flow];
  return [
    questionOf(subjects.curve, date, { days: curve, state }),
    questionOf(subjects.daily, date, { days: daily, state }),
  ];
}

interface Asking {
  readonly days: Days;
  readonly state: PlannedState | null;
}

function questionOf(subject: Subject, date: LocalDate, asking: Asking): DayQuestion {
  const day = asking.days.get(date);
  return {
    subject,
    askedAt: day?.askedAt ?? null,
    answer: day?.answer ?? null,
    tries: day?.tries ?? 0,
    nextAt: nextAt(subject, date, asking),
    isWished: isWished(subject, date, asking),
  };
}

function isWished(subject: Subject, date: LocalDate, { days, state }: Asking): boolean {
  if (!state?.planned) return false;
  const { input, planned } = state;
  const task = input.tasks.get(wishTask(subject, planned.point.id));
  return openWishes({ task, days, now: input.now }).includes(date);
}

/** The call that the plan foresees over the day; else what the rhythm says of days like it. */
function nextAt(subject: Subject, date: LocalDate, { days, state }: Asking): Instant | null {
  if (!state?.planned) return null;
  const { input, planned } = state;
  const { point } = planned;
  if (date < earliestOf(subject, point, input) || date >= dateAt(input.now)) return null;
  const foreseen = candidatesIn(input)
    .filter(({ call }) => usagePointOf(call) === point.id && subjectOf(call) === subject)
    .filter(({ call }) => "period" in call && call.period.from <= date && date <= call.period.to)
    .map(({ dueAt }) => dueAt);
  const byRhythm = rhythmAt(subject, date, { days, state: { input, planned } });
  const all = [...foreseen, ...(byRhythm === null ? [] : [byRhythm])];
  return all.length === 0 ? null : instant(Math.max(input.now, Math.min(...all)));
}

function rhythmAt(subject: Subject, date: LocalDate, { days, state }: Asking): Instant | null {
  const day: DayMemory | undefined = days.get(date);
  if (!state || day === undefined || day.askedAt === null || day.answer === "refused") return null;
  const { now, rhythm } = state.input;
  const age = ageOf(date, dateAt(now));
  const isCurve = subject.endsWith("_curve");
  if (day.has === "all")
    return day.disagreeingSince === null
      ? rereadAt({ age, askedAt: day.askedAt, isCurve }, morningsOf(now, rhythm))
      : null;
  if (isCurve && !isKnown(day) && isInsideSilence(date, days)) return null;
  return askAgainAt({ askedAt: day.askedAt, tries: day.tries, age });
}
