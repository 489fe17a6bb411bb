import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { bill } from "../../sync/bill/bill.ts";
import { billCsv } from "../../sync/bill/csv.ts";
import { explain } from "../../sync/bill/explain.ts";
import { billView, explanationView } from "../../sync/bill/view.ts";
import { billQuery } from "../api/bill.ts";
import { explainQuery } from "../api/explain.ts";
import { meterParams } from "../api/fields.ts";
import type { RouteContext } from "../parts.ts";

const tags = ["costs"];

/** What a span of a meter cost, and why an hour of it did. */
export const billRoutes =
  ({ parts }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/api/bill/:pdl",
      { schema: { tags, summary: "What a span cost, line by line", params: meterParams, querystring: billQuery } },
      async ({ params, query }, reply) => {
        const { format, start: from, end: to, ...asked } = query;
        const made = await bill(parts, { ...asked, from, to, meter: params.pdl });
        if (format === "json") return billView(made);
        const name = `bill_${made.usagePoint}_${made.span.from}_${made.span.to}.csv`;
        return reply
          .headers({
            "content-type": "text/csv; charset=utf-8",
            "content-disposition": `attachment; filename="${name}"`,
          })
          .send(billCsv(made));
      },
    );
    app.get(
      "/api/explain/:pdl",
      { schema: { tags, summary: "Why an hour cost what it did", params: meterParams, querystring: explainQuery } },
      async ({ params, query }) => explanationView(await explain(parts, { ...query, meter: params.pdl })),
    );
  };
