import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { Logger } from "../shared/log.ts";
import { answerBrokenRequest, limits } from "./limits.ts";

/** Something that listens when it is told to. */
export interface Listener {
  readonly server: Server;
  /** @throws where the address cannot be had. */
  listen(port: number): Promise<unknown>;
}

export interface PortOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Whether another free port does where this one is taken. */
  readonly orAnyPort: boolean;
  /** Whether it is the page's own, beside the API's; only what the log says hangs on it. */
  readonly isPage: boolean;
  readonly log: Logger;
}

/** Listens, and gives the address; null where it cannot be had, which the log tells. */
export async function openPort(listener: Listener, options: PortOptions): Promise<string | null> {
  const { host, port, orAnyPort, isPage, log } = options;
  try {
    await listener.listen(port);
  } catch (error) {
    if (!isTaken(error)) throw error;
    if (orAnyPort && port !== 0) return openPort(listener, { ...options, port: 0 });
    log.warn(
      { host, port, code: error.code },
      isPage
        ? "the page is not served: this address is taken or not of this machine; LINKY_WEB_PORT (web_port) gives it another port"
        : "the API is not served: this address is taken or not of this machine; API_PORT (api_port) gives it another port",
    );
    return null;
  }
  const url = addressOf(listener.server);
  tellReady(url, options);
  return url;
}

export function tellReady(url: string, { isPage, log }: Pick<PortOptions, "isPage" | "log">): void {
  log.info({ url }, isPage ? "page ready; open it in your browser" : "API ready");
}

/** Not listening yet. */
export function openListener(answer: RequestListener, host: string): Listener {
  const server = createServer(
    {
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      keepAliveTimeout: limits.keepAliveMs,
      maxHeaderSize: limits.headerBytes,
      // Node would refuse a request that names no host without saying so in any form of ours.
      requireHostHeader: false,
    },
    answer,
  );
  server.maxConnections = limits.connections;
  server.on("clientError", answerBrokenRequest);
  // Whatever is expected, the request is answered (RFC 9110, 10.1.1, lets a server ignore what it does not know).
  server.on("checkExpectation", answer);
  const listen = async (port: number): Promise<void> => {
    server.listen(port, host);
    // Rejects with the error that comes instead.
    await once(server, "listening");
  };
  return { server, listen };
}

/** Ends what is under way at it; nothing where it does not listen. */
export async function closePort({ server }: Listener): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}

/** Of an address that was opened. */
export const portOf = (url: string): number => Number(new URL(url).port);

/** Why a listener cannot have its address, whatever the program does. */
const takenCodes = ["EADDRINUSE", "EACCES", "EADDRNOTAVAIL", "ENOTFOUND", "EAI_AGAIN"];

const isTaken = (error: unknown): error is Error & { readonly code: string } =>
  error instanceof Error && "code" in error && typeof error.code === "string" && takenCodes.includes(error.code);

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The API has no TCP address");
  return `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`;
}
