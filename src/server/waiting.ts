import fastify from "fastify";
import type { Text } from "../shared/language.ts";
import type { Logger } from "../shared/log.ts";
import { ApiError, sendError } from "./errors.ts";
import { type Door, refuseUnknown } from "./guard.ts";

/** What is waited for before the API can be served. */
export interface Waiting {
  /** Stable. */
  readonly code: string;
  readonly text: Text;
  /** In milliseconds. */
  readonly since: number;
}

export interface WaitingOptions {
  readonly version: string;
  readonly waiting: Waiting;
  readonly host: string;
  readonly ports: readonly number[];
  readonly supervisor: Door["supervisor"];
  readonly log: Logger;
}

/**
 * Stands at the API's addresses while there is no database: health says why with status 200, because a watchdog that
 * restarts the program would change nothing; all else is answered 503 with the same words. An address that is taken is
 * left alone. The returned function frees them.
 */
export async function serveWaiting(options: WaitingOptions): Promise<() => Promise<void>> {
  const apps = options.ports.map(() => buildWaiting(options));
  await Promise.all(
    apps.map((app, position) =>
      app.listen({ host: options.host, port: options.ports[position] ?? 0 }).catch((error: unknown) => {
        options.log.debug({ err: error }, "nothing is served while waiting: this address cannot be had");
      }),
    ),
  );
  return async () => {
    await Promise.all(apps.map((app) => app.close()));
  };
}

function buildWaiting({ version, waiting, host, supervisor }: WaitingOptions) {
  const { code, text, since } = waiting;
  const app = fastify({ logger: false, forceCloseConnections: true, exposeHeadRoutes: false });
  app.addHook("onRequest", async (request, reply) => {
    reply.headers({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
    refuseUnknown(request, { host, supervisor });
  });
  app.setErrorHandler((error, _request, reply) =>
    error instanceof ApiError ? sendError(reply, error) : sendError(reply, new ApiError(503, code, text)),
  );
  app.setNotFoundHandler((_request, reply) => sendError(reply, new ApiError(503, code, text)));
  app.get("/health", async () => ({
    status: "waiting",
    version,
    problem: { code, since: new Date(since).toISOString(), ...text },
    database: { isReachable: false },
    lastPass: null,
  }));
  return app;
}
