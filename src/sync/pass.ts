import { addDays, dateAt, utcDayAt } from "../domain/calendar.ts";
import { tempoSeasonOf } from "../domain/tempo.ts";
import { type Instant, instant, minuteMs, type UsagePointId } from "../domain/units.ts";
import type { Clock } from "../shared/clock.ts";
import type { Language } from "../shared/language.ts";
import { shortId } from "../shared/log.ts";
import {
  type ClockTrouble,
  isClockDoubtful,
  trueInstant,
  trustedDays,
  trustedTasks,
  withClockTrouble,
} from "./clock-trouble.ts";
import { deriveStaleDays } from "./derive.ts";
import type { DestinationName } from "./exports/destination.ts";
import { type CallResult, type FetchDeps, hasFailed, makeCall } from "./fetch.ts";
import { observe } from "./observe.ts";
import { type Candidate, taskKeyOf, usagePointOf } from "./plan/call.ts";
import { type Plan, type PlanInput, type PlannedPoint, plan } from "./plan/plan.ts";
import type { Sink, Snapshot } from "./snapshot.ts";
import type { PlanSetting } from "./statistics/plans.ts";

export interface SyncDeps extends FetchDeps {
  readonly clock: Clock;
  readonly sinks: readonly Sink[];
  /** Whether a pass ends only when its sinks have: for runs that end with it. A service never waits for a slow sink. */
  readonly waitForSinks: boolean;
  readonly language: Language;
  readonly version: string;
  /** What the user says of plans and prices. */
  readonly plans: readonly PlanSetting[];
  /** Names this process among those that share the database. */
  readonly holder: string;
  /** Only these usage points are served; all when empty. */
  readonly only: readonly UsagePointId[];
  /** The secondary destinations that are set; absent: none. */
  readonly destinations?: readonly DestinationName[];
  /** Between two calls, so that the gateway is not met at full speed. */
  readonly pauseMs: number;
  /** Told before and after each call: progress for a terminal. */
  readonly onCall?: (progress: CallProgress) => void;
}

export interface CallProgress {
  readonly candidate: Candidate;
  readonly result: CallResult | null;
  readonly history: readonly Snapshot["usagePoints"][number]["history"][];
}

export interface PassResult {
  readonly calls: number;
  /** Those among the calls that brought nothing of what they asked for. */
  readonly failed: number;
  readonly written: number;
  /** When the next call is due; null when nothing is planned at all. */
  readonly nextAt: Instant | null;
  readonly snapshot: Snapshot;
  /** What was wrong with this machine's clock: nothing was asked then but for the time. */
  readonly clock: ClockTrouble | null;
}

/** What came of a round that somebody asked for. */
export interface AskedRound {
  readonly endedAt: Instant;
  /** Null where the round failed. */
  readonly result: Pick<PassResult, "calls" | "written"> | null;
}

/** A crashed holder's usage points are free again after this. Longer than the longest call. */
const leaseMs = 4 * minuteMs;
/** When another instance holds what is due. */
const leasedElsewhereMs = minuteMs;
/** Until the source is asked for the time again, and where it lets nobody in at this machine's date. */
const clockAgainMs = minuteMs;
const doubtfulClockAgainMs = 5 * minuteMs;
/** More calls than any day allows: a plan that never comes to rest is a mistake of ours. */
const maxCalls = 500;

/**
 * Makes every call that is due, one at a time, planning anew after each; after each the store is derived and the sinks
 * are shown the result. With nothing due it reads, shows, and writes nothing. Where the clock is wrong it ends at once.
 */
