import type { Instant, UsagePointId } from "../../domain/units.ts";
import type { Clock } from "../../shared/clock.ts";
import type { CallProgress } from "../pass.ts";
import { taskKeyOf, usagePointOf } from "../plan/call.ts";
import type { Sink, Snapshot } from "../snapshot.ts";

/** The latest call of this process. */
export interface LatestCall {
  /** What is asked of the gateway. */
  readonly kind: string;
  readonly reason: string;
  readonly usagePoint: UsagePointId | null;
  /** Null while it is under way. */
  readonly outcome: string | null;
  readonly at: Instant;
}

/** Follows the service's calls for those who watch them. */
export class SyncProgress {
  readonly #clock: Pick<Clock, "now">;
  readonly #listeners = new Set<() => void>();
  #call: LatestCall | null = null;
  #snapshot: Snapshot | null = null;

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  get call(): LatestCall | null {
    return this.#call;
  }

  /** What was shown last; null before anything was. */
  get snapshot(): Snapshot | null {
    return this.#snapshot;
  }

  /** To be among the service's sinks. */
  readonly sink: Sink = {
    name: "progress",
    publish: async (snapshot) => {
      this.#snapshot = snapshot;
      this.#tell();
    },
  };

  /** To be told before and after each call. */
  readonly onCall = ({ candidate: { call, reason }, result }: CallProgress): void => {
    this.#call = {
      kind: taskKeyOf(call).split(":")[0] ?? call.kind,
      reason,
      usagePoint: usagePointOf(call),
      outcome: result?.outcome ?? null,
      at: this.#clock.now(),
    };
    this.#tell();
  };

  /** Tells `listener` of each change; the answer ends that. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
