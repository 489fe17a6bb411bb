import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Address, Listening } from "../listen.ts";
import { configOf } from "./commands/core.ts";
import { Connection, type Door } from "./connection.ts";
import type { World } from "./world.ts";

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
  const server = createServer((request, response) => answer(world, request, response));
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

function answer(world: World, request: IncomingMessage, response: ServerResponse): void {
  const { life, supervisorToken, users } = world;
  const path = pathOf(request);
  const isProxied = supervisorToken !== null && path.startsWith("/core/api/");
  if (!life.isUp && !isProxied) {
    request.socket.destroy();
    return;
  }
  const tokens = isProxied ? [supervisorToken] : users.map(({ token }) => token);
  const [status, body] = tokens.some((token) => request.headers.authorization === `Bearer ${token}`)
    ? route(world, request.method ?? "GET", isProxied ? path.slice("/core".length) : path)
    : [401, "401: Unauthorized"];
  const isText = typeof body === "string";
  response.writeHead(status, { "content-type": isText ? "text/plain; charset=utf-8" : "application/json" });
  response.end(isText ? body : JSON.stringify(body));
}

function route(world: World, method: string, path: string): readonly [number, object | string] {
  if (!world.life.isUp) return [502, "502: Bad Gateway"];
  const bodies = new Map<string, () => object>([
    ["/api/", () => ({ message: "API running." })],
    ["/api/config", () => configOf(world)],
  ]);
  const body = bodies.get(path);
  if (!body) return [404, "404: Not Found"];
  return method === "GET" ? [200, body()] : [405, "405: Method Not Allowed"];
}

const pathOf = ({ url = "/" }: IncomingMessage): string => url.split("?", 1)[0] ?? "/";
