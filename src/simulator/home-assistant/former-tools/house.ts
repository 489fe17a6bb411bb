import { clockMinutesAt } from "../../../domain/calendar.ts";
import type { Instant } from "../../../domain/units.ts";
import type { PartialRow, SeriesMetadata } from "../series.ts";

export const formerPeriods = [
  "base",
  "hc",
  "hp",
  "blue_hc",
  "blue_hp",
  "white_hc",
  "white_hp",
  "red_hc",
  "red_hp",
] as const;
export type FormerPeriod = (typeof formerPeriods)[number];

/** One hour of a house, as its meter measured it. */
export interface HouseHour {
  readonly start: Instant;
  readonly energyWh: number;
  /** Default base; null where the Tempo colour was not known to the tool. */
  readonly period?: FormerPeriod | null;
}

/** Where rows go: the double of Home Assistant. */
export interface SeedTarget {
  seed(metadata: SeriesMetadata, rows: readonly PartialRow[]): void;
}

/** What every tool is given. Hours ascend; those of days without data are absent. */
export interface House {
  /** 14 digits. */
  readonly usagePoint: string;
  readonly hours: readonly HouseHour[];
  /** Injection; without it there is no series for it. */
  readonly production?: readonly HouseHour[];
  /** One price for all; without it there is no series of costs. */
  readonly priceEurPerKwh?: number;
}

export const periodOf = ({ period = "base" }: HouseHour): FormerPeriod | null => period;

/** Whether a clock shows the usual off-peak window, 22:00 to 06:00. */
export const isNight = (at: Instant): boolean => clockMinutesAt(at) >= 22 * 60 || clockMinutesAt(at) < 6 * 60;

/** Hours by what `keyOf` says of them, each group in its order. */
export function grouped<Key>(hours: readonly HouseHour[], keyOf: (hour: HouseHour) => Key): Map<Key, HouseHour[]> {
  const groups = new Map<Key, HouseHour[]>();
  for (const hour of hours) {
    const group = groups.get(keyOf(hour)) ?? [];
    groups.set(keyOf(hour), group);
    group.push(hour);
  }
  return groups;
}

export interface Running {
  /** Wh that make one unit of the series. */
  readonly whPerUnit: number;
  /** From each of these instants on the sum begins at 0 again, which shows as a negative step. */
  readonly restarts?: readonly Instant[];
}

/** Rows with a running sum. Whole watt-hours are added, so that sums carry no more digits than their unit needs. */
export function runningRows(hours: readonly HouseHour[], { whPerUnit, restarts = [] }: Running): PartialRow[] {
  let sumWh = 0;
  let before = Number.NEGATIVE_INFINITY;
  return hours.map(({ start, energyWh }) => {
    if (restarts.some((restart) => restart > before && restart <= start)) sumWh = 0;
    before = start;
    sumWh += energyWh;
    return { start, state: energyWh / whPerUnit, sum: sumWh / whPerUnit };
  });
}

/** The same rows in money, to a millionth of a euro. */
export const costRows = (rows: readonly PartialRow[], eurPerUnit: number): PartialRow[] =>
  rows.map(({ start, state, sum }) => ({
    start,
    state: millionths((state ?? 0) * eurPerUnit),
    sum: millionths((sum ?? 0) * eurPerUnit),
  }));

const millionths = (value: number): number => Math.round(value * 1e6) / 1e6;

interface Labels {
  readonly name: string | null;
  readonly unit: string;
}

/** Metadata of a series with a sum; the source is told by the id. */
export const sumMetadata = (statisticId: string, { name, unit }: Labels): SeriesMetadata => ({
  statistic_id: statisticId,
  source: statisticId.includes(":") ? (statisticId.split(":")[0] ?? "") : "recorder",
  name,
  unit_of_measurement: unit,
  unit_class: unit === "kWh" || unit === "Wh" ? "energy" : null,
  has_sum: true,
  mean_type: 0,
});
