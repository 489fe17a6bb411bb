import { dayMs, hourMs, type Instant, instant, minuteMs } from "../../domain/units.ts";
import type { Sink } from "../snapshot.ts";
import { noteOutcome } from "./outcome.ts";
import { HomeAssistantFailure, type HomeAssistantReason } from "./recorder.ts";
import { runStatistics, type StatisticsDeps, type StatisticsRun } from "./run.ts";

/**
 * When to try again by reason; null: only after a restart, because a login that fails again and again can ban the
 * address.
 */
const retries: Readonly<Record<HomeAssistantReason, "soon" | "hourly" | null>> = {
  unreachable: "soon",
  not_ready: "soon",
  not_stored: "soon",
  refused: "hourly",
  not_admin: "hourly",
  too_old: "hourly",
  token: null,
};
const firstRetryMs = 5_000;
const longestRetryMs = 5 * minuteMs;
/** What was once read back is looked at again: after each start, and once a day. */
const checkEveryMs = dayMs;
/** While another process writes. */
const elsewhereMs = minuteMs;

/**
 * Feeds Home Assistant's statistics after each pass, one run at a time, and goes on by itself after an outage. It never
 * holds up the pass; what it could not do stays in the store.
 */
export class StatisticsFeeder implements Sink {
  readonly name = "statistics";
  readonly #deps: StatisticsDeps;
  readonly #stopped = new AbortController();
  #wanted = false;
  #running: Promise<void> | null = null;
  #failures = 0;
  #checkedAt: Instant | null = null;
  #notBefore: Instant | null = null;
  #last: StatisticsRun | null = null;

  constructor(deps: StatisticsDeps) {
    this.#deps = deps;
  }

  /** The last run that ended well; null before. */
  get lastRun(): StatisticsRun | null {
    return this.#last;
  }

  async publish(): Promise<void> {}

  /** Resolves when Home Assistant is up to date, or when it cannot be brought up to date now. */
  settle(): Promise<void> {
    this.#wanted = true;
    this.#running ??= this.#work().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** At once, whatever kept it waiting; what was read back is looked at again. */
  async runNow(): Promise<void> {
    await this.#running?.catch(() => undefined);
    this.#notBefore = null;
    this.#checkedAt = null;
    await this.settle();
  }

  async close(): Promise<void> {
    this.#stopped.abort(new Error("stopped"));
    await this.#running?.catch(() => undefined);
  }

  async #work(): Promise<void> {
    while (this.#wanted && !this.#stopped.signal.aborted) {
      this.#wanted = false;
      const { clock } = this.#deps;
      if (this.#notBefore !== null && clock.now() < this.#notBefore) return;
      await this.#runOnce();
    }
  }

  async #runOnce(): Promise<void> {
    const { clock, log, store } = this.#deps;
    const now = clock.now();
    const check = this.#checkedAt === null || now - this.#checkedAt >= checkEveryMs;
    try {
      const run = await runStatistics(this.#deps, this.#stopped.signal, { check });
      this.#failures = 0;
      this.#notBefore = null;
      this.#last = run;
      if (run.isBusyElsewhere) return this.#retryIn(elsewhereMs);
      if (check) this.#checkedAt = now;
      await noteOutcome(store, now, run);
    } catch (error) {
      if (this.#stopped.signal.aborted) return;
      if (!(error instanceof HomeAssistantFailure)) {
        log.error({ err: error }, "writing statistics failed; nothing stored is lost");
        return this.#retryIn(longestRetryMs);
      }
      // What stands in Home Assistant may be another thing after an outage.
      this.#checkedAt = null;
      this.#failures++;
      const pauseMs = this.#pauseAfter(error.reason);
      if (this.#failures === 1) log.warn({ reason: error.reason }, error.text[this.#deps.language]);
      else log.debug({ reason: error.reason, failures: this.#failures }, error.message);
      await noteOutcome(store, now, error, pauseMs === null ? null : instant(now + pauseMs));
      if (pauseMs === null) this.#notBefore = instant(Number.MAX_SAFE_INTEGER);
      else this.#retryIn(pauseMs);
    }
  }

  #pauseAfter(reason: HomeAssistantReason): number | null {
    const retry = retries[reason];
    if (retry === null) return null;
    if (retry === "hourly") return hourMs;
    return Math.min(longestRetryMs, firstRetryMs * 2 ** (this.#failures - 1));
  }

  /** A run of its own, when no pass asks before. */
  #retryIn(pauseMs: number): void {
    const { clock } = this.#deps;
    const signal = this.#stopped.signal;
    this.#notBefore = instant(clock.now() + pauseMs);
    void clock
      .sleep(pauseMs, signal)
      .then(() => {
        // A timer may be a millisecond early, and no pass may come for an hour.
        this.#notBefore = null;
        return this.settle();
      })
      .catch(() => undefined);
  }
}
