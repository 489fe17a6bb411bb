import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";

export interface Job {
  /** Rows it writes: what the recorder's speed is about. */
  readonly rows: number;
  /** The job does not start before: a reply leaves first. */
  readonly ready: Promise<unknown>;
  run(): void;
}

export interface JobPace {
  /** Before each job, in real milliseconds. 0: the next turn of the event loop. */
  delayMs: number;
  /** Null: without limit. */
  rowsPerSecond: number | null;
}

/** The recorder's queue: first in, first out, one job at a time, each in one transaction at the end of its time. */
export class JobQueue {
  readonly pace: JobPace;
  readonly #onFailure: (error: unknown) => void;
  #jobs: Job[] = [];
  /** Stops the wait of the job under way. */
  #stop: AbortController | null = null;
  #isWorking = false;
  #whenIdle: (() => void)[] = [];

  constructor(pace: JobPace, onFailure: (error: unknown) => void) {
    this.pace = pace;
    this.#onFailure = onFailure;
  }

  get length(): number {
    return this.#jobs.length;
  }

  push(job: Job): void {
    this.#jobs.push(job);
    if (!this.#isWorking) void this.#work();
  }

  /** Loses what is waiting and what is under way, as a stop does. */
  lose(): void {
    this.#jobs = [];
    this.#stop?.abort();
    this.#settle();
  }

  /** Resolves when nothing is waiting or under way. */
  settled(): Promise<void> {
    if (this.#jobs.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let job = this.#jobs[0]; job !== undefined; job = this.#jobs[0]) {
      if (!(await this.#waited(job))) continue;
      this.#jobs.shift();
      this.#run(job);
    }
    this.#isWorking = false;
    this.#settle();
  }

  /** Whether the job is still there after its time. */
  async #waited(job: Job): Promise<boolean> {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const stopped = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    await Promise.race([job.ready, stopped]);
    if (!signal.aborted) await this.#paused(job, signal);
    return !signal.aborted;
  }

  async #paused({ rows }: Job, signal: AbortSignal): Promise<void> {
    const { delayMs, rowsPerSecond } = this.pace;
    const ms = delayMs + (rowsPerSecond === null ? 0 : (rows * 1_000) / rowsPerSecond);
    const waiting = ms > 0 ? pause(ms, undefined, { signal }) : nextTurn();
    await waiting.catch(() => {
      // Stopped: the caller looks at the signal.
    });
  }

  #run(job: Job): void {
    try {
      job.run();
    } catch (error) {
      this.#onFailure(error);
    }
  }

  #settle(): void {
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }
}
