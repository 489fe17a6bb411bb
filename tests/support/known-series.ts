import { createHash } from "node:crypto";
import { boundsOf, localDate } from "../../src/domain/calendar.ts";
import { hourMs, instant } from "../../src/domain/units.ts";
import { type ExportDay, type ExportReader, type ExportSeries, seriesId } from "../../src/sync/exports/series.ts";

/** One value for the whole of a day. */
export function day(date: string, value: number): ExportDay {
  const { start, end } = boundsOf(localDate(date));
  return { date: localDate(date), points: [{ start, end, value, isEstimated: false }] };
}

/** One value for each half-hour, or each hour, of a day. */
export function slots(date: string, minutes: 30 | 60, value: (position: number) => number): ExportDay {
  const { start, minutes: all } = boundsOf(localDate(date));
  const points = Array.from({ length: all / minutes }, (_, position) => ({
    start: instant(start + (position * minutes * hourMs) / 60),
    end: instant(start + ((position + 1) * minutes * hourMs) / 60),
    value: value(position),
    isEstimated: false,
  }));
  return { date: localDate(date), points };
}

/** A store of which a test says what it knows. */
export class KnownSeries implements ExportReader {
  readonly #series = new Map<string, { readonly series: ExportSeries; readonly days: Map<string, ExportDay> }>();

  /** Adds days, or replaces them. */
  know(series: ExportSeries, ...days: readonly ExportDay[]): void {
    const known = this.#series.get(seriesId(series)) ?? { series, days: new Map() };
    this.#series.set(seriesId(series), known);
    for (const one of days) known.days.set(one.date, one);
  }

  async list() {
    return [...this.#series.values()].map(({ series }) => series);
  }

  async marks(series: ExportSeries) {
    const months = [...new Set(this.#sorted(series).map(({ date }) => date.slice(0, 7)))];
    const markOf = (month: string): string =>
      createHash("sha256")
        .update(JSON.stringify(this.#sorted(series).filter(({ date }) => date.startsWith(month))))
        .digest("hex");
    return new Map(months.map((month) => [month, markOf(month)]));
  }

  async days(series: ExportSeries, month: string) {
    return this.#sorted(series).filter(({ date }) => date.startsWith(month));
  }

  #sorted(series: ExportSeries): readonly ExportDay[] {
    const days = [...(this.#series.get(seriesId(series))?.days.values() ?? [])];
    return days.sort((a, b) => (a.date < b.date ? -1 : 1));
  }
}
