import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { buffer } from "node:stream/consumers";
import { type WebSocket, WebSocketServer } from "ws";
import type { Address, Listening } from "../listen.ts";
import { configOf } from "./commands/core.ts";
import { Connection, type Door } from "./connection.ts";
import { answerStates, type RestAnswer, type RestRequest } from "./rest-states.ts";
import type { User, World } from "./world.ts";

/** Largest frame that is taken; a larger one closes the connection with 1009. */
const largestFrameBytes = 4 * 1024 * 1024;
/** Between two protocol pings of the core. */
const heartbeatMs = 55_000;

/** Doors that websockets come through. */
const doors: ReadonlyMap<string, Door> = new Map([
  ["/api/websocket", "core"],
  ["/core/websocket", "proxy"],
]);

/** Serves the core at `/api`, and the Supervisor's proxy to it at `/core`, over HTTP/1.1. */
export async function serve(
  world: World,
  sockets: Set<WebSocket>,
  { host = "127.0.0.1", port }: Address,
): Promise<Listening> {
  const websockets = new WebSocketServer({ noServer: true, maxPayload: largestFrameBytes });
  const server = createServer((request, response) => {
    // The client has gone away in the middle of its own request.
    answer(world, request, response).catch(() => response.destroy());
  });
  server.on("upgrade", (request, stream, head) => {
    stream.on("error", () => stream.destroy());
    const door = doors.get(pathOf(request));
    const status = door === undefined ? "404 Not Found" : obstacle(world, door);
    if (door === undefined || status !== null) refuse(stream, status ?? "404 Not Found");
    else websockets.handleUpgrade(request, stream, head, (socket) => welcome(socket, { world, sockets, door }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("The simulated Home Assistant has no TCP address");
  return {
    url: `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        for (const socket of websockets.clients) socket.terminate();
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function welcome(
  socket: WebSocket,
  { world, sockets, door }: { world: World; sockets: Set<WebSocket>; door: Door },
): void {
  world.traffic.connections++;
  sockets.add(socket);
  const heartbeat = setInterval(() => socket.ping(), heartbeatMs);
  socket.once("close", () => {
    clearInterval(heartbeat);
    sockets.delete(socket);
  });
  new Connection(socket, world, door).open();
}

/** What keeps a websocket out: nothing, a core whose port does not answer, or a status of the proxy. */
function obstacle({ life, supervisorToken }: World, door: Door): "gone" | "502 Bad Gateway" | "404 Not Found" | null {
  if (door === "core") return life.isUp ? null : "gone";
  if (supervisorToken === null) return "404 Not Found";
  return life.isUp || life.proxyLetsIn ? null : "502 Bad Gateway";
}

function refuse(stream: Duplex, status: string): void {
  if (status === "gone") stream.destroy();
  else stream.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
}

async function answer(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { life, supervisorToken } = world;
  const path = pathOf(request);
  const isProxied = supervisorToken !== null && path.startsWith("/core/api/");
  if (!life.isUp && !isProxied) {
    request.socket.destroy();
    return;
  }
  const user = userOf(world, request, isProxied);
  const body = (await buffer(request)).toString("utf8");
  const below = isProxied ? path.slice("/core".length) : path;
  const said = user
    ? route(world, { method: request.method ?? "GET", path: below, body, user })
    : { status: 401, body: "401: Unauthorized" };
  const isText = typeof said.body === "string";
  response.writeHead(said.status, {
    "content-type": isText ? "text/plain; charset=utf-8" : "application/json",
    ...(said.location === undefined ? {} : { location: said.location }),
  });
  response.end(isText ? said.body : JSON.stringify(said.body));
}

/** The Supervisor speaks to the core as an administrator. */
function userOf({ supervisorToken, users }: World, request: IncomingMessage, isProxied: boolean): User | undefined {
  const known = isProxied && supervisorToken !== null ? [{ token: supervisorToken, isAdmin: true }] : users;
  return known.find(({ token }) => request.headers.authorization === `Bearer ${token}`);
}

function route(world: World, request: RestRequest): RestAnswer {
  if (!world.life.isUp) return { status: 502, body: "502: Bad Gateway" };
  const states = answerStates(world, request);
  if (states) return states;
  const bodies = new Map<string, () => object>([
    ["/api/", () => ({ message: "API running." })],
    ["/api/config", () => configOf(world)],
  ]);
  const body = bodies.get(request.path);
  if (!body) return { status: 404, body: "404: Not Found" };
  return request.method === "GET" ? { status: 200, body: body() } : { status: 405, body: "405: Method Not Allowed" };
}

const pathOf = ({ url = "/" }: IncomingMessage): string => url.split("?", 1)[0] ?? "/";
