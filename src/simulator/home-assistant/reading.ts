import { hourMs, type Instant, instant } from "../../domain/units.ts";
import { type Bounds, boundsAt, type GroupPeriod, type ReadPeriod } from "./period.ts";
import type { Row, Series, SeriesMetadata } from "./series.ts";
import { type Converter, converter } from "./units.ts";
import type { Zone } from "./zone.ts";

export const rowTypes = ["change", "last_reset", "max", "mean", "min", "state", "sum"] as const;
export type RowType = (typeof rowTypes)[number];
/** Unit wanted for each class of units. */
export type WantedUnits = Readonly<Partial<Record<string, string | undefined>>>;

export interface Reading {
  readonly from: Instant;
  /** Exclusive; null for no end. */
  readonly before: Instant | null;
  readonly period: ReadPeriod;
  readonly types: readonly RowType[];
  readonly units: WantedUnits;
}

/** A row as it is read: milliseconds, and the types asked for. */
export type ReadRow = { readonly start: number; readonly end: number } & Partial<Record<RowType, number | null>>;

/**
 * Rows of each series, ascending; series without rows in the span are absent. As in the core's
 * recorder/statistics.py (2024 and later), the span of a day or a longer period is widened to whole periods at both
 * ends, and types that none of the series can have are left out.
 */
export function statisticsDuring(all: readonly Series[], reading: Reading, zone: Zone): Record<string, ReadRow[]> {
  const possible = reading.types.filter((type) => all.some(({ metadata }) => canHave(metadata, type)));
  const result: Record<string, ReadRow[]> = {};
  // Only hours are written by an import; five-minute rows come from the compiler alone.
  if (reading.period === "5minute") return result;
  for (const series of all) {
    const rows = readSeries(series, { ...reading, period: reading.period, types: possible }, zone);
    if (rows.length > 0) result[series.metadata.statistic_id] = rows;
  }
  return result;
}

function canHave({ has_sum, mean_type }: SeriesMetadata, type: RowType): boolean {
  if (type === "mean" || type === "min" || type === "max") return mean_type !== 0;
  return type === "last_reset" || has_sum;
}

function readSeries(
  series: Series,
  reading: Reading & { readonly period: GroupPeriod | "hour" },
  zone: Zone,
): ReadRow[] {
  const { period, units } = reading;
  const { unit_class, unit_of_measurement } = series.metadata;
  const wanted = unit_class === null ? undefined : units[unit_class];
  const convert = converter(unit_class, { from: unit_of_measurement, to: wanted ?? unit_of_measurement });
  const { start: from } = period === "hour" ? { start: reading.from } : boundsAt(period, reading.from, zone);
  const position = series.positionFrom(from);
  const rows = series.rows.slice(position, endPosition(series, reading, zone));
  const grouped = period === "hour" ? rows.map(hourOf) : groups(rows, (at) => boundsAt(period, at, zone));
  return shown(grouped, { types: reading.types, convert, before: series.rows[position - 1]?.sum ?? 0 });
}

function endPosition(series: Series, { before, period }: Reading, zone: Zone): number {
  if (before === null) return series.rows.length;
  if (period === "hour" || period === "5minute") return series.positionFrom(before);
  return series.positionFrom(boundsAt(period, before, zone).end);
}

type Grouped = Bounds & Omit<Row, "start">;
const hourOf = (row: Row): Grouped => ({ ...row, end: instant(row.start + hourMs) });

/** State, sum and reset of a period are those of its last row. */
function groups(rows: readonly Row[], boundsOf: (at: Instant) => Bounds): Grouped[] {
  const found: Grouped[] = [];
  let bounds: Bounds | undefined;
  let members: Row[] = [];
  const finish = (): void => {
    if (bounds && members.length > 0) found.push({ ...summary(members), ...bounds });
    members = [];
  };
  for (const row of rows) {
    if (!bounds || row.start >= bounds.end) {
      finish();
      bounds = boundsOf(row.start);
    }
    members.push(row);
  }
  finish();
  return found;
}

function summary(rows: readonly Row[]): Omit<Row, "start"> {
  const { state = null, sum = null, last_reset = null } = rows.at(-1) ?? {};
  const known = (field: "mean" | "min" | "max"): number[] =>
    rows.map((row) => row[field]).filter((value) => value !== null);
  const [means, lows, highs] = [known("mean"), known("min"), known("max")];
  return {
    state,
    sum,
    last_reset,
    mean: means.length === 0 ? null : means.reduce((total, value) => total + value, 0) / means.length,
    min: lows.length === 0 ? null : Math.min(...lows),
    max: highs.length === 0 ? null : Math.max(...highs),
  };
}

/** `change` is counted from the last sum before, across gaps, also where that lies before the span. */
function shown(
  rows: readonly Grouped[],
  { types, convert, before }: { types: readonly RowType[]; convert: Converter; before: number },
): ReadRow[] {
  let previous = convert(before);
  return rows.map((row) => {
    const sum = row.sum === null ? null : convert(row.sum);
    const change = sum === null ? null : sum - previous;
    if (sum !== null) previous = sum;
    const read: { start: number; end: number } & Partial<Record<RowType, number | null>> = {
      start: row.start,
      end: row.end,
    };
    for (const type of types) read[type] = type === "change" ? change : figureOf(row, type, convert);
    return read;
  });
}

function figureOf(row: Grouped, type: Exclude<RowType, "change">, convert: Converter): number | null {
  const value = row[type];
  return value === null || type === "last_reset" ? value : convert(value);
}
