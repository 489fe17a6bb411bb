import { boundsOf } from "../../domain/calendar.ts";
import type { ExportKind } from "../../domain/export-kind.ts";
import { type TempoColor, tempoDateAt } from "../../domain/tempo.ts";
import type { Instant, LocalDate, UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";

export { type ExportKind, exportKinds } from "../../domain/export-kind.ts";

/**
 * One series that the secondary destinations are brought. What its points hold:
 *
 * | kind | a point |
 * |---|---|
 * | energy, day | Wh of a civil day |
 * | energy, month | Wh of the month's known days up to and including that day |
 * | energy, half_hour | Wh of a half-hour; 46 to 50 a day |
 * | cost | euros of a civil day whose every hour has a price, without standing charge |
 * | max_power | VA, the highest of a day; from the instant it was reached, of no length |
 * | tempo_color | position in `tempoColors` of a Tempo day, over the civil day of its date |
 * | tempo_remaining | days of the colour not announced yet, once the colour after that day was |
 * | ecowatt | level 1 to 3 of an hour |
 */
export type ExportSeries =
  | { readonly kind: "energy"; readonly usagePoint: UsagePointId; readonly flow: Flow; readonly step: EnergyStep }
  | { readonly kind: "cost"; readonly usagePoint: UsagePointId }
  | { readonly kind: "max_power"; readonly usagePoint: UsagePointId }
  | { readonly kind: "tempo_color" }
  | { readonly kind: "tempo_remaining"; readonly color: TempoColor }
  | { readonly kind: "ecowatt" };
export type EnergyStep = "day" | "month" | "half_hour";

/** Names a series for ever. */
export function seriesId(series: ExportSeries): string {
  switch (series.kind) {
    case "energy":
      return `energy:${series.step}:${series.flow}:${series.usagePoint}`;
    case "cost":
    case "max_power":
      return `${series.kind}:${series.usagePoint}`;
    case "tempo_remaining":
      return `${series.kind}:${series.color}`;
    case "tempo_color":
    case "ecowatt":
      return series.kind;
  }
}

/** `[start, end)`, a number, and whether any of it is estimated. Never NaN, never a stand-in for the unknown. */
export interface ExportPoint {
  readonly start: Instant;
  readonly end: Instant;
  readonly value: number;
  readonly isEstimated: boolean;
}

/** The points of one civil day, ascending; at least one. */
export interface ExportDay {
  readonly date: LocalDate;
  readonly points: readonly ExportPoint[];
}

/** `YYYY-MM`. */
export type Month = string;

/** The store as the destinations are fed from it. */
export interface ExportReader {
  /** Every series of these kinds that anything is known of, in the order in which they are brought. */
  list(kinds: readonly ExportKind[]): Promise<readonly ExportSeries[]>;
  /** A text by month, ascending, that is another one once a point of the month is; months without a point may be there. */
  marks(series: ExportSeries): Promise<ReadonlyMap<Month, string>>;
  /** Days of a month that have points, ascending. */
  days(series: ExportSeries, month: Month): Promise<readonly ExportDay[]>;
}

/**
 * Where `now` is among a series' points: that of a Tempo day lies over the civil day of its date, while the day itself begins
 * at 06:00.
 */
export const placeAmongPoints = ({ kind }: ExportSeries, now: Instant): Instant =>
  kind === "tempo_color" || kind === "tempo_remaining" ? boundsOf(tempoDateAt(now)).start : now;
