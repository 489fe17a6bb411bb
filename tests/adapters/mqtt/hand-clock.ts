import { type Instant, instant } from "../../../src/domain/units.ts";
import type { Clock } from "../../../src/shared/clock.ts";

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A clock moved by hand: whoever sleeps wakes only when it is moved far enough. */
export class HandClock implements Clock {
  #now: number;
  #sleepers: Sleeper[] = [];
  constructor(start: Instant) {
    this.#now = start;
  }
  now(): Instant {
    return instant(this.#now);
  }
  get sleepers(): number {
    return this.#sleepers.length;
  }
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { until: this.#now + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal.reason);
      });
    });
  }
  advance(ms: number): void {
    this.#now += ms;
    const due = this.#sleepers.filter(({ until }) => until <= this.#now);
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.#now);
    for (const { wake } of due) wake();
  }
}
