import { addDays, addYears, dateAt, localDate, nextUtcMidnight } from "../../domain/calendar.ts";
import type { EcowattDay } from "../../domain/ecowatt.ts";
import type { TempoDay } from "../../domain/tempo.ts";
import { dayMs, hourMs, type Instant, instant, type LocalDate, minuteMs } from "../../domain/units.ts";
import { type Flow, flows, type Subject } from "../../domain/usage-point.ts";
import { planCurveWish, planDailyWish, type WishPlanning, wishSubjects, wishTask } from "../manual/wishes.ts";
import type { BudgetState, DayMemory, StoredUsagePoint, TaskMemory } from "../store.ts";
import {
  type Call,
  type Candidate,
  frontierTask,
  isCounted,
  reasons,
  sourceTask,
  subjectOf,
  taskKeyOf,
  unauthorizedDetail,
  usagePointOf,
  wrongFlowTask,
} from "./call.ts";
import { planCurve } from "./curves.ts";
import { newestAge, planDaily } from "./dailies.ts";
import { daysOf, later, lengthOf } from "./days.ts";
import { lastMorning, morningsOf, nextMorning, type Rhythm } from "./rhythm.ts";
import { planEcowatt, planOffers, planTempo } from "./signals.ts";

/** Everything the plan is made from. It decides nothing else than this says, so that a restart changes nothing. */
export interface PlanInput {
  readonly now: Instant;
  readonly rhythm: Rhythm;
  /** Whose usage points are served: another account's memory says nothing about this one. */
  readonly account: string;
  /** Changes with the credentials and with each run: what was refused before says nothing about now. */
  readonly credentials: string;
  readonly points: readonly PlannedPoint[];
  readonly tasks: ReadonlyMap<string, TaskMemory>;
  /** Today's counter of the 50; null when nothing was counted yet. */
  readonly budget: BudgetState | null;
  /** Colours known in the season of today, and beyond. */
  readonly tempo: readonly TempoDay[];
  /** Signals known from yesterday on. */
  readonly ecowatt: readonly EcowattDay[];
  /** When the user asked for a synchronisation; what was not asked since is due. */
  readonly requestedAt: Instant | null;
  /** Whether the day is to be confirmed by an answer before anything is shown or asked for. */
  readonly isClockDoubtful?: boolean;
}

export interface PlannedPoint {
  readonly point: StoredUsagePoint;
  readonly memory: ReadonlyMap<Subject, readonly DayMemory[]>;
}

export interface Plan {
  /** What should be asked now, most urgent first. */
  readonly due: readonly Candidate[];
  /** The first call that lies ahead. */
  readonly next: Candidate | null;
}

/** The gateway's limit until it tells another. */
export const defaultDailyCalls = 50;

const contractEveryMs = 7 * dayMs;
const addressEveryMs = 90 * dayMs;
const wrongFlowAgainMs = 30 * dayMs;
/** A second press of the button within this time asks nothing again. */
const requestQuietMs = 2 * minuteMs;

/** Every call that can be foreseen, most urgent first, each with the moment from which it may be made. */
export const candidatesIn = (input: PlanInput): Candidate[] =>
  [...accountCandidates(input), ...input.points.flatMap((planned) => pointCandidates(planned, input))]
    .map((candidate) => gated(requested(candidate, input), input))
    .sort((a, b) => reasons.indexOf(a.reason) - reasons.indexOf(b.reason) || a.rank - b.rank);

export function plan(input: PlanInput): Plan {
  const { now } = input;
  const candidates = candidatesIn(input);
  const due = candidates.filter((candidate) => candidate.dueAt <= now);
  const next = candidates.reduce<Candidate | null>(
    (soonest, candidate) =>
      candidate.dueAt > now && (soonest === null || candidate.dueAt < soonest.dueAt) ? candidate : soonest,
    null,
  );
  return { due, next };
}

/** How many of the day's calls are left. */
export const callsLeft = (budget: BudgetState | null): number =>
  budget === null ? defaultDailyCalls : Math.max(0, budget.allowed - budget.used);

function accountCandidates({ now, rhythm, account, points, tasks, tempo, ecowatt, budget }: PlanInput): Candidate[] {
  const list = tasks.get("usage_points");
  const usage = tasks.get("usage");
  const morning = lastMorning(now, rhythm);
  // The list is not counted. Whoever has just added a meter, or lost all of them to a wrong answer, need not wait a day.
  const again = points.every(({ point }) => !point.listed) ? hourMs : dayMs;
  const listDue =
    !list?.succeededAt || list.detail !== account || list.askedAt < morning
      ? now
      : instant(Math.min(nextMorning(now, rhythm), list.askedAt + again));
  const candidates: Candidate[] = [
    { call: { kind: "usage_points" }, reason: "usage_points", dueAt: listDue, rank: 0 },
    planTempo(tempo, tasks.get("tempo"), now, rhythm),
    planEcowatt(ecowatt, tasks.get("ecowatt"), now, rhythm),
  ];
  // Other programs may use the same account: before the first call of a UTC day the gateway is asked what it counted.
  if (budget === null && (usage === undefined || usage.askedAt < nextUtcMidnight(now) - dayMs))
    candidates.push({ call: { kind: "usage" }, reason: "usage", dueAt: now, rank: 0 });
  if (points.some(({ memory }) => memory.size > 0)) candidates.push(planOffers(tasks.get("offers"), now, rhythm));
  return candidates;
}

