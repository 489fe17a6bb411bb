import { nextUtcMidnight, utcDayAt } from "../domain/calendar.ts";
import { dayMs, hourMs, type Instant, instant, type UsagePointId } from "../domain/units.ts";
import { dailySubject, type Flow } from "../domain/usage-point.ts";
import { type Logger, shortId } from "../shared/log.ts";
import { curveAnswers, dailyAnswers } from "./answers.ts";
import type { ClockTrouble } from "./clock-trouble.ts";
import {
  type Call,
  conditionTask,
  frontierTask,
  isCounted,
  sourceTask,
  subjectOf,
  taskKeyOf,
  unauthorizedDetail,
  usagePointOf,
  wrongFlowTask,
} from "./plan/call.ts";
import { lengthOf } from "./plan/days.ts";
import { nextMorning, type Rhythm, retryAfterFailure } from "./plan/rhythm.ts";
import { noteSuspiciousPrices } from "./prices/suspicious.ts";
import type { Answer, Period, Source } from "./source.ts";
import type { Store, TaskMemory } from "./store.ts";

/** What making a call needs. `account` names the owner of the budget. */
export interface FetchDeps {
  readonly source: Source;
  readonly store: Store;
  readonly account: string;
  /** Changes with the credentials and with each run, and tells nothing of them. */
  readonly credentials: string;
  readonly rhythm: Rhythm;
  readonly log: Logger;
}

/** What became of one call. */
export interface CallResult {
  readonly outcome: Answer<unknown>["outcome"];
  /** Rows of readings and signals that were new or changed. */
  readonly written: number;
  readonly message: string | null;
  /** What the source says of this machine's clock, where that is wrong. */
  readonly clock: ClockTrouble | null;
}

/** After this the credentials are tried again, should the fault have been the gateway's. */
const unauthorizedAgainMs = 6 * hourMs;

/**
 * Makes one planned call and stores what it told: readings, the memory of each day asked for, and what the outcome
 * means for later calls. A period without activation date that begins too early only moves the frontier.
 *
 * | outcome | remembered |
 * |---|---|
 * | data, no_data | the readings; each day's answer; failures end |
 * | before_activation | the refused start, as the frontier of this subject |
 * | wrong_flow | the flow is left alone for a month |
 * | refused | the usage point's problem; asked again once, next morning |
 * | quota | the budget is used up until 00:00 UTC |
 * | unauthorized | the whole source, for six hours |
 * | unavailable | this call and, more briefly, the whole source, ever longer |
 * | clock | nothing, since every instant would be wrong |
 * | rejected | this call, until tomorrow; for an hour where it is of the whole account and not counted |
 */
export async function makeCall(call: Call, now: Instant, deps: FetchDeps, signal: AbortSignal): Promise<CallResult> {
  const { result, written } = await ask(call, now, deps, signal);
  await remember(call, result, now, deps);
  const message = "message" in result ? result.message : (result.incomplete ?? null);
  const clock = result.outcome === "clock" ? { aheadMs: result.aheadMs } : null;
  return { outcome: result.outcome, written, message, clock };
}

interface Asked {
  readonly result: Answer<unknown>;
  readonly written: number;
}

async function ask(call: Call, now: Instant, deps: FetchDeps, signal: AbortSignal): Promise<Asked> {
  switch (call.kind) {
    case "curve":
    case "daily":
    case "max_power":
      return askReadings(call, now, deps, signal);
    case "usage_points":
    case "usage":
    case "contract":
    case "address":
      return askAccount(call, now, deps, signal);
    case "tempo":
    case "ecowatt":
      return askSignals(call, now, deps, signal);
    case "offers":
      return askOffers(now, deps, signal);
  }
}

