import { usualSince } from "../domain/bill/project.ts";
import {
  addDays,
  boundsOf,
  clockOn,
  dateAt,
  firstOfMonth,
  firstOfYear,
  monthOf,
  utcDayAt,
} from "../domain/calendar.ts";
import type { KnownDay } from "../domain/day.ts";
import type { TempoDay } from "../domain/tempo.ts";
import { totalOf } from "../domain/totals.ts";
import { type Instant, instant, type LocalDate, type UsagePointId } from "../domain/units.ts";
import { type Flow, flows } from "../domain/usage-point.ts";
import type { Language } from "../shared/language.ts";
import type { DestinationName } from "./exports/destination.ts";
import { exportProblems, isExportTask } from "./exports/outcome.ts";
import { noCosts, observeCosts } from "./observe/costs.ts";
import { historyOf } from "./observe/history.ts";
import { observeEcowatt, observeTempo } from "./observe/signals.ts";
import { observeTariff, type TariffKnowledge } from "./observe/tariff.ts";
import { conditionTask, sourceTask, unauthorizedDetail } from "./plan/call.ts";
import { wasAsked } from "./plan/days.ts";
import { callsLeft, earliestOf, isMeasured, type Plan, type PlanInput, type PlannedPoint } from "./plan/plan.ts";
import { loadPriceBook } from "./prices/book.ts";
import { loadPointPlan } from "./prices/selected-offer.ts";
import { priceProblems } from "./prices/suspicious.ts";
import { isProblemCode, type ProblemCode, problemWords } from "./problems.ts";
import type {
  BridgeSnapshot,
  DayValue,
  FlowSnapshot,
  PeriodValue,
  ProblemSnapshot,
  Snapshot,
  UsagePointSnapshot,
} from "./snapshot.ts";
import { isStatisticsTask } from "./statistics/outcome.ts";
import type { PlanSetting } from "./statistics/plans.ts";
import { statisticsProblems } from "./statistics/trouble.ts";
import type { DayMemory, EnergyIndex, ReadingStore, Store, StoredUsagePoint, TaskMemory } from "./store.ts";

export interface ObserveDeps {
  readonly store: Store;
  /** What the user says of plans and prices. */
  readonly plans: readonly PlanSetting[];
  readonly language: Language;
  readonly version: string;
  /** The secondary destinations that are set; absent: none. */
  readonly destinations?: readonly DestinationName[];
}

/** Yesterday is late when it has not come by this clock time. */
const lateAfterMinutes = 12 * 60;

/** Computes what sinks may show from the store and from the state the plan was made of. Reads only. */
export async function observe(input: PlanInput, planned: Plan, deps: ObserveDeps): Promise<Snapshot> {
  const usagePoints: UsagePointSnapshot[] = [];
  for (const point of input.points) usagePoints.push(await observePoint(point, input, deps));
  return {
    usagePoints,
    tempo: observeTempo(input),
    ecowatt: observeEcowatt(input),
    bridge: observeBridge(input, planned, usagePoints, deps),
  };
}

async function observePoint(planned: PlannedPoint, input: PlanInput, deps: ObserveDeps): Promise<UsagePointSnapshot> {
  const { point, memory } = planned;
  const flowsShown: FlowSnapshot[] = [];
  let priced: Pick<UsagePointSnapshot, "tariff" | "costs"> = { tariff: null, costs: noCosts };
  for (const flow of flows) {
    const known = await loadKnownFlow(point.id, flow, deps.store);
    const shown = observeFlow(flow, known, planned, input);
    if (!isMeasured(flow, point, input) && shown.latest === null) continue;
    flowsShown.push(shown);
    if (flow === "consumption") priced = await observePrices(point, { ...known, shown }, input, deps);
  }
  const latestDates = flowsShown.flatMap((flow) => flow.latest?.date ?? []).sort();
  const latest = latestDates.at(-1) ?? null;
  const yesterday = addDays(dateAt(input.now), -1);
  // Without a curve the official value alone tells, and that of yesterday cannot be had before tomorrow.
  const newestDue = isCurveSilent(memory, dateAt(input.now)) ? addDays(yesterday, -1) : yesterday;
  const problem = problemOf(point, input.tasks, deps.language);
  return {
    id: point.id,
    name: point.name,
    available: point.listed && point.isActive && latest !== null,
    subscribedPowerKva: point.subscribedPowerKva,
    flows: flowsShown,
    ...priced,
    maxPower: memory.get("max_power")?.length ? await deps.store.loadLatestMaxPower(point.id) : null,
    dataThrough: latest === null ? null : boundsOf(latest).end,
    late: latest === null ? null : latest < newestDue && input.now >= clockOn(addDays(yesterday, 1), lateAfterMinutes),
    history: historyOf(planned, input),
    problem,
  };
}

interface KnownFlow {
  readonly index: EnergyIndex | null;
  /** Of the year of the latest day, and of the year before its month began; ascending. */
  readonly days: readonly KnownDay[];
}

