import { hourMs, type Instant, instant, minuteMs } from "../domain/units.ts";
import { clockIsRight } from "./clock-trouble.ts";
import { nextPriceChange } from "./observe/tariff.ts";
import { type AskedRound, type PassResult, runPass, type SyncDeps } from "./pass.ts";
import type { Snapshot } from "./snapshot.ts";
import { type Storage, type StorageTrouble, storesAgain } from "./storage.ts";

/** After our own or the store's failure; grows to the longest. */
const firstRetryMs = 5_000;
const longestRetryMs = 5 * minuteMs;
/** Whoever has just made room on the disk does not wait long. */
const longestStorageRetryMs = minuteMs;

export interface Service {
  /** Runs until `signal` aborts. Survives every failure of a pass. */
  run(signal: AbortSignal): Promise<void>;
  /** Asks for a pass now, bringing forward what is lacking: the button of the bridge. */
  request(): void;
  /** Lets a pass run now that makes only the calls that are due: something in the store has changed. */
  wake(): void;
  /** The last finished pass; null before the first. */
  lastPass(): PassResult | null;
  /** The latest round that was asked for and is over; null before the first of this process. */
  lastAsked(): AskedRound | null;
  /** What keeps it from storing anything, and since when; null while it stores. */
  trouble(): (StorageTrouble & { readonly since: Instant }) | null;
}

export interface ServiceDeps extends SyncDeps {
  readonly storage?: Storage;
  /** Told how each pass ended: metrics. */
  readonly onPass?: (pass: PassEnd) => void;
}

export interface PassEnd {
  readonly startedAt: Instant;
  readonly completedAt: Instant;
  /** Null where the pass failed. */
  readonly result: Pick<PassResult, "calls" | "failed"> | null;
}

/**
 * The loop: pass, sleep until the next call is due, a price changes or the hour turns (EcoWatt and Tempo change by the
 * clock alone), pass again. All its state is in the store, so that a restart goes on where it stopped.
 */
export function createService(deps: ServiceDeps): Service {
  const { clock, log, language, storage } = deps;
  let wake: AbortController | null = null;
  let isWoken = false;
  let requestedAt: Instant | null = null;
  let last: PassResult | null = null;
  let lastAsked: AskedRound | null = null;
  let told: ReadonlySet<string> = new Set();
  let trouble: ReturnType<Service["trouble"]> = null;
  let failure = "";

  /** Each trouble once, in the user's words, when it begins or when the service does. */
  function tell({ bridge: { problems } }: Snapshot, nextAt: Instant | null): void {
    const named = problems.map((problem) => ({ ...problem, name: `${problem.code} ${problem.usagePoint ?? ""}` }));
    for (const { name, code, sentence } of named)
      if (!told.has(name))
        log.warn({ problem: code, ...(code === "gateway_unreachable" ? nextOf(nextAt) : {}) }, sentence);
    told = new Set(named.map(({ name }) => name));
  }

  /** A failure once, however often it is met again; the storage's in the user's words. Returns how long to wait. */
  function tellFailure(error: unknown, failures: number): number {
    const found = storage?.explain(error) ?? null;
    const longestMs = found ? longestStorageRetryMs : longestRetryMs;
    const pauseMs = Math.min(longestMs, firstRetryMs * 2 ** (failures - 1));
    const words = error instanceof Error ? error.message : String(error);
    const isNew = found ? found.code !== trouble?.code : words !== failure;
    if (found) {
      if (isNew) log.error({ problem: found.code, detail: found.detail }, found.text[language]);
      trouble = isNew ? { ...found, since: clock.now() } : trouble;
    } else {
      const level = isNew ? "error" : "debug";
      log[level]({ err: error, retryInSeconds: pauseMs / 1000 }, "this round failed; nothing stored is lost");
      failure = words;
    }
    return pauseMs;
  }

  function tellSuccess(): void {
    if (trouble) log.info(storesAgain[language]);
    trouble = null;
    failure = "";
  }

  async function sleepUntil(until: Instant, signal: AbortSignal): Promise<void> {
    wake = new AbortController();
    try {
      if (requestedAt === null && !isWoken)
        await clock.sleep(Math.max(0, until - clock.now()), AbortSignal.any([signal, wake.signal]));
    } catch (error) {
      if (signal.aborted || !wake.signal.aborted) throw error;
    } finally {
      wake = null;
    }
  }

  return {
    async run(signal) {
      let failures = 0;
      // A round that brought nothing is told at the start and after a failure, not a hundred times a day.
      let hasTold = false;
      while (!signal.aborted) {
        const asked = requestedAt;
        requestedAt = null;
        isWoken = false;
        let until: Instant;
        const startedAt = clock.now();
        const tellAsked = (result: AskedRound["result"]): void => {
          if (asked !== null) lastAsked = { endedAt: clock.now(), result };
        };
        const tellEnd = (result: PassEnd["result"]): void =>
          deps.onPass?.({ startedAt, completedAt: clock.now(), result });
        try {
          // A call whose answer cannot be kept is one of the day's calls for nothing.
          if (trouble) await storage?.probe();
          const clockWasWrong = last?.clock != null;
          last = await runPass(deps, signal, asked, clockWasWrong);
          if (clockWasWrong && last.clock === null) log.info(clockIsRight[language]);
          failures = 0;
          tellAsked(last);
          tellEnd(last);
          tellSuccess();
          tell(last.snapshot, last.nextAt);
          until = nextWake(clock.now(), last.nextAt, nextPriceChange(last.snapshot));
          const isNews: boolean = asked !== null || (last.calls > 0 && (last.written > 0 || !hasTold));
          if (isNews) log.info(factsOf(last), "round finished");
          hasTold ||= isNews;
        } catch (error) {
          if (signal.aborted) return;
          tellEnd(null);
          tellAsked(null);
          hasTold = false;
          failures++;
          until = instant(clock.now() + tellFailure(error, failures));
        }
        await sleepUntil(until, signal).catch((error: unknown) => {
          if (!signal.aborted) throw error;
        });
      }
    },
    request() {
      requestedAt = clock.now();
      wake?.abort();
    },
    wake() {
      isWoken = true;
      wake?.abort();
    },
    lastPass: () => last,
    lastAsked: () => lastAsked,
    trouble: () => trouble,
  };
}

const factsOf = ({ calls, written, nextAt, snapshot }: PassResult) => ({
  calls,
  written,
  ...nextOf(nextAt),
  ...(snapshot.bridge.problems.length === 0 ? {} : { problems: snapshot.bridge.problems.map(({ code }) => code) }),
});

/** When the gateway is asked again; the log shows it on the clock of its lines. */
const nextOf = (nextAt: Instant | null) => ({ next: nextAt === null ? null : new Date(nextAt).toISOString() });

/** The next call, the next price or the turn of the hour, whichever comes first. */
export function nextWake(now: Instant, nextAt: Instant | null, priceChangeAt: Instant | null = null): Instant {
  const nextHour = (Math.floor(now / hourMs) + 1) * hourMs;
  const wake = Math.min(nextHour, nextAt ?? nextHour, priceChangeAt ?? nextHour);
  return instant(Math.max(wake, now));
}
