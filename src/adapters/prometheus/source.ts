import type { Instant, UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { DestinationName } from "../../sync/exports/destination.ts";
import type { labelValues } from "./reference.ts";

/** What is asked for at each scrape, beside what the recorder was told. */
export interface MetricsSource {
  /** What the store tells. Rejects while the database does not answer. */
  facts(): Promise<StoreFacts>;
  /** Null where no broker is set. */
  isMqttConnected(): boolean | null;
  /** The destinations that are set: their counters are there from the start. */
  readonly destinations: readonly DestinationName[];
}

export type TaskName = (typeof labelValues.task)[number];

export interface StoreFacts {
  readonly flows: readonly FlowFacts[];
  readonly tasks: ReadonlyMap<TaskName, TaskTimes>;
}

/** How far a flow of a meter is known. */
export interface FlowFacts {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly missing: {
    /** Past days without any value. */
    readonly daily: number;
    /** Past days whose half-hours are not all there, those without any value included. */
    readonly halfHours: number;
  };
  /** End of the latest day whose half-hours are all there; null without one. */
  readonly halfHoursThrough: Instant | null;
  /** Days of which the gateway changed a value that it had told. */
  readonly correctedDays: number;
}

export interface TaskTimes {
  readonly attemptAt: Instant | null;
  readonly successAt: Instant | null;
}
