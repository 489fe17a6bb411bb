import type { DerivedDay, KnownDay } from "../domain/day.ts";
import type { EcowattDay } from "../domain/ecowatt.ts";
import type { Slot } from "../domain/slot.ts";
import type { TempoDay } from "../domain/tempo.ts";
import type { Instant, LocalDate, UsagePointId, Wh } from "../domain/units.ts";
import type { Flow, Subject, UsagePoint } from "../domain/usage-point.ts";
import type { AdoptionStore } from "./adoption/store.ts";
import type { ContributionStore } from "./contribution/store.ts";
import type { ManualStore } from "./manual/store.ts";
import type { OfferStore } from "./offers.ts";
import type { Address, Contract, DailyReading, MaxPowerReading, Period } from "./source.ts";
import type { StatisticStore } from "./statistics/store.ts";
import type { ViewStore } from "./view/store.ts";

/**
 * What sync needs from the store. Every `save…` and `ingest…` is one transaction, can be repeated, and writes no row
 * when nothing differs; none ever deletes what a source no longer mentions.
 */

/** Lasting trouble of one usage point, as a stable code with the source's own words. */
export interface UsagePointProblem {
  readonly code: string;
  readonly message: string;
  readonly since: Instant;
}

export interface StoredUsagePoint extends UsagePoint {
  readonly account: string;
  /** Whether the account listed it last time. */
  readonly listed: boolean;
  readonly contractKnown: boolean;
  readonly problem: UsagePointProblem | null;
}

export interface UsagePointStore {
  /** Inserts and updates; a point of `account` that is not in `points` becomes `listed: false` and keeps all its data. */
  saveUsagePoints(account: string, points: readonly UsagePoint[], at: Instant): Promise<void>;
  /** Accounts that have usage points here, the one with most of them first. */
  loadAccounts(): Promise<readonly string[]>;
  /** All points of the account, listed first, then by id. */
  loadUsagePoints(account: string): Promise<readonly StoredUsagePoint[]>;
  /** Fills what the contract tells: activation date, subscribed power, off-peak hours. A null never erases. */
  saveContract(id: UsagePointId, contract: Contract): Promise<void>;
  saveAddress(id: UsagePointId, address: Address): Promise<void>;
  /** `since` of an unchanged code is kept. Null clears. */
  saveProblem(id: UsagePointId, problem: Omit<UsagePointProblem, "since"> | null, at: Instant): Promise<void>;
}

/** What one question told about each day of its period. */
export type DayAnswer = "complete" | "partial" | "absent" | "refused";

export interface AnsweredDay {
  readonly date: LocalDate;
  readonly answer: DayAnswer;
}

export interface IngestCurve {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly slots: readonly Slot[];
  readonly answers: readonly AnsweredDay[];
  readonly at: Instant;
}
export interface IngestDaily {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly readings: readonly DailyReading[];
  readonly answers: readonly AnsweredDay[];
  readonly at: Instant;
}
export interface IngestMaxPower {
  readonly usagePoint: UsagePointId;
  readonly readings: readonly MaxPowerReading[];
  readonly answers: readonly AnsweredDay[];
  readonly at: Instant;
}

/** How many rows of readings were new or changed. */
export interface Ingested {
  readonly written: number;
}

export interface ReadingStore {
  /**
   * Upserts the slots, keeps former values, moves stored slots that a new one overlaps under another start into the
   * former values, marks the days of changed slots stale, and records the answers (`tries` restarts at 0 on complete,
   * else grows by one). A daily value of 0 never replaces one above 0.
   */
  ingestCurve(input: IngestCurve): Promise<Ingested>;
  ingestDaily(input: IngestDaily): Promise<Ingested>;
  ingestMaxPower(input: IngestMaxPower): Promise<Ingested>;
  /** Days whose readings changed since they were derived, by usage point, flow and date. */
  loadStaleDays(): Promise<readonly StaleDay[]>;
  /** Slots (ascending) and official value of each day of the period that has any. */
  loadDayInputs(usagePoint: UsagePointId, flow: Flow, period: Period): Promise<readonly DayInput[]>;
  /** Stores derived days and ends their staleness. `changedAt` moves only where a value differs. */
  saveDays(usagePoint: UsagePointId, flow: Flow, days: readonly DerivedDay[], at: Instant): Promise<void>;
  /** Derived days of the period, ascending. */
  loadDays(usagePoint: UsagePointId, flow: Flow, period: Period): Promise<readonly KnownDay[]>;
  /** Sum of all derived days up to and including `through`, with first and last day; null without any. */
  loadIndex(usagePoint: UsagePointId, flow: Flow): Promise<EnergyIndex | null>;
  /** A text by month (`YYYY-MM`) that is another one once readings of the month have changed; months without any are absent. */
  loadMonthMarks(usagePoint: UsagePointId, flow: Flow): Promise<ReadonlyMap<string, string>>;
  loadLatestMaxPower(usagePoint: UsagePointId): Promise<MaxPowerReading | null>;
  /** The highest power of each day of the period that has one, ascending. */
  loadMaxPowers(usagePoint: UsagePointId, period: Period): Promise<readonly MaxPowerReading[]>;
}

