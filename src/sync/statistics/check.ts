import { dayMs, type Instant, instant } from "../../domain/units.ts";
import { compareRows, strangersOf } from "./compare.ts";
import type { RecorderReader, StatisticMetadata } from "./recorder.ts";
import type { SeriesState } from "./series.ts";
import type { StatisticStore } from "./store.ts";
import { rowsOf } from "./write.ts";

/**
 * What stands in Home Assistant against what was once read back there.
 *
 * | found | means | then |
 * |---|---|---|
 * | as it was | nobody touched it | nothing |
 * | rows missing, all others equal | Home Assistant went back to a backup, or lost them | written again from the first |
 * | other values, or rows that are not ours | somebody else writes into the series | told, and written over once a day at most |
 * | another unit | somebody else redefined it | the same |
 */
export type Finding =
  | { readonly kind: "same" }
  | { readonly kind: "lost"; readonly from: Instant | null }
  | { readonly kind: "foreign"; readonly from: Instant | null; readonly strangers: readonly Instant[] };

type CheckStore = Pick<StatisticStore, "loadHours" | "loadBefore">;

/** How far back a glance goes: what another writer changes, it changes near the end, or everywhere. */
const glanceMs = 3 * dayMs;

/**
 * Looks at the end of what was read back, and at the whole series where something is wrong there. Rows from `dirtyFrom`
 * on are about to be written and tell nothing, but for those that are not ours.
 */
export async function checkSeries(
  series: SeriesState,
  listed: StatisticMetadata | undefined,
  { store, recorder }: { readonly store: CheckStore; readonly recorder: RecorderReader },
): Promise<Finding> {
  const { firstHour, lastHour } = series;
  if (firstHour === null || lastHour === null) return { kind: "same" };
  const hasConfirmed = series.dirtyFrom === null || series.dirtyFrom > firstHour;
  if (listed === undefined) return hasConfirmed ? { kind: "lost", from: null } : { kind: "same" };
  if (listed.unit !== series.unit && hasConfirmed) return { kind: "foreign", from: null, strangers: [] };
  const confirmedEnd = series.dirtyFrom ?? instant(lastHour + 1);
  const glance = await compareFrom(
    series,
    instant(Math.max(firstHour, confirmedEnd - glanceMs)),
    confirmedEnd,
    store,
    recorder,
  );
  if (glance.kind === "same") return glance;
  return compareFrom(series, firstHour, confirmedEnd, store, recorder);
}

/** The hours of `[from, confirmedEnd)` must be there as they are known; from there on only strangers count. */
async function compareFrom(
  series: SeriesState,
  from: Instant,
  confirmedEnd: Instant,
  store: CheckStore,
  recorder: RecorderReader,
): Promise<Finding> {
  const hours = await store.loadHours(series.id, from);
  const { sum } = await store.loadBefore(series.id, from);
  const there = (await recorder.loadRows([series.statisticId], { from })).get(series.statisticId) ?? [];
  const wanted = rowsOf(series, hours, sum).filter((row) => row.start < confirmedEnd);
  const strangers = strangersOf(hours, there);
  const starts = new Set(there.map((row) => row.start));
  const absent = wanted.find((row) => !starts.has(row.start))?.start ?? null;
  const different = compareRows(
    wanted.filter((row) => starts.has(row.start)),
    there,
    { sumsOnly: true },
  );
  if (different !== null || strangers.length > 0)
    return { kind: "foreign", from: earliest(different, absent), strangers };
  return absent === null ? { kind: "same" } : { kind: "lost", from: absent };
}

const earliest = (...found: readonly (Instant | null)[]): Instant | null =>
  found.reduce((first, at) => (at === null || (first !== null && first <= at) ? first : at), null);
