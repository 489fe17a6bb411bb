import { systemClock } from "../shared/clock.ts";
import { accountOf, requireVerifiedEmail } from "./auth.ts";
import type { Call, GatewayControl } from "./control.ts";
import { detail, internalError, proxyPage, Refused, type Reply, textOf } from "./reply.ts";
import { matchRoute, stripPrefix } from "./router.ts";
import type { GatewayState } from "./state.ts";
import { Visit } from "./visit.ts";

/** What `fetch` rejects with when the other side goes away. */
export class ConnectionDropped extends TypeError {
  constructor() {
    super("fetch failed", { cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }) });
  }
}

export interface Served {
  readonly state: GatewayState;
  readonly control: GatewayControl;
  readonly allowedHosts: readonly string[] | null;
}

/**
 * One request through the gateway: faults first, then route, access and answer.
 * @throws ConnectionDropped, or the request's own reason when it is aborted.
 */
export async function answer({ state, control, allowedHosts }: Served, request: Request): Promise<Response> {
  request.signal.throwIfAborted();
  const url = new URL(request.url);
  const path = stripPrefix(url.pathname);
  const call = control.begin({ method: request.method, path, query: url.searchParams });
  if (allowedHosts && !allowedHosts.includes(url.hostname)) return refuseHost(call);
  await slowDown(state, path, request.signal);

  const drop = state.faults.take(["drop"], path, state.clock.now());
  const reply =
    drop?.when === "before" ? null : (injected(state, path) ?? (await routed(state, request, url, path, call)));
  request.signal.throwIfAborted();
  if (drop || reply === null) {
    call.outcome = "dropped";
    throw new ConnectionDropped();
  }
  call.status = reply.status;
  call.outcome = reply.outcome;
  return responseOf(state, reply, path, call);
}

function refuseHost(call: Call): Response {
  call.status = 400;
  call.outcome = "HTTP 400";
  return new Response("Invalid host header", { status: 400, headers: { "content-type": "text/plain; charset=utf-8" } });
}

async function slowDown(state: GatewayState, path: string, signal: AbortSignal): Promise<void> {
  const slow = state.faults.take(["slow"], path, state.clock.now());
  if (slow) await (slow.clock === "real" ? systemClock : state.clock).sleep(slow.ms, signal);
}

/** The answer of a fault that replaces the route's own. */
function injected(state: GatewayState, path: string): Reply | null {
  const effect = state.faults.take(["html", "server_error", "unauthorized", "answer"], path, state.clock.now());
  switch (effect?.kind) {
    case undefined:
      return null;
    case "html":
      return proxyPage(effect.status);
    case "server_error":
      return internalError();
    case "unauthorized":
      return detail(401, "Invalid authentication credentials");
    case "answer":
      return { status: effect.status, body: effect.body, contentType: effect.contentType, outcome: "injected" };
  }
}

async function routed(state: GatewayState, request: Request, url: URL, path: string, call: Call): Promise<Reply> {
  const match = matchRoute(request.method, path);
  if (match === "unknown") return detail(404, "Not Found");
  if (match === "other_method") return detail(405, "Method Not Allowed");
  const { route, parameter } = match;
  call.route = route.pattern;
  if (path.startsWith("/enedis/")) call.usagePoint = parameter;
  try {
    const now = state.clock.now();
    const account =
      route.access === "public" ? null : accountOf(request.headers, state.accounts, state.signingKey, now);
    if (account && route.access === "verified") requireVerifiedEmail(account);
    call.clientId = account?.clientId ?? null;
    const visit = new Visit(state, request, { path, parameter, query: url.searchParams }, account, call);
    return await route.answer(visit);
  } catch (error) {
    if (error instanceof Refused) return error.reply;
    throw error;
  }
}

function responseOf(state: GatewayState, reply: Reply, path: string, call: Call): Response {
  const now = state.clock.now();
  const text = textOf(reply, now, 1 + (call.number % 999));
  const isBroken = state.faults.take(["broken_json"], path, now) !== undefined;
  if (isBroken) call.outcome = "broken_json";
  return new Response(isBroken ? text.slice(0, Math.ceil(text.length / 2)) : text, {
    status: reply.status,
    headers: { "content-type": reply.contentType ?? "application/json" },
  });
}
