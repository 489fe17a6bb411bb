import type { BarSeriesOption, LineSeriesOption } from "echarts/charts";
import type { EChartsCoreOption } from "echarts/core";
import { type BarsModel, type ChartModel, extentOf, keyOf, type LinesModel, placesOf } from "./model.ts";
import type { Tone } from "./tones.ts";

/** Colours as the present scheme has them. */
export interface Palette {
  readonly tones: Readonly<Record<Tone, string>>;
  readonly card: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly edge: string;
  readonly font: string;
}

/** The plot inside its box, in pixels: told rather than found, so that a finger's place is known without asking. */
export const margins = { left: 48, right: 12, top: 28, bottom: 28 } as const;

const mostTicks = 7;

/** The chart as ECharts draws it. Everything that is told of it in words stands beside the drawing. */
export function optionOf(
  model: ChartModel,
  palette: Palette,
  axisNumber: (value: number) => string,
): EChartsCoreOption {
  const places = placesOf(model);
  const text = { color: palette.muted, fontSize: 13, fontFamily: palette.font };
  return {
    animation: false,
    grid: { ...margins, containLabel: false },
    xAxis: {
      type: "category",
      data: places.map(({ label }) => label),
      axisLine: { lineStyle: { color: palette.edge } },
      axisTick: { show: false },
      axisLabel: { ...text, interval: labelEvery(places.length), hideOverlap: true },
    },
    yAxis: {
      type: "value",
      name: model.unit,
      nameTextStyle: { ...text, align: "right" },
      nameGap: 12,
      splitNumber: 4,
      ...(isBlank(model) ? { max: 1 } : {}),
      axisLabel: { ...text, formatter: axisNumber, show: !isBlank(model) },
      splitLine: { lineStyle: { color: palette.line }, show: !isBlank(model) },
    },
    series: [
      ...(model.kind === "bars" ? barSeries(model, palette) : lineSeries(model, palette)),
      ...limits(model, palette),
    ],
  };
}

/** Bars of which none is known have no scale: figures beside them would tell amounts that nobody knows. */
const isBlank = (model: ChartModel): boolean =>
  model.kind === "bars" && model.bars.every(({ parts, before }) => parts === null && (before ?? null) === null);

/** Names at most seven places, the first among them; of the half-hours of a day every fourth hour. */
export function labelEvery(count: number): (position: number) => boolean {
  const least = Math.max(1, Math.ceil(count / mostTicks));
  const step = least === 7 ? 8 : least;
  return (position) => position % step === 0;
}

/** How much of the height an unknown value's outline takes: enough to be seen, and no amount. */
const unknownShare = 0.16;

/** Tone by tone a solid and a hatched series, then what marks a bar, then the year before. */
export function barSeries(model: BarsModel, palette: Palette): BarSeriesOption[] {
  const common = { type: "bar", stack: "now", barMaxWidth: 40, barCategoryGap: "22%", silent: true } as const;
  const stacked = keyOf(model).flatMap(({ tone }): BarSeriesOption[] => {
    const color = palette.tones[tone];
    const edge = { borderColor: edgeOf(tone, palette), borderWidth: 1 };
    const solid = model.bars.map((bar) => amountOf(bar, tone, "measured"));
    const hatched = model.bars.map((bar) => amountOf(bar, tone, "estimated"));
    return [
      { ...common, data: solid, itemStyle: { color, ...edge } },
      ...(hatched.some((value) => value !== null)
        ? [{ ...common, data: hatched, itemStyle: { color: palette.card, ...edge, decal: hatch(edge.borderColor) } }]
        : []),
    ];
  });
  return [
    ...stacked,
    unknownSeries(model, palette, common),
    markSeries(model, palette, common),
    ...beforeSeries(model, palette),
  ];
}

/** Null where there is nothing of that tone: a bar of height zero would still show its edge. */
function amountOf({ parts }: BarsModel["bars"][number], tone: Tone, which: "measured" | "estimated"): number | null {
  let sum = 0;
  for (const part of parts ?? []) {
    if (part.tone !== tone) continue;
    const estimated = part.estimated ?? 0;
    sum += which === "estimated" ? estimated : part.value - estimated;
  }
  return sum === 0 ? null : sum;
}