async function askReadings(
  call: Extract<Call, { kind: "curve" | "daily" | "max_power" }>,
  now: Instant,
  deps: FetchDeps,
  signal: AbortSignal,
): Promise<Asked> {
  const { source, store } = deps;
  const { usagePoint, period } = call;
  switch (call.kind) {
    case "curve": {
      const result = await source.fetchCurve(call, signal);
      const slots = result.outcome === "data" ? result.data.slots : [];
      if (!isAnswered(result)) return { result, written: 0 };
      const answers = curveAnswers(period, slots);
      const { written } = await store.ingestCurve({ usagePoint, flow: call.flow, slots, answers, at: now });
      return { result, written };
    }
    case "daily": {
      const result = await emptyMeansBefore(call, await source.fetchDaily(call, signal), deps);
      const readings = result.outcome === "data" ? result.data : [];
      if (!isAnswered(result)) return { result, written: 0 };
      const answers = dailyAnswers(period, readings);
      const { written } = await store.ingestDaily({ usagePoint, flow: call.flow, readings, answers, at: now });
      return { result, written };
    }
    case "max_power": {
      const result = await source.fetchMaxPower(call, signal);
      const readings = result.outcome === "data" ? result.data : [];
      if (!isAnswered(result)) return { result, written: 0 };
      const { written } = await store.ingestMaxPower({
        usagePoint,
        readings,
        answers: dailyAnswers(period, readings),
        at: now,
      });
      return { result, written };
    }
  }
}

/** Longer than any silence that is not the time before the meter. */
const longSilenceDays = 31;

/**
 * The gateway answers a daily period that begins before the activation with an empty list, which hides its later days.
 * Without an activation date to know better by, a long empty period is read as that, and while the first day is being
 * narrowed down a short one as well; a single day is just absent.
 */
async function emptyMeansBefore<T>(
  call: Extract<Call, { kind: "daily" }>,
  result: Answer<T>,
  { store, account }: FetchDeps,
): Promise<Answer<T>> {
  const days = lengthOf(call.period);
  if (result.outcome !== "no_data" || days === 1) return result;
  const point = (await store.loadUsagePoints(account)).find((candidate) => candidate.id === call.usagePoint);
  if (!point || point.activationDate !== null) return result;
  const isBefore = days > longSilenceDays || (await isNarrowing(call, store));
  return isBefore ? { outcome: "before_activation", message: result.message } : result;
}

/** An earlier start was refused, and nothing is known before this one. */
async function isNarrowing(call: Extract<Call, { kind: "daily" }>, store: Store): Promise<boolean> {
  const subject = dailySubject(call.flow);
  if (!(await store.loadTasks()).has(frontierTask(subject, call.usagePoint))) return false;
  const known = (await store.loadDayMemory(call.usagePoint)).get(subject) ?? [];
  return !known.some((day) => day.has !== "none" && day.date < call.period.from);
}

const isAnswered = (result: Answer<unknown>): boolean => result.outcome === "data" || result.outcome === "no_data";

async function askAccount(
  call: Extract<Call, { kind: "usage_points" | "usage" | "contract" | "address" }>,
  now: Instant,
  { source, store, account }: FetchDeps,
  signal: AbortSignal,
): Promise<Asked> {
  switch (call.kind) {
    case "usage_points": {
      const result = await source.listUsagePoints(signal);
      if (result.outcome === "data") {
        await store.saveUsagePoints(account, result.data, now);
        await noteListing(now, store, account);
        await noteSuspiciousPrices(store, account, now);
      }
      return { result, written: 0 };
    }
    case "usage": {
      const result = await source.fetchUsage(signal);
      if (result.outcome === "data" && result.data.utcDay === utcDayAt(now)) {
        const { utcDay, used, limit, cachedUsed, cachedLimit } = result.data;
        await store.settleBudget({ account, utcDay, bucket: "no_cache", used, allowed: limit });
        await store.settleBudget({ account, utcDay, bucket: "cached", used: cachedUsed, allowed: cachedLimit });
      }
      return { result, written: 0 };
    }
    case "contract": {
      const result = await source.fetchContract(call.usagePoint, signal);
      if (result.outcome === "data") await store.saveContract(call.usagePoint, result.data);
      return { result, written: 0 };
    }
    case "address": {
      const result = await source.fetchAddress(call.usagePoint, signal);
      if (result.outcome === "data") await store.saveAddress(call.usagePoint, result.data);
      return { result, written: 0 };
    }
  }
}

