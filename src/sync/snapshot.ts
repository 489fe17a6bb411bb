import type { Projection } from "../domain/bill/project.ts";
import type { DayQuality } from "../domain/day.ts";
import type { EcowattLevel } from "../domain/ecowatt.ts";
import type { TariffPeriod } from "../domain/tariff/period.ts";
import type { EnergyPrice, MicroEur, PriceSource } from "../domain/tariff/price.ts";
import type { TempoColor, TempoRemaining } from "../domain/tempo.ts";
import type { Instant, LocalDate, UsagePointId, Va, Wh } from "../domain/units.ts";
import type { Flow } from "../domain/usage-point.ts";
import type { Text } from "../shared/language.ts";

/**
 * Everything a sink may show, computed from the store for one instant. Null is "not known": a sink says so and never
 * writes 0 for it. `changedAt` is when the value last changed in the store, so that an unchanged store gives an equal
 * snapshot.
 */
export interface Snapshot {
  readonly usagePoints: readonly UsagePointSnapshot[];
  readonly tempo: TempoSnapshot;
  readonly ecowatt: EcowattSnapshot;
  readonly bridge: BridgeSnapshot;
}

export interface DayValue {
  readonly date: LocalDate;
  readonly energyWh: Wh;
  readonly quality: DayQuality;
  readonly changedAt: Instant;
}

/** A month (`YYYY-MM`) or year (`YYYY`) up to the latest known day. */
export interface PeriodValue {
  readonly period: string;
  readonly from: LocalDate;
  /** The latest known day inside it. */
  readonly through: LocalDate;
  readonly energyWh: Wh;
  /** The worst quality among its days; `partial` as soon as a day is missing between `from` and `through`. */
  readonly quality: DayQuality;
  readonly missingDays: number;
  readonly changedAt: Instant;
}

export interface FlowSnapshot {
  readonly flow: Flow;
  /** The latest day known at all. */
  readonly latest: DayValue | null;
  /** The day before the snapshot's Paris day; null while it is not known. */
  readonly yesterday: DayValue | null;
  readonly yesterdayDate: LocalDate;
  /** Of the latest known day, hence never empty on the first of a month. */
  readonly month: PeriodValue | null;
  readonly year: PeriodValue | null;
  /** Grows from the store's first day; a correction may lower it. */
  readonly index: {
    readonly energyWh: Wh;
    readonly from: LocalDate;
    readonly through: LocalDate;
    readonly changedAt: Instant;
  } | null;
}

/** `[start, end)` at one price. A period of null is pending or not known, and has no price; a period may lack one too. */
export interface TariffStretch {
  readonly start: Instant;
  readonly end: Instant;
  readonly period: TariffPeriod | null;
  readonly price: EnergyPrice | null;
}

/** What a kWh costs at the snapshot's instant and in the days after it. */
export interface TariffSnapshot {
  readonly period: TariffPeriod | null;
  /** Told by the clock where only the colour of the day is missing; null where the plan or its peak days are not known. */
  readonly offPeak: boolean | null;
  readonly price: EnergyPrice | null;
  readonly source: PriceSource | null;
  /** The next stretch of another period or price; null when none begins in the schedule. */
  readonly next: TariffStretch | null;
  /** From the stretch in force on, ascending, without hole, to the midnight that follows 48 hours from now. */
  readonly schedule: readonly TariffStretch[];
  /** Standing charge for a month, at today's price. */
  readonly standing: MicroEur | null;
}

/** What the energy of a day, month or year up to the latest known day costs, without any standing charge. */
export interface CostValue {
  /** `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
  readonly period: string;
  readonly from: LocalDate;
  readonly through: LocalDate;
  /** Of the days whose every hour has a price; null when there is none. */
  readonly amount: MicroEur | null;
  /** `partial` as soon as a day is missing or has no cost. */
  readonly quality: DayQuality;
  readonly missingDays: number;
  /** Days whose energy is known and whose cost is not. */
  readonly unpricedDays: number;
  readonly changedAt: Instant;
}

