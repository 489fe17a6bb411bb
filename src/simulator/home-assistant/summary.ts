import { hourMs, type Instant } from "../../domain/units.ts";
import type { WantedUnits } from "./reading.ts";
import type { Row, Series } from "./series.ts";
import { converter } from "./units.ts";

export const summaryTypes = ["max", "mean", "min", "change"] as const;
export type SummaryType = (typeof summaryTypes)[number];

export interface SummaryRequest {
  /** Null: open. */
  readonly from: Instant | null;
  readonly before: Instant | null;
  readonly types: readonly SummaryType[];
  readonly units: WantedUnits;
}

/**
 * One figure for a whole span. `change` counts from the hour just before the span only: after a gap there, the change of
 * the first row is missing.
 */
export function statisticDuring(
  series: Series,
  { from, before, types, units }: SummaryRequest,
): Partial<Record<SummaryType, number | null>> {
  const { unit_class, unit_of_measurement } = series.metadata;
  const wanted = (unit_class === null ? undefined : units[unit_class]) ?? unit_of_measurement;
  const convert = converter(unit_class, { from: unit_of_measurement, to: wanted });
  const rows = series.rows.filter(({ start }) => start >= (from ?? start) && (before === null || start < before));
  const figures: Record<SummaryType, number | null> = { ...extremes(rows), change: change(series, rows, from) };
  return Object.fromEntries(types.map((type) => [type, figures[type] === null ? null : convert(figures[type])]));
}

function change({ rows: all }: Series, rows: readonly Row[], from: Instant | null): number | null {
  const newest = rows.findLast(({ sum }) => sum !== null)?.sum;
  const oldest = from === null ? 0 : all.find(({ start, sum }) => start >= from - hourMs && sum !== null)?.sum;
  return newest === undefined || newest === null || oldest === undefined || oldest === null ? null : newest - oldest;
}

function extremes(rows: readonly Row[]): Record<Exclude<SummaryType, "change">, number | null> {
  const known = (field: "mean" | "min" | "max"): number[] =>
    rows.map((row) => row[field]).filter((value) => value !== null);
  const [means, lows, highs] = [known("mean"), known("min"), known("max")];
  return {
    mean: means.length === 0 ? null : means.reduce((total, value) => total + value, 0) / means.length,
    min: lows.length === 0 ? null : Math.min(...lows),
    max: highs.length === 0 ? null : Math.max(...highs),
  };
}