export async function runPass(
  deps: SyncDeps,
  signal: AbortSignal,
  requestedAt: Instant | null = null,
  clockWasWrong = false,
): Promise<PassResult> {
  const { store, clock, log } = deps;
  const held = new Set<UsagePointId>();
  const elsewhere = new Set<UsagePointId>();
  const isElsewhere = (point: UsagePointId | null): boolean => point !== null && elsewhere.has(point);
  let calls = 0;
  let failed = 0;
  let written = 0;
  try {
    await deriveStaleDays(store, clock.now());
    let input = await loadState(deps, requestedAt);
    let planned = plan(input);
    // Under a clock that contradicts the store even "yesterday" would be nonsense: the day is confirmed first.
    const trouble = input.isClockDoubtful || clockWasWrong ? await askClock(deps, signal) : null;
    if (trouble) return await tellClock(trouble, { input, calls, failed, written }, deps);
    let snapshot = await show(input, planned, deps);
    while (calls < maxCalls) {
      signal.throwIfAborted();
      const candidate = planned.due.find((due) => !isElsewhere(leasedFor(due, input)));
      if (candidate === undefined) break;
      const point = leasedFor(candidate, input);
      if (point !== null && !held.has(point)) {
        const now = clock.now();
        const taken = await store.takeLease({
          usagePoint: point,
          holder: deps.holder,
          now,
          until: instant(now + leaseMs),
        });
        (taken ? held : elsewhere).add(point);
        // The former holder may have done the work: look again before asking.
        if (taken) input = await loadState(deps, requestedAt);
        planned = plan({ ...input, now: clock.now() });
        continue;
      }
      if (calls > 0) await clock.sleep(deps.pauseMs, signal);
      deps.onCall?.({ candidate, result: null, history: historyOf(snapshot) });
      const result = await callOnce(candidate, deps, signal);
      calls++;
      if (hasFailed(result)) failed++;
      if (result.clock) return await tellClock(result.clock, { input, calls, failed, written }, deps);
      written += result.written;
      await deriveStaleDays(store, clock.now());
      input = await loadState(deps, requestedAt, { former: input, touched: usagePointOf(candidate.call) });
      planned = plan(input);
      snapshot = await show(input, planned, deps);
      deps.onCall?.({ candidate, result, history: historyOf(snapshot) });
      for (const own of held) await renew(own, deps);
    }
    if (calls === maxCalls) log.error({ calls }, "the plan does not come to rest; waiting for the next round");
    if (await settle(deps)) {
      // How it went is in the store.
      input = await loadState(deps, requestedAt, { former: input, touched: null });
      planned = plan(input);
      snapshot = await show(input, planned, deps);
    }
    const nextAt = planned.due.length > 0 ? instant(clock.now() + leasedElsewhereMs) : (planned.next?.dueAt ?? null);
    return { calls, failed, written, nextAt, snapshot, clock: null };
  } finally {
    for (const point of held) await store.releaseLease(point, deps.holder).catch(() => undefined);
  }
}

/** By a question that the gateway does not count. */
async function askClock({ source }: SyncDeps, signal: AbortSignal): Promise<ClockTrouble | null> {
  const answer = await source.ping(signal);
  return answer.outcome === "clock" ? { aheadMs: answer.aheadMs } : null;
}

/** What is known, by the time it really is, with what is wrong; nothing where that time is not known. */
async function tellClock(
  trouble: ClockTrouble,
  { input, ...done }: Pick<PassResult, "calls" | "failed" | "written"> & { readonly input: PlanInput },
  deps: SyncDeps,
): Promise<PassResult> {
  const { clock, language } = deps;
  const right = await loadState({ ...deps, clock: { now: () => trueInstant(clock.now(), trouble) } }, null);
  const snapshot = withClockTrouble(await observe(right, plan(right), deps), trouble, right, language);
  if (trouble.aheadMs !== null || input.isClockDoubtful !== true) await publish(snapshot, deps);
  const againMs = trouble.aheadMs === null ? doubtfulClockAgainMs : clockAgainMs;
  return { ...done, nextAt: instant(clock.now() + againMs), snapshot, clock: trouble };
}

/**
 * The usage point whose lease covers the call. What concerns the whole account goes with its first point, so that of
 * several instances only one asks for it; before any point is known there is nothing to share yet.
 */