/** The latest start that was refused as before the meter's activation or the consent. */
function frontierOf(
  subject: Subject,
  point: Pick<StoredUsagePoint, "id">,
  { tasks }: Pick<PlanInput, "tasks">,
): LocalDate | null {
  const refused = tasks.get(frontierTask(subject, point.id))?.detail;
  return refused ? localDate(refused) : null;
}

/** How far back the gateway gives each kind of value. */
const curveYears = 2;
const curveDays = 729;
const dailyYears = 3;

/** The first day to ask for: no older than the gateway gives, nor before the activation, nor where a start was refused. */
export function earliestOf(
  subject: Subject,
  point: Pick<StoredUsagePoint, "id" | "activationDate">,
  input: Pick<PlanInput, "now" | "tasks">,
): LocalDate {
  const today = dateAt(input.now);
  const oldest = subject.endsWith("_curve")
    ? later(addYears(today, -curveYears), addDays(today, -curveDays))
    : addYears(today, -dailyYears);
  const earliest = later(oldest, point.activationDate ?? oldest);
  const refused = frontierOf(subject, point, input);
  return refused ? later(earliest, addDays(refused, 1)) : earliest;
}

function pointCandidates({ point, memory }: PlannedPoint, input: PlanInput): Candidate[] {
  if (!point.listed || !point.isActive) return [];
  const { now, rhythm, tasks } = input;
  const today = dateAt(now);
  const mornings = morningsOf(now, rhythm);
  const measures = (flow: Flow) => isMeasured(flow, point, input);
  const candidates: Candidate[] = [];
  const frontier = (subject: Subject) => frontierOf(subject, point, input);

  if (point.hasConsumption) {
    const repeated = (call: Call, everyMs: number): Candidate => {
      const task = tasks.get(taskKeyOf(call));
      const reason = call.kind === "address" ? "address" : "contract";
      return { call, reason, dueAt: task?.succeededAt ? instant(task.succeededAt + everyMs) : now, rank: 0 };
    };
    candidates.push(repeated({ kind: "contract", usagePoint: point.id }, contractEveryMs));
    candidates.push(repeated({ kind: "address", usagePoint: point.id }, addressEveryMs));
  }

  const nothing = { has: "none", askedAt: null } as const;
  const yesterdayOf = (subject: Subject) =>
    memory.get(subject)?.find((day) => day.date === addDays(today, -1)) ?? nothing;
  for (const flow of flows.filter(measures)) {
    candidates.push(...wishedCandidates({ point, memory }, flow, input));
    candidates.push(
      ...planCurve({
        usagePoint: point.id,
        flow,
        days: daysOf(memory.get(`${flow}_curve`)),
        today,
        earliest: earliestOf(`${flow}_curve`, point, input),
        mornings,
        callsLeft: yesterdayShare(input),
        leader: flow === "production" && measures("consumption") ? yesterdayOf("consumption_curve") : null,
        failures: tasks.get(`${flow}_curve:${point.id}`)?.failures ?? 0,
      }),
    );
    for (const subject of flow === "consumption"
      ? (["consumption_daily", "max_power"] as const)
      : (["production_daily"] as const))
      candidates.push(
        ...planDaily({
          usagePoint: point.id,
          subject,
          days: daysOf(memory.get(subject)),
          today,
          earliest: earliestOf(subject, point, input),
          mornings,
        }),
      );
  }
  return candidates.map((candidate) => pastFrontier(candidate, frontier));
}

/** What the user wants to be asked again. */
function wishedCandidates({ point, memory }: PlannedPoint, flow: Flow, input: PlanInput): Candidate[] {
  const { now, tasks } = input;
  const { curve, daily } = wishSubjects[flow];
  const wishOf = (subject: Subject, planWish: (planning: WishPlanning) => Candidate | null): Candidate[] => {
    const task = tasks.get(wishTask(subject, point.id));
    if (task === undefined) return [];
    const days = daysOf(memory.get(subject));
    const earliest = earliestOf(subject, point, input);
    const planned = planWish({ task, days, now, usagePoint: point.id, flow, today: dateAt(now), earliest });
    return planned === null ? [] : [planned];
  };
  return [...wishOf(curve, planCurveWish), ...wishOf(daily, (planning) => planDailyWish(planning, newestAge(daily)))];
}

