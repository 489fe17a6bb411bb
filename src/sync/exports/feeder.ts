import { dayMs, hourMs, type Instant, instant, minuteMs } from "../../domain/units.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Language, Text } from "../../shared/language.ts";
import type { Logger } from "../../shared/log.ts";
import type { Sink, Snapshot } from "../snapshot.ts";
import type { MemoryStore } from "../store.ts";
import type { Brought, Destination, ExportRun, RunningExport } from "./destination.ts";
import { ExportFailure, type ExportRetry } from "./exporter.ts";
import type { ExportMemory } from "./memory.ts";
import { noteExport } from "./outcome.ts";

export interface FeederDeps {
  readonly destination: Destination;
  readonly memory: ExportMemory;
  readonly store: MemoryStore;
  readonly clock: Clock;
  readonly log: Logger;
  readonly language: Language;
  readonly intervalMs: number;
  /** Names this process among those that share the database. */
  readonly holder: string;
  /** Told how each run ended. */
  readonly onRun?: (run: ExportRun) => void;
}

const firstRetryMs = 15_000;
/** What was once read back is looked for again: after each start, and once a day. */
const checkEveryMs = dayMs;
/** While another process exports. */
const elsewhereMs = minuteMs;
/** A crashed process lets go of a destination after that. Longer than the longest step between two renewals. */
const claimMs = 10 * minuteMs;
const keepLogsMs = 366 * dayMs;
const never = instant(Number.MAX_SAFE_INTEGER);

/**
 * Brings one destination up to date, one run at a time: once its interval has passed, sooner after an outage, at once when
 * asked. It never holds up the pass or another destination; what it could not bring stays in the store.
 */
export class ExportFeeder implements Sink {
  readonly #deps: FeederDeps;
  readonly #stopped = new AbortController();
  #timer = new AbortController();
  #running: Promise<ExportRun | null> | null = null;
  #snapshot: Snapshot | null = null;
  #dueAt: Instant | null = null;
  #checkedAt: Instant | null = null;
  #prunedAt: Instant | null = null;
  #quietAt: Instant | null = null;
  #succeededAt: Instant | null = null;
  #failures = 0;
  #progress: RunningExport | null = null;
  #hasTold = false;

  constructor(deps: FeederDeps) {
    this.#deps = deps;
  }

  get name(): string {
    return `export ${this.#deps.destination.name}`;
  }

  get destination(): Destination {
    return this.#deps.destination;
  }

  /** When the next run begins by itself; null before the first one and when nothing but other settings can help. */
  get nextAt(): Instant | null {
    return this.#dueAt === never ? null : this.#dueAt;
  }

  /** When the last run of this process ended that went well, quiet ones too; null before the first. */
  get succeededAt(): Instant | null {
    return this.#succeededAt;
  }

  /** How far the run is that is on its way; null while there is none. */
  get running(): RunningExport | null {
    return this.#progress;
  }

  async publish(snapshot: Snapshot): Promise<void> {
    this.#snapshot = snapshot;
  }

