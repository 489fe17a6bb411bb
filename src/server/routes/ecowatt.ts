import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { loadEcowattDays } from "../../sync/view/ecowatt.ts";
import { ecowattAnswer, ecowattQuery } from "../api/ecowatt.ts";
import { problems } from "../api/errors.ts";
import type { RouteContext } from "../parts.ts";

/** RTE's signal of the grid. */
export const ecowattRoutes =
  ({ parts }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/api/ecowatt",
      {
        schema: {
          tags: ["signals"],
          summary: "EcoWatt by day and hour; without days from today on",
          querystring: ecowattQuery,
          response: { 200: ecowattAnswer, ...problems },
        },
      },
      ({ query }) => loadEcowattDays(parts, query),
    );
  };
