import { hourMs, type Instant, instant } from "../../domain/units.ts";
import {
  maxRowsPerImport,
  type StatisticMetadata,
  type StatisticRow,
  type WrittenRow,
} from "../../sync/statistics/recorder.ts";
import type { Fields } from "./connection.ts";

/** All that a row can hold; `change` is computed by Home Assistant from the sums. */
export const rowTypes = ["last_reset", "max", "mean", "min", "state", "sum"] as const;

/** Rows by id out of `recorder/statistics_during_period`; null where the reply is none. By hand: they are many thousands. */
export function readRows(value: unknown): ReadonlyMap<string, readonly StatisticRow[]> | null {
  if (typeof value !== "object" || value === null) return null;
  const byId = new Map<string, readonly StatisticRow[]>();
  for (const [id, list] of Object.entries(value)) {
    if (!Array.isArray(list)) return null;
    const rows: StatisticRow[] = [];
    for (const item of list) {
      const row = readRow(item);
      if (row === null) return null;
      rows.push(row);
    }
    if (rows.length > 0) byId.set(id, rows);
  }
  return byId;
}

type Raw = Readonly<Record<"start" | (typeof rowTypes)[number], unknown>>;

function readRow(item: Partial<Raw> | null): StatisticRow | null {
  const start = item?.start;
  if (item === null || typeof start !== "number" || !Number.isSafeInteger(start)) return null;
  const { state, sum, mean, min, max, last_reset: lastReset } = item;
  return {
    start: instant(start),
    state: numberOrNull(state),
    sum: numberOrNull(sum),
    mean: numberOrNull(mean),
    min: numberOrNull(min),
    max: numberOrNull(max),
    lastReset: typeof lastReset === "number" ? instant(Math.round(lastReset)) : null,
  };
}

const numberOrNull = (value: unknown): number | null => (typeof value === "number" ? value : null);

/** Units that Home Assistant converts under the class `energy`. */
const energyUnits = /^([mkMGT]?Wh|[kMG]?J|[kMG]?cal)$/;

/**
 * Metadata as Home Assistant takes it since 2025.11: `mean_type` and `unit_class` always there, `has_mean` never, because
 * 2026.11 refuses what lacks the former or has the latter.
 */
export const writtenMetadata = ({ statisticId, source, name, unit, unitClass, hasSum }: StatisticMetadata): Fields => ({
  statistic_id: statisticId,
  source,
  name,
  mean_type: 0,
  has_sum: hasSum,
  unit_class: unitClass ?? (energyUnits.test(unit ?? "") ? "energy" : null),
  unit_of_measurement: unit,
});

/**
 * Rows as Home Assistant takes them: `state` and `sum` may be absent and not null, the rest is left out alike.
 * @throws RangeError on our own mistakes: too many, not ascending, not on the hour, not a number. One of the last two
 * would have the whole call refused, or stored where no chart looks.
 */
export function writtenRows(rows: readonly WrittenRow[]): readonly Fields[] {
  if (rows.length > maxRowsPerImport)
    throw new RangeError(`${rows.length} rows at once, more than ${maxRowsPerImport}`);
  let last = Number.NEGATIVE_INFINITY;
  return rows.map((row) => {
    if (row.start <= last) throw new RangeError(`Rows are not ascending at ${isoUtc(row.start)}`);
    if (row.start % hourMs !== 0) throw new RangeError(`${isoUtc(row.start)} is no full hour`);
    last = row.start;
    return writtenRow(row);
  });
}

function writtenRow({ start, lastReset, ...numbers }: WrittenRow): Fields {
  const given = Object.entries({
    state: numbers.state,
    sum: numbers.sum,
    mean: numbers.mean,
    min: numbers.min,
    max: numbers.max,
  }).filter(([, value]) => value !== null && value !== undefined);
  for (const [name, value] of given)
    if (!Number.isFinite(value)) throw new RangeError(`${name} of ${isoUtc(start)} is ${value}`);
  const reset = lastReset === null || lastReset === undefined ? {} : { last_reset: isoUtc(lastReset) };
  return { start: isoUtc(start), ...Object.fromEntries(given), ...reset };
}

/** `2026-11-18T23:00:00+00:00`: in whole-hour offsets only is the top of an hour the top of an hour. */
export const isoUtc = (at: Instant): string => new Date(at).toISOString().replace(/(\.000)?Z$/, "+00:00");
