import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { bill } from "../../sync/bill/bill.ts";
import { billCsv } from "../../sync/bill/csv.ts";
import { explain } from "../../sync/bill/explain.ts";
import { billView, explanationView } from "../../sync/bill/view.ts";
import { billAnswer, billQuery } from "../api/bill.ts";
import { problems } from "../api/errors.ts";
import { explainQuery, explanationAnswer } from "../api/explain.ts";
import { jsonOrCsv, meterParams } from "../api/fields.ts";
import { sendCsvText } from "../csv.ts";
import type { RouteContext } from "../parts.ts";

const tags = ["costs"];

/** What a span of a meter cost, and why an hour of it did. */
export const billRoutes =
  ({ parts }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/api/bill/:pdl",
      {
        schema: {
          tags,
          summary: "What a span cost, line by line",
          params: meterParams,
          querystring: billQuery,
          response: { 200: jsonOrCsv(billAnswer, "The bill"), ...problems },
        },
      },
      async ({ params, query }, reply) => {
        const { format, start: from, end: to, ...asked } = query;
        const made = await bill(parts, { ...asked, from, to, meter: params.pdl });
        if (format === "json") return billView(made);
        const name = `bill_${made.usagePoint}_${made.span.from}_${made.span.to}.csv`;
        return sendCsvText(reply, name, billCsv(made));
      },
    );
    app.get(
      "/api/explain/:pdl",
      {
        schema: {
          tags,
          summary: "Why an hour cost what it did",
          params: meterParams,
          querystring: explainQuery,
          response: { 200: explanationAnswer, ...problems },
        },
      },
      async ({ params, query }) => explanationView(await explain(parts, { ...query, meter: params.pdl })),
    );
  };
