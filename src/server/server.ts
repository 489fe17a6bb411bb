import type { Logger } from "../shared/log.ts";
import { buildApp } from "./app.ts";
import type { Door } from "./guard.ts";
import type { ServerParts } from "./parts.ts";
import { closePort, type Listener, openPort, secondListener } from "./port.ts";

export interface ServerOptions {
  readonly parts: ServerParts;
  readonly log: Logger;
  /** A name or an address, IPv6 without brackets. */
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** A second port, which answers alike; null or absent: none. */
  readonly pagePort?: number | null;
  /** Default: absent. */
  readonly supervisor?: Door["supervisor"];
  /** Whether another free port does where a wanted one is taken. */
  readonly orAnyPort?: boolean;
}

export interface RunningServer {
  /** Of the API, or of the page where only that has its port; without a slash at its end. */
  readonly url: string;
  /** Of the page; the API's where it has no port of its own. */
  readonly pageUrl: string;
  /** Ends what is under way and frees the ports. */
  close(): Promise<void>;
}

/** Serves the API and the page; null where no address can be had, which the log tells: the service goes on without. */
export async function createServer(options: ServerOptions): Promise<RunningServer | null> {
  const { parts, log, host, port, pagePort = null, supervisor = "absent", orAnyPort = false } = options;
  const closing = new AbortController();
  const app = buildApp({ parts, log, door: { host, supervisor }, signal: closing.signal });
  const first: Listener = { server: app.server, listen: (wanted) => app.listen({ host, port: wanted }) };
  const second = secondListener(app.routing, host);
  const close = async (): Promise<void> => {
    closing.abort(new Error("The server closes"));
    await Promise.all([app.close(), closePort(second)]);
  };
  try {
    await app.ready();
    const shared = { host, orAnyPort, log };
    const url = await openPort(first, { ...shared, port });
    const hasOwnPort = pagePort !== null && (pagePort !== port || port === 0);
    const pageUrl = hasOwnPort ? await openPort(second, { ...shared, port: pagePort }) : null;
    const found = url ?? pageUrl;
    if (found !== null) return { url: found, pageUrl: pageUrl ?? found, close };
  } catch (error) {
    await close();
    throw error;
  }
  await close();
  return null;
}
