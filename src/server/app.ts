import fastifyStatic from "@fastify/static";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import PQueue from "p-queue";
import type { Logger } from "../shared/log.ts";
import { listensToItself } from "./addresses.ts";
import { answering } from "./answering.ts";
import { describeCaching } from "./caching.ts";
import { describeApi } from "./docs.ts";
import { type ApiError, answerError, apiErrors, sendError } from "./errors.ts";
import { families } from "./families.ts";
import { type Door, refuseUnknown } from "./guard.ts";
import { refuseLongAddress, refuseUnclearHost } from "./limits.ts";
import { type MethodsAt, rememberMethods } from "./methods.ts";
import type { RouteContext, ServerParts } from "./parts.ts";
import { securityHeaders } from "./security/headers.ts";
import { securityPlugin } from "./security/plugin.ts";
import { hashedFiles, pageFiles } from "./static.ts";
import { validatorCompiler } from "./validation.ts";

export interface AppOptions {
  readonly parts: ServerParts;
  readonly log: Logger;
  readonly door: Door;
  /** Aborts when the server closes. */
  readonly signal: AbortSignal;
}

/** Everything that answers; it has no address of its own. */
export function buildApp({ parts, log, door, signal }: AppOptions): FastifyInstance {
  if (parts.security === undefined && !listensToItself(door.host))
    throw new Error(`Without a login nobody but this machine may be listened to, and not ${door.host}`);
  const app = fastify(answering).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  // What a schema says of an answer is held by the tests: a year of half-hours is not checked again on its way out.
  app.setSerializerCompiler(() => (content) => JSON.stringify(content));
  app.removeContentTypeParser("text/plain");
  app.setErrorHandler(answerError(log));
  const methodsAt = rememberMethods(app);
  app.setNotFoundHandler((request, reply) => sendError(reply, notServed(request, reply, methodsAt)));
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(securityHeaders);
    refuseLongAddress(request);
    refuseUnclearHost(request);
    refuseUnknown(request, { ...door, hasLogin: parts.security !== undefined });
    // Before anything is made of a body that nobody takes.
    if (request.is404) throw notServed(request, reply, methodsAt);
  });
  app.addHook("onSend", describeCaching);
  if (parts.security) app.register(securityPlugin({ ...door, access: parts.security.access }));
  app.addHook("onResponse", async ({ method, routeOptions }, { statusCode, elapsedTime }) => {
    log.debug({ method, route: routeOptions.url, status: statusCode, ms: Math.round(elapsedTime) }, "request answered");
  });
  describeApi(app, parts.version);
  if (parts.page) app.register(fastifyStatic, pageFiles(parts.page)).register(hashedFiles);
  const changes = new PQueue({ concurrency: 1 });
  const { supervisor } = door;
  const context: RouteContext = { parts, signal, supervisor, inTurn: (change) => changes.add(change) };
  for (const routes of families) app.register(routes(context));
  return app;
}

/** There is nothing at the address, or not by that method. */
function notServed({ url, method }: FastifyRequest, reply: FastifyReply, methodsAt: MethodsAt): ApiError {
  const allowed = methodsAt(url.split("?", 1)[0] ?? url);
  // A route for files looked, and has no such file.
  if (allowed.length === 0 || allowed.includes(method)) return apiErrors.notFound();
  reply.header("allow", allowed.join(", "));
  return apiErrors.methodNotAllowed(allowed);
}
