import { nextUtcMidnight, utcDayAt } from "../domain/calendar.ts";
import { dayMs, hourMs, type Instant, instant, type UsagePointId } from "../domain/units.ts";
import type { Flow } from "../domain/usage-point.ts";
import { type Logger, shortId } from "../shared/log.ts";
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
import { nextMorning, type Rhythm, retryAfterFailure } from "./plan/rhythm.ts";
import type { Answer, Period } from "./source.ts";
import type { BudgetStore, MemoryStore, TaskMemory, UsagePointStore } from "./store.ts";

export interface RememberDeps {
  readonly store: Pick<MemoryStore, "loadTasks" | "saveTask"> &
    Pick<BudgetStore, "loadBudget" | "settleBudget"> &
    Pick<UsagePointStore, "saveProblem">;
  /** The owner of the budget. */
  readonly account: string;
  /** Changes with the credentials and with each run, and tells nothing of them. */
  readonly credentials: string;
  readonly rhythm: Rhythm;
  readonly log: Logger;
}

/** After this the credentials are tried again, should the fault have been the gateway's. */
const unauthorizedAgainMs = 6 * hourMs;

/**
 * Stores what the outcome of a call means for later calls.
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
export async function rememberOutcome(
  call: Call,
  result: Answer<unknown>,
  now: Instant,
  deps: RememberDeps,
): Promise<void> {
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
      const retryAt = notPostponed(
        own,
        retryAfterFailure({ failures: (own?.failures ?? 0) + 1, isUrgent, ...after }, now),
        { now, ...after },
      );
      // The whole source is spared for half an hour at most: another route may work, and yesterday must not wait.
      const sharedRetryAt = notPostponed(
        shared,
        instant(
          Math.min(
            retryAfterFailure({ failures: (shared?.failures ?? 0) + 1, isUrgent: true, ...after }, now),
            now + hourMs / 2,
          ),
        ),
        { now, ...after },
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

/** Whoever asks by hand during the wait does not postpone what was to come by itself, unless the gateway asks for more. */
function notPostponed(
  former: TaskMemory | undefined,
  retryAt: Instant,
  { now, retryAfterMs = 0 }: { readonly now: Instant; readonly retryAfterMs?: number | undefined },
): Instant {
  const promisedAt = former?.retryAt ?? null;
  if (promisedAt === null || promisedAt <= now) return retryAt;
  return instant(Math.min(retryAt, Math.max(promisedAt, now + retryAfterMs)));
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
  { store }: RememberDeps,
): Promise<void> {
  const key = `point:${point}`;
  if (!tasks.get(key)?.retryAt) return;
  await store.saveProblem(point, null, now);
  await store.saveTask(succeeded(key, now, null));
}

async function moveFrontier(call: Call, now: Instant, { store, log }: RememberDeps): Promise<void> {
  const subject = subjectOf(call);
  const point = usagePointOf(call);
  if (subject === null || point === null || !("period" in call)) return;
  const { from }: Period = call.period;
  await store.saveTask(succeeded(frontierTask(subject, point), now, from));
  log.info({ usagePoint: shortId(point), subject, from }, "the period begins before the meter's activation");
}

/** Since when something of the whole account holds; its end is remembered too. */
export async function noteCondition(
  condition: Parameters<typeof conditionTask>[0],
  { holds, now }: { readonly holds: boolean; readonly now: Instant },
  store: Pick<MemoryStore, "loadTasks" | "saveTask">,
): Promise<void> {
  const key = conditionTask(condition);
  const held = (await store.loadTasks()).get(key)?.failures === 1;
  if (held === holds) return;
  await store.saveTask({ key, askedAt: now, succeededAt: null, failures: holds ? 1 : 0, retryAt: null, detail: null });
}
