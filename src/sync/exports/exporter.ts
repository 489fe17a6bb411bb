import type { LocalDate } from "../../domain/units.ts";
import type { Text } from "../../shared/language.ts";
import type { Finding } from "../checks/finding.ts";
import type { ExportDay, ExportPoint, ExportSeries } from "./series.ts";

/**
 * When to try again what a destination did not take:
 *
 * | retry | because |
 * |---|---|
 * | soon | it is away, busy or slow |
 * | hourly | somebody must act on its side, and nobody will tell us when |
 * | settings | nothing but other settings of ours can help, and trying again may do harm (a ban) |
 */
export type ExportRetry = "soon" | "hourly" | "settings";

/** A destination's own outage or refusal. Anything else that is thrown is a mistake of ours. */
export class ExportFailure extends Error {
  override readonly name = "ExportFailure";
  /** Stable, for programs: `unreachable`, `refused_login`, `retention_too_short`… */
  readonly reason: string;
  /** What happened, what it means, what to do; no secret. */
  readonly text: Text;
  readonly retry: ExportRetry;
  /** Not before; null where nothing says when. */
  readonly retryAfterMs: number | null;

  constructor(
    reason: string,
    text: Text,
    { retry, retryAfterMs = null, cause }: { retry: ExportRetry; retryAfterMs?: number | null; cause?: unknown },
  ) {
    super(text.en, cause === undefined ? undefined : { cause });
    this.reason = reason;
    this.text = text;
    this.retry = retry;
    this.retryAfterMs = retryAfterMs;
  }
}

/** What is to be added stands there with other values: nothing is known of the series any more but what the store holds. */
export class ExportConflict extends Error {
  override readonly name = "ExportConflict";
}

/** Days to bring, of one series, ascending. */
export interface ExportBatch {
  readonly series: ExportSeries;
  readonly days: readonly ExportDay[];
}

/**
 * One destination for dated values. Every method throws an `ExportFailure` for what the destination, its network or its
 * settings are the cause of, and the signal's reason when aborted. Calls about one series come one at a time, and so do all
 * calls unless `parallel` says otherwise.
 */
export interface Exporter {
  /**
   * Names what is written to and how: another text means that nothing brought before is there. No secret in it, and
   * nothing in it that only changes how the destination is reached.
   */
  readonly target: string;
  takes(series: ExportSeries): boolean;
  /** The first day that is brought of a series; null: from the beginning. */
  oldest(series: ExportSeries, today: LocalDate): LocalDate | null;
  /** The last day that is brought of a series; later ones wait until it has moved. Null, as without it: none waits. */
  latest?(series: ExportSeries, today: LocalDate): LocalDate | null;
  /** What the destination tells of itself, step by step; writes nothing that is seen. */
  test(signal: AbortSignal): Promise<readonly Finding[]>;
  /** Told once before the first batch of a run: what is learnt of the destination holds for the run. */
  open(signal: AbortSignal): Promise<void>;
  /**
   * Brings days none of which the destination holds, but for what an interrupted attempt left there. Resolves when they
   * were read back. @throws ExportConflict where other values stand there and only a correction helps.
   */
  add(batch: ExportBatch, signal: AbortSignal): Promise<void>;
  /**
   * Brings days that the destination holds with other values. `whole` gives every day of the series, month by month, for
   * destinations that cannot replace a value. Resolves when the changed days were read back.
   */
  correct(batch: ExportBatch, whole: () => AsyncIterable<readonly ExportDay[]>, signal: AbortSignal): Promise<void>;
  /** Whether a day that was brought is still there. */
  holds(series: ExportSeries, day: ExportDay, signal: AbortSignal): Promise<boolean>;
  /**
   * Told once a series has been brought, for destinations that show a current value: of the series that were brought
   * something or looked for, and in every run of those whose value changes with the clock.
   */
  conclude?(newest: NewestPoint, signal: AbortSignal): Promise<void>;
  /** After about how many points what was brought is remembered: few where each takes a call. Default 20,000. */
  readonly pointsPerStep?: number;
  /** How long after a correction of a series the next one waits, because corrections are dear there. Default 0. */
  readonly correctionEveryMs?: number;
  /** How many series may be brought at the same time, where what is sent takes long to show. Default 1. */
  readonly parallel?: number;
}

/** Where a series stands now. */
export interface NewestPoint {
  readonly series: ExportSeries;
  /** The newest that has begun; it may have ended. */
  readonly point: ExportPoint;
  /** The first that has not: tomorrow's colour, the next hour. Null where none is known. */
  readonly next: ExportPoint | null;
}
