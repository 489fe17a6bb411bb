import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { flows } from "../../domain/usage-point.ts";
import { type DailyView, type DetailView, loadDaily, loadDetail } from "../../sync/view/readings.ts";
import { problems } from "../api/errors.ts";
import { jsonOrCsv, meterParams } from "../api/fields.ts";
import { dailyAnswer, detailAnswer, readingsQuery } from "../api/readings.ts";
import { type CsvColumn, sendCsv } from "../csv.ts";
import type { RouteContext } from "../parts.ts";

const tags = ["energy"];

/** What is stored of each flow: its days and its slots. */
export const readingRoutes =
  ({ parts }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    for (const flow of flows) {
      app.get(
        `/api/${flow}/daily/:pdl`,
        {
          schema: {
            tags,
            summary: `The known days of a span (${flow})`,
            params: meterParams,
            querystring: readingsQuery,
            response: { 200: jsonOrCsv(dailyAnswer, "One value per known day"), ...problems },
          },
        },
        async ({ params, query: { format, ...query } }, reply) => {
          const daily = await loadDaily(parts, { ...params, ...query, flow });
          return format === "json" ? daily : sendCsv(reply, fileOf("daily", daily), dayColumns, daily.days);
        },
      );
      app.get(
        `/api/${flow}/detail/:pdl`,
        {
          schema: {
            tags,
            summary: `The half-hours of a span of at most 366 days (${flow})`,
            params: meterParams,
            querystring: readingsQuery,
            response: { 200: jsonOrCsv(detailAnswer, "One value per slot"), ...problems },
          },
        },
        async ({ params, query: { format, ...query } }, reply) => {
          const detail = await loadDetail(parts, { ...params, ...query, flow });
          return format === "json" ? detail : sendCsv(reply, fileOf("detail", detail), slotColumns, detail.slots);
        },
      );
    }
  };

const fileOf = (
  kind: string,
  { flow, usagePoint, start, end }: Pick<DailyView, "flow" | "usagePoint" | "start" | "end">,
) => `${flow}_${kind}_${usagePoint}_${start}_${end}.csv`;

const dayColumns: readonly CsvColumn<DailyView["days"][number]>[] = [
  ["date", ({ date }) => date],
  ["value_wh", ({ valueWh }) => valueWh],
  ["quality", ({ quality }) => quality],
  ["official_wh", ({ officialWh }) => officialWh],
  ["slots_wh", ({ slotsWh }) => slotsWh],
  ["minutes_present", ({ minutesPresent }) => minutesPresent],
  ["changed_at", ({ changedAt }) => changedAt],
  ["is_corrected", ({ isCorrected }) => isCorrected],
];

const slotColumns: readonly CsvColumn<DetailView["slots"][number]>[] = [
  ["start", ({ start }) => start],
  ["minutes", ({ minutes }) => minutes],
  ["power_w", ({ powerW }) => powerW],
  ["energy_wh", ({ energyWh }) => energyWh],
  ["is_estimated", ({ isEstimated }) => isEstimated],
];
