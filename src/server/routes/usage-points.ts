import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { loadUsagePointViews } from "../../sync/view/usage-points.ts";
import { problems } from "../api/errors.ts";
import { noQuery } from "../api/fields.ts";
import { usagePointsAnswer } from "../api/usage-points.ts";
import type { RouteContext } from "../parts.ts";

/** The meters, and what is known of each. */
export const usagePointRoutes =
  ({ parts }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/api/pdl",
      {
        schema: {
          tags: ["meters"],
          summary: "The meters (PDL) of the account",
          querystring: noQuery,
          response: { 200: usagePointsAnswer, ...problems },
        },
      },
      async () => ({ usagePoints: await loadUsagePointViews(parts) }),
    );
  };
