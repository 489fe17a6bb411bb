import type { FastifyInstance } from "fastify";
import type { Logger } from "../shared/log.ts";
import { buildApp } from "./app.ts";
import type { Door } from "./guard.ts";
import type { ServerParts } from "./parts.ts";

export interface ServerOptions {
  readonly parts: ServerParts;
  readonly log: Logger;
  /** A name or an address, IPv6 without brackets. */
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Default: absent. */
  readonly supervisor?: Door["supervisor"];
  /** Whether another free port does where this one is taken. */
  readonly orAnyPort?: boolean;
}

export interface RunningServer {
  /** Without a slash at its end. */
  readonly url: string;
  /** Ends what is under way and frees the port. */
  close(): Promise<void>;
}

/** Serves the API; null where the address cannot be had, which is told in the log: the service goes on without. */
export async function createServer(options: ServerOptions): Promise<RunningServer | null> {
  const { parts, log, host, port, supervisor = "absent" } = options;
  const closing = new AbortController();
  const app = buildApp({ parts, log, door: { host, supervisor }, signal: closing.signal });
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    if (!isTaken(error)) throw error;
    if (options.orAnyPort && port !== 0) return createServer({ ...options, port: 0 });
    log.warn({ host, port, code: error.code }, "the API is not served: this address is taken or not of this machine");
    return null;
  }
  const url = addressOf(app);
  log.info({ url }, "API ready");
  return {
    url,
    close: async () => {
      closing.abort(new Error("The server closes"));
      await app.close();
    },
  };
}

/** Why a listener cannot have its address, whatever the program does. */
const takenCodes = ["EADDRINUSE", "EACCES", "EADDRNOTAVAIL", "ENOTFOUND", "EAI_AGAIN"];

const isTaken = (error: unknown): error is Error & { readonly code: string } =>
  error instanceof Error && "code" in error && typeof error.code === "string" && takenCodes.includes(error.code);

function addressOf(app: FastifyInstance): string {
  const address = app.server.address();
  if (address === null || typeof address === "string") throw new Error("The API has no TCP address");
  return `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`;
}
