import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import type { TariffPeriod } from "../../domain/tariff/period.ts";
import { loadSeries, type SeriesView } from "../../sync/view/series.ts";
import { problems } from "../api/errors.ts";
import { jsonOrCsv, meterParams } from "../api/fields.ts";
import { seriesAnswer, seriesQuery } from "../api/series.ts";
import { type CsvColumn, sendCsv } from "../csv.ts";
import type { RouteContext } from "../parts.ts";

/** Energy and money over a span, in half-hours, hours, days, months or years. */
export const seriesRoutes =
  ({ parts }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/api/series/:pdl",
      {
        schema: {
          tags: ["energy"],
          summary: "Energy and money of a span in equal steps, by tariff period",
          params: meterParams,
          querystring: seriesQuery,
          response: { 200: jsonOrCsv(seriesAnswer, "The steps and their total"), ...problems },
        },
      },
      async ({ params, query: { format, ...query } }, reply) => {
        const series = await loadSeries(parts, { ...params, ...query });
        if (format === "json") return series;
        const { usagePoint, flow, step, start, end } = series;
        return sendCsv(reply, `${flow}_${step}_${usagePoint}_${start}_${end}.csv`, columnsOf(series), series.buckets);
      },
    );
  };

type Row = SeriesView["buckets"][number];

const columnsOf = ({ total: { periods } }: SeriesView): readonly CsvColumn<Row>[] => [
  ["key", ({ key }) => key],
  ["start", ({ start }) => start],
  ["end", ({ end }) => end],
  ["energy_wh", ({ energyWh }) => energyWh],
  ["estimated_wh", ({ estimatedWh }) => estimatedWh],
  ["quality", ({ quality }) => quality],
  ["missing_days", ({ missingDays }) => missingDays],
  ["is_corrected", ({ isCorrected }) => isCorrected],
  ["eur", ({ eur }) => eur],
  ["unpriced_wh", ({ unpricedWh }) => unpricedWh],
  ...periods.flatMap(({ period }) => columnsOfPeriod(period)),
];

function columnsOfPeriod(wanted: TariffPeriod | null): readonly CsvColumn<Row>[] {
  const name = wanted ?? "pending";
  const partOf = ({ periods }: Row) => periods.find(({ period }) => period === wanted);
  return [
    [`${name}_wh`, (row) => partOf(row)?.energyWh ?? null],
    [`${name}_eur`, (row) => partOf(row)?.eur ?? null],
  ];
}
