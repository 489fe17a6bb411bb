import { utcDayAt } from "../domain/calendar.ts";
import type { Instant } from "../domain/units.ts";
import { dailySubject } from "../domain/usage-point.ts";
import { curveAnswers, dailyAnswers } from "./answers.ts";
import type { ClockTrouble } from "./clock-trouble.ts";
import { type Call, frontierTask } from "./plan/call.ts";
import { lengthOf } from "./plan/days.ts";
import { noteSuspiciousPrices } from "./prices/suspicious.ts";
import { noteCondition, type RememberDeps, rememberOutcome } from "./remember.ts";
import type { Answer, Source } from "./source.ts";
import type { Store } from "./store.ts";

/** What making a call needs. */
export interface FetchDeps extends RememberDeps {
  readonly source: Source;
  readonly store: Store;
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

/** Whether the call brought nothing of what it asked for. That there is nothing to bring is an answer. */
export function hasFailed({ outcome }: Pick<CallResult, "outcome">): boolean {
  switch (outcome) {
    case "data":
    case "no_data":
    case "before_activation":
    case "wrong_flow":
      return false;
    case "refused":
    case "quota":
    case "unauthorized":
    case "unavailable":
    case "clock":
    case "rejected":
      return true;
  }
}

/**
 * Makes one planned call and stores what it told: readings, the memory of each day asked for, and what the outcome
 * means for later calls. A period without activation date that begins too early only moves the frontier.
 */
export async function makeCall(call: Call, now: Instant, deps: FetchDeps, signal: AbortSignal): Promise<CallResult> {
  const { result, written } = await ask(call, now, deps, signal);
  await rememberOutcome(call, result, now, deps);
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
