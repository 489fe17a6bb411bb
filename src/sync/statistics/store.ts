import type { Instant, LocalDate, UsagePointId, WattMinutes } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { DayInput } from "../store.ts";
import type { Amount, AmountSum } from "./amount.ts";
import type { HourOrigin, SeriesHour, SeriesKey, SeriesName, SeriesState } from "./series.ts";

/**
 * What the statistics need of the store. The hours of every series are kept here as they should stand in Home
 * Assistant, with the first hour that has not been read back from there: what is missing can always be told from the
 * store alone.
 */

/** A day whose readings, colours or plan changed since its hours were derived. */
export interface StaleStatisticDay {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly date: LocalDate;
  /** To be handed back with the hours: a change in between keeps the day stale. */
  readonly revision: number;
}

/** One hour of one series, derived. A day's hours are complete: an hour that is not named holds nothing. */
export interface DerivedHour {
  readonly key: Pick<SeriesKey, "measure" | "role">;
  readonly start: Instant;
  readonly amount: Amount;
  readonly origin: Exclude<HourOrigin, "former">;
}

export interface DerivedStatisticDay {
  readonly date: LocalDate;
  readonly revision: number;
  readonly hours: readonly DerivedHour[];
  /** Whether the store knows all of the day's energy and its period: then nothing of another tool is needed for it. */
  readonly isWhole: boolean;
  /** Energy that belongs to no series yet, because the period is not known (a Tempo colour). 0 when none. */
  readonly pending: WattMinutes;
}

export interface ReplacedHours {
  /** Rows inserted or changed. */
  readonly changed: number;
}

export interface PendingDay {
  readonly usagePoint: UsagePointId;
  readonly date: LocalDate;
  readonly energy: WattMinutes;
}

/** A year and flow at most is read at once: bounded memory. */
export interface StatisticStore {
  /** Ascending by usage point, flow, date. Only days whose energy is derived from their last readings. */
  loadStaleStatisticDays(): Promise<readonly StaleStatisticDay[]>;
  /** Readings of exactly these dates, ascending; dates without any are absent. */
  loadInputsOf(usagePoint: UsagePointId, flow: Flow, dates: readonly LocalDate[]): Promise<readonly DayInput[]>;
  /**
   * Puts derived days into the series of their usage point and flow, in one transaction: every series' hours within
   * each day become what is given, an hour that is no longer named becomes 0 (its row in Home Assistant cannot be
   * removed), `total`, `dirtyFrom` and `revision` of the series move with it, and the days stop being stale unless
   * they changed meanwhile. Creates no series: a key without one is a mistake. Rows that are equal are not written.
   *
   * A day that is not whole leaves `former` hours alone, and writes none of its own, where those hold more energy in
   * that day than is derived and pending: the larger of their sum over the tariff periods and that of `total`. Its cost
   * is not written either.
   */
  replaceHours(usagePoint: UsagePointId, flow: Flow, days: readonly DerivedStatisticDay[]): Promise<ReplacedHours>;
  /** Days of which some energy waits for its tariff period. */
  loadPendingDays(): Promise<readonly PendingDay[]>;
  /** Marks days to be derived again; unknown days are left out. */
  markStatisticDays(usagePoint: UsagePointId, flow: Flow, dates: readonly LocalDate[]): Promise<void>;
  /** First and last day with readings of a flow; null without any. */
  loadStatisticSpan(
    usagePoint: UsagePointId,
    flow: Flow,
  ): Promise<{ readonly from: LocalDate; readonly to: LocalDate } | null>;

  /** All series, also those that are not active, by usage point, flow, id. */
  loadSeries(): Promise<readonly SeriesState[]>;
  /** Keeps an existing series as it is. */
  createSeries(key: SeriesKey, name: SeriesName): Promise<SeriesState>;
  /** Hours of a series from `from` on (all when null), ascending, at most `limit`. */
  loadHours(series: number, from: Instant | null, limit?: number): Promise<readonly SeriesHour[]>;
  /** Sum of the hours before `at`, without the base; and the hour just before, null when none. */
  loadBefore(series: number, at: Instant): Promise<{ readonly sum: AmountSum; readonly last: Instant | null }>;
  /**
   * Moves the cursor after a read-back: everything before `dirtyFrom` stands in Home Assistant (null: all). Does
   * nothing and returns false when the series changed since `revision`.
   */
  moveCursor(series: number, revision: number, dirtyFrom: Instant | null, at: Instant): Promise<boolean>;
  /** Sends the series again from `from` on (its first hour when null): Home Assistant lost or changed something. */
  rewriteFrom(series: number, from: Instant | null): Promise<void>;
  /** Hours that stand in Home Assistant and that the store does not know, to be written over with 0. */
  adoptForeignHours(series: number, starts: readonly Instant[]): Promise<void>;
  noteForeign(series: number, at: Instant, repairedAt: Instant | null): Promise<void>;

  /** The plan that the usage point's days were derived with, as it was given; null before the first time. */
  loadDerivedPlan(usagePoint: UsagePointId): Promise<string | null>;
  /** Stores the plan and marks the days it changes, in one transaction. */
  saveDerivedPlan(usagePoint: UsagePointId, plan: string, changed: readonly LocalDate[]): Promise<void>;

  /** The prices and plan that the usage point's costs were derived with, as they were given; null before the first time. */
  loadDerivedPrices(usagePoint: UsagePointId): Promise<string | null>;
  /** Stores them and marks the days of each flow that they change, in one transaction; told again they change nothing. */
  saveDerivedPrices(
    usagePoint: UsagePointId,
    prices: string,
    changed: Readonly<Record<Flow, readonly LocalDate[]>>,
  ): Promise<void>;

  /**
   * Lets one process at a time write statistics: true when `holder` has it until `until`. A crashed holder's claim ends
   * by itself.
   */
  claimStatistics(holder: string, now: Instant, until: Instant): Promise<boolean>;
  releaseStatistics(holder: string): Promise<void>;
}
