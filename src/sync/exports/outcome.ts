import { hourMs, type Instant, instant } from "../../domain/units.ts";
import type { Language, Text } from "../../shared/language.ts";
import type { ProblemSnapshot } from "../snapshot.ts";
import type { MemoryStore, TaskMemory } from "../store.ts";
import { type DestinationName, destinationNames } from "./destination.ts";
import type { ExportFailure } from "./exporter.ts";

const prefix = "export:";
const taskOf = (name: DestinationName): string => `${prefix}${name}`;

/** Under which keys the store remembers how destinations fare. They are no calls of the gateway. */
export const isExportTask = (key: string): boolean => key.startsWith(prefix);

/** What lasts of a failure until it is over. */
interface Trouble {
  readonly reason: string;
  readonly text: Text;
}

/**
 * Remembers that a destination failed, or that it took what it was brought; writes nothing while that stays the same, but
 * for the second failure, which makes a passing one worth telling, and once an hour for the time of the last success.
 *
 * @param at when the run ended that went well, when the one began that failed
 */
export async function noteExport(
  store: MemoryStore,
  name: DestinationName,
  at: Instant,
  outcome:
    | {
        readonly failure: ExportFailure;
        readonly retryAt: Instant | null;
        /** The last success of this process, which may be later than the one that is remembered. */
        readonly succeededAt: Instant | null;
      }
    | { readonly records: number },
): Promise<void> {
  const key = taskOf(name);
  const former = (await store.loadTasks()).get(key);
  if ("records" in outcome) {
    const isRecent = former?.succeededAt != null && at - former.succeededAt < hourMs;
    if (former?.failures === 0 && outcome.records === 0 && isRecent) return;
    await store.saveTask({ key, askedAt: at, succeededAt: at, failures: 0, retryAt: null, detail: null });
    return;
  }
  const { failure, retryAt } = outcome;
  const trouble: Trouble = { reason: failure.reason, text: failure.text };
  const detail = JSON.stringify(trouble);
  const isSame = former !== undefined && former.failures > 0 && former.detail === detail;
  const failures = (isSame ? former.failures : 0) + 1;
  if (isSame && failures !== 2) return;
  await store.saveTask({
    key,
    askedAt: isSame ? former.askedAt : at,
    succeededAt: latest(former?.succeededAt ?? null, outcome.succeededAt),
    failures,
    retryAt,
    detail,
  });
}

/** The later of two instants that may not be known. */
export const latest = (one: Instant | null, other: Instant | null): Instant | null =>
  one === null || (other !== null && other > one) ? other : one;

/** How a destination fares, from memory: null before it was first spoken to. */
export interface ExportFate {
  readonly succeededAt: Instant | null;
  readonly trouble: ({ readonly since: Instant; readonly failures: number } & Trouble) | null;
}

export function exportFate(tasks: ReadonlyMap<string, TaskMemory>, name: DestinationName): ExportFate | null {
  const task = tasks.get(taskOf(name));
  if (task === undefined) return null;
  const { failures, askedAt, succeededAt, detail } = task;
  if (failures === 0 || detail === null) return { succeededAt, trouble: null };
  const { reason, text }: Trouble = JSON.parse(detail);
  return { succeededAt, trouble: { since: instant(askedAt), failures, reason, text } };
}

/** Passing troubles are shown when the first retry failed as well. */
const passing = ["unreachable", "timeout", "server_error", "busy", "not_stored", "gone", "starting"];

/** @param wanted destinations that are set: what was wrong with another is nobody's problem any more. */
export const exportProblems = (
  tasks: ReadonlyMap<string, TaskMemory>,
  wanted: readonly DestinationName[],
  language: Language,
): ProblemSnapshot[] =>
  destinationNames.flatMap((name) => {
    const trouble = wanted.includes(name) ? exportFate(tasks, name)?.trouble : null;
    if (!trouble || (passing.includes(trouble.reason) && trouble.failures < 2)) return [];
    const { text, since } = trouble;
    return [{ code: `export_${name}`, sentence: text[language], text, since, usagePoint: null }];
  });
