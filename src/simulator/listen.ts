import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { Clock } from "../shared/clock.ts";
import { ConnectionDropped } from "./answer.ts";

export interface Address {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** 0 for any free one. */
  readonly port: number;
}

export interface Listening {
  /** Without a slash at its end. */
  readonly url: string;
  /** Ends what is under way and frees the port. */
  close(): Promise<void>;
}

/** Serves a handler of WHATWG requests over HTTP/1.1; answers bear the time of `clock`, else the system's. A dropped connection is destroyed without an answer. */
export async function listen(
  handle: (request: Request) => Promise<Response>,
  { host = "127.0.0.1", port }: Address,
  clock?: Pick<Clock, "now">,
): Promise<Listening> {
  const server = createServer((incoming, outgoing) => {
    if (clock) outgoing.setHeader("date", new Date(clock.now()).toUTCString());
    serve(handle, incoming, outgoing).catch((error: unknown) => {
      // A mistake of the simulator itself: nothing that the real gateway would say.
      if (!outgoing.headersSent) outgoing.writeHead(500, { "content-type": "text/plain; charset=utf-8" });
      outgoing.end(`The simulator failed: ${error instanceof Error ? error.stack : String(error)}\n`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The simulated gateway has no TCP address");
  const shownHost = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    url: `http://${shownHost}:${address.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function serve(
  handle: (request: Request) => Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  try {
    const response = await handle(await requestOf(incoming, gone.signal));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  } catch (error) {
    if (!(error instanceof ConnectionDropped) && !gone.signal.aborted) throw error;
    outgoing.destroy();
  }
}

async function requestOf(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const method = incoming.method ?? "GET";
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one);
  const url = new URL(incoming.url ?? "/", `http://${incoming.headers.host ?? "localhost"}`);
  if (method === "GET" || method === "HEAD") return new Request(url, { method, headers, signal });
  return new Request(url, { method, headers, signal, body: await buffer(Readable.from(incoming)) });
}
