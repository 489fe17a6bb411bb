import type { Instant, LocalDate } from "../../domain/units.ts";
import type { Month } from "./series.ts";

/** What a destination was brought of one month of a series. */
export interface SentMonth {
  /** Of the reader, when it was brought. */
  readonly mark: string;
  /** A short text by day that stands for its points. */
  readonly days: Readonly<Record<LocalDate, string>>;
}

export interface SentSeries {
  readonly months: ReadonlyMap<Month, SentMonth>;
  /** When values of the series that were there were last replaced; null: never. */
  readonly correctedAt: Instant | null;
}

/** Where a series stands at a destination: `target` is the exporter's, `series` its `seriesId`. */
export interface SentPlace {
  readonly destination: string;
  readonly target: string;
  readonly series: string;
}

export type ExportLogStatus = "running" | "success" | "partial" | "failed";

/** One run towards a destination. */
export interface ExportLog {
  readonly id: number;
  readonly destination: string;
  readonly status: ExportLogStatus;
  /** Points that were brought. */
  readonly records: number;
  /** In the language of the installation; null where all went well. */
  readonly error: string | null;
  readonly startedAt: Instant;
  /** Null while it runs, or where the process ended in the middle. */
  readonly completedAt: Instant | null;
}

/** How a destination is set, as `psql` shows it: nothing secret. */
export interface ExportConfigRow {
  readonly destination: string;
  readonly enabled: boolean;
  readonly intervalMinutes: number;
  readonly exportData: readonly string[];
  /** Options of the destination; of a secret only that it is set. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What the exports remember. */
export interface ExportMemory {
  loadSent(place: SentPlace): Promise<SentSeries>;
  /** One transaction; months that are not named stay. `correctedAt` null leaves what is known. */
  saveSent(place: SentPlace, months: ReadonlyMap<Month, SentMonth>, correctedAt: Instant | null): Promise<void>;
  /** The destination has lost it: all of the series is brought again. */
  forgetSent(place: SentPlace): Promise<void>;

  /** Lets one process at a time write to a destination: true when `holder` has it until `until`, anew or still. */
  claimExport(claim: {
    readonly destination: string;
    readonly holder: string;
    readonly now: Instant;
    readonly until: Instant;
  }): Promise<boolean>;
  releaseExport(destination: string, holder: string): Promise<void>;

  beginExport(destination: string, at: Instant): Promise<number>;
  endExport(id: number, end: Pick<ExportLog, "status" | "records" | "error"> & { readonly at: Instant }): Promise<void>;
  /** The latest first. */
  loadExportLogs(filter: {
    readonly destination: string | null;
    /** Not included: for the next page. Null: from the latest. */
    readonly beforeId: number | null;
    readonly limit: number;
  }): Promise<readonly ExportLog[]>;
  /** Removes logs of runs that began before. */
  forgetExportLogs(before: Instant): Promise<void>;
  /** Writes nothing where nothing differs. Destinations that are not named stay. */
  saveExportConfigs(configs: readonly ExportConfigRow[], at: Instant): Promise<void>;
}
