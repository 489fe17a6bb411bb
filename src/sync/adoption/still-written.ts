import { boundsOf } from "../../domain/calendar.ts";
import { dayMs, type Instant, instant, type LocalDate } from "../../domain/units.ts";
import { compareRows } from "../statistics/compare.ts";
import type { StatisticRow } from "../statistics/recorder.ts";
import { rowsOf } from "../statistics/write.ts";
import type { AdoptionDeps } from "./deps.ts";
import type { FormerHistory } from "./find.ts";

const recentMs = 2 * dayMs;

/**
 * Whether Home Assistant holds rows of the last two days, before `until`, that the bridge did not write: their tool may
 * still be at work.
 */
export async function hasRecentRows(
  { store, session, clock }: Pick<AdoptionDeps, "store" | "session" | "clock">,
  { series }: FormerHistory,
  until: LocalDate | null,
): Promise<boolean> {
  const from = instant(clock.now() - recentMs);
  const end = until === null ? Number.POSITIVE_INFINITY : boundsOf(until).start;
  const ids = series.map(({ statisticId }) => statisticId);
  if (ids.length === 0 || end <= from) return false;
  const there = await session.loadRows(ids, { from });
  for (const [statisticId, rows] of there) {
    const own = await loadOwnRows(store, statisticId, from);
    const isOwn = (row: StatisticRow) =>
      compareRows(
        own.filter(({ start }) => start === row.start),
        [row],
      ) === null;
    const owned = new Set(own.map(({ start }) => start));
    if (rows.some((row) => row.start < end && !(owned.has(row.start) && isOwn(row)))) return true;
  }
  return false;
}

/** What the bridge derived itself; hours of a former tool's are that tool's. */
async function loadOwnRows(store: AdoptionDeps["store"], statisticId: string, from: Instant) {
  const series = (await store.loadSeries()).find((one) => one.statisticId === statisticId);
  if (series === undefined) return [];
  const hours = await store.loadHours(series.id, from);
  const { sum } = await store.loadBefore(series.id, from);
  const derived = new Set(hours.filter(({ origin }) => origin !== "former").map(({ start }) => start));
  return rowsOf(series, hours, sum).filter(({ start }) => derived.has(start));
}
