import type { FastifyPluginAsync } from "fastify";
import { z } from "zod";
import { bill } from "../../sync/bill/bill.ts";
import { billCsv } from "../../sync/bill/csv.ts";
import { explain } from "../../sync/bill/explain.ts";
import { billView, explanationView } from "../../sync/bill/view.ts";
import { parse } from "../request.ts";
import type { RouteContext } from "../server.ts";
import { meterParams } from "./bill-params.ts";

const billQuery = z.strictObject({
  month: z.string().optional(),
  year: z.string().optional(),
  start: z.string().optional(),
  /** Included. */
  end: z.string().optional(),
  /** An amount in EUR to hold against the bill. */
  invoice: z.string().optional(),
  format: z.enum(["json", "csv"]).default("json"),
});
const explainQuery = z.strictObject({ at: z.string() });

/** What a span of a meter cost, and why an hour of it did. */
export const billRoutes =
  ({ parts }: RouteContext): FastifyPluginAsync =>
  async (app) => {
    app.get("/api/bill/:pdl", async ({ params, query }, reply) => {
      const { pdl: meter } = parse(meterParams, params);
      const { format, start: from, end: to, ...asked } = parse(billQuery, query);
      const made = await bill(parts, { ...asked, from, to, meter });
      if (format === "json") return billView(made);
      const name = `bill_${made.usagePoint}_${made.span.from}_${made.span.to}.csv`;
      return reply
        .headers({
          "content-type": "text/csv; charset=utf-8",
          "content-disposition": `attachment; filename="${name}"`,
        })
        .send(billCsv(made));
    });
    app.get("/api/explain/:pdl", async ({ params, query }) => {
      const { pdl: meter } = parse(meterParams, params);
      return explanationView(await explain(parts, { ...parse(explainQuery, query), meter }));
    });
  };
