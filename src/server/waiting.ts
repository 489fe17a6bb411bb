import fastify, { type FastifyRequest } from "fastify";
import type { Text } from "../shared/language.ts";
import { type Logger, silentLog } from "../shared/log.ts";
import { answering } from "./answering.ts";
import { Doors } from "./doors.ts";
import { ApiError, sendError } from "./errors.ts";
import { type Door, refuseUnknown } from "./guard.ts";
import { refuseLongAddress, refuseUnclearHost } from "./limits.ts";
import { securityHeaders } from "./security/headers.ts";
import { waitingPage, waitingPageHeaders } from "./waiting-page.ts";

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
  readonly port: number;
  readonly pagePort: number | null;
  readonly supervisor: Door["supervisor"];
  readonly log: Logger;
  /** They outlive the waiting; absent: doors of its own. */
  readonly doors?: Doors;
}

/**
 * Stands at the API's addresses while there is no database: health says why with status 200, because a watchdog that
 * restarts the program would change nothing; all else is answered 503 with the same words, to browsers as a page. An
 * address that is taken is left alone. The returned function leaves the addresses to whoever answers next.
 */
export async function serveWaiting(options: WaitingOptions): Promise<() => Promise<void>> {
  const { host, port, pagePort, log, doors = new Doors() } = options;
  const app = buildWaiting(options);
  await app.ready();
  await doors.open({ host, port, pagePort, orAnyPort: false, log: silentLog() }).catch((error: unknown) => {
    log.debug({ err: error }, "nothing is served while waiting: this address cannot be had");
  });
  doors.answerBy(app.routing);
  return async () => {
    doors.hold();
    if (options.doors) await doors.settle();
    else await doors.close();
    await app.close();
  };
}

function buildWaiting({ version, waiting, host, supervisor }: WaitingOptions) {
  const { code, text, since } = waiting;
  const app = fastify({ ...answering, exposeHeadRoutes: false });
  app.addHook("onRequest", async (request, reply) => {
    reply.headers({ ...securityHeaders, "cache-control": "no-store" });
    refuseLongAddress(request);
    refuseUnclearHost(request);
    // By whatever name this machine is called: what is told here health tells anybody at all times.
    refuseUnknown(request, { host, supervisor, hasLogin: true });
  });
  app.setErrorHandler((error, _request, reply) =>
    sendError(reply, error instanceof ApiError ? error : new ApiError(503, code, text)),
  );
  app.setNotFoundHandler((request, reply) =>
    isByBrowser(request)
      ? reply.code(503).headers(waitingPageHeaders).send(waitingPage(text))
      : sendError(reply, new ApiError(503, code, text)),
  );
  app.get("/health", async () => ({
    status: "waiting",
    version,
    problem: { code, since: new Date(since).toISOString(), ...text },
    database: { isReachable: false },
    lastPass: null,
  }));
  return app;
}

/** Whether somebody looks at one of the page's own addresses. */
const isByBrowser = ({ method, url, headers: { accept = "" } }: FastifyRequest): boolean =>
  method === "GET" && accept.includes("text/html") && !/^\/(api|metrics|docs|assets)(\/|\?|$)/.test(url);
