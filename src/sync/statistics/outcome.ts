import type { Instant } from "../../domain/units.ts";
import type { MemoryStore, TaskMemory } from "../store.ts";
import { HomeAssistantFailure } from "./recorder.ts";
import type { StatisticsRun } from "./run.ts";
import { wordsOf } from "./unknown-points.ts";

/** Under which keys the store remembers how the statistics fare. They are no calls of the gateway. */
export const statisticsTask = "statistics";
export const isStatisticsTask = (key: string): boolean =>
  key === statisticsTask || key.startsWith(`${statisticsTask}:`);
const foreignTask = (statisticId: string): string => `${statisticsTask}:foreign:${statisticId}`;
const doubtTask = (usagePoint: string, code: string): string => `${statisticsTask}:${code}:${usagePoint}`;

/**
 * Remembers what a run or its failure means for the user. Writes nothing while that stays the same, but for the time of
 * a run that wrote.
 */
export async function noteOutcome(
  store: MemoryStore,
  at: Instant,
  outcome: StatisticsRun | HomeAssistantFailure,
  retryAt: Instant | null = null,
): Promise<void> {
  const known = await store.loadTasks();
  const former = known.get(statisticsTask);
  if (outcome instanceof HomeAssistantFailure) {
    const detail = `${outcome.reason}: ${outcome.message}`;
    const isSame = former?.detail === detail && former.failures > 0;
    const began = isSame ? former.askedAt : at;
    const failures = (isSame ? former.failures : 0) + 1;
    // Each retry of the same trouble tells nothing new.
    if (!isSame || failures === 2)
      await store.saveTask({
        key: statisticsTask,
        askedAt: began,
        succeededAt: former?.succeededAt ?? null,
        failures,
        retryAt,
        detail,
      });
    return;
  }
  if (outcome.writtenRows > 0 || (outcome.spoke && (former === undefined || former.failures > 0)))
    await store.saveTask({
      key: statisticsTask,
      askedAt: at,
      succeededAt: at,
      failures: 0,
      retryAt: null,
      detail: null,
    });
  const troubles = new Map<string, string>([
    ...outcome.foreign.map((id) => [foreignTask(id), id] as const),
    ...outcome.doubts.map(
      ({ usagePoint, doubt }) =>
        [doubtTask(usagePoint, doubt.code), "text" in doubt ? (doubt.text ?? "") : ""] as const,
    ),
    ...outcome.unknownPoints.map(
      (unknown) => [doubtTask(unknown.usagePoint, "unknown_usage_point"), wordsOf(unknown).detail] as const,
    ),
  ]);
  for (const [key, detail] of troubles) await noteTrouble(store, known.get(key), { key, detail, at });
  await endTroubles(store, known, troubles, { at, spoke: outcome.spoke });
}

/** Failures above 0 mark a trouble that lasts; `askedAt` is when it began. */
async function noteTrouble(
  store: MemoryStore,
  former: TaskMemory | undefined,
  { key, detail, at }: { readonly key: string; readonly detail: string; readonly at: Instant },
): Promise<void> {
  if (former && former.failures > 0 && former.detail === detail) return;
  await store.saveTask({ key, askedAt: at, succeededAt: null, failures: 1, retryAt: null, detail });
}

async function endTroubles(
  store: MemoryStore,
  known: ReadonlyMap<string, TaskMemory>,
  troubles: ReadonlyMap<string, string>,
  { at, spoke }: { readonly at: Instant; readonly spoke: boolean },
): Promise<void> {
  for (const task of known.values()) {
    if (!task.key.startsWith(`${statisticsTask}:`) || task.failures === 0 || troubles.has(task.key)) continue;
    // A stranger who was not looked for has not left.
    if (task.key.startsWith(foreignTask("")) && !spoke) continue;
    await store.saveTask({ ...task, succeededAt: at, failures: 0 });
  }
}