/** Whether the account says so, and the meter did not say otherwise within the month. */
export function isMeasured(
  flow: Flow,
  point: Pick<StoredUsagePoint, "id" | "hasConsumption" | "hasProduction">,
  { tasks, now }: Pick<PlanInput, "tasks" | "now">,
): boolean {
  if (!(flow === "consumption" ? point.hasConsumption : point.hasProduction)) return false;
  const wrong = tasks.get(wrongFlowTask(flow, point.id));
  return wrong === undefined || wrong.askedAt + wrongFlowAgainMs <= now;
}

/**
 * After a start was refused as before the activation, and the activation date is not known: the next start lies half
 * way to the period's end, so that a dozen questions find the first day.
 */
function pastFrontier(candidate: Candidate, frontier: (subject: Subject) => LocalDate | null): Candidate {
  const subject = subjectOf(candidate.call);
  if (subject === null || !("period" in candidate.call)) return candidate;
  const refused = frontier(subject);
  const { from, to } = candidate.call.period;
  if (refused === null || from > addDays(refused, 1)) return candidate;
  const half = addDays(refused, Math.ceil(lengthOf({ from: refused, to }) / 2));
  return { ...candidate, call: { ...candidate.call, period: { from: half < to ? half : to, to } } };
}

/** The flows that still lack yesterday share what is left of the day, less what the day's other calls need. */
function yesterdayShare({ points, budget, now }: PlanInput): number {
  const yesterday = addDays(dateAt(now), -1);
  let lacking = 0;
  let others = 3;
  for (const { point, memory } of points) {
    if (!point.listed || !point.isActive) continue;
    for (const flow of flows) {
      if (!(flow === "consumption" ? point.hasConsumption : point.hasProduction)) continue;
      others += flow === "consumption" ? 2 : 1;
      if (memory.get(`${flow}_curve`)?.find((day) => day.date === yesterday)?.has !== "all") lacking++;
    }
  }
  return Math.floor(Math.max(0, callsLeft(budget) - others) / Math.max(1, lacking));
}

/** What may not be touched, because it is needed later the same day. */
function reserveFor({ reason }: Candidate, { points, now }: PlanInput): number {
  if (reason === "yesterday" || reason === "ecowatt") return 0;
  if (reason === "recent" || reason === "wished") return 2;
  const yesterday = addDays(dateAt(now), -1);
  const waiting = points.some(({ memory }) =>
    flows.some(
      (flow) =>
        memory.has(`${flow}_curve`) &&
        memory.get(`${flow}_curve`)?.find((day) => day.date === yesterday)?.has !== "all",
    ),
  );
  return waiting ? 7 : 4;
}

/** Nothing before its retry, nothing counted beyond the budget, nothing at all while the source is being spared. */
function gated(candidate: Candidate, input: PlanInput): Candidate {
  const { now, tasks, budget } = input;
  let dueAt = candidate.dueAt;
  const wait = (until: Instant | null | undefined) => {
    if (until && until > dueAt) dueAt = until;
  };
  const source = tasks.get(sourceTask);
  const isWanted = input.requestedAt !== null && source !== undefined && source.askedAt < input.requestedAt;
  if (!isRefusedWithOthers(source, input) && !isWanted) wait(source?.retryAt);
  const own = tasks.get(taskKeyOf(candidate.call));
  if (!isListWanted(candidate, own, input)) wait(own?.retryAt);
  const point = usagePointOf(candidate.call);
  if (point !== null) wait(tasks.get(`point:${point}`)?.retryAt);
  if (isCounted(candidate.call) && dueAt < nextUtcMidnight(now) && callsLeft(budget) <= reserveFor(candidate, input))
    dueAt = instant(nextUtcMidnight(now) + input.rhythm.offsetMs);
  return dueAt === candidate.dueAt ? candidate : { ...candidate, dueAt };
}

/** Everything waits for a list of meters that never came, and asking for it costs nothing. */
const isListWanted = (
  { reason }: Candidate,
  list: TaskMemory | undefined,
  { requestedAt }: Pick<PlanInput, "requestedAt">,
): boolean => reason === "usage_points" && requestedAt !== null && list !== undefined && list.askedAt < requestedAt;

/** Whether the source refused credentials that are no longer the ones in use. */
const isRefusedWithOthers = (
  source: TaskMemory | undefined,
  { credentials }: Pick<PlanInput, "credentials">,
): boolean =>
  source?.detail?.startsWith(unauthorizedDetail) === true &&
  !source.detail.startsWith(unauthorizedDetail + credentials);

/** The button brings forward what is lacking, not the history and not what was asked a moment ago. */
function requested(candidate: Candidate, { requestedAt, tasks, now }: PlanInput): Candidate {
  if (requestedAt === null || candidate.dueAt <= now) return candidate;
  const wanted: readonly Candidate["reason"][] = ["usage_points", "tempo", "yesterday", "recent"];
  const askedAt = tasks.get(taskKeyOf(candidate.call))?.askedAt;
  if (!wanted.includes(candidate.reason) || (askedAt !== undefined && askedAt > requestedAt - requestQuietMs))
    return candidate;
  return { ...candidate, dueAt: now };
}
