import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { loadOverview } from "../../sync/view/overview.ts";
import { problems } from "../api/errors.ts";
import { noQuery } from "../api/fields.ts";
import { overviewAnswer } from "../api/overview.ts";
import type { RouteContext } from "../parts.ts";

/** The first page: all that is known of now. */
export const overviewRoutes =
  ({ parts }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    const { operations } = parts;
    app.get(
      "/api/overview",
      {
        schema: {
          tags: ["state"],
          summary: "All that is known of now: meters, costs, Tempo, EcoWatt, the bridge",
          querystring: noQuery,
          response: { 200: overviewAnswer, ...problems },
        },
      },
      () =>
        loadOverview({
          ...parts,
          planning: operations?.planning ?? null,
          exports: operations?.exports ?? [],
        }),
    );
  };
