import fastify, { type FastifyInstance } from "fastify";
import PQueue from "p-queue";
import type { Logger } from "../shared/log.ts";
import { answerError, apiErrors, sendError } from "./errors.ts";
import { type Door, refuseUnknown } from "./guard.ts";
import type { ServerParts } from "./parts.ts";
import { adoptionRoutes } from "./routes/adoption.ts";
import { billRoutes } from "./routes/bill.ts";
import { compareRoutes } from "./routes/compare.ts";
import { energyRoutes } from "./routes/energy.ts";
import { healthRoutes } from "./routes/health.ts";
import { statisticsRoutes } from "./routes/statistics.ts";
import { tariffRoutes } from "./routes/tariff.ts";
import { welcomeRoutes } from "./routes/welcome.ts";

export interface ServerOptions {
  readonly parts: ServerParts;
  readonly log: Logger;
  /** A name or an address, IPv6 without brackets. */
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Default: absent. */
  readonly supervisor?: Door["supervisor"];
  /** Whether another free port does where this one is taken. */
  readonly orAnyPort?: boolean;
}

export interface RunningServer {
  /** Without a slash at its end. */
  readonly url: string;
  /** Ends what is under way and frees the port. */
  close(): Promise<void>;
}

/** What the families of routes share. */
export interface RouteContext {
  readonly parts: ServerParts;
  /** Aborts when the server closes. */
  readonly signal: AbortSignal;
  /** One change of Home Assistant after the other. */
  readonly inTurn: <T>(change: () => Promise<T>) => Promise<T>;
}

/** The longest request anybody has reason to send. */
const bodyLimitBytes = 64 * 1024;

/** Serves the API; null where the address cannot be had, which is told in the log: the service goes on without. */
export async function createServer(options: ServerOptions): Promise<RunningServer | null> {
  const { log, host, port } = options;
  const closing = new AbortController();
  const app = buildApp(options, closing.signal);
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    if (!isTaken(error)) throw error;
    if (options.orAnyPort && port !== 0) return createServer({ ...options, port: 0 });
    log.warn({ host, port, code: error.code }, "the API is not served: this address is taken or not of this machine");
    return null;
  }
  const url = addressOf(app);
  log.info({ url }, "API ready");
  return {
    url,
    close: async () => {
      closing.abort(new Error("The server closes"));
      await app.close();
    },
  };
}

function buildApp({ parts, log, host, supervisor = "absent" }: ServerOptions, signal: AbortSignal): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: bodyLimitBytes,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    // An address that cannot be decoded never reaches a hook or a route.
    frameworkErrors: (_error, _request, reply) => {
      sendError(reply, apiErrors.invalid("URL"));
    },
  });
  app.removeContentTypeParser("text/plain");
  app.setErrorHandler(answerError(log));
  app.setNotFoundHandler((_request, reply) => sendError(reply, apiErrors.notFound()));
  app.addHook("onRequest", async (request, reply) => {
    reply.headers({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
    refuseUnknown(request, { host, supervisor });
  });
  app.addHook("onResponse", async ({ method, routeOptions }, { statusCode, elapsedTime }) => {
    log.debug({ method, route: routeOptions.url, status: statusCode, ms: Math.round(elapsedTime) }, "request answered");
  });
  const changes = new PQueue({ concurrency: 1 });
  const context: RouteContext = { parts, signal, inTurn: (change) => changes.add(change) };
  const families = [
    welcomeRoutes,
    healthRoutes,
    statisticsRoutes,
    energyRoutes,
    adoptionRoutes,
    billRoutes,
    compareRoutes,
    tariffRoutes,
  ];
  for (const routes of families) app.register(routes(context));
  return app;
}

/** Why a listener cannot have its address, whatever the program does. */
const takenCodes = ["EADDRINUSE", "EACCES", "EADDRNOTAVAIL", "ENOTFOUND", "EAI_AGAIN"];

const isTaken = (error: unknown): error is Error & { readonly code: string } =>
  error instanceof Error && "code" in error && typeof error.code === "string" && takenCodes.includes(error.code);

function addressOf(app: FastifyInstance): string {
  const address = app.server.address();
  if (address === null || typeof address === "string") throw new Error("The API has no TCP address");
  return `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`;
}
