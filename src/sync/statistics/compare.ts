import type { Instant } from "../../domain/units.ts";
import type { StatisticRow, WrittenRow } from "./recorder.ts";

/** Databases keep doubles; a thousandth of a watt-hour is far below what any of them changes. */
const toleranceOfUnit = 1e-6;

/**
 * The start of the first row that is wanted and absent or different, in order; null when all are there as wanted. Rows
 * that are there besides are not looked at. `sumsOnly`: the dashboard shows nothing else, and a state may be another tool's.
 */
export function compareRows(
  wanted: readonly WrittenRow[],
  there: readonly StatisticRow[],
  { sumsOnly = false }: { readonly sumsOnly?: boolean } = {},
): Instant | null {
  let position = 0;
  for (const row of wanted) {
    while ((there[position]?.start ?? Number.POSITIVE_INFINITY) < row.start) position++;
    const found = there[position];
    if (found?.start !== row.start || !isSame(row.sum, found.sum)) return row.start;
    if (!sumsOnly && !isSame(row.state, found.state)) return row.start;
  }
  return null;
}

/** Starts of the rows that are there and not wanted. */
export function strangersOf(wanted: readonly { readonly start: Instant }[], there: readonly StatisticRow[]): Instant[] {
  const known = new Set(wanted.map((row) => row.start));
  return there.flatMap((row) => (known.has(row.start) ? [] : [row.start]));
}

function isSame(wanted: number | null, found: number | null): boolean {
  if (wanted === null || found === null) return wanted === found;
  // Large sums in Wh have fewer decimals left.
  return Math.abs(wanted - found) <= toleranceOfUnit * Math.max(1, Math.abs(wanted) * 1e-6);
}