/** From when on a usage point is not listed, or switched off, and the account without any. */
async function noteListing(now: Instant, store: Store, account: string): Promise<void> {
  const points = await store.loadUsagePoints(account);
  for (const { id, listed, isActive, problem } of points) {
    const code = !listed ? "not_listed" : !isActive ? "inactive_meter" : null;
    if (code !== null) await store.saveProblem(id, { code, message: "" }, now);
    else if (problem?.code === "not_listed" || problem?.code === "inactive_meter")
      await store.saveProblem(id, null, now);
  }
  await noteCondition("no_usage_points", { holds: points.every((point) => !point.listed), now }, store);
}

async function noteCondition(
  condition: Parameters<typeof conditionTask>[0],
  { holds, now }: { readonly holds: boolean; readonly now: Instant },
  store: Store,
): Promise<void> {
  const key = conditionTask(condition);
  const held = (await store.loadTasks()).get(key)?.failures === 1;
  if (held === holds) return;
  await store.saveTask({ key, askedAt: now, succeededAt: null, failures: holds ? 1 : 0, retryAt: null, detail: null });
}

async function askSignals(
  call: Extract<Call, { kind: "tempo" | "ecowatt" }>,
  now: Instant,
  { source, store }: FetchDeps,
  signal: AbortSignal,
): Promise<Asked> {
  if (call.kind === "tempo") {
    const result = await source.fetchTempo(call.from, signal);
    return { result, written: result.outcome === "data" ? (await store.saveTempo(result.data, now)).written : 0 };
  }
  const result = await source.fetchEcowatt(call.period, signal);
  return { result, written: result.outcome === "data" ? (await store.saveEcowatt(result.data, now)).written : 0 };
}

/** An offer without any price tells nothing, and replaces nothing. */
async function askOffers(now: Instant, { source, store, account }: FetchDeps, signal: AbortSignal): Promise<Asked> {
  const result = await source.fetchOffers(signal);
  if (result.outcome !== "data") return { result, written: 0 };
  const told = result.data.filter(({ prices }) => Object.keys(prices).length > 0);
  const { written } = await store.saveOffers(told, now);
  await noteSuspiciousPrices(store, account, now);
  return { result, written };
}

