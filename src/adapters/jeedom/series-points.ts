import { addDays, addYears, boundsOf, dateAt } from "../../domain/calendar.ts";
import { tempoColors } from "../../domain/tempo.ts";
import type { Instant, LocalDate } from "../../domain/units.ts";
import { type ExportDay, type ExportPoint, type ExportSeries, placeAmongPoints } from "../../sync/exports/series.ts";
import type { Point } from "./local-time.ts";
import type { EnergyUnit } from "./series-quantity.ts";

/** What the box is told of a colour that nobody has announced: always a word, and never a colour. */
export const unknownColor = "INCONNU";

/** The days as points of the box, ascending. */
export const pointsOf = (series: ExportSeries, days: readonly ExportDay[], unit: EnergyUnit): readonly Point[] =>
  days.flatMap(({ date, points }) =>
    points.map((point) => ({ at: stampOf(series, date, point), value: boxValue(series, point.value, unit) })),
  );

/**
 * Where a point stands. A half-hour stands at its end, as the plugin Enedis has it. What is told of a day stands at the
 * midnight that opens it, its highest power too: history can be replaced on the box and never removed, and a corrected
 * power that was reached at another instant would stand beside the wrong one.
 */
function stampOf(series: ExportSeries, date: LocalDate, { start, end }: ExportPoint): Instant {
  if (isHalfHourly(series)) return end;
  return series.kind === "max_power" ? boundsOf(date).start : start;
}

/**
 * The value in the box's unit. Six decimals of a kWh or a euro are finer than anything that is stored, so that this only
 * takes away what binary fractions add.
 */
export function boxValue({ kind }: ExportSeries, value: number, unit: EnergyUnit): number | string {
  if (kind === "tempo_color") return tempoColors[value] ?? unknownColor;
  return Number((kind === "energy" && unit === "kWh" ? value / 1000 : value).toFixed(6));
}

const isHalfHourly = (series: ExportSeries): boolean => series.kind === "energy" && series.step === "half_hour";

/** Years of what has one point a day: about 1,100 calls for each series. */
const years = 3;

/** What has many points a day is brought for fewer of them, because every point is a call. */
export function oldestDay(series: ExportSeries, today: LocalDate, detailDays: number): LocalDate {
  const detail = addDays(today, -detailDays);
  if (isHalfHourly(series) || series.kind === "ecowatt") return detail;
  const daily = addYears(today, -years);
  return daily < detail ? daily : detail;
}

/** Never a point to come: the box would take it, and make it current at once. Hours of a forecast may still change. */
export const latestDay = (series: ExportSeries, today: LocalDate): LocalDate =>
  isHalfHourly(series) || series.kind === "ecowatt" ? addDays(today, -1) : today;

/**
 * What holds at `now`, and what will tomorrow; null where nothing can be said. A text can say that a colour is not known,
 * a number cannot: it stays as it was.
 */
export function currentOf(
  series: ExportSeries,
  point: ExportPoint,
  now: Instant,
  unit: EnergyUnit,
): number | string | null {
  const at = placeAmongPoints(series, now);
  const isSignal = series.kind === "tempo_color" || series.kind === "tempo_remaining" || series.kind === "ecowatt";
  // What was left once today's colour had been announced is still left until tomorrow's is.
  const isStillLeft = series.kind === "tempo_remaining" && point.end === at;
  if (!isSignal || point.end > at || isStillLeft) return boxValue(series, point.value, unit);
  return series.kind === "tempo_color" ? unknownColor : null;
}

/** Of the day after today alone: a colour of another day is not tomorrow's. */
export const tomorrowOf = (
  series: ExportSeries,
  next: ExportPoint | null,
  now: Instant,
  unit: EnergyUnit,
): number | string =>
  next !== null && dateAt(next.start) === addDays(dateAt(placeAmongPoints(series, now)), 1)
    ? boxValue(series, next.value, unit)
    : unknownColor;
