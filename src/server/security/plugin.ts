import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import type { Access } from "../../sync/access/access.ts";
import { listensToItself } from "../addresses.ts";
import { ownHeader } from "../api/session.ts";
import { type Door, isOwnHost } from "../guard.ts";
import { securityErrors } from "./errors.ts";
import { bearerOf, cookieOf, homeAssistantUser, isFromThisMachine, type Visitor } from "./visitor.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Null before the login, where a route is free of it. */
    visitor: Visitor | null;
  }
}

export interface SecurityOptions extends Door {
  readonly access: Access;
}

/**
 * Lets nobody reach a route of the API whom nothing speaks for. In this order:
 *
 * | asks | is |
 * |---|---|
 * | the Supervisor | Home Assistant's user |
 * | with an API token | that token, or refused |
 * | with a session's cookie | who knows the password |
 * | from this machine under its own name, where only it is listened to and no password is set | let in |
 * | anybody else | refused, but for `isFree` |
 *
 * The guard, which knows names and origins, comes first.
 */
export function securityPlugin(options: SecurityOptions): FastifyPluginAsync {
  const plugin: FastifyPluginAsync = async (app) => {
    app.decorateRequest("visitor", null);
    app.addHook("onRequest", async (request, reply) => {
      const isOpen = isFree(request.routeOptions.url);
      // Nothing about a visitor is looked up for what anybody may see: it has to be there without a database, too.
      if (isOpen && !isAboutSessions(request.routeOptions.url)) return;
      request.visitor = await identify(request, options);
      if (request.visitor === null && !isOpen) {
        reply.header("www-authenticate", 'Bearer realm="Linky Bridge"');
        throw (await options.access.hasPassword()) ? securityErrors.loginRequired() : securityErrors.setupRequired();
      }
      refuseForgery(request);
    });
  };
  // The hooks are for the routes beside it, not for routes of its own.
  return Object.assign(plugin, { [Symbol.for("skip-override")]: true });
}

const isAboutSessions = (route: string | undefined): boolean =>
  route === "/api/session" || route?.startsWith("/api/session/") === true;

/**
 * By the route that is reached, whatever way its address is spelled. Page files, documentation and what has no route
 * hold nothing of the household. The demonstration home, which knows nobody, is for who may use this one.
 */
export const isFree = (route: string | undefined): boolean =>
  route === undefined ||
  route === "/api/session" ||
  route === "/api/session/setup" ||
  !(/^\/(api|demo)(\/|$)/.test(route) || route === "/metrics");

async function identify(
  request: FastifyRequest,
  { access, supervisor, host }: SecurityOptions,
): Promise<Visitor | null> {
  const user = homeAssistantUser(request, supervisor);
  if (user !== null) return user;
  const token = bearerOf(request);
  if (token !== null) {
    const known = await access.findToken(token);
    if (known === null) throw securityErrors.unknownToken();
    return { kind: "token", name: known.name };
  }
  const session = cookieOf(request);
  if (session !== null && (await access.isSession(session))) return { kind: "password" };
  const isAlone = supervisor !== "absent" || listensToItself(host);
  const isAtHome = isAlone && isFromThisMachine(request) && isOwnHost(request.headers.host, host);
  return isAtHome && !(await access.hasPassword()) ? { kind: "thisMachine" } : null;
}

const changesNothing = ["GET", "HEAD", "OPTIONS"];

/**
 * Browsers add cookies, and Home Assistant its user, to whatever page asks. So a change has to come from our own page:
 * by the browser's word (Fetch Metadata), and by a header that another site's page cannot send without being asked for
 * permission, which is never given. A token is sent by no browser on its own.
 */
function refuseForgery({ method, headers, visitor }: FastifyRequest): void {
  if (changesNothing.includes(method) || visitor?.kind === "token") return;
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") throw securityErrors.otherSite();
  const isByBrowser = visitor?.kind === "password" || visitor?.kind === "homeAssistant" || site !== undefined;
  if (isByBrowser && headers[ownHeader.name] !== ownHeader.value) throw securityErrors.headerMissing();
}

/** For what only a person may change. @throws ApiError */
export function refuseTokens({ visitor }: Pick<FastifyRequest, "visitor">): void {
  if (visitor?.kind === "token") throw securityErrors.notForTokens();
}
