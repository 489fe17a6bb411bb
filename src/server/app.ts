import fastify, { type FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import PQueue from "p-queue";
import type { Logger } from "../shared/log.ts";
import { answerError, apiErrors, sendError } from "./errors.ts";
import { families } from "./families.ts";
import { type Door, refuseUnknown } from "./guard.ts";
import type { RouteContext, ServerParts } from "./parts.ts";
import { securityPlugin } from "./security/plugin.ts";
import { validatorCompiler } from "./validation.ts";

export interface AppOptions {
  readonly parts: ServerParts;
  readonly log: Logger;
  readonly door: Door;
  /** Aborts when the server closes. */
  readonly signal: AbortSignal;
}

/** The longest request anybody has reason to send. */
const bodyLimitBytes = 64 * 1024;

/** Everything that answers, not listening yet. */
export function buildApp({ parts, log, door, signal }: AppOptions): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: bodyLimitBytes,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    // An address that cannot be decoded never reaches a hook or a route.
    frameworkErrors: (_error, _request, reply) => {
      sendError(reply, apiErrors.invalid("URL"));
    },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  // What a schema says of an answer is held by the tests: a year of half-hours is not checked again on its way out.
  app.setSerializerCompiler(() => (content) => JSON.stringify(content));
  app.removeContentTypeParser("text/plain");
  app.setErrorHandler(answerError(log));
  app.setNotFoundHandler((_request, reply) => sendError(reply, apiErrors.notFound()));
  app.addHook("onRequest", async (request, reply) => {
    reply.headers({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
    refuseUnknown(request, door);
  });
  if (parts.security) app.register(securityPlugin({ ...door, access: parts.security.access }));
  app.addHook("onResponse", async ({ method, routeOptions }, { statusCode, elapsedTime }) => {
    log.debug({ method, route: routeOptions.url, status: statusCode, ms: Math.round(elapsedTime) }, "request answered");
  });
  const changes = new PQueue({ concurrency: 1 });
  const context: RouteContext = { parts, signal, inTurn: (change) => changes.add(change) };
  for (const routes of families) app.register(routes(context));
  return app;
}
