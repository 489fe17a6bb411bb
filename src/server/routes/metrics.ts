import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { problems } from "../api/errors.ts";
import { noQuery } from "../api/fields.ts";
import { metricsText } from "../api/metrics.ts";
import { ApiError } from "../errors.ts";
import type { RouteContext } from "../parts.ts";

/** What Prometheus scrapes, with a token of the API. It names the meters, and is there only where it is wanted. */
export const metricsRoutes =
  ({ parts: { metrics } }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/metrics",
      {
        schema: {
          tags: ["state"],
          summary: "The last known values and the state of the service, for Prometheus",
          querystring: noQuery,
          response: { 200: metricsText, ...problems },
        },
      },
      async (_request, reply) => {
        if (!metrics) throw metricsOff();
        const text = await metrics.write();
        return reply.headers({ "content-type": metrics.contentType, "cache-control": "no-store" }).send(text);
      },
    );
  };

const metricsOff = () =>
  new ApiError(404, "metrics_off", {
    fr: "Les métriques pour Prometheus ne sont pas servies : activez-les dans la page (Réglages, Exports), où cela vaut aussitôt, ou mettez prometheus_enabled à true.",
    en: "Metrics for Prometheus are not served: switch them on in the page (Settings, Exports), where it counts at once, or set prometheus_enabled to true.",
  });
