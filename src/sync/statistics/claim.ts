import { type Instant, instant, minuteMs } from "../../domain/units.ts";
import type { Clock } from "../../shared/clock.ts";
import type { StatisticStore } from "./store.ts";

/** A crashed holder's claim is free again after this. */
const claimMs = 2 * minuteMs;
const renewAfterMs = minuteMs / 2;

interface ClaimDeps {
  readonly store: Pick<StatisticStore, "claimStatistics" | "releaseStatistics">;
  readonly clock: Clock;
  readonly holder: string;
}

/** The right to write statistics, of one process at a time among those that share the database. */
export class Claim {
  readonly #deps: ClaimDeps;
  #renewedAt: Instant;

  private constructor(deps: ClaimDeps, at: Instant) {
    this.#deps = deps;
    this.#renewedAt = at;
  }

  /** Null while another process has it. */
  static async take(deps: ClaimDeps): Promise<Claim | null> {
    const now = deps.clock.now();
    const taken = await deps.store.claimStatistics(deps.holder, now, instant(now + claimMs));
    return taken ? new Claim(deps, now) : null;
  }

  /** To be called wherever time passes. @throws where another process has taken it over: this one slept too long. */
  async keep(): Promise<void> {
    const { store, clock, holder } = this.#deps;
    const now = clock.now();
    if (now - this.#renewedAt < renewAfterMs) return;
    if (!(await store.claimStatistics(holder, now, instant(now + claimMs))))
      throw new Error("Another process has begun to write the statistics meanwhile");
    this.#renewedAt = now;
  }

  /** Never throws: what is not released ends by itself. */
  async release(): Promise<void> {
    await this.#deps.store.releaseStatistics(this.#deps.holder).catch(() => undefined);
  }
}
