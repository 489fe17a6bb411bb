import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { compare } from "../../sync/bill/compare.ts";
import { comparisonView } from "../../sync/bill/view.ts";
import { compareQuery, comparisonAnswer } from "../api/compare.ts";
import { problems } from "../api/errors.ts";
import { meterParams } from "../api/fields.ts";
import type { RouteContext } from "../parts.ts";

/** What the household would have paid by other plans. */
export const compareRoutes =
  ({ parts }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/api/compare/:pdl",
      {
        schema: {
          tags: ["costs"],
          summary: "What the same days would have cost by other plans",
          params: meterParams,
          querystring: compareQuery,
          response: { 200: comparisonAnswer, ...problems },
        },
      },
      async ({ params, query: { start: from, end: to, what_if: whatIf } }) =>
        comparisonView(await compare(parts, { meter: params.pdl, from, to, whatIf })),
    );
  };
