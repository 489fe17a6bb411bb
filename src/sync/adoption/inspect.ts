import { dateAt, daysFromTo } from "../../domain/calendar.ts";
import type { KnownDay } from "../../domain/day.ts";
import { type AdoptedSums, adoptSums } from "../../domain/statistics/series.ts";
import { type LocalDate, toWh, type WattMinutes, type Wh, wattMinutes } from "../../domain/units.ts";
import type { RecorderReader, StatisticRow } from "../statistics/recorder.ts";
import { energyUnitOf, type FormerHistory, type FormerSeries } from "./find.ts";
import { hoursOfDay, type ReadSeries } from "./former-hours.ts";

/** What can be said of one former series. */
export interface SeriesFacts {
  readonly statisticId: string;
  readonly role: FormerSeries["role"];
  readonly kind: FormerSeries["kind"];
  readonly unit: string | null;
  readonly hours: number;
  readonly first: LocalDate | null;
  readonly last: LocalDate | null;
  /** In its unit. */
  readonly lastSum: number | null;
  /** Days on which its sum falls. */
  readonly negativeSteps: readonly LocalDate[];
  /** Hours missing between the first and the last, but for those of days that are one bar. */
  readonly holes: number;
  /** Days of which the tool knew no hours. */
  readonly dailyBars: number;
}

export interface HistoryFacts {
  readonly series: readonly SeriesFacts[];
  readonly costs: readonly SeriesFacts[];
  readonly refused: readonly FormerSeries[];
  /** Whole days of the former tool that the store knows too, and the energy of both on them. */
  readonly commonDays: number;
  readonly formerWh: Wh;
  readonly storeWh: Wh;
  /** Whether it has rows so young, and not the bridge's, that it may still be at work. */
  readonly isRecent: boolean;
}

/** The facts of a history whose energy is `read`; its costs are read here. `days`: what the store knows, in any order. */
export async function inspectHistory(
  history: FormerHistory,
  read: readonly ReadSeries[],
  {
    recorder,
    days,
    isRecent,
  }: { readonly recorder: RecorderReader; readonly days: readonly KnownDay[]; readonly isRecent: boolean },
): Promise<HistoryFacts> {
  const ids = history.costs.map(({ statisticId }) => statisticId);
  const costRows = ids.length === 0 ? new Map<string, readonly StatisticRow[]>() : await recorder.loadRows(ids, {});
  return {
    series: read.map(({ series, rows }) => factsOf(series, rows)),
    costs: history.costs.map((series) => factsOf(series, costRows.get(series.statisticId) ?? [])),
    refused: history.refused,
    ...commonOf(read, days),
    isRecent,
  };
}

function factsOf(series: FormerSeries, rows: readonly StatisticRow[]): SeriesFacts {
  const [first, last] = [rows[0], rows.at(-1)];
  const sums = series.kind === "cost" ? null : adoptSums(rows, energyUnitOf(series));
  return {
    statisticId: series.statisticId,
    role: series.role,
    kind: series.kind,
    unit: series.metadata.unit,
    hours: rows.length,
    first: first ? dateAt(first.start) : null,
    last: last ? dateAt(last.start) : null,
    lastSum: last?.sum ?? null,
    negativeSteps: fallsOf(rows),
    holes: sums === null ? 0 : holesOf(sums),
    dailyBars: sums?.dailyBars.length ?? 0,
  };
}

function holesOf({ hours, dailyBars }: AdoptedSums): number {
  const bars = new Set(dailyBars.filter(({ shape }) => shape === "one_hour").map(({ date }) => date));
  const perDay = Map.groupBy(hours, ({ start }) => dateAt(start));
  const [first, last] = [hours[0], hours.at(-1)];
  if (first === undefined || last === undefined) return 0;
  let holes = 0;
  for (const date of daysFromTo(dateAt(first.start), dateAt(last.start))) {
    if (bars.has(date)) continue;
    const expected = hoursOfDay(date).filter((start) => start >= first.start && start <= last.start).length;
    holes += expected - (perDay.get(date)?.length ?? 0);
  }
  return holes;
}

function fallsOf(rows: readonly StatisticRow[]): LocalDate[] {
  const days = new Set<LocalDate>();
  let before: number | null = null;
  for (const { start, sum } of rows) {
    if (sum === null) continue;
    if (before !== null && sum < before) days.add(dateAt(start));
    before = sum;
  }
  return [...days];
}

/** Days that the store knows only in part compare with nothing. */
function commonOf(
  read: readonly ReadSeries[],
  days: readonly KnownDay[],
): Pick<HistoryFacts, "commonDays" | "formerWh" | "storeWh"> {
  const former = energyByDay(read);
  let [commonDays, formerWh, storeWh] = [0, 0, 0];
  for (const { date, energyWh, quality } of days) {
    const energy = former.get(date);
    if (energy === undefined || quality === "partial") continue;
    commonDays++;
    formerWh += toWh(energy);
    storeWh += energyWh;
  }
  return { commonDays, formerWh: formerWh as Wh, storeWh: storeWh as Wh };
}

/** Energy per Paris day over all series. */
export function energyByDay(read: readonly ReadSeries[]): ReadonlyMap<LocalDate, WattMinutes> {
  const energies = new Map<LocalDate, WattMinutes>();
  for (const { sums } of read)
    for (const { start, energy } of sums.hours) {
      const date = dateAt(start);
      energies.set(date, wattMinutes((energies.get(date) ?? 0) + energy));
    }
  return energies;
}