const leasedFor = ({ call }: Candidate, { points }: PlanInput): UsagePointId | null =>
  usagePointOf(call) ?? points[0]?.point.id ?? null;

const historyOf = (snapshot: Snapshot) => snapshot.usagePoints.map((point) => point.history);

async function renew(point: UsagePointId, { store, clock, holder }: SyncDeps): Promise<void> {
  const now = clock.now();
  await store.takeLease({ usagePoint: point, holder, now, until: instant(now + leaseMs) });
}

async function callOnce(candidate: Candidate, deps: SyncDeps, signal: AbortSignal): Promise<CallResult> {
  const { clock, log } = deps;
  const { call, reason } = candidate;
  const result = await makeCall(call, clock.now(), deps, signal);
  const point = usagePointOf(call);
  // What is asked every quarter of an hour until it is there, as the colour of tomorrow, would fill a screen by itself.
  const level = result.outcome === "data" && result.written === 0 ? "debug" : "info";
  log[level](
    {
      ...(point === null ? {} : { usagePoint: shortId(point) }),
      call: taskKeyOf(call).split(":")[0],
      reason,
      ...("period" in call ? { from: call.period.from, to: call.period.to } : {}),
      outcome: result.outcome,
      written: result.written,
    },
    result.written > 0 ? "fetched and stored" : result.outcome === "data" ? "answered, no new reading" : "not received",
  );
  return result;
}

async function show(input: PlanInput, planned: Plan, deps: SyncDeps): Promise<Snapshot> {
  const snapshot = await observe(input, planned, deps);
  await publish(snapshot, deps);
  return snapshot;
}

async function publish(snapshot: Snapshot, deps: SyncDeps): Promise<void> {
  const published = deps.sinks.map((sink) =>
    sink.publish(snapshot).catch((error: unknown) => {
      deps.log.error({ err: error, sink: sink.name }, "publishing failed");
    }),
  );
  if (deps.waitForSinks) await Promise.all(published);
}

/** True when it was waited for. */
async function settle({ sinks, waitForSinks, log }: SyncDeps): Promise<boolean> {
  const settling = sinks.flatMap((sink) => {
    const ended = sink.settle?.();
    return ended
      ? [ended.catch((error: unknown) => log.error({ err: error, sink: sink.name }, "publishing failed"))]
      : [];
  });
  if (settling.length === 0 || !waitForSinks) return false;
  await Promise.all(settling);
  return true;
}

/** What the plan is made from needs of the program. */
export type StateDeps = Pick<SyncDeps, "store" | "account" | "credentials" | "rhythm" | "only"> & {
  readonly clock: Pick<Clock, "now">;
};

/** Reads everything the plan is made of. After a call only the usage point it touched is read again. */
export async function loadState(
  deps: StateDeps,
  requestedAt: Instant | null,
  after?: { readonly former: PlanInput; readonly touched: UsagePointId | null },
): Promise<PlanInput> {
  const { store, clock, account, credentials, rhythm, only } = deps;
  const now = clock.now();
  const today = dateAt(now);
  const points: PlannedPoint[] = [];
  for (const point of await store.loadUsagePoints(account)) {
    if (only.length > 0 && !only.includes(point.id)) continue;
    const former = after?.former.points.find((candidate) => candidate.point.id === point.id);
    const memory =
      former && after?.touched !== point.id ? former.memory : trustedDays(await store.loadDayMemory(point.id), now);
    points.push({ point, memory });
  }
  const tasks = await store.loadTasks();
  return {
    now,
    rhythm,
    account,
    credentials,
    points,
    tasks: trustedTasks(tasks, now),
    budget: await store.loadBudget(account, utcDayAt(now), "no_cache"),
    tempo: await store.loadTempo({ from: tempoSeasonOf(addDays(today, -1)).first, to: addDays(today, 7) }),
    ecowatt: await store.loadEcowatt({ from: addDays(today, -1), to: addDays(today, 7) }),
    requestedAt,
    isClockDoubtful: isClockDoubtful(tasks, now),
  };
}
