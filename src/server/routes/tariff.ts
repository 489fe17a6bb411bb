import type { FastifyPluginAsync } from "fastify";
import { z } from "zod";
import { loadDayTariff } from "../../sync/bill/day-tariff.ts";
import { openMeter } from "../../sync/bill/meter.ts";
import { readDay } from "../../sync/bill/span.ts";
import { tariffView } from "../../sync/bill/view.ts";
import { parse } from "../request.ts";
import type { RouteContext } from "../server.ts";
import { meterParams } from "./bill-params.ts";

/** Without a date it is today. */
const query = z.strictObject({ date: z.string().optional() });

/** The plan, the periods and the prices of a day, whatever was consumed on it. */
export const tariffRoutes =
  ({ parts }: RouteContext): FastifyPluginAsync =>
  async (app) => {
    app.get("/api/tariff/:pdl", async (request) => {
      const { pdl } = parse(meterParams, request.params);
      const { date } = parse(query, request.query);
      const day = date === undefined ? null : readDay(date);
      const meter = await openMeter(parts, pdl);
      return { usagePoint: pdl, ...tariffView(await loadDayTariff(parts.store, meter, day ?? meter.today)) };
    });
  };
