import { tempoColors } from "../../domain/tempo.ts";
import type { ExportDay, ExportPoint, ExportSeries } from "../../sync/exports/series.ts";
import { type Metric, measureOf, vocabularies, wireValue } from "./metric-names.ts";
import type { VictoriaMetricsSettings } from "./settings.ts";

/** Name and labels of one series of VictoriaMetrics, the name under `__name__`; all texts, none empty. */
export type MetricLabels = Readonly<Record<string, string>>;

/** One series of VictoriaMetrics that an `ExportSeries` is written to. */
export interface Wire {
  readonly metric: MetricLabels;
  readonly valueOf: (point: ExportPoint) => number;
}

export type Naming = Pick<VictoriaMetricsSettings, "metricNames" | "tempoColors" | "labels">;

const english = ["blue", "white", "red"] as const;

/** The series that an `ExportSeries` is written to; none where the vocabulary has no name for it. */
export function wiresOf(series: ExportSeries, naming: Naming): readonly Wire[] {
  return vocabularies[naming.metricNames][measureOf(series)].flatMap((metric) => {
    if (metric.value === "one_hot") return tempoColors.map((_, color) => wireOf(series, metric, naming, color));
    return [wireOf(series, metric, naming, colorOf(series))];
  });
}

const colorOf = (series: ExportSeries): number | null =>
  series.kind === "tempo_remaining" ? tempoColors.indexOf(series.color) : null;

function wireOf(series: ExportSeries, { metric, labels, value }: Metric, naming: Naming, color: number | null): Wire {
  const filled = Object.entries(labels).map(([name, text]) => [name, filledIn(text, series, naming, color)] as const);
  // VictoriaMetrics drops a label without a value.
  const given = Object.entries(naming.labels ?? {}).filter(([, text]) => text !== "");
  return {
    metric: { __name__: metric, ...Object.fromEntries(given), ...Object.fromEntries(filled) },
    valueOf: (point) => wireValue(value, point, color),
  };
}

function filledIn(text: string, series: ExportSeries, { tempoColors: style }: Naming, color: number | null): string {
  const name = color === null ? "" : (english[color] ?? "");
  switch (text) {
    case "{pdl}":
      return "usagePoint" in series ? series.usagePoint : "";
    case "{blue}":
      return name;
    case "{BLUE}":
      return name.toUpperCase();
    case "{color}":
      return style === "french" ? (tempoColors[color ?? 0] ?? "") : name;
    default:
      return text;
  }
}

/** Samples of one series, ascending; both lists have the same length. */
export interface Samples {
  readonly timestamps: readonly number[];
  readonly values: readonly number[];
}

/** What days are in a series: each point at the start of its interval, in milliseconds of UTC. */
export function samplesOf({ valueOf: value }: Wire, days: readonly ExportDay[]): Samples {
  const points = days.flatMap((day) => day.points);
  return { timestamps: points.map(({ start }) => start), values: points.map(value) };
}

export const countOf = (days: readonly ExportDay[]): number => days.reduce((sum, { points }) => sum + points.length, 0);

/** First and last instant of days that are not empty. */
export function spanOf(days: readonly ExportDay[]): { readonly from: number; readonly to: number } {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { points } of days)
    for (const { start } of points) {
      if (start < from) from = start;
      if (start > to) to = start;
    }
  return { from, to };
}
