import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { loadDayTariff } from "../../sync/bill/day-tariff.ts";
import { openMeter } from "../../sync/bill/meter.ts";
import { readDay } from "../../sync/bill/span.ts";
import { tariffView } from "../../sync/bill/view.ts";
import { problems } from "../api/errors.ts";
import { meterParams } from "../api/fields.ts";
import { tariffAnswer, tariffQuery } from "../api/tariff.ts";
import type { RouteContext } from "../parts.ts";

/** The plan, the periods and the prices of a day, whatever was consumed on it. */
export const tariffRoutes =
  ({ parts }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/api/tariff/:pdl",
      {
        schema: {
          tags: ["costs"],
          summary: "The plan, the periods and the prices of a day",
          params: meterParams,
          querystring: tariffQuery,
          response: { 200: tariffAnswer, ...problems },
        },
      },
      async ({ params: { pdl }, query: { date } }) => {
        const day = date === undefined ? null : readDay(date);
        const meter = await openMeter(parts, pdl);
        return { usagePoint: pdl, ...tariffView(await loadDayTariff(parts.store, meter, day ?? meter.today)) };
      },
    );
  };
