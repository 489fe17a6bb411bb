import assert from "node:assert/strict";
import { test } from "node:test";
import { type MetricNames, metricReference } from "../../../src/adapters/victoria-metrics/metric-names.ts";
import { wiresOf } from "../../../src/adapters/victoria-metrics/wire.ts";
import { instant, usagePointId } from "../../../src/domain/units.ts";
import type { ExportPoint, ExportSeries } from "../../../src/sync/exports/series.ts";

const usagePoint = usagePointId("12345678901234");
const energy = (flow: "consumption" | "production", step: "day" | "month" | "half_hour"): ExportSeries => ({
  kind: "energy",
  usagePoint,
  flow,
  step,
});
/** Half an hour. */
const point = (value: number): ExportPoint => ({
  start: instant(0),
  end: instant(1_800_000),
  value,
  isEstimated: false,
});

/** Name, labels and value as a query writes them. */
function written(
  series: ExportSeries,
  value: number,
  metricNames: MetricNames,
  {
    tempoColors = "english",
    labels = {},
  }: { tempoColors?: "english" | "french"; labels?: Record<string, string> } = {},
): string[] {
  return wiresOf(series, { metricNames, tempoColors, labels }).map(
    ({ metric: { __name__, ...rest }, valueOf: valueIn }) => {
      const texts = Object.entries(rest).map(([name, text]) => `${name}="${text}"`);
      return `${__name__}{${texts.join(",")}} ${valueIn(point(value))}`;
    },
  );
}

const white = 1;

/** These are in boards and queries of users: none of them may ever change. */
const expected: readonly (readonly [ExportSeries, number, Readonly<Record<MetricNames, readonly string[]>>])[] = [
  [
    energy("consumption", "day"),
    12345,
    {
      documented: ['myelectricaldata_consumption_wh{pdl="12345678901234",type="daily"} 12345'],
      seed_code: [
        'electricity_consumption_value_wh{usage_point_id="12345678901234",granularity="daily",db="myelectricaldata"} 12345',
        // 12345 / 1000
        'electricity_consumption_value_kwh{usage_point_id="12345678901234",granularity="daily",db="myelectricaldata"} 12.345',
      ],
      // 12345 × 3600
      prometheus: ['linky_consumption_daily_joules{pdl="12345678901234"} 44442000'],
    },
  ],
  [
    energy("production", "month"),
    500,
    {
      documented: ['myelectricaldata_production_wh{pdl="12345678901234",type="monthly"} 500'],
      seed_code: [
        'electricity_stats_value_wh{usage_point_id="12345678901234",direction="production",period="this_month",db="myelectricaldata"} 500',
        'electricity_stats_value_kwh{usage_point_id="12345678901234",direction="production",period="this_month",db="myelectricaldata"} 0.5',
      ],
      prometheus: [],
    },
  ],
  [
    energy("consumption", "half_hour"),
    250,
    {
      documented: ['myelectricaldata_consumption_wh{pdl="12345678901234",type="30min"} 250'],
      seed_code: [
        'electricity_consumption_value_wh{usage_point_id="12345678901234",granularity="detailed",db="myelectricaldata"} 250',
        'electricity_consumption_value_kwh{usage_point_id="12345678901234",granularity="detailed",db="myelectricaldata"} 0.25',
      ],
      // 250 Wh in half an hour
      prometheus: ['linky_consumption_power_watts{pdl="12345678901234"} 500'],
    },
  ],
  [
    { kind: "cost", usagePoint },
    2.5,
    {
      documented: ['myelectricaldata_cost_eur{pdl="12345678901234",type="daily"} 2.5'],
      seed_code: [],
      prometheus: ['linky_cost_daily_euros{pdl="12345678901234"} 2.5'],
    },
  ],
  [
    { kind: "max_power", usagePoint },
    4321,
    {
      documented: ['myelectricaldata_max_power_va{pdl="12345678901234"} 4321'],
      seed_code: [],
      prometheus: ['linky_max_power_volt_amperes{pdl="12345678901234"} 4321'],
    },
  ],
  [
    { kind: "tempo_color" },
    white,
    {
      documented: [
        'myelectricaldata_tempo_color{color="blue"} 0',
        'myelectricaldata_tempo_color{color="white"} 1',
        'myelectricaldata_tempo_color{color="red"} 0',
      ],
      // 1 blue, 2 white, 3 red
      seed_code: ['tempo_color_color_value{day="today",db="myelectricaldata"} 2'],
      prometheus: [
        'linky_tempo_color{color="blue"} 0',
        'linky_tempo_color{color="white"} 1',
        'linky_tempo_color{color="red"} 0',
      ],
    },
  ],
  [
    { kind: "tempo_remaining", color: "ROUGE" },
    22,
    {
      documented: ['myelectricaldata_tempo_remaining{color="red"} 22'],
      seed_code: ['tempo_days_remaining{color="RED",db="myelectricaldata"} 22'],
      prometheus: ['linky_tempo_remaining_days{color="red"} 22'],
    },
  ],
  [
    { kind: "ecowatt" },
    3,
    {
      documented: ['myelectricaldata_ecowatt_level{region="france"} 3'],
      seed_code: [],
      prometheus: ['linky_ecowatt_level{region="france"} 3'],
    },
  ],
];

for (const [series, value, byNames] of expected)
  for (const names of ["documented", "seed_code", "prometheus"] as const)
    test(`${series.kind}${"step" in series ? ` by ${series.step}` : ""} keeps its names in ${names}`, () => {
      assert.deepEqual(written(series, value, names), byNames[names]);
    });

test("in French a colour reads as on the documented boards, and what remains of it as there too", () => {
  const french = { tempoColors: "french" } as const;
  assert.deepEqual(written({ kind: "tempo_color" }, white, "documented", french), [
    'myelectricaldata_tempo_color{color="BLEU"} 0',
    'myelectricaldata_tempo_color{color="BLANC"} 1',
    'myelectricaldata_tempo_color{color="ROUGE"} 0',
  ]);
  assert.deepEqual(written({ kind: "tempo_remaining", color: "BLANC" }, 43, "documented", french), [
    'myelectricaldata_tempo_remaining{color="white"} 43',
  ]);
});

test("labels of the user stand in each series, and take no place of ours", () => {
  const labels = { site: "maison", pdl: "mine", empty: "" };
  assert.deepEqual(written(energy("consumption", "day"), 1, "documented", { labels }), [
    'myelectricaldata_consumption_wh{site="maison",pdl="12345678901234",type="daily"} 1',
  ]);
});

test("the reference lists each metric of each vocabulary once", () => {
  const keys = metricReference.map(({ names, metric, labels }) => JSON.stringify([names, metric, labels]));
  assert.equal(new Set(keys).size, keys.length);
  // documented: one for each of 11 measures; seed_code: two for each of 6 energies, and two of Tempo; prometheus: 11 less 2 months
  assert.deepEqual(
    ["documented", "seed_code", "prometheus"].map(
      (names) => metricReference.filter((row) => row.names === names).length,
    ),
    [11, 14, 9],
  );
});
