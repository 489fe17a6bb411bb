import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { loadProfile } from "../../sync/view/profile.ts";
import { problems } from "../api/errors.ts";
import { meterParams } from "../api/fields.ts";
import { profileAnswer, profileQuery } from "../api/profile.ts";
import type { RouteContext } from "../parts.ts";

/** The average day. */
export const profileRoutes =
  ({ parts }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/api/profile/:pdl",
      {
        schema: {
          tags: ["energy"],
          summary: "The average day of a span, by day of the week and season",
          params: meterParams,
          querystring: profileQuery,
          response: { 200: profileAnswer, ...problems },
        },
      },
      ({ params, query }) => loadProfile(parts, { ...params, ...query }),
    );
  };
