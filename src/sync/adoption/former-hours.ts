import { boundsOf, dateAt } from "../../domain/calendar.ts";
import { type AdoptedHour, type AdoptedSums, adoptSums } from "../../domain/statistics/series.ts";
import { hourMs, type Instant, instant, type LocalDate, type WattMinutes } from "../../domain/units.ts";
import type { RecorderReader, StatisticRow } from "../statistics/recorder.ts";
import { energyUnitOf, type FormerHistory, type FormerSeries } from "./find.ts";
import type { SavedSeries } from "./store.ts";

/** A former series with its rows as they stand in Home Assistant, and the hours they mean. */
export interface ReadSeries {
  readonly series: FormerSeries;
  /** Without those that are cut off. */
  readonly rows: readonly StatisticRow[];
  readonly sums: AdoptedSums;
}

/** All rows of the energy series of a history; `until`: hours from that Paris midnight on are cut off. */
export async function readHistory(
  history: FormerHistory,
  recorder: RecorderReader,
  until: LocalDate | null,
): Promise<readonly ReadSeries[]> {
  const ids = history.series.map(({ statisticId }) => statisticId);
  if (ids.length === 0) return [];
  const rows = await recorder.loadRows(ids, {});
  const end = until === null ? Number.POSITIVE_INFINITY : boundsOf(until).start;
  return withAbsentZeros(
    history.series.map((series) => {
      const kept = (rows.get(series.statisticId) ?? []).filter((row) => row.start < end);
      return { series, rows: kept, sums: adoptSums(kept, energyUnitOf(series)) };
    }),
  );
}

/** The same from the rows that were saved before the bridge touched them. */
export const readSaved = (history: FormerHistory, saved: readonly SavedSeries[]): readonly ReadSeries[] =>
  withAbsentZeros(
    history.series.flatMap((series) => {
      const rows = saved.find(({ statisticId }) => statisticId === series.statisticId)?.rows;
      return rows ? [{ series, rows, sums: adoptSums(rows, energyUnitOf(series)) }] : [];
    }),
  );

/**
 * hass-myelectricaldata up to 2.3 leaves out the hours in which nothing was used: within a day that it has written, an
 * absent hour is 0. After its last hour, and on days without any, nothing is known.
 */
function withAbsentZeros(read: readonly ReadSeries[]): readonly ReadSeries[] {
  if (read[0]?.series.tool !== "hass_myelectricaldata") return read;
  const starts = read.flatMap(({ sums }) => sums.hours.map(({ start }) => start));
  const last = starts.reduce((latest, start) => Math.max(latest, start), Number.NEGATIVE_INFINITY);
  const all = [...new Set(starts.map(dateAt))].flatMap(hoursOfDay).filter((start) => start <= last);
  return read.map((one) => ({ ...one, sums: { ...one.sums, hours: filled(one.sums.hours, all), holes: 0 } }));
}

function filled(hours: readonly AdoptedHour[], all: readonly Instant[]): AdoptedHour[] {
  const [first] = hours;
  if (first === undefined) return [];
  const byStart = new Map<number, WattMinutes>(
    all.filter((start) => start > first.start).map((start) => [start, 0 as WattMinutes]),
  );
  for (const { start, energy } of hours) byStart.set(start, energy);
  return [...byStart].sort(([a], [b]) => a - b).map(([start, energy]) => ({ start: instant(start), energy }));
}

/** The starts of the hours of a Paris day. */
export function hoursOfDay(date: LocalDate): Instant[] {
  const { start, end } = boundsOf(date);
  const hours: Instant[] = [];
  for (let at: number = start; at < end; at += hourMs) hours.push(instant(at));
  return hours;
}
