import type { LocalDate, UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";

/** From when to when a flow of a meter is known, and by how many days. */
export interface KnownSpan {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly from: LocalDate;
  readonly through: LocalDate;
  readonly days: number;
}

/** What only those who show the store ask of it. */
export interface ViewStore {
  /** Of every meter and flow of the account that days are known of, by both. */
  loadKnownSpans(account: string): Promise<readonly KnownSpan[]>;
  /** Where the account's meters are; those whose address nobody told are absent. */
  loadCities(account: string): Promise<ReadonlyMap<UsagePointId, string>>;
  /** A text that is the same only while nothing whatever has been written: what was computed then still holds. */
  loadWritePosition(): Promise<string>;
}
