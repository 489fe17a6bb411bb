import type { ServerResponse } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import { apiErrors } from "./errors.ts";

export interface EventsOptions {
  /** Ends every stream. */
  readonly signal: AbortSignal;
  /** More are refused. Default: 16; a browser holds one for each open page. */
  readonly mostListeners?: number;
  /** Between two signs of life, without which a proxy takes the stream for dead. Default: 20 s. */
  readonly heartbeatMs?: number;
}

/**
 * Events for whoever listens, as the WHATWG's server-sent events. A listener that reads too slowly is given the newest
 * event of each name when it reads again, and is left once it has read nothing between two heartbeats: nobody's memory
 * grows with the events, and nobody waits for anybody.
 */
export class Events {
  readonly #listeners = new Set<Listener>();
  readonly #options: Required<EventsOptions>;
  #heartbeat: NodeJS.Timeout | null = null;

  constructor({ signal, mostListeners = 16, heartbeatMs = 20_000 }: EventsOptions) {
    this.#options = { signal, mostListeners, heartbeatMs };
    signal.addEventListener("abort", () => this.#end(), { once: true });
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** Makes a stream of the reply, which the route leaves alone from here on. @throws ApiError where there are enough. */
  listen(reply: Streamable, ...first: readonly Event[]): void {
    const { signal, mostListeners, heartbeatMs } = this.#options;
    if (signal.aborted || this.#listeners.size >= mostListeners) throw apiErrors.tooManyListeners();
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    const listener = new Listener(reply.raw, () => this.#leave(listener));
    // Whoever asks for the headers alone has them now.
    if (reply.request.method === "HEAD") {
      listener.end();
      return;
    }
    this.#listeners.add(listener);
    this.#heartbeat ??= setInterval(() => this.#beat(), heartbeatMs).unref();
    for (const event of first) listener.send(event);
  }

  /** To everybody who listens. */
  send(event: Event): void {
    for (const listener of this.#listeners) listener.send(event);
  }

  #beat(): void {
    for (const listener of this.#listeners) listener.beat();
  }

  #leave(listener: Listener): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size > 0 || this.#heartbeat === null) return;
    clearInterval(this.#heartbeat);
    this.#heartbeat = null;
  }

  #end(): void {
    for (const listener of this.#listeners) listener.end();
    this.#listeners.clear();
  }
}

/** What of a reply a stream is made of. */
interface Streamable extends Pick<FastifyReply, "hijack" | "raw" | "getHeaders"> {
  readonly request: Pick<FastifyRequest, "method">;
}

/** Something that happened; `data` goes out as JSON. */
export interface Event {
  /** Letters and underscores. */
  readonly name: string;
  readonly data: unknown;
}

/** In which time a browser whose stream broke asks again. */
const retryMs = 5_000;

class Listener {
  readonly #raw: ServerResponse;
  /** What waits until the other side reads, the newest of each name; null while it reads. */
  #waiting: Map<string, string> | null = null;

  constructor(raw: ServerResponse, onLeave: () => void) {
    this.#raw = raw;
    raw.once("close", onLeave);
    raw.on("drain", () => this.#drain());
    raw.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      // A proxy that gathers an answer before it passes it on would hold every event back.
      "x-accel-buffering": "no",
    });
    this.#write(`retry: ${retryMs}\n\n`);
  }

  send({ name, data }: Event): void {
    const message = `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
    if (this.#waiting === null) this.#write(message);
    else this.#waiting.set(name, message);
  }

  beat(): void {
    if (this.#waiting === null) this.#write(": still here\n\n");
    else this.#raw.destroy();
  }

  end(): void {
    this.#raw.end();
  }

  #write(text: string): void {
    // Between the end of a stream and the word of it something may still happen.
    if (this.#raw.writableEnded || this.#raw.destroyed) return;
    if (!this.#raw.write(text)) this.#waiting = new Map();
  }

  #drain(): void {
    const messages = [...(this.#waiting?.values() ?? [])];
    this.#waiting = null;
    if (messages.length > 0) this.#write(messages.join(""));
  }
}
