import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { TestContext } from "node:test";
import { type WebSocket, WebSocketServer } from "ws";
import type { Endpoint } from "../../../src/adapters/home-assistant/endpoint.ts";
import { createHomeAssistant } from "../../../src/adapters/home-assistant/home-assistant.ts";
import type { Timing } from "../../../src/adapters/home-assistant/timing.ts";
import { type Clock, systemClock } from "../../../src/shared/clock.ts";
import { silentLog } from "../../../src/shared/log.ts";
import {
  createHomeAssistant as createDouble,
  type HomeAssistantDouble,
  type HomeAssistantOptions,
} from "../../../src/simulator/home-assistant/double.ts";
import { HomeAssistantFailure, type HomeAssistantSession } from "../../../src/sync/statistics/recorder.ts";

export const adminToken = "eyJhbGciOiJIUzI1NiJ9.administrator.signature";
export const readerToken = "eyJhbGciOiJIUzI1NiJ9.reader.signature";
export const supervisorToken = "5f0c8e-supervisor-token";

export interface World {
  readonly double: HomeAssistantDouble;
  /** `http://127.0.0.1:port`. */
  readonly url: string;
}

/** A simulated Home Assistant that is closed after the test. */
export async function startDouble(t: TestContext, options: Partial<HomeAssistantOptions> = {}): Promise<World> {
  const double = createDouble({
    clock: systemClock,
    tokens: [
      { token: adminToken, isAdmin: true },
      { token: readerToken, isAdmin: false },
    ],
    supervisorToken,
    ...options,
  });
  const { url, close } = await double.listen({ port: 0 });
  t.after(close);
  return { double, url };
}

export const core = (url: string, token = adminToken): Endpoint => ({
  websocketUrl: `${url.replace(/^http/, "ws")}/api/websocket`,
  token,
  viaSupervisor: false,
});
export const proxy = (url: string, token = supervisorToken): Endpoint => ({
  websocketUrl: `${url.replace(/^http/, "ws")}/core/websocket`,
  token,
  viaSupervisor: true,
});

interface How {
  readonly timing?: Partial<Timing>;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
}

export function open(endpoint: Endpoint, how: How = {}): Promise<HomeAssistantSession> {
  const { timing = {}, clock = systemClock, signal = new AbortController().signal } = how;
  return createHomeAssistant({ endpoint, log: silentLog(), clock, timing }).open(signal);
}

/** An open session with the double, closed after the test. */
export async function session(t: TestContext, { url }: World, how: How = {}): Promise<HomeAssistantSession> {
  const opened = await open(core(url), how);
  t.after(() => opened.close());
  return opened;
}

/** The failure that `promise` ends with. */
export async function failureOf(promise: Promise<unknown>): Promise<HomeAssistantFailure> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof HomeAssistantFailure) return error;
    throw error;
  }
  throw new Error("It succeeded");
}

export type Message = Readonly<Record<string, unknown>> & { readonly id: number; readonly type: string };

/** A server of the test's own, on a free port. */
export async function scripted(t: TestContext, onSocket: (socket: WebSocket) => void): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  server.on("connection", onSocket);
  await once(server, "listening");
  t.after(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  return urlOf(server.address());
}

/** A server that answers every request, and every upgrade, with one HTTP status. */
export async function answering(t: TestContext, head: string): Promise<string> {
  const server = createServer();
  server.on("upgrade", (_request: IncomingMessage, stream) =>
    stream.end(`HTTP/1.1 ${head}\r\ncontent-length: 0\r\n\r\n`),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return urlOf(server.address());
}

function urlOf(address: ReturnType<WebSocketServer["address"]>): string {
  if (address === null || typeof address === "string") throw new Error("No TCP address");
  return `http://127.0.0.1:${address.port}`;
}

export const runningConfig = {
  version: "2026.11.1",
  time_zone: "Europe/Paris",
  currency: "EUR",
  components: ["recorder"],
  state: "RUNNING",
};

/** Logs anybody in, answers `get_config`, and hands every other command to `onCommand`. */
export const friendly =
  (onCommand: (message: Message, reply: (body: object) => void, socket: WebSocket) => void) =>
  (socket: WebSocket): void => {
    socket.send(JSON.stringify({ type: "auth_required", ha_version: runningConfig.version }));
    socket.on("message", (data) => {
      const message: Message = JSON.parse(data.toString());
      const reply = (body: object) => socket.send(JSON.stringify({ id: message.id, type: "result", ...body }));
      if (message.type === "auth") socket.send(JSON.stringify({ type: "auth_ok", ha_version: runningConfig.version }));
      else if (message.type === "get_config") reply({ success: true, result: runningConfig });
      else onCommand(message, reply, socket);
    });
  };

export const unknownCommand = { success: false, error: { code: "unknown_command", message: "Unknown command." } };
