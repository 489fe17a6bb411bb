import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import type { ExportPort } from "../../sync/diagnostics/exports.ts";
import { diagnosticsView } from "../../sync/diagnostics/json.ts";
import { diagnose } from "../../sync/diagnostics/report.ts";
import { isoOf, isoOrNull } from "../../sync/view/iso.ts";
import { diagnosticsAnswer, exportsAnswer } from "../api/diagnostics.ts";
import { problems } from "../api/errors.ts";
import { noQuery } from "../api/fields.ts";
import type { RouteContext } from "../parts.ts";

const tags = ["state"];

/** What works, for whoever helps; and how the destinations fare. */
export const diagnosticsRoutes =
  ({ parts }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    const { operations, version, account, security, missing = [] } = parts;
    if (!operations) return;
    app.get(
      "/api/diagnostics",
      {
        schema: {
          tags,
          summary: "All that helps to understand an installation from afar, without secrets",
          querystring: noQuery,
          response: { 200: diagnosticsAnswer, ...problems },
        },
      },
      async (_request, reply) => {
        const report = await diagnose({ ...parts, facts: operations.facts });
        const made = diagnosticsView(report, {
          version,
          missing: missing.map(({ option }) => option),
          hidden: [account, security?.access.setupCode ?? ""],
        });
        const day = made.madeAt.slice(0, 10);
        reply.header("content-disposition", `attachment; filename="linky-bridge-diagnostics_${day}.json"`);
        return made;
      },
    );
    app.get(
      "/api/exports",
      {
        schema: {
          tags,
          summary: "The destinations, what they are brought and how they fare",
          querystring: noQuery,
          response: { 200: exportsAnswer, ...problems },
        },
      },
      async () => ({ exports: await Promise.all(operations.exports.map(exportView)) }),
    );
  };

async function exportView(port: ExportPort) {
  const { destination, name, address, fedWith, status, running = null } = port;
  const { state, lastSuccessAt, problem } = await status();
  return {
    destination,
    name: { ...name },
    isEnabled: state !== "off",
    state,
    address,
    lastSuccessAt: isoOrNull(lastSuccessAt),
    fedWith: fedWith.map((text) => ({ ...text })),
    problem: problem && { since: isoOrNull(problem.since), ...problem.text },
    running: running && { ...running, startedAt: isoOf(running.startedAt) },
  };
}