async function loadKnownFlow(id: UsagePointId, flow: Flow, store: ReadingStore): Promise<KnownFlow> {
  const index = await store.loadIndex(id, flow);
  if (index === null) return { index, days: [] };
  const { through } = index;
  const from = [firstOfYear(through), usualSince(through)].sort()[0] ?? through;
  return { index, days: await store.loadDays(id, flow, { from, to: through }) };
}

function observeFlow(flow: Flow, { index, days }: KnownFlow, planned: PlannedPoint, input: PlanInput): FlowSnapshot {
  const yesterdayDate = addDays(dateAt(input.now), -1);
  if (index === null)
    return { flow, latest: null, yesterday: null, yesterdayDate, month: null, year: null, index: null };
  const { through } = index;
  const latest = days.at(-1) ?? null;
  return {
    flow,
    latest: latest && dayValue(latest),
    yesterday: dayValueOn(days, yesterdayDate),
    yesterdayDate,
    month: periodValue(monthOf(through), days, firstOfMonth(through), through),
    year: periodValue(through.slice(0, 4), days, firstOfYear(through), through),
    // Until every past day was asked for, days still arrive before the index's first one: it would jump by years.
    index: isPastAsked(`${flow}_daily`, planned, input) ? index : null,
  };
}

/** By the plans and prices of the usage point: what a kWh costs now, and what was consumed. */
async function observePrices(
  point: StoredUsagePoint,
  { days, shown }: KnownFlow & { readonly shown: FlowSnapshot },
  { now, tempo }: PlanInput,
  { store, plans }: ObserveDeps,
): Promise<Pick<UsagePointSnapshot, "tariff" | "costs">> {
  const { history, said } = await loadPointPlan(store, point, plans);
  const knowledge: TariffKnowledge = {
    history,
    colorOn: await loadColors(days, tempo, store),
    book: await loadPriceBook(store, point, plans),
  };
  const today = dateAt(now);
  return {
    tariff: observeTariff(now, knowledge),
    costs: await observeCosts(store, { usagePoint: point.id, today, flow: shown, days, knowledge, said }),
  };
}

/** The colours of the days to price; the plan's own input begins with the season. */
async function loadColors(
  days: readonly KnownDay[],
  recent: readonly TempoDay[],
  store: Pick<Store, "loadTempo">,
): Promise<TariffKnowledge["colorOn"]> {
  const [first, last] = [days[0], days.at(-1)];
  const earlier = first && last ? await store.loadTempo({ from: addDays(first.date, -1), to: last.date }) : [];
  const colors = new Map([...earlier, ...recent].map(({ date, color }) => [date, color]));
  return (date) => colors.get(date);
}

const dayValue = ({ date, energyWh, quality, changedAt }: KnownDay): DayValue => ({
  date,
  energyWh,
  quality,
  changedAt,
});

function dayValueOn(days: readonly KnownDay[], date: LocalDate): DayValue | null {
  const found = days.find((day) => day.date === date);
  return found ? dayValue(found) : null;
}

function periodValue(
  period: string,
  days: readonly KnownDay[],
  from: LocalDate,
  through: LocalDate,
): PeriodValue | null {
  // Days before the first one known are not missing: the meter, or the history, begins there.
  const first = days.find((day) => day.date >= from)?.date ?? from;
  const total = totalOf(days, { from: first, through });
  if (total === null) return null;
  const changedAt = days.reduce((max, day) => (day.date >= from ? Math.max(max, day.changedAt) : max), 0);
  return { ...total, period, changedAt: instant(changedAt) };
}

/** Whether days are told to be consumed on and none of the last ones has a half-hour, although they were asked for. */
function isCurveSilent(memory: PlannedPoint["memory"], today: LocalDate): boolean {
  const isRecent = ({ date }: DayMemory) => date >= addDays(today, -silentDays) && date < addDays(today, -1);
  const curve = (memory.get("consumption_curve") ?? []).filter(isRecent);
  const daily = (memory.get("consumption_daily") ?? []).filter((day) => isRecent(day) && day.has === "all");
  return daily.length >= silentDays - 3 && curve.some(wasAsked) && curve.every((day) => day.has === "none");
}
/** A question a week asks six days of seven: some of these are always asked. */
const silentDays = 9;

function isPastAsked(
  subject: "consumption_daily" | "production_daily",
  { memory, point }: PlannedPoint,
  input: PlanInput,
): boolean {
  const asked = new Set((memory.get(subject) ?? []).filter(wasAsked).map((day) => day.date));
  if (asked.size === 0) return false;
  // The oldest day moves on every midnight, and is out of reach before it was asked for.
  const from = addDays(earliestOf(subject, point, input), 1);
  for (let date = from; date <= addDays(dateAt(input.now), -3); date = addDays(date, 1))
    if (!asked.has(date)) return false;
  return true;
}

