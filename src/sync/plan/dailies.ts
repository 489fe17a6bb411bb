import { addDays, clockOn } from "../../domain/calendar.ts";
import { type Instant, instant, type LocalDate, type UsagePointId } from "../../domain/units.ts";
import { flowOf, type Subject } from "../../domain/usage-point.ts";
import type { Period } from "../source.ts";
import type { Call, Candidate } from "./call.ts";
import { ageOf, type Days, isKnown, later, oldestDay, someDay, type Window, wasAsked } from "./days.ts";
import { askAgainAt, type Mornings, rereadAt } from "./rhythm.ts";

/** One value a day: official energy or maximum power. A call holds up to a year of them. */
export interface DailyPlanning extends Window {
  readonly usagePoint: UsagePointId;
  readonly subject: Exclude<Subject, "consumption_curve" | "production_curve">;
  readonly days: Days;
  readonly mornings: Mornings;
}

export const dailyCallDays = 365;
/** Yesterday's value only confirms what the curve told, and costs one call: it waits until most meters are published. */
const yesterdayFromMinutes = 10 * 60 + 15;

/** The gateway can never give yesterday's official consumption; the other values it can. */
export const newestAge = (subject: DailyPlanning["subject"]): number => (subject === "consumption_daily" ? 2 : 1);

export function planDaily(planning: DailyPlanning): Candidate[] {
  const { today, earliest, subject } = planning;
  const { now } = planning.mornings;
  const newest = addDays(today, -newestAge(subject));
  const routine = [...planning.days.values()].some((day) => day.askedAt !== null);
  const due: LocalDate[] = [];
  let soonest = Number.POSITIVE_INFINITY;
  let soonestDate = newest;
  for (let date = newest; date >= earliest; date = addDays(date, -1)) {
    const at = dueAtOf(date, planning, routine);
    if (at === null) continue;
    if (at <= now) due.push(date);
    else if (at < soonest) {
      soonest = at;
      soonestDate = date;
    }
  }
  const to = due[0];
  if (to !== undefined) return [candidateOf(planning, to, new Set(due), now)];
  if (soonest === Number.POSITIVE_INFINITY) return [];
  return [candidateOf(planning, soonestDate, new Set([soonestDate]), instant(Math.ceil(soonest)))];
}

function dueAtOf(date: LocalDate, planning: DailyPlanning, routine: boolean): Instant | null {
  const { days, today, mornings } = planning;
  const day = days.get(date);
  const age = ageOf(date, today);
  const confirmed = instant(Math.max(clockOn(today, yesterdayFromMinutes), mornings.today));
  if (day?.has === "all") {
    // The week's re-reading waits for the one call that yesterday's value needs anyway.
    const again = rereadAt({ age, askedAt: day.askedAt, isCurve: false }, mornings);
    return again !== null && newestAge(planning.subject) === 1 && again <= mornings.now ? confirmed : again;
  }
  if (day === undefined || day.askedAt === null) {
    if (age === 1) return confirmed;
    return age === 2 && routine ? mornings.today : mornings.now;
  }
  if (day.answer === "refused") return null;
  if (age > 7) return askAgainAt({ askedAt: day.askedAt, tries: day.tries, age });
  return day.askedAt < mornings.today
    ? newestAge(planning.subject) === 1
      ? confirmed
      : mornings.today
    : mornings.next;
}

function candidateOf(planning: DailyPlanning, to: LocalDate, due: ReadonlySet<LocalDate>, dueAt: Instant): Candidate {
  const { today, earliest, days } = planning;
  const window = { from: later(earliest, addDays(to, 1 - dailyCallDays)), to };
  const from = oldestDay(window, (date) => due.has(date)) ?? to;
  const age = ageOf(to, today);
  const isLacking = someDay({ from, to }, (date) => due.has(date) && !isKnown(days.get(date)));
  const reason = age <= 7 && isLacking ? "recent" : wasAsked(days.get(to)) ? "reread" : "history_daily";
  return { call: callOf(planning, { from, to }), reason, dueAt, rank: age };
}

function callOf({ subject, usagePoint }: DailyPlanning, period: Period): Call {
  return subject === "max_power"
    ? { kind: "max_power", usagePoint, period }
    : { kind: "daily", usagePoint, flow: flowOf(subject), period };
}
