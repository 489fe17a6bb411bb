import { DemoTrouble, demoTroubles } from "./demo-trouble.ts";
import type { DemoHome, DemoProblem } from "./server/demo.ts";
import type { Logger } from "./shared/log.ts";

/** The program of a demonstration, begun. */
export interface DemoProgram {
  /** Its page's address, once there is something to see. Rejects with a DemoTrouble where it ends before it has one. */
  readonly ready: Promise<string>;
  /** Resolves when the process has ended, however it did. */
  readonly ended: Promise<unknown>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

export interface DemoHomeOptions {
  /** @throws DemoTrouble where it cannot be begun. */
  readonly launch: (signal: AbortSignal) => Promise<DemoProgram>;
  /** Removes what a power cut left of one. */
  readonly tidy: () => Promise<void>;
  readonly log: Logger;
  /** Without a request for so long it ends. Default: an hour. */
  readonly idleMs?: number;
  /** To have something to show within. Default: three minutes, for a slow machine that makes a database. */
  readonly startMs?: number;
}

/** One at a time, begun when it is asked for, ended when it is not wanted any more. */
export function createDemoHome(options: DemoHomeOptions): DemoHome {
  let current: Run | null = null;
  let last = options
    .tidy()
    .catch((error: unknown) => options.log.debug({ err: error }, "the demonstration home left something"));
  let problem: DemoProblem | null = null;
  const end = (why: "left" | "idle"): Promise<void> => {
    if (current) options.log.info({ why }, "the demonstration home ends");
    current?.end();
    current = null;
    problem = null;
    return last;
  };
  const start = (): void => {
    if (current !== null) return;
    const run = new Run(options, () => void end("idle"));
    problem = null;
    current = run;
    // The one before has to be gone: both would be in one place.
    last = last.then(async () => {
      try {
        await run.live();
      } catch (error) {
        options.log.warn({ err: error }, "the demonstration home failed");
        if (current === run) problem = problemOf(error);
      } finally {
        if (current === run) current = null;
      }
    });
  };
  return {
    status: () => ({ state: current === null ? "off" : current.url === null ? "starting" : "running", problem }),
    start,
    stop: () => end("left"),
    visit: () => current?.visit() ?? null,
  };
}

const problemOf = (error: unknown): DemoProblem => (error instanceof DemoTrouble ? error : demoTroubles.failed());

/** From being asked for to being gone. */
class Run {
  readonly #options: Required<DemoHomeOptions>;
  readonly #onIdle: () => void;
  readonly #ending = new AbortController();
  #idle: NodeJS.Timeout | null = null;
  url: string | null = null;

  constructor(options: DemoHomeOptions, onIdle: () => void) {
    this.#options = { idleMs: 3_600_000, startMs: 180_000, ...options };
    this.#onIdle = onIdle;
  }

  end(): void {
    this.#ending.abort();
  }

  visit(): string | null {
    if (this.url !== null) this.#waitForVisitors();
    return this.url;
  }

  /** Resolves when it is over as it was meant to. @throws what keeps it from starting, or ended it unasked. */
  async live(): Promise<void> {
    const { signal } = this.#ending;
    if (signal.aborted) return;
    const program = await this.#options.launch(signal);
    try {
      await Promise.race([this.#stay(program), aborted(signal)]);
    } finally {
      if (this.#idle) clearTimeout(this.#idle);
      this.url = null;
      await program.stop();
    }
  }

  async #stay({ ready, ended }: DemoProgram): Promise<never> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(demoTroubles.tooSlow()), this.#options.startMs).unref();
    try {
      this.url = await Promise.race([ready, late.promise]);
    } finally {
      clearTimeout(timer);
    }
    this.#options.log.info("the demonstration home is there");
    this.#waitForVisitors();
    await ended;
    throw demoTroubles.failed();
  }

  #waitForVisitors(): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = setTimeout(this.#onIdle, this.#options.idleMs).unref();
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