async function remember(call: Call, result: Answer<unknown>, now: Instant, deps: FetchDeps): Promise<void> {
  const { store, account, rhythm, log } = deps;
  const key = taskKeyOf(call);
  const point = usagePointOf(call);
  const tasks = await store.loadTasks();
  const about = point === null ? {} : { usagePoint: shortId(point) };
  switch (result.outcome) {
    case "data":
    case "no_data":
      await store.saveTask(succeeded(key, now, detailOf(call, result, account)));
      if (tasks.get(sourceTask)?.retryAt) {
        await store.saveTask(succeeded(sourceTask, now, null));
        await noteCondition("outage", { holds: false, now }, store);
      }
      if (point !== null && result.outcome === "data") await clearProblem(point, tasks, now, deps);
      return;
    case "before_activation":
      await store.saveTask(succeeded(key, now, result.message));
      await moveFrontier(call, now, deps);
      return;
    case "wrong_flow":
      await store.saveTask(succeeded(key, now, result.message));
      if (point !== null) await store.saveTask(succeeded(wrongFlowTask(flowAsked(call), point), now, result.message));
      log.info({ ...about, flow: flowAsked(call) }, "this meter does not measure that flow");
      return;
    case "refused":
      await store.saveTask(
        failed(tasks.get(key), key, now, { retryAt: nextMorning(now, rhythm), detail: result.message }),
      );
      if (point === null) return;
      await store.saveProblem(point, { code: result.reason, message: result.message }, now);
      await store.saveTask(
        failed(tasks.get(`point:${point}`), `point:${point}`, now, {
          retryAt: nextMorning(now, rhythm),
          detail: result.reason,
        }),
      );
      log.warn({ ...about, reason: result.reason, answer: result.message }, "the gateway refuses this meter");
      return;
    case "quota":
      if (isCounted(call)) {
        const allowed = (await store.loadBudget(account, utcDayAt(now), "no_cache"))?.allowed ?? 0;
        await store.settleBudget({ account, utcDay: utcDayAt(now), bucket: "no_cache", used: allowed, allowed });
      }
      await store.saveTask(
        failed(tasks.get(key), key, now, {
          retryAt: instant(nextUtcMidnight(now) + rhythm.offsetMs),
          detail: result.message,
        }),
      );
      log.warn({ answer: result.message }, "the day's calls are used up");
      return;
    case "unauthorized":
      await noteCondition("outage", { holds: true, now }, store);
      await store.saveTask(
        failed(tasks.get(sourceTask), sourceTask, now, {
          retryAt: instant(now + unauthorizedAgainMs),
          detail: `${unauthorizedDetail}${deps.credentials}: ${result.message}`,
        }),
      );
      log.error({ answer: result.message }, "the gateway refuses the credentials");
      return;
    case "unavailable": {
      const own = tasks.get(key);
      if (call.kind === "offers") {
        // Nothing that a meter tells waits for a list of prices.
        await store.saveTask(failed(own, key, now, { retryAt: nextMorning(now, rhythm), detail: result.message }));
        log.warn({ call: key, answer: result.message }, "the gateway did not answer");
        return;
      }
      await noteCondition("outage", { holds: true, now }, store);
      const shared = tasks.get(sourceTask);
      const after = { retryAfterMs: result.retryAfterMs };
      const isUrgent = call.kind === "curve" && call.route === "recent";
      const retryAt = retryAfterFailure({ failures: (own?.failures ?? 0) + 1, isUrgent, ...after }, now);
      // The whole source is spared for half an hour at most: another route may work, and yesterday must not wait.
      const sharedRetryAt = instant(
        Math.min(
          retryAfterFailure({ failures: (shared?.failures ?? 0) + 1, isUrgent: true, ...after }, now),
          now + hourMs / 2,
        ),
      );
      await store.saveTask(failed(own, key, now, { retryAt, detail: result.message }));
      await store.saveTask(
        failed(shared, sourceTask, now, { retryAt: sharedRetryAt, detail: `unavailable: ${result.message}` }),
      );
      log.warn(
        { ...about, call: key, answer: result.message, retryAt: new Date(sharedRetryAt).toISOString() },
        "the gateway did not answer",
      );
      return;
    }
    case "clock":
      return;
    case "rejected":
      await store.saveTask(
        failed(tasks.get(key), key, now, {
          // What the gateway does not count may be tried more often: all else waits for the list of meters.
          retryAt: instant(now + (point === null && !isCounted(call) ? hourMs : dayMs)),
          detail: `rejected: ${result.message}`,
        }),
      );
      log.error({ ...about, call: key, answer: result.message }, "the gateway finds the request wrong");
      return;
  }
}

/** The list of usage points remembers whose it is. */
const detailOf = (call: Call, result: Answer<unknown>, account: string): string | null =>
  call.kind === "usage_points" ? account : result.outcome === "no_data" ? result.message : null;

const succeeded = (key: string, at: Instant, detail: string | null): TaskMemory => ({
  key,
  askedAt: at,
  succeededAt: at,
  failures: 0,
  retryAt: null,
  detail,
});

const failed = (
  former: TaskMemory | undefined,
  key: string,
  at: Instant,
  { retryAt, detail }: { retryAt: Instant; detail: string },
): TaskMemory => ({
  key,
  askedAt: at,
  succeededAt: former?.succeededAt ?? null,
  failures: (former?.failures ?? 0) + 1,
  retryAt,
  detail,
});

const flowAsked = (call: Call): Flow => ("flow" in call ? call.flow : "consumption");

async function clearProblem(
  point: UsagePointId,
  tasks: ReadonlyMap<string, TaskMemory>,
  now: Instant,
  { store }: FetchDeps,
): Promise<void> {
  const key = `point:${point}`;
  if (!tasks.get(key)?.retryAt) return;
  await store.saveProblem(point, null, now);
  await store.saveTask(succeeded(key, now, null));
}

async function moveFrontier(call: Call, now: Instant, { store, log }: FetchDeps): Promise<void> {
  const subject = subjectOf(call);
  const point = usagePointOf(call);
  if (subject === null || point === null || !("period" in call)) return;
  const { from }: Period = call.period;
  await store.saveTask(succeeded(frontierTask(subject, point), now, from));
  log.info({ usagePoint: shortId(point), subject, from }, "the period begins before the meter's activation");
}