  /** Resolves when a run that was due has ended. */
  async settle(): Promise<void> {
    const { clock } = this.#deps;
    if (this.#stopped.signal.aborted) return;
    // At once after a start: settings may be others, and a run that finds nothing costs next to nothing.
    this.#dueAt ??= clock.now();
    if (clock.now() >= this.#dueAt) await this.#start(false);
    else if (this.#dueAt !== never) this.#wakeAt(this.#dueAt);
  }

  /** With the next pass, whatever the interval; and what was brought is looked for. */
  hasten(): void {
    this.#checkedAt = null;
    this.#dueAt = this.#deps.clock.now();
  }

  /** A run now, whatever the interval; after the one that is on its way. Null where another process exports. */
  async runNow(): Promise<ExportRun | null> {
    // Another may have begun while one was waited for.
    while (this.#running) await this.#running.catch(() => undefined);
    return this.#start(true);
  }

  async close(): Promise<void> {
    this.#stopped.abort(new Error("stopped"));
    this.#timer.abort();
    await this.#running?.catch(() => undefined);
  }

  #start(isForced: boolean): Promise<ExportRun | null> {
    this.#running ??= this.#runOnce(isForced).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #runOnce(isForced: boolean): Promise<ExportRun | null> {
    const { clock, memory, destination, intervalMs, log } = this.#deps;
    const startedAt = clock.now();
    try {
      if (!(await this.#claim())) {
        this.#wakeAt(instant(startedAt + elsewhereMs));
        return null;
      }
    } catch (error) {
      log.error({ err: error }, "an export could not begin; it is tried again");
      this.#wakeAt(instant(startedAt + minuteMs));
      return null;
    }
    try {
      const entry = new LogEntry(memory, destination.name, startedAt);
      const run = await this.#attempt({ startedAt, isForced, onFirst: () => entry.begin() });
      if (isForced || !this.#isQuietAgain(run)) await entry.end(run, this.#deps.language);
      if (run.problem === null) this.#wakeAt(instant(startedAt + intervalMs));
      await this.#prune(startedAt);
      this.#deps.onRun?.(run);
      return run;
    } finally {
      await memory.releaseExport(destination.name, this.#deps.holder).catch(() => undefined);
    }
  }

  #claim(): Promise<boolean> {
    const { memory, destination, holder, clock } = this.#deps;
    const now = clock.now();
    return memory.claimExport({ destination: destination.name, holder, now, until: instant(now + claimMs) });
  }

  /** Runs that find nothing to do, minutes after each other, are told once an hour. */
  #isQuietAgain({ status, records, startedAt }: ExportRun): boolean {
    if (status !== "success" || records > 0) {
      this.#quietAt = null;
      return false;
    }
    if (this.#quietAt !== null && startedAt - this.#quietAt < hourMs) return true;
    this.#quietAt = startedAt;
    return false;
  }

  async #attempt({ startedAt, isForced, onFirst }: Attempt): Promise<ExportRun> {
    const { clock, destination, store, log } = this.#deps;
    const isCheck = isForced || this.#checkedAt === null || startedAt - this.#checkedAt >= checkEveryMs;
    let records = 0;
    const tell = (more: Partial<RunningExport>): void => {
      this.#progress = { startedAt, records, share: null, ...this.#progress, ...more };
    };
    tell({});
    const onBrought = (more: number): void => {
      if (records === 0 && more > 0) onFirst();
      records += more;
      tell({ records });
      void this.#claim().catch(() => undefined);
    };
    const ended = (problem: Text | null, waitingCorrections = 0): ExportRun => ({
      status: problem === null ? "success" : records > 0 ? "partial" : "failed",
      records,
      waitingCorrections,
      startedAt,
      completedAt: clock.now(),
      problem,
    });
    try {
      const onShare = (share: number): void => tell({ share });
      const request = { snapshot: this.#snapshot, isForced, isCheck, onBrought, onShare };
      const brought = await destination.run(request, this.#stopped.signal);
      const isOver = this.#failures > 0;
      const isNews = isOver || !this.#hasTold;
      this.#failures = 0;
      if (isCheck) this.#checkedAt = startedAt;
      const run = ended(null, brought.waitingCorrections);
      this.#succeededAt = run.completedAt;
      await noteExport(store, destination.name, run.completedAt, { records });
      if (isOver) log.info("exporting works again");
      this.#tell(brought, { records, isNews });
      return run;
    } catch (error) {
      if (this.#stopped.signal.aborted) return ended(interrupted);
      this.#failures++;
      // What stands there may be another thing after an outage.
      this.#checkedAt = null;
      if (!(error instanceof ExportFailure)) {
        log.error({ err: error }, "exporting failed; nothing stored is lost");
        this.#wakeAt(instant(startedAt + hourMs));
        return ended(mistake);
      }
      const retryAt = this.#retryAt(error, startedAt);
      if (this.#failures === 1) log.warn({ reason: error.reason }, error.text[this.#deps.language]);
      else log.debug({ reason: error.reason, failures: this.#failures }, error.message);
      const known = { failure: error, retryAt: retryAt === never ? null : retryAt, succeededAt: this.#succeededAt };
      await noteExport(store, destination.name, startedAt, known);
      if (retryAt === never) this.#dueAt = never;
      else this.#wakeAt(retryAt);
      return ended(error.text);
    } finally {
      this.#progress = null;
    }
  }

  /** A quiet run is nothing to tell; one of values of the moment is at the start and after an outage. */
  #tell({ waitingCorrections }: Brought, { records, isNews }: { records: number; isNews: boolean }): void {
    if (records === 0 && waitingCorrections === 0) return;
    this.#hasTold = true;
    const level = this.#deps.destination.isMomentary && !isNews ? "debug" : "info";
    this.#deps.log[level]({ records, ...(waitingCorrections > 0 ? { waitingCorrections } : {}) }, "exported");
  }

  #retryAt({ retry, retryAfterMs }: ExportFailure, startedAt: Instant): Instant {
    const pauses: Readonly<Record<ExportRetry, number | null>> = {
      soon: Math.min(this.#deps.intervalMs, firstRetryMs * 2 ** Math.min(this.#failures - 1, 20)),
      hourly: hourMs,
      settings: null,
    };
    const pauseMs = pauses[retry];
    if (pauseMs === null) return never;
    return instant(Math.max(startedAt, this.#deps.clock.now()) + Math.max(pauseMs, retryAfterMs ?? 0));
  }

  async #prune(now: Instant): Promise<void> {
    if (this.#prunedAt !== null && now - this.#prunedAt < dayMs) return;
    this.#prunedAt = now;
    await this.#deps.memory.forgetExportLogs(instant(Math.max(0, now - keepLogsMs)));
  }

  /** One timer at a time: a pass may not come for hours. */
  #wakeAt(at: Instant): void {
    const { clock } = this.#deps;
    this.#dueAt = at;
    this.#timer.abort();
    this.#timer = new AbortController();
    const signal = AbortSignal.any([this.#timer.signal, this.#stopped.signal]);
    void clock
      .sleep(Math.max(0, at - clock.now()), signal)
      .then(async () => {
        // A timer may be a millisecond early.
        if (this.#dueAt === at) await this.#start(false);
      })
      .catch(() => undefined);
  }
}

interface Attempt {
  readonly startedAt: Instant;
  readonly isForced: boolean;
  /** Told when the first values have been brought. */
  readonly onFirst: () => void;
}

/** The line of a run in the log: there from its first values on, so that a run that finds nothing may leave none. */
class LogEntry {
  readonly #memory: ExportMemory;
  readonly #destination: string;
  readonly #startedAt: Instant;
  #id: Promise<number> | null = null;

  constructor(memory: ExportMemory, destination: string, startedAt: Instant) {
    this.#memory = memory;
    this.#destination = destination;
    this.#startedAt = startedAt;
  }

  begin(): void {
    this.#id ??= this.#memory.beginExport(this.#destination, this.#startedAt);
    // Whoever ends it is told.
    this.#id.catch(() => undefined);
  }

  async end({ status, records, problem, completedAt }: ExportRun, language: Language): Promise<void> {
    this.begin();
    const id = await this.#id;
    if (id === null) throw new Error("The line has not begun");
    await this.#memory.endExport(id, { status, records, error: problem?.[language] ?? null, at: completedAt });
  }
}

const interrupted: Text = {
  fr: "Interrompu par l'arrêt du programme ; la suite partira au prochain passage.",
  en: "Interrupted because the program stopped; the rest goes with the next run.",
};
const mistake: Text = {
  fr: "L'export a échoué pour une raison imprévue, que le journal détaille ; rien de ce qui est enregistré n'est perdu.",
  en: "The export failed for an unforeseen reason, which the log tells; nothing that is stored is lost.",
};