type Common = Pick<BarSeriesOption, "type" | "stack" | "barMaxWidth" | "barCategoryGap" | "silent">;

/** An empty outlined place with a dash; with dots where its value is still to come. */
function unknownSeries(model: BarsModel, palette: Palette, common: Common): BarSeriesOption {
  const { high, low } = extentOf(model);
  const size = (high - low || 1) * unknownShare;
  return {
    ...common,
    data: model.bars.map(({ parts, isPending }) => {
      if (parts !== null) return null;
      return isPending ? { value: size, label: { formatter: pendingSign } } : size;
    }),
    itemStyle: { color: "transparent", borderColor: palette.edge, borderWidth: 1, borderType: "dashed" },
    label: {
      show: true,
      position: "inside",
      formatter: "—",
      color: palette.muted,
      fontFamily: palette.font,
      fontSize: signSize(model.bars.length),
    },
  };
}

/** Dashes of narrow neighbours must not meet, or they look like a line. */
const signSize = (bars: number): number => (bars <= 14 ? 11 : bars <= 31 ? 7 : 4);

const pendingSign = "…";

/** A small mark over what was corrected. */
const markSeries = (model: BarsModel, palette: Palette, common: Common): BarSeriesOption => ({
  ...common,
  data: model.bars.map(({ isCorrected, parts }) => (isCorrected && parts !== null ? 0 : null)),
  label: { show: true, position: "top", distance: 2, formatter: "▾", color: palette.text, fontFamily: palette.font },
});

function beforeSeries({ bars }: BarsModel, palette: Palette): BarSeriesOption[] {
  // Where nothing is known of that year, its bars would only take half of the room.
  if (bars.every(({ before }) => (before ?? null) === null)) return [];
  return [
    {
      type: "bar",
      stack: "before",
      silent: true,
      barMaxWidth: 40,
      barGap: "0%",
      data: bars.map(({ before }) => before ?? null),
      itemStyle: { color: "transparent", borderColor: palette.tones.before, borderWidth: 1.5 },
    },
  ];
}

/** White on white needs an edge of its own. */
const edgeOf = (tone: Tone, palette: Palette): string =>
  tone.startsWith("white") ? palette.edge : palette.tones[tone];

const hatch = (color: string) => ({
  symbol: "rect",
  symbolSize: 1,
  color,
  dashArrayX: [1, 0],
  dashArrayY: [2, 4],
  rotation: -Math.PI / 4,
});

/** Each line twice: what is measured drawn through, what is estimated in dashes. */
export function lineSeries({ lines }: LinesModel, palette: Palette): LineSeriesOption[] {
  return lines.flatMap(({ tone, values, isEstimated = () => false, isStepped = false }): LineSeriesOption[] => {
    const common = {
      type: "line",
      silent: true,
      showSymbol: false,
      connectNulls: false,
      ...(isStepped ? { step: "middle" as const } : {}),
    } as const;
    const line = { color: palette.tones[tone], width: 2 };
    const measured = values.map((value, at) => (isEstimated(at) ? null : value));
    const estimated = values.map((value, at) =>
      isEstimated(at) || isEstimated(at + 1) || isEstimated(at - 1) ? value : null,
    );
    return [
      { ...common, data: measured, lineStyle: line },
      ...(values.some((_, at) => isEstimated(at))
        ? [{ ...common, data: estimated, lineStyle: { ...line, type: "dashed" as const } }]
        : []),
    ];
  });
}

const limits = (model: ChartModel, palette: Palette): LineSeriesOption[] =>
  (model.limits ?? []).map(({ value, tone, label }) => ({
    type: "line",
    silent: true,
    showSymbol: false,
    data: placesOf(model).map(() => value),
    lineStyle: { color: palette.tones[tone], width: 1.5, type: "dashed" },
    endLabel: {
      show: true,
      formatter: label,
      color: palette.text,
      fontFamily: palette.font,
      align: "right",
      offset: [-4, -10],
    },
  }));
