import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { loadPower, type PowerView } from "../../sync/view/power.ts";
import { problems } from "../api/errors.ts";
import { jsonOrCsv, meterParams } from "../api/fields.ts";
import { powerAnswer, powerQuery } from "../api/power.ts";
import { type CsvColumn, sendCsv } from "../csv.ts";
import type { RouteContext } from "../parts.ts";

/** The highest power of each day. */
export const powerRoutes =
  ({ parts }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/api/power/:pdl",
      {
        schema: {
          tags: ["energy"],
          summary: "The highest power of each day, beside the subscribed one",
          params: meterParams,
          querystring: powerQuery,
          response: { 200: jsonOrCsv(powerAnswer, "One value per day"), ...problems },
        },
      },
      async ({ params, query: { format, ...query } }, reply) => {
        const power = await loadPower(parts, { ...params, ...query });
        if (format === "json") return power;
        return sendCsv(reply, `max_power_${power.usagePoint}_${power.start}_${power.end}.csv`, columns, power.days);
      },
    );
  };

const columns: readonly CsvColumn<PowerView["days"][number]>[] = [
  ["date", ({ date }) => date],
  ["power_va", ({ powerVa }) => powerVa],
  ["at", ({ at }) => at],
];
