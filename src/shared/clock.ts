import { setTimeout as delay } from "node:timers/promises";
import { type Instant, instant } from "../domain/units.ts";

/** Time as an argument: whoever needs "now" or a pause asks a clock. */
export interface Clock {
  now(): Instant;
  /** Resolves after `ms` of this clock's time. @throws the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** setTimeout's limit: a longer pause is taken in pieces. */
const longestTimerMs = 2_147_000_000;

export const systemClock: Clock = {
  now: () => instant(Date.now()),
  async sleep(ms, signal) {
    let left = ms;
    while (left > 0) {
      const piece = Math.min(left, longestTimerMs);
      await delay(piece, undefined, signal ? { signal } : {});
      left -= piece;
    }
    signal?.throwIfAborted();
  },
};

/** A clock that starts at `start` and runs `speed` times as fast as the system's. */
export function scaledClock({ start, speed }: { start: Instant; speed: number }, base: Clock = systemClock): Clock {
  const origin = base.now();
  return {
    now: () => instant(Math.floor(start + (base.now() - origin) * speed)),
    sleep: (ms, signal) => base.sleep(Math.ceil(ms / speed), signal),
  };
}

/** A clock that stands still until someone sleeps: a sleep moves it forward at once. For tests and measured runs. */
export class SteppedClock implements Clock {
  #now: Instant;
  constructor(start: Instant) {
    this.#now = start;
  }
  now(): Instant {
    return this.#now;
  }
  set(at: Instant): void {
    this.#now = at;
  }
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.#now = instant(this.#now + Math.max(0, Math.ceil(ms)));
    // Others may have work queued behind this pause.
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  }
}