export interface CostsSnapshot {
  /** Of the latest day known at all. */
  readonly latest: CostValue | null;
  readonly month: CostValue | null;
  readonly year: CostValue | null;
  /** Of the snapshot's month, the days to come at today's prices; null while too few days are known. */
  readonly projection: Projection | null;
}

export interface UsagePointSnapshot {
  readonly id: UsagePointId;
  readonly name: string | null;
  /** False once the account no longer gives it or never answered: its values are not being kept up to date. */
  readonly available: boolean;
  readonly subscribedPowerKva: number | null;
  readonly flows: readonly FlowSnapshot[];
  /** Null where nothing is consumed. */
  readonly tariff: TariffSnapshot | null;
  /** Of what is consumed. */
  readonly costs: CostsSnapshot;
  readonly maxPower: { readonly date: LocalDate; readonly at: Instant; readonly powerVa: Va } | null;
  /** End of the latest known day of the main flow. */
  readonly dataThrough: Instant | null;
  /** Whether yesterday should have been there by now and is not. Null before the first data. */
  readonly late: boolean | null;
  /**
   * Days known and days wanted since the first day that can be asked, over all flows: progress of the first fetch, and how
   * many calls the rest of it takes.
   */
  readonly history: { readonly knownDays: number; readonly wantedDays: number; readonly remainingCalls: number };
  readonly problem: ProblemSnapshot | null;
}

export interface TempoDaySnapshot {
  readonly date: LocalDate;
  readonly color: TempoColor | null;
  readonly announcedAt: Instant | null;
}

export interface TempoSnapshot {
  readonly available: boolean;
  /** The Tempo day in force (06:00 to 06:00), not the calendar day. */
  readonly today: TempoDaySnapshot;
  readonly tomorrow: TempoDaySnapshot;
  readonly now: {
    /** Null while the colour in force is not known. */
    readonly period: TariffPeriod | null;
    readonly offPeak: boolean;
    /** When the day in force ends, and with it its colour. */
    readonly nextDayAt: Instant;
    /** Whether red days can fall now. */
    readonly redSeason: boolean;
  };
  /** `2026-2027`. */
  readonly season: string;
  /** Null when a past day of the season is unknown: what remains cannot be counted then. */
  readonly remaining: TempoRemaining | null;
  readonly unknownPastDays: number;
  readonly changedAt: Instant | null;
}

export interface EcowattHourValue {
  /** Start of the hour. */
  readonly at: Instant;
  readonly level: EcowattLevel;
  readonly decarbonised: boolean;
}

export interface EcowattSnapshot {
  readonly available: boolean;
  readonly current: (EcowattHourValue & { readonly message: string }) | null;
  readonly nextHour: EcowattHourValue | null;
  /** From the current hour on, ascending; hours without a signal are absent. */
  readonly forecast: readonly EcowattHourValue[];
  /** Whether the current hour is orange or red; null when not known. */
  readonly alert: boolean | null;
  readonly changedAt: Instant | null;
}

export interface ProblemSnapshot {
  /** Stable, for automations. */
  readonly code: string;
  /** One sentence in the user's language: what happened, what it means, what to do. */
  readonly sentence: string;
  /** The same in every language, for whoever does not know the user's. */
  readonly text: Text;
  readonly since: Instant;
  readonly usagePoint: UsagePointId | null;
}

export interface BridgeSnapshot {
  readonly version: string;
  /** Last successful answer of the gateway. */
  readonly lastSyncAt: Instant | null;
  readonly nextCallAt: Instant | null;
  readonly budget: { readonly used: number; readonly allowed: number; readonly left: number } | null;
  readonly problems: readonly ProblemSnapshot[];
}

/** A secondary or primary sink: shown the newest snapshot, it brings what it feeds up to date. Never throws for its own outage. */
export interface Sink {
  readonly name: string;
  publish(snapshot: Snapshot): Promise<void>;
  /** Told once a pass has made all its calls: for what is only worth doing then. Never throws for its own outage. */
  settle?(): Promise<void>;
}
