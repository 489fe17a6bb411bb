import type { Instant } from "../../domain/units.ts";
import type { Text } from "../../shared/language.ts";

/**
 * What the statistics, the Energy Dashboard assistant and the adoption of history ask of Home Assistant. Every method
 * throws a `HomeAssistantFailure` and nothing else for what Home Assistant, its network or its rights are the cause of.
 */

/** Metadata of a series as Home Assistant lists it. */
export interface StatisticMetadata {
  readonly statisticId: string;
  /** The part before the colon; `recorder` for the statistics of an entity. */
  readonly source: string;
  readonly name: string | null;
  readonly unit: string | null;
  /** `energy` for kWh and Wh, null for money. */
  readonly unitClass: string | null;
  readonly hasSum: boolean;
}

/** One hour of a series. Fields that Home Assistant has no value for are null. */
export interface StatisticRow {
  /** Start of the hour, UTC. */
  readonly start: Instant;
  /** In the unit of the series. */
  readonly state: number | null;
  readonly sum: number | null;
  readonly mean: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly lastReset: Instant | null;
}

/** A row to write: what the bridge knows of an hour. Absent fields become null in Home Assistant. */
export interface WrittenRow {
  readonly start: Instant;
  readonly state: number | null;
  readonly sum: number | null;
  readonly mean?: number | null;
  readonly min?: number | null;
  readonly max?: number | null;
  readonly lastReset?: Instant | null;
}

/** `[from, before)`; open where left out. */
export interface Span {
  readonly from?: Instant;
  readonly before?: Instant;
}

export interface RecorderReader {
  listStatistics(): Promise<readonly StatisticMetadata[]>;
  /** Rows of each id in the span, ascending, in the unit stored. Ids without rows are absent. */
  loadRows(statisticIds: readonly string[], span: Span): Promise<ReadonlyMap<string, readonly StatisticRow[]>>;
}

export interface RecorderWriter {
  /**
   * Hands rows over, at most `maxRowsPerImport` at once, ascending. Resolves when Home Assistant has queued them, which
   * is not when they are stored: read back.
   */
  importRows(metadata: StatisticMetadata, rows: readonly WrittenRow[]): Promise<void>;
  /** Removes one series whole, rows and metadata; resolves when it is gone. Only ever exact ids. */
  clearSeries(statisticId: string): Promise<void>;
}

export type Recorder = RecorderReader & RecorderWriter;

/** Measured: 133 KiB a message, 8 ms of Home Assistant's event loop. The connection closes at 4 MiB. */
export const maxRowsPerImport = 2_000;

/** The Energy Dashboard's preferences, as they are: fields that the bridge does not know are kept. */
export interface EnergyPreferences {
  readonly energySources: readonly EnergySource[];
  readonly deviceConsumption: readonly Readonly<Record<string, unknown>>[];
}
export interface EnergySource {
  readonly type: string;
  readonly [field: string]: unknown;
}
/** Since 2026: one flat object per pair of import and export. */
export interface GridSource extends EnergySource {
  readonly type: "grid";
  readonly stat_energy_from: string | null;
  readonly stat_energy_to: string | null;
  readonly stat_cost: string | null;
  readonly stat_compensation: string | null;
  readonly entity_energy_price: string | null;
  readonly number_energy_price: number | null;
  readonly entity_energy_price_export: string | null;
  readonly number_energy_price_export: number | null;
  readonly cost_adjustment_day: number;
}

export interface EnergyPreferencesPort {
  /** Null before the dashboard was ever set up. */
  loadPreferences(): Promise<EnergyPreferences | null>;
  /** Replaces the list of sources, leaving the other lists; what Home Assistant then holds. */
  saveEnergySources(sources: readonly EnergySource[]): Promise<EnergyPreferences>;
}

export interface HomeAssistantFacts {
  /** `2026.11.1`. */
  readonly version: string;
  readonly timeZone: string;
  readonly currency: string;
}

/** One open connection, authenticated, Home Assistant running and its recorder there. */
export interface HomeAssistantSession extends Recorder, EnergyPreferencesPort {
  readonly facts: HomeAssistantFacts;
  close(): Promise<void>;
}

export interface HomeAssistant {
  /** As the user may read it: no token. */
  readonly url: string;
  /**
   * Connects, waits until Home Assistant runs (bounded), checks its version.
   * @throws HomeAssistantFailure
   */
  open(signal: AbortSignal): Promise<HomeAssistantSession>;
}

/**
 * | reason | what the caller does |
 * |---|---|
 * | unreachable | again later: network, restart, proxy without core |
 * | not_ready | again later: it is starting, or its recorder is not there |
 * | token | never again until the setting changes: a login that fails can ban the address |
 * | not_admin | the same: writing needs an administrator |
 * | too_old | the same: older than `minimumVersion` |
 * | refused | Home Assistant found the request wrong: a mistake of ours, or a preference changed meanwhile |
 * | not_stored | success was answered, but the rows did not come up when read back: again later |
 */
const homeAssistantReasons = [
  "unreachable",
  "not_ready",
  "token",
  "not_admin",
  "too_old",
  "refused",
  "not_stored",
] as const;
export type HomeAssistantReason = (typeof homeAssistantReasons)[number];

/** `mean_type` and `unit_class` are known since then. */
export const minimumVersion = "2025.11.0";

export class HomeAssistantFailure extends Error {
  override readonly name = "HomeAssistantFailure";
  readonly reason: HomeAssistantReason;
  /** What happened and what to do, for the user. */
  readonly text: Text;

  constructor(reason: HomeAssistantReason, text: Text, options?: ErrorOptions) {
    super(text.en, options);
    this.reason = reason;
    this.text = text;
  }
}
