import { utcDayAt } from "../../domain/calendar.ts";
import type { DayState } from "../../domain/day-state.ts";
import type { Instant, LocalDate } from "../../domain/units.ts";
import { type Flow, flows } from "../../domain/usage-point.ts";
import type { Clock } from "../../shared/clock.ts";
import type { PassResult } from "../pass.ts";
import type { SeriesState } from "../statistics/series.ts";
import {
  type Bucket,
  type BudgetState,
  buckets,
  type Store,
  type StoredUsagePoint,
  type TaskMemory,
} from "../store.ts";
import { quality } from "../view/quality.ts";

/** What only the running program knows of itself. */
export interface ProgramFacts {
  readonly startedAt: Instant;
  /** Version of the database's server. */
  readonly postgres: string;
  readonly node: string;
  /** `linux x64` */
  readonly platform: string;
  /** What is set, without secrets. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly tables: () => Promise<readonly { readonly name: string; readonly rows: number; readonly bytes: number }[]>;
  readonly memory: () => { readonly rss: number; readonly heapUsed: number; readonly external: number };
  /** The last lines of the log, oldest first. */
  readonly log: () => readonly string[];
}

export interface DiagnosticsDeps {
  readonly store: Store;
  readonly clock: Pick<Clock, "now">;
  readonly account: string;
  readonly lastPass: () => PassResult | null;
  readonly facts: ProgramFacts;
}

export interface FlowReport {
  readonly flow: Flow;
  readonly first: LocalDate | null;
  readonly last: LocalDate | null;
  readonly counts: Readonly<Partial<Record<DayState, number>>>;
}

/** All that helps to understand an installation from afar. Not yet without names: whoever tells it takes them out. */
export interface DiagnosticsReport {
  readonly madeAt: Instant;
  readonly facts: ProgramFacts;
  readonly tables: Awaited<ReturnType<ProgramFacts["tables"]>>;
  readonly meters: readonly { readonly point: StoredUsagePoint; readonly flows: readonly FlowReport[] }[];
  readonly lastPass: PassResult | null;
  readonly tasks: readonly TaskMemory[];
  readonly budgets: readonly ({ readonly bucket: Bucket; readonly utcDay: string } & BudgetState)[];
  readonly series: readonly SeriesState[];
}

export async function diagnose(deps: DiagnosticsDeps): Promise<DiagnosticsReport> {
  const { store, clock, account, facts, lastPass } = deps;
  const madeAt = clock.now();
  const points = await store.loadUsagePoints(account);
  const meters = await Promise.all(
    points.map(async (point) => ({
      point,
      flows: await Promise.all(flows.map((flow) => flowReport(deps, point, flow))),
    })),
  );
  return {
    madeAt,
    facts,
    tables: await facts.tables(),
    meters,
    lastPass: lastPass(),
    tasks: [...(await store.loadTasks()).values()],
    budgets: await budgetsOf(store, account, utcDayAt(madeAt)),
    series: await store.loadSeries(),
  };
}

async function flowReport(deps: DiagnosticsDeps, { id, ...point }: StoredUsagePoint, flow: Flow): Promise<FlowReport> {
  const span = await deps.store.loadStatisticSpan(id, flow);
  const isMeasured = flow === "consumption" ? point.hasConsumption : point.hasProduction;
  const counts = isMeasured || span !== null ? (await quality(deps, { meter: id, flow })).counts : {};
  return { flow, first: span?.from ?? null, last: span?.to ?? null, counts };
}

async function budgetsOf(store: Store, account: string, utcDay: string): Promise<DiagnosticsReport["budgets"]> {
  const found = [];
  for (const bucket of buckets) {
    const budget = await store.loadBudget(account, utcDay, bucket);
    if (budget) found.push({ bucket, utcDay, ...budget });
  }
  return found;
}
