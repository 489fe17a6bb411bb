import type { ExportPoint, ExportSeries } from "../../sync/exports/series.ts";

/** The vocabularies that boards are written in. Names and labels never change: a changed one is another series. */
export const metricNameStyles = ["documented", "seed_code", "prometheus"] as const;
export type MetricNames = (typeof metricNameStyles)[number];
export const tempoColorStyles = ["english", "french"] as const;
export type TempoColorNames = (typeof tempoColorStyles)[number];

/** What an `ExportSeries` measures, whatever the meter. */
export type Measure =
  | `${"consumption" | "production"}_${"day" | "month" | "half_hour"}`
  | "cost"
  | "max_power"
  | "tempo_color"
  | "tempo_remaining"
  | "ecowatt";

/**
 * How a value is made of a point's:
 *
 * | value | of |
 * |---|---|
 * | same | the point's own |
 * | kwh | Wh / 1000 |
 * | joules | Wh × 3600 |
 * | watts | Wh over the length of the interval: its mean power |
 * | one_hot | three series, one a colour: 1 on the colour of the day, 0 on the two others |
 * | color_number | 1 blue, 2 white, 3 red |
 */
export type ValueRule = "same" | "kwh" | "joules" | "watts" | "one_hot" | "color_number";

export interface Metric {
  readonly metric: string;
  /**
   * In braces what differs from series to series: `{pdl}`; `{color}` in the spelling of the setting; `{blue}` as blue,
   * white, red; `{BLUE}` as BLUE, WHITE, RED.
   */
  readonly labels: Readonly<Record<string, string>>;
  readonly value: ValueRule;
  readonly unit: string;
}

type Vocabulary = Readonly<Record<Measure, readonly Metric[]>>;

const energyWh = (flow: string, type: string): readonly Metric[] => [
  { metric: `myelectricaldata_${flow}_wh`, labels: { pdl: "{pdl}", type }, value: "same", unit: "Wh" },
];

/** Names of the MyElectricalData documentation; cost and power, which it lacks, in its style. */
const documented: Vocabulary = {
  consumption_day: energyWh("consumption", "daily"),
  consumption_month: energyWh("consumption", "monthly"),
  consumption_half_hour: energyWh("consumption", "30min"),
  production_day: energyWh("production", "daily"),
  production_month: energyWh("production", "monthly"),
  production_half_hour: energyWh("production", "30min"),
  cost: [{ metric: "myelectricaldata_cost_eur", labels: { pdl: "{pdl}", type: "daily" }, value: "same", unit: "EUR" }],
  max_power: [{ metric: "myelectricaldata_max_power_va", labels: { pdl: "{pdl}" }, value: "same", unit: "VA" }],
  tempo_color: [
    { metric: "myelectricaldata_tempo_color", labels: { color: "{color}" }, value: "one_hot", unit: "0/1" },
  ],
  // The documented boards filter this one on blue, white, red, and the colour on BLEU, BLANC, ROUGE.
  tempo_remaining: [
    { metric: "myelectricaldata_tempo_remaining", labels: { color: "{blue}" }, value: "same", unit: "d" },
  ],
  ecowatt: [{ metric: "myelectricaldata_ecowatt_level", labels: { region: "france" }, value: "same", unit: "1 to 3" }],
};

/** The database of the Influx write address, which VictoriaMetrics makes a label of. */
const db = "myelectricaldata";
const energyPair = (name: string, labels: Readonly<Record<string, string>>): readonly Metric[] => [
  { metric: `${name}_value_wh`, labels: { ...labels, db }, value: "same", unit: "Wh" },
  { metric: `${name}_value_kwh`, labels: { ...labels, db }, value: "kwh", unit: "kWh" },
];
const reading = (flow: string, granularity: string): readonly Metric[] =>
  energyPair(`electricity_${flow}`, { usage_point_id: "{pdl}", granularity });
const monthSoFar = (direction: string): readonly Metric[] =>
  energyPair("electricity_stats", { usage_point_id: "{pdl}", direction, period: "this_month" });

/** Names that the MyElectricalData program itself wrote; it wrote no cost, no power, and no hour of EcoWatt at its hour. */
const seedCode: Vocabulary = {
  consumption_day: reading("consumption", "daily"),
  consumption_month: monthSoFar("consumption"),
  consumption_half_hour: reading("consumption", "detailed"),
  production_day: reading("production", "daily"),
  production_month: monthSoFar("production"),
  production_half_hour: reading("production", "detailed"),
  cost: [],
  max_power: [],
  tempo_color: [{ metric: "tempo_color_color_value", labels: { day: "today", db }, value: "color_number", unit: "" }],
  tempo_remaining: [{ metric: "tempo_days_remaining", labels: { color: "{BLUE}", db }, value: "same", unit: "d" }],
  ecowatt: [],
};

const pdl = { pdl: "{pdl}" };
const joules = (flow: string): readonly Metric[] => [
  { metric: `linky_${flow}_daily_joules`, labels: pdl, value: "joules", unit: "J" },
];
const power = (flow: string): readonly Metric[] => [
  { metric: `linky_${flow}_power_watts`, labels: pdl, value: "watts", unit: "W" },
];

/** Base units, one metric for one thing. The running total of a month is a query there: `sum_over_time`. */
const prometheus: Vocabulary = {
  consumption_day: joules("consumption"),
  consumption_month: [],
  consumption_half_hour: power("consumption"),
  production_day: joules("production"),
  production_month: [],
  production_half_hour: power("production"),
  cost: [{ metric: "linky_cost_daily_euros", labels: pdl, value: "same", unit: "EUR" }],
  max_power: [{ metric: "linky_max_power_volt_amperes", labels: pdl, value: "same", unit: "VA" }],
  tempo_color: [{ metric: "linky_tempo_color", labels: { color: "{color}" }, value: "one_hot", unit: "0/1" }],
  tempo_remaining: [{ metric: "linky_tempo_remaining_days", labels: { color: "{blue}" }, value: "same", unit: "d" }],
  ecowatt: [{ metric: "linky_ecowatt_level", labels: { region: "france" }, value: "same", unit: "1 to 3" }],
};

export const vocabularies: Readonly<Record<MetricNames, Vocabulary>> = {
  documented,
  seed_code: seedCode,
  prometheus,
};

export interface MetricRow extends Metric {
  readonly names: MetricNames;
  readonly measure: Measure;
}

/** Every metric of every vocabulary, for a reference. */
export const metricReference: readonly MetricRow[] = metricNameStyles.flatMap((names) =>
  Object.entries(vocabularies[names]).flatMap(([measure, metrics]) =>
    metrics.map((metric) => ({ names, measure: measure as Measure, ...metric })),
  ),
);

export function measureOf(series: ExportSeries): Measure {
  return series.kind === "energy" ? `${series.flow}_${series.step}` : series.kind;
}

const hourMs = 3_600_000;

/** The value that is written of a point; `color` is the series' own position among the Tempo colours where it has one. */
export function wireValue(rule: ValueRule, { start, end, value }: ExportPoint, color: number | null): number {
  switch (rule) {
    case "same":
      return value;
    case "kwh":
      return value / 1000;
    case "joules":
      return value * 3600;
    case "watts":
      return (value * hourMs) / (end - start);
    case "one_hot":
      return value === color ? 1 : 0;
    case "color_number":
      return value + 1;
  }
}
