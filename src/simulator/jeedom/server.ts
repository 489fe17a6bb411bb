import { ConnectionDropped } from "../answer.ts";
import { catchUp } from "./archiving.ts";
import type { Fault } from "./faults.ts";
import { answerHttp } from "./http-api.ts";
import { answerRpc, parseRequest } from "./rpc.ts";
import type { World } from "./world.ts";

const apiPath = "/core/api/jeeApi.php";
/** Where a redirect leads: the same API behind another address. */
const redirectedPath = `/jeedom${apiPath}`;

const html = { "content-type": "text/html; charset=UTF-8" };
const bannedPage = "<h1>404 Not Found</h1>The page that you have requested could not be found.";
const unknownPage =
  '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n' +
  "<h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>\n</body></html>\n";
const loginPage = "<!DOCTYPE html>\n<html lang='fr_FR'><head><title>Jeedom</title></head><body></body></html>\n";

/** The web server of the box, as one function of requests. */
export function createHandler(world: World): (request: Request) => Promise<Response> {
  let turn: Promise<unknown> = Promise.resolve();
  return async (request) => {
    const url = new URL(request.url);
    if (url.pathname === "/" || url.pathname === "/index.php") return new Response(loginPage, { headers: html });
    if (url.pathname !== apiPath && url.pathname !== redirectedPath) {
      world.traffic.unknownPaths.push(url.pathname);
      return new Response(unknownPage, { status: 404, headers: html });
    }
    if (world.redirect !== null && url.pathname === apiPath)
      return new Response(null, { status: world.redirect, headers: { location: redirectedPath } });
    world.traffic.begin();
    const before = turn;
    const done = Promise.withResolvers<void>();
    turn = done.promise;
    try {
      await before;
      return await answer(world, request, url, () => done.resolve());
    } finally {
      done.resolve();
      world.traffic.end();
    }
  };
}

/** Measured: 64 calls take 0.5 s one by one and 23 s at once, so that each is slowed by all that are under way. */
async function answer(world: World, request: Request, url: URL, release: () => void): Promise<Response> {
  if (world.callMs > 0) await world.clock.sleep(world.callMs * world.traffic.atOnce);
  catchUp(world);
  const ip = clientIp(request);
  if (world.bans.isBanned(ip, world.clock.now(), world.settings))
    return new Response(bannedPage, { status: 404, headers: html });
  const body = request.method === "POST" ? await request.text() : "";
  const plain = plainParameters(url, body);
  // The pause that a refused key is given keeps nobody else waiting.
  if (plain) release();
  if (plain) return new Response(await answerHttp(world, plain, ip), { headers: html });
  return answerJson(world, body, ip, request.signal);
}

async function answerJson(world: World, body: string, ip: string, gone: AbortSignal): Promise<Response> {
  const asked = parseRequest(body);
  const fault = world.faults.take(asked.method);
  if (fault !== null && fault !== "drop_answer") return strike(fault, gone);
  const said = answerRpc(world, asked, ip);
  if (fault === "drop_answer") throw new ConnectionDropped();
  return new Response(JSON.stringify(said), { headers: { "content-type": "application/json" } });
}

async function strike(fault: Exclude<Fault, "drop_answer">, gone: AbortSignal): Promise<Response> {
  if (fault === "drop") throw new ConnectionDropped();
  if (typeof fault === "object") return new Response(fault.html, { status: fault.status, headers: html });
  await new Promise((resolve) => gone.addEventListener("abort", resolve, { once: true }));
  throw new ConnectionDropped();
}

/** `type` in the query or in a form switches to the plain HTTP API. */
function plainParameters(url: URL, body: string): URLSearchParams | null {
  const form = /^[\w%.~-]+=/.test(body) ? [...new URLSearchParams(body)] : [];
  const all = new URLSearchParams([...url.searchParams, ...form]);
  return (all.get("type") ?? "") === "" ? null : all;
}

/** The address that a proxy names; the double itself is only ever reached from its own machine. */
const clientIp = ({ headers }: Request): string =>
  (headers.get("x-real-ip") ?? headers.get("x-forwarded-for") ?? "127.0.0.1").split(",")[0]?.trim() ?? "";
