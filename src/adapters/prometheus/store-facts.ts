import { addDays, boundsOf, dateAt } from "../../domain/calendar.ts";
import type { DayState } from "../../domain/day-state.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { Clock } from "../../shared/clock.ts";
import { BillRefusal } from "../../sync/bill/refusal.ts";
import type { DestinationName } from "../../sync/exports/destination.ts";
import type { ExportMemory } from "../../sync/exports/memory.ts";
import { flowsOf } from "../../sync/manual/day.ts";
import { ManualRefusal } from "../../sync/manual/refusal.ts";
import { statisticsTask } from "../../sync/statistics/outcome.ts";
import type { Store, StoredUsagePoint } from "../../sync/store.ts";
import { type Quality, quality } from "../../sync/view/quality.ts";
import type { FlowFacts, MetricsSource, StoreFacts, TaskName, TaskTimes } from "./source.ts";

export interface StoreMetricsDeps {
  readonly store: Store;
  readonly memory: Pick<ExportMemory, "loadExportLogs">;
  readonly clock: Pick<Clock, "now">;
  readonly account: string;
  readonly destinations: readonly DestinationName[];
  /** Null where no broker is set. */
  readonly broker: (() => { readonly connected: boolean }) | null;
}

/** The metrics of a running service, out of its store; read again once something was written, or the day has turned. */
export function storeMetrics(deps: StoreMetricsDeps): MetricsSource {
  const { store, clock, destinations, broker } = deps;
  let known: { readonly of: string; readonly facts: Promise<StoreFacts> } | null = null;
  return {
    destinations,
    isMqttConnected: () => broker?.().connected ?? null,
    async facts() {
      // Asked for before the store is read: what is written meanwhile is another position.
      const of = `${await store.loadWritePosition()} ${dateAt(clock.now())}`;
      if (known?.of === of) return known.facts;
      const entry = { of, facts: loadFacts(deps) };
      known = entry;
      entry.facts.catch(() => {
        if (known === entry) known = null;
      });
      return entry.facts;
    },
  };
}

async function loadFacts(deps: StoreMetricsDeps): Promise<StoreFacts> {
  const flows: FlowFacts[] = [];
  for (const point of await deps.store.loadUsagePoints(deps.account))
    for (const flow of flowsOf(point)) {
      const known = await qualityOf(point, flow, deps);
      if (known !== null) flows.push(await flowFacts(known, deps));
    }
  return { flows, tasks: await loadTaskTimes(deps) };
}

/** Null where no day of the meter is over yet. */
async function qualityOf({ id }: StoredUsagePoint, flow: Flow, deps: StoreMetricsDeps): Promise<Quality | null> {
  try {
    return await quality(deps, { meter: id, flow });
  } catch (error) {
    if (error instanceof BillRefusal || error instanceof ManualRefusal) return null;
    throw error;
  }
}

const withoutValue: readonly DayState[] = ["missing", "not_asked"];
const withoutHalfHours: readonly DayState[] = [...withoutValue, "partial", "estimated", "typed"];
const withHalfHours: readonly DayState[] = ["complete", "corrected", "disagreeing"];

async function flowFacts(
  { usagePoint, flow, span, counts, states }: Quality,
  { store }: StoreMetricsDeps,
): Promise<FlowFacts> {
  const count = (wanted: readonly DayState[]): number => wanted.reduce((sum, state) => sum + counts[state], 0);
  const fromEnd = states.toReversed().findIndex((state) => withHalfHours.includes(state));
  return {
    usagePoint,
    flow,
    missing: { daily: count(withoutValue), halfHours: count(withoutHalfHours) },
    halfHoursThrough: fromEnd < 0 ? null : boundsOf(addDays(span.to, -fromEnd)).end,
    correctedDays: (await store.loadCorrectedDays(usagePoint, flow, span)).length,
  };
}

/** Runs looked through for the last that went well: weeks of them at the usual interval. */
const runsLookedThrough = 500;

async function loadTaskTimes({ store, memory, destinations }: StoreMetricsDeps): Promise<Map<TaskName, TaskTimes>> {
  const times = new Map<TaskName, TaskTimes>();
  const statistics = (await store.loadTasks()).get(statisticsTask);
  if (statistics) times.set("home_assistant", { attemptAt: statistics.askedAt, successAt: statistics.succeededAt });
  for (const destination of destinations) {
    const runs = await memory.loadExportLogs({ destination, beforeId: null, limit: runsLookedThrough });
    const [last] = runs;
    if (last === undefined) continue;
    const success = runs.find(({ status }) => status === "success");
    times.set(destination, { attemptAt: last.startedAt, successAt: success?.completedAt ?? null });
  }
  return times;
}
