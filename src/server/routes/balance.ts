import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { loadBalance } from "../../sync/view/balance.ts";
import { balanceAnswer, balanceQuery } from "../api/balance.ts";
import { problems } from "../api/errors.ts";
import { meterParams } from "../api/fields.ts";
import type { RouteContext } from "../parts.ts";

/** What is taken from the grid, against what is given to it. */
export const balanceRoutes =
  ({ parts }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/api/balance/:pdl",
      {
        schema: {
          tags: ["energy"],
          summary: "Consumption against injection, with what they cost and earn",
          params: meterParams,
          querystring: balanceQuery,
          response: { 200: balanceAnswer, ...problems },
        },
      },
      ({ params, query }) => loadBalance(parts, { ...params, ...query }),
    );
  };