/** What keeps a usage point from being read; null where nothing does. */
export function problemOf(
  point: StoredUsagePoint,
  tasks: ReadonlyMap<string, TaskMemory>,
  language: Language,
): ProblemSnapshot | null {
  const said = (code: ProblemCode, since: Instant): ProblemSnapshot => ({
    code,
    ...problemWords(language, code, point.id),
    since,
    usagePoint: point.id,
  });
  const listedAt = tasks.get("usage_points")?.askedAt ?? instant(0);
  const sinceOf = (code: ProblemCode) => (point.problem?.code === code ? point.problem.since : listedAt);
  if (!point.listed) return said("not_listed", sinceOf("not_listed"));
  if (!point.isActive) return said("inactive_meter", sinceOf("inactive_meter"));
  if (point.problem && isProblemCode(point.problem.code)) return said(point.problem.code, point.problem.since);
  const rejected = [...tasks.values()].find(
    (task) => task.key.endsWith(point.id) && task.retryAt !== null && task.detail?.startsWith("rejected:"),
  );
  return rejected ? said("rejected", rejected.askedAt) : null;
}

function observeBridge(
  input: PlanInput,
  planned: Plan,
  points: readonly UsagePointSnapshot[],
  { language, version, destinations = [] }: ObserveDeps,
): BridgeSnapshot {
  const succeeded = [...input.tasks.values()].flatMap((task) =>
    isStatisticsTask(task.key) || isExportTask(task.key) ? [] : (task.succeededAt ?? []),
  );
  const left = callsLeft(input.budget);
  return {
    version,
    lastSyncAt: succeeded.length > 0 ? instant(Math.max(...succeeded)) : null,
    nextCallAt: planned.due[0] ? input.now : (planned.next?.dueAt ?? null),
    budget: input.budget && { ...input.budget, left },
    problems: [
      ...accountProblems(input, language),
      ...points.flatMap((point) => pointProblems(point, input, language)),
      ...statisticsProblems(input.tasks, language),
      ...exportProblems(input.tasks, destinations, language),
      ...priceProblems(input.tasks, language),
    ],
  };
}

/** Fewer failed calls in a row than this may be a passing hiccup, and is nothing to show, once an answer has come. */
const unreachableAfter = 3;

function accountProblems({ tasks, budget, now, points }: PlanInput, language: Language): ProblemSnapshot[] {
  const said = (code: ProblemCode, since: Instant): ProblemSnapshot => ({
    code,
    ...problemWords(language, code, null),
    since,
    usagePoint: null,
  });
  const problems: ProblemSnapshot[] = [];
  const source = tasks.get(sourceTask);
  const isRefused = source?.retryAt && source.detail?.startsWith(unauthorizedDetail);
  const since = (condition: Parameters<typeof conditionTask>[0], otherwise: Instant): Instant => {
    const noted = tasks.get(conditionTask(condition));
    return noted?.failures === 1 ? noted.askedAt : otherwise;
  };
  if (isRefused) problems.push(said("credentials", since("outage", source.askedAt)));
  else if (source?.retryAt && source.failures >= (tasks.get("usage_points")?.succeededAt ? unreachableAfter : 1))
    problems.push(said("gateway_unreachable", since("outage", source.askedAt)));
  if (budget !== null && budget.used >= budget.allowed)
    problems.push(said("quota", instant(Date.parse(`${utcDayAt(now)}T00:00:00Z`))));
  const listed = tasks.get("usage_points");
  if (listed?.succeededAt && points.every(({ point }) => !point.listed))
    problems.push(said("no_usage_points", since("no_usage_points", listed.succeededAt)));
  // Tasks of one usage point end in its number, and are told with it.
  const rejected = [...tasks.values()].find(
    ({ key, retryAt, detail }) => retryAt !== null && !/:\d{14}$/.test(key) && detail?.startsWith("rejected:"),
  );
  if (rejected) problems.push(said("request_rejected", rejected.askedAt));
  return problems;
}

function pointProblems(point: UsagePointSnapshot, input: PlanInput, language: Language): ProblemSnapshot[] {
  const { now } = input;
  if (point.problem) return [point.problem];
  const memory = input.points.find((planned) => planned.point.id === point.id)?.memory;
  if (memory && isCurveSilent(memory, dateAt(now))) return [curveProblem(point.id, memory, language)];
  if (point.late !== true || point.dataThrough === null) return [];
  return [lateProblem(point.id, point.dataThrough, language, now)];
}

/** Since the end of the last day with half-hours; without any, since the first day known otherwise. */
function curveProblem(id: UsagePointId, memory: PlannedPoint["memory"], language: Language): ProblemSnapshot {
  const lastCurve = (memory.get("consumption_curve") ?? []).findLast((day) => day.has !== "none");
  const firstDaily = (memory.get("consumption_daily") ?? []).find((day) => day.has !== "none");
  const since = lastCurve ? boundsOf(lastCurve.date).end : firstDaily ? boundsOf(firstDaily.date).start : instant(0);
  return { code: "no_load_curve", ...problemWords(language, "no_load_curve", id), since, usagePoint: id };
}

const lateProblem = (id: UsagePointId, dataThrough: Instant, language: Language, now: Instant): ProblemSnapshot => ({
  code: "data_late",
  ...problemWords(language, "data_late", id),
  since: instant(Math.min(now, dataThrough)),
  usagePoint: id,
});
