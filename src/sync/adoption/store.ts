import type { Instant, LocalDate, UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { AmountSum } from "../statistics/amount.ts";
import type { EnergyPreferences, StatisticMetadata, StatisticRow } from "../statistics/recorder.ts";
import type { SeriesHour, SeriesKey, SeriesName } from "../statistics/series.ts";

/** What the assistants remember, so that all they do can be undone. Nothing here is ever deleted. */

export type AdoptionMode = "continue" | "copy";

/** A series of Home Assistant as it was before the bridge touched it. `metadata` null: it did not exist. */
export interface SavedSeries {
  readonly statisticId: string;
  readonly metadata: StatisticMetadata | null;
  readonly rows: readonly StatisticRow[];
}

export interface Adoption {
  readonly id: number;
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  /** Which former tool: a stable code. */
  readonly tool: string;
  readonly mode: AdoptionMode;
  readonly at: Instant;
  readonly statisticIds: readonly string[];
  /** Where it stands: rows are saved first, then the store changes, then Home Assistant; a crash goes on from there. */
  readonly step: "saved" | "applied" | "undoing" | "undone";
  readonly preferences: PreferencesChange | null;
  /**
   * Days up to this one stay as the former tool wrote them, and the bridge only goes on after them: how a series of
   * MyElectricalData v2 is continued without a question. Null once the user let the bridge write its own over them.
   */
  readonly keepThrough: LocalDate | null;
}

export interface PreferencesChange {
  readonly id: number;
  readonly at: Instant;
  /** Null: the dashboard had not been set up. */
  readonly before: EnergyPreferences | null;
  readonly after: EnergyPreferences;
  readonly undoneAt: Instant | null;
}

/** How one series of the bridge changes: its hours of before the store's history, and under which name it goes on. */
export interface AdoptedSeries {
  readonly key: SeriesKey;
  readonly name: SeriesName;
  readonly base: AmountSum;
  /** The first hour that does not stand in Home Assistant as `hours` say; null when all do. */
  readonly dirtyFrom: Instant | null;
  /** Another tool's hours; derived days replace theirs. */
  readonly hours: readonly SeriesHour[];
}

export interface AdoptionStore {
  /** Saves rows before anything changes; the adoption is `saved`. */
  saveAdoption(
    adoption: Omit<Adoption, "id" | "step" | "preferences">,
    saved: readonly SavedSeries[],
  ): Promise<Adoption>;
  loadAdoptions(): Promise<readonly Adoption[]>;
  loadSavedSeries(adoption: number): Promise<readonly SavedSeries[]>;
  /**
   * In one transaction: creates or renames each series, sets its base, puts the former hours where no derived hour
   * stands, makes it dirty from `dirtyFrom` (or earlier, if it was), marks every day of the usage point and flow to be
   * derived again, and the adoption `applied`. The series' former name, base and hours are kept for `revertAdoption`.
   * Applied once more to the same adoption it replaces the former hours of the first time, and what is kept for the
   * revert stays that of the first time.
   */
  applyAdoption(adoption: number, series: readonly AdoptedSeries[]): Promise<void>;
  /**
   * In one transaction: gives the series back their former names and bases, removes the `former` hours this adoption
   * brought, removes series that it created, marks every day to be derived again, and the adoption `undone`.
   */
  revertAdoption(adoption: number, at: Instant): Promise<void>;
  noteUndoing(adoption: number): Promise<void>;
  /** Also marks every day of the usage point and flow to be derived again. */
  letRewrite(adoption: number): Promise<void>;

  /** Before they are written to Home Assistant. */
  savePreferencesChange(
    change: Pick<PreferencesChange, "at" | "before" | "after">,
    adoption: number | null,
  ): Promise<PreferencesChange>;
  /** The newest that is not undone; null when there is none. */
  loadLastPreferencesChange(): Promise<PreferencesChange | null>;
  notePreferencesUndone(id: number, at: Instant): Promise<void>;
  /** First day with readings; a help for previews. */
  loadFirstDay(usagePoint: UsagePointId, flow: Flow): Promise<LocalDate | null>;
}
