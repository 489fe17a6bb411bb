import { addDays, dateAt, daysFromTo } from "../../domain/calendar.ts";
import { dayMs, type Instant, instant, type LocalDate, type UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { CurveRoute, Period } from "../source.ts";
import type { DayMemory } from "../store.ts";
import type { Candidate, Reason } from "./call.ts";
import {
  ageOf,
  type Days,
  earlier,
  isInsideSilence,
  isKnown,
  later,
  lengthOf,
  newestDay,
  oldestDay,
  silentDaysBefore,
  someDay,
  type Window,
  wasAsked,
} from "./days.ts";
import { askAgainAt, type Mornings, rereadAt, yesterdayAgainAt } from "./rhythm.ts";

/**
 * The load curve of one flow. The gateway hides a whole run of seven days for a day and a night when none of its days
 * is published, for both flows at once; so a long request is only made where a day known to be measured stands in each
 * run or next to the period, and anything doubtful goes by the route that has no such memory.
 */
export interface CurvePlanning extends Window {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly days: Days;
  readonly mornings: Mornings;
  /** Calls of today's budget that this flow may spend on asking for yesterday. */
  readonly callsLeft: number;
  /** Yesterday of the meter's other curve, which is asked for first; null where there is none. */
  readonly leader: Pick<DayMemory, "has" | "askedAt"> | null;
  /** Consecutive failed calls of this curve: long answers may be what fails, so the next ones are shorter. */
  readonly failures: number;
}

/** Runs the gateway splits a period into. */
const runDays = 7;
const historyRuns = 8;
/** The days of the past that one call asks for, as long as calls succeed. */
export const historyCallDays = historyRuns * runDays;
const rereadDays = 4 * runDays;

export function planCurve(planning: CurvePlanning): Candidate[] {
  if (addDays(planning.today, -1) < planning.earliest) return [];
  return [planYesterday(planning), planReread(planning), planHistory(planning), planHoles(planning)].filter(
    (candidate) => candidate !== null,
  );
}

function candidate(
  { usagePoint, flow, today }: CurvePlanning,
  { period, route, reason, dueAt }: { period: Period; route: CurveRoute; reason: Reason; dueAt: Instant },
): Candidate {
  return {
    call: { kind: "curve", usagePoint, flow, period, route },
    reason,
    dueAt,
    rank: ageOf(period.to, today),
  };
}

/** The last seven days, which re-reads them too. Null once yesterday is there: then it is a matter of re-reading. */
function planYesterday(planning: CurvePlanning): Candidate | null {
  const { days, today, earliest, flow } = planning;
  const yesterday = addDays(today, -1);
  const memory = days.get(yesterday);
  if (memory?.has === "all") return null;
  const week = { from: later(earliest, addDays(today, -runDays)), to: yesterday };
  const vouched = someDay(week, (date) => isKnown(days.get(date)));
  const needsProbe = flow === "consumption" && !vouched && week.from < yesterday;
  const period = needsProbe ? { from: week.from, to: addDays(yesterday, -1) } : week;
  const dueAt = needsProbe ? probeAt(planning, period) : pollAt(planning, days.get(yesterday)?.askedAt ?? null);
  return candidate(planning, { period, route: needsProbe ? "hole" : "recent", reason: "yesterday", dueAt });
}

function pollAt({ days, today, mornings, callsLeft, leader }: CurvePlanning, askedAt: Instant | null): Instant {
  if (askedAt === null) return mornings.today;
  // A meter's curves are published together: where the other one has come, this one is asked for at once.
  if (leader?.has === "all" && (leader.askedAt ?? 0) > askedAt) return mornings.now;
  const silentDays = silentDaysBefore(addDays(today, -1), days);
  const follows = leader !== null && leader.has !== "all";
  return yesterdayAgainAt({ askedAt, silentDays, callsLeft, follows }, mornings);
}

/** Nothing vouches for the last week: once a morning, and once a week after a month of silence. */
function probeAt({ days, today, mornings }: CurvePlanning, week: Period): Instant {
  const asked = daysFromTo(week.from, week.to).flatMap((date) => days.get(date)?.askedAt ?? []);
  if (asked.length === 0 || Math.max(...asked) < mornings.lastWeekly) return mornings.today;
  const month = daysFromTo(addDays(today, -monthDays), week.to);
  const inVain = month.filter((date) => wasAsked(days.get(date)) && !isKnown(days.get(date))).length;
  if (inVain >= mostlySilentDays) return mornings.nextWeekly;
  return Math.max(...asked) < mornings.today ? mornings.today : mornings.next;
}
const monthDays = 31;
/** Of a month; a weekly question asks six days of seven. */
const mostlySilentDays = 24;

/** Once yesterday is there: the last week when it was missed this morning, the last four weeks once a week. */
function planReread(planning: CurvePlanning): Candidate | null {
  const { days, today, earliest, mornings } = planning;
  const { now } = mornings;
  const yesterday = addDays(today, -1);
  if (days.get(yesterday)?.has !== "all") return null;
  const dueAtOf = (date: LocalDate): Instant | null => {
    const day = days.get(date);
    if (!isKnown(day)) return null;
    return rereadAt({ age: ageOf(date, today), askedAt: day?.askedAt ?? null, isCurve: true }, mornings);
  };
  const isDue = (date: LocalDate) => (dueAtOf(date) ?? Number.POSITIVE_INFINITY) <= now;
  const month = { from: later(earliest, addDays(today, -rereadDays)), to: yesterday };
  const oldest = oldestDay(month, isDue);
  if (oldest === undefined) return null;
  const runs = Math.ceil(ageOf(oldest, today) / runDays);
  const period = { from: later(earliest, addDays(today, -runs * runDays)), to: yesterday };
  if (everyRunIsVouched(period, days))
    return candidate(planning, { period, route: "recent", reason: "reread", dueAt: now });
  const to = earlier(addDays(oldest, runDays - 1), addDays(today, -2));
  if (to < oldest) return null;
  return candidate(planning, { period: { from: oldest, to }, route: "hole", reason: "reread", dueAt: now });
}

function everyRunIsVouched({ from, to }: Period, days: Days): boolean {
  for (let start = from; start <= to; start = addDays(start, runDays)) {
    const run = { from: start, to: earlier(to, addDays(start, runDays - 1)) };
    if (!someDay(run, (date) => isKnown(days.get(date)))) return false;
  }
  return true;
}

/** Days never asked for, newest first, eight weeks a call; by probes of a week where nothing vouches for them. */
function planHistory(planning: CurvePlanning): Candidate | null {
  const { days, today, earliest } = planning;
  const { now } = planning.mornings;
  const whole = { from: earliest, to: addDays(today, -2) };
  const isUnasked = (date: LocalDate) => !wasAsked(days.get(date)) && !isKnown(days.get(date));
  const newest = newestDay(whole, isUnasked);
  if (newest === undefined) return null;
  const chunkDays = Math.max(1, historyRuns >> planning.failures) * runDays;
  const chunk = historyChunk({ newest, earliest, isUnasked, yesterday: addDays(today, -1), chunkDays });
  const vouched = isKnown(days.get(addDays(newest, 1))) || someDay(chunk, (date) => isKnown(days.get(date)));
  if (vouched) return candidate(planning, { period: chunk, route: "history", reason: "history_curve", dueAt: now });

  // Long steps first, each of them at once; then the weeks between, one a week. The last week is yesterday's matter.
  const silent = { from: earliest, to: addDays(today, -runDays - 1) };
  const far = newestDay(
    silent,
    (date) =>
      isUnasked(date) &&
      !someDay({ from: date, to: addDays(date, (historyRuns - 1) * runDays) }, (near) => wasAsked(days.get(near))),
  );
  const to = far ?? newestDay(silent, isUnasked);
  if (to === undefined) return null;
  const lastAsked = Math.max(
    0,
    ...[...days.values()].map((day) => (ageOf(day.date, today) > runDays ? (day.askedAt ?? 0) : 0)),
  );
  return candidate(planning, {
    period: { from: later(earliest, addDays(to, 1 - runDays)), to },
    route: "hole",
    reason: "history_curve",
    dueAt: far !== undefined ? now : instant(Math.max(now, lastAsked + runDays * dayMs)),
  });
}

/** Whole runs, so that no day stands in a run by itself: the oldest chunk overlaps newer days rather than being short. */
function historyChunk(bounds: {
  newest: LocalDate;
  earliest: LocalDate;
  yesterday: LocalDate;
  chunkDays: number;
  isUnasked: (date: LocalDate) => boolean;
}): Period {
  const window = { from: later(bounds.earliest, addDays(bounds.newest, 1 - bounds.chunkDays)), to: bounds.newest };
  const from = oldestDay(window, bounds.isUnasked) ?? window.from;
  const whole = Math.ceil(lengthOf({ from, to: bounds.newest }) / runDays) * runDays;
  const earlierFrom = later(bounds.earliest, addDays(bounds.newest, 1 - whole));
  return { from: earlierFrom, to: earlier(bounds.yesterday, addDays(earlierFrom, whole - 1)) };
}

/** A contradiction younger than the last question is asked about at once, one that outlived a question ever more rarely. */
const disagreeingAgainAt = (askedAt: Instant, since: Instant | null, age: number): Instant =>
  instant(since !== null && since > askedAt ? since : askedAt + Math.max(1, age / 4) * dayMs);

/** Days asked in vain, incomplete, or contradicting their daily value: a week a call, ever more rarely. */
function planHoles(planning: CurvePlanning): Candidate | null {
  const { days, today, earliest } = planning;
  const { now } = planning.mornings;
  let soonest = Number.POSITIVE_INFINITY;
  let newestDue: LocalDate | undefined;
  const due = new Set<LocalDate>();
  for (const [date, day] of days) {
    const age = ageOf(date, today);
    if (age <= runDays || date < earliest || day.askedAt === null || day.answer === "refused") continue;
    if (day.has === "all" && day.disagreeingSince === null) continue;
    if (!isKnown(day) && isInsideSilence(date, days)) continue;
    const at =
      day.has === "all"
        ? disagreeingAgainAt(day.askedAt, day.disagreeingSince, age)
        : askAgainAt({ askedAt: day.askedAt, tries: day.tries, age });
    if (at > now) soonest = Math.min(soonest, at);
    else {
      due.add(date);
      if (newestDue === undefined || date > newestDue) newestDue = date;
    }
  }
  if (newestDue === undefined) {
    if (soonest === Number.POSITIVE_INFINITY) return null;
    const yesterday = dateAt(instant(now - dayMs));
    return candidate(planning, {
      period: { from: yesterday, to: yesterday },
      route: "hole",
      reason: "hole",
      dueAt: instant(Math.ceil(soonest)),
    });
  }
  const window = { from: later(earliest, addDays(newestDue, 1 - runDays)), to: newestDue };
  const from = oldestDay(window, (date) => due.has(date)) ?? newestDue;
  return candidate(planning, { period: { from, to: newestDue }, route: "hole", reason: "hole", dueAt: now });
}