export interface StaleDay {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly date: LocalDate;
}
export interface DayInput {
  readonly date: LocalDate;
  readonly slots: readonly Slot[];
  readonly officialWh: Wh | null;
}
export interface EnergyIndex {
  readonly energyWh: Wh;
  readonly from: LocalDate;
  readonly through: LocalDate;
  readonly changedAt: Instant;
}

/** All the plan needs to know of one day under one subject. Days never asked and without data are absent. */
export interface DayMemory {
  readonly date: LocalDate;
  /** What the store holds: curve coverage, an official value, a peak. */
  readonly has: "all" | "some" | "none";
  /** The last change of slots or official value while they contradict each other (curves only); null where they do not. */
  readonly disagreeingSince: Instant | null;
  /** Null when the data came without a question of ours. */
  readonly askedAt: Instant | null;
  readonly answer: DayAnswer | null;
  /** Consecutive questions without a complete answer. */
  readonly tries: number;
}

export interface TaskMemory {
  readonly key: string;
  readonly askedAt: Instant;
  readonly succeededAt: Instant | null;
  /** Consecutive failures. */
  readonly failures: number;
  /** Not before; null when nothing forbids. */
  readonly retryAt: Instant | null;
  readonly detail: string | null;
}

export interface MemoryStore {
  loadDayMemory(usagePoint: UsagePointId): Promise<ReadonlyMap<Subject, readonly DayMemory[]>>;
  loadTasks(): Promise<ReadonlyMap<string, TaskMemory>>;
  saveTask(task: TaskMemory): Promise<void>;
}

export interface TaskClaimStore {
  /**
   * Does `act` and saves the task where it still stands with the detail `from`; false, and nothing done, where it does not, or
   * where another instance is at it right now. If `act` fails, or the process dies in it, the task stays as it was.
   */
  changeTask(task: TaskMemory, from: string, act: () => Promise<void>): Promise<boolean>;
}

export const buckets = ["no_cache", "cached"] as const;
export type Bucket = (typeof buckets)[number];

export interface BudgetState {
  readonly used: number;
  readonly allowed: number;
}

export interface BudgetStore {
  /** Takes one call out of the day's budget before it is made; false when none is left. Atomic between instances. */
  takeBudget(request: {
    readonly account: string;
    readonly utcDay: string;
    readonly bucket: Bucket;
    readonly allowed: number;
  }): Promise<boolean>;
  /** Raises the counter to what the source itself counts, and adopts its limit; never lowers the counter. */
  settleBudget(
    state: { readonly account: string; readonly utcDay: string; readonly bucket: Bucket } & BudgetState,
  ): Promise<void>;
  /** Null when nothing was counted that day. */
  loadBudget(account: string, utcDay: string, bucket: Bucket): Promise<BudgetState | null>;
}

export interface LeaseStore {
  /**
   * Takes or renews the lease on one usage point until `until`; false when another holder's lease is still running at
   * `now`. Uses row locks (`for update skip locked`), so that two instances never wait for each other.
   */
  takeLease(request: {
    readonly usagePoint: UsagePointId;
    readonly holder: string;
    readonly now: Instant;
    readonly until: Instant;
  }): Promise<boolean>;
  releaseLease(usagePoint: UsagePointId, holder: string): Promise<void>;
  /** For whoever has just started a database that is its own: every holder that is noted in it is dead, of leases and of the claims on statistics and exports. */
  forgetLeases(): Promise<void>;
}

export interface SignalStore {
  saveTempo(days: readonly TempoDay[], at: Instant): Promise<{ readonly written: number }>;
  /** Ascending; both ends included. */
  loadTempo(period: Period): Promise<readonly TempoDay[]>;
  saveEcowatt(days: readonly EcowattDay[], at: Instant): Promise<{ readonly written: number }>;
  loadEcowatt(period: Period): Promise<readonly EcowattDay[]>;
}

export interface InstallationStore {
  /** Made once; what random offsets and client ids are drawn from. */
  loadInstallationId(at: Instant): Promise<string>;
}

export type Store = UsagePointStore &
  ReadingStore &
  MemoryStore &
  TaskClaimStore &
  BudgetStore &
  LeaseStore &
  SignalStore &
  InstallationStore &
  StatisticStore &
  AdoptionStore &
  ContributionStore &
  ManualStore &
  OfferStore &
  ViewStore;
