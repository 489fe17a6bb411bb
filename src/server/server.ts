import type { Logger } from "../shared/log.ts";
import { buildApp } from "./app.ts";
import { type Addresses, Doors } from "./doors.ts";
import type { Door } from "./guard.ts";
import type { ServerParts } from "./parts.ts";

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
  /** They outlive the server, which leaves them open; absent: doors of its own. */
  readonly doors?: Doors;
}

export interface RunningServer extends Addresses {
  /** Ends what is under way, and frees the ports where the doors are its own. */
  close(): Promise<void>;
}

/** Serves the API and the page; null where no address can be had, which the log tells: the service goes on without. */
export async function createServer(options: ServerOptions): Promise<RunningServer | null> {
  const { parts, log, host, port, pagePort = null, supervisor = "absent", orAnyPort = false } = options;
  const doors = options.doors ?? new Doors();
  const closing = new AbortController();
  const app = buildApp({ parts, log, door: { host, supervisor }, signal: closing.signal });
  const close = async (): Promise<void> => {
    doors.hold();
    closing.abort(new Error("The server closes"));
    if (options.doors) await doors.settle();
    else await doors.close();
    await app.close();
  };
  try {
    await app.ready();
    const found = await doors.open({ host, port, pagePort, orAnyPort, log });
    if (found !== null) {
      doors.answerBy(app.routing);
      return { ...found, close };
    }
  } catch (error) {
    await close();
    throw error;
  }
  await close();
  return null;
}
