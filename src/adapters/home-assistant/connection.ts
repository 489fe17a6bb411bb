import WebSocket from "ws";
import type { Endpoint } from "./endpoint.ts";
import { type CommandError, failure, refusal } from "./failure.ts";
import { parseAuthentication, parseFrame, parseReplies } from "./messages.ts";
import { connectFailure, statusFailure } from "./network-failure.ts";
import type { Timing } from "./timing.ts";

/**
 * A frame of 4 MiB closes the connection; half a mebibyte is left for what stands around the rows. Beyond this the
 * caller is wrong.
 */
const mostFrameBytes = 3.5 * 1024 * 1024;

/** Reads are cut so that replies stay far below; the Supervisor's proxy passes 64 MiB. */
const mostReplyBytes = 64 * 1024 * 1024;

export type Outcome = { readonly value: unknown } | { readonly error: CommandError };
export type Fields = Readonly<Record<string, unknown>>;

interface Pending {
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (reason: unknown) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * One connection to Home Assistant, from the first byte to the last: it never connects again by itself.
 *
 * | state | on | next |
 * |---|---|---|
 * | opening | open | login |
 * | login | `auth_required`, answered once; `auth_ok` | ready |
 * | ready | replies, matched by id | |
 * | any | error, close, timeout, unreadable frame, `auth_invalid`, signal, `close()` | ended: what waits is rejected |
 *
 * Built on `ws`: the platform's WebSocket tells neither the HTTP status nor the network's error, by which a proxy that
 * waits for Home Assistant, a wrong port and a distrusted certificate are told apart. Home Assistant's own client library
 * hides them as well, connects again in a loop, and puts no bound on a command.
 */
export class Connection {
  readonly #socket: WebSocket;
  readonly #endpoint: Endpoint;
  readonly #timing: Timing;
  readonly #login = Promise.withResolvers<void>();
  readonly #pending = new Map<number, Pending>();
  #state: "opening" | "login" | "ready" | "ended" = "opening";
  #end: unknown;
  #lastId = 0;
  #hasAnswered = false;
  #deadline: NodeJS.Timeout | undefined;
  #closing: Promise<void> | undefined;

  private constructor(endpoint: Endpoint, timing: Timing) {
    this.#endpoint = endpoint;
    this.#timing = timing;
    this.#socket = new WebSocket(endpoint.websocketUrl, { maxPayload: mostReplyBytes, perMessageDeflate: false });
  }

  /** Connects and logs in. The connection ends when `signal` does. @throws HomeAssistantFailure, or the signal's reason. */
  static async open(endpoint: Endpoint, timing: Timing, signal: AbortSignal): Promise<Connection> {
    signal.throwIfAborted();
    const connection = new Connection(endpoint, timing);
    connection.#listen(signal);
    await connection.#login.promise;
    return connection;
  }

  /** What Home Assistant answers; refused commands throw. @throws HomeAssistantFailure */
  async command(type: string, fields: Fields = {}, timeoutMs = this.#timing.commandMs): Promise<unknown> {
    const outcome = await this.request(type, fields, timeoutMs);
    if ("error" in outcome) throw refusal(type, outcome.error, this.#endpoint);
    return outcome.value;
  }

  /** As `command`, for callers to whom some errors are answers. */
  request(type: string, fields: Fields = {}, timeoutMs = this.#timing.commandMs): Promise<Outcome> {
    if (this.#state === "ended") return Promise.reject(this.#end);
    const id = ++this.#lastId;
    const frame = JSON.stringify({ id, type, ...fields });
    const bytes = Buffer.byteLength(frame);
    if (bytes > mostFrameBytes) return Promise.reject(new RangeError(`A frame of ${bytes} bytes is too long: ${type}`));
    return new Promise((resolve, reject) => {
      const late = () => this.#fail(this.#failure("no_answer", `${type}, ${timeoutMs / 1000} s`));
      this.#pending.set(id, { resolve, reject, timer: setTimeout(late, timeoutMs) });
      this.#socket.send(frame);
    });
  }

  /** Lets go of the connection; what still waits is rejected. Again: the same. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#state === "ended") return;
    const closed = new Promise((resolve) => this.#socket.once("close", resolve));
    const cut = setTimeout(() => this.#socket.terminate(), this.#timing.closeMs);
    this.#finish(this.#failure("closed"));
    this.#socket.close(1000);
    await closed;
    clearTimeout(cut);
  }

  #listen(signal: AbortSignal): void {
    const socket = this.#socket;
    const abandon = () => this.#fail(signal.reason);
    signal.addEventListener("abort", abandon, { once: true });
    this.#within("timeout");
    socket.on("open", () => {
      this.#state = "login";
      this.#within("no_answer");
    });
    socket.on("message", (data, isBinary) => this.#receive(isBinary ? undefined : parseFrame(data.toString())));
    socket.on("unexpected-response", (request, { statusCode = 0, headers }) => {
      request.destroy();
      this.#fail(statusFailure(statusCode, headers.location ?? "", this.#endpoint));
    });
    socket.on("error", (error) =>
      this.#fail(
        this.#state === "opening" ? connectFailure(error, this.#endpoint) : this.#failure("lost", error.message, error),
      ),
    );
    socket.on("close", (code) => {
      signal.removeEventListener("abort", abandon);
      this.#fail(this.#closed(code));
    });
  }

  /** Bounds the state that begins now, in place of the one before. */
  #within(code: "timeout" | "no_answer"): void {
    clearTimeout(this.#deadline);
    const { connectMs } = this.#timing;
    this.#deadline = setTimeout(() => this.#fail(this.#failure(code, `${connectMs / 1000} s`)), connectMs);
  }

  #receive(frame: { readonly value: unknown } | undefined): void {
    if (this.#state === "login") this.#continueLogin(frame?.value);
    else if (this.#state === "ready")
      if (frame === undefined) this.#fail(this.#failure("lost", "invalid JSON"));
      else this.#settle(frame.value);
  }

  #continueLogin(value: unknown): void {
    const message = parseAuthentication(value);
    switch (message?.type) {
      case "auth_required":
        this.#socket.send(JSON.stringify({ type: "auth", access_token: this.#endpoint.token }));
        return;
      case "auth_ok":
        this.#state = "ready";
        clearTimeout(this.#deadline);
        this.#login.resolve();
        return;
      case "auth_invalid": {
        const code = this.#endpoint.viaSupervisor ? "bad_supervisor_token" : "bad_token";
        this.#fail(this.#failure(code, message.message));
        return;
      }
      case undefined:
        this.#fail(this.#failure("no_home_assistant"));
    }
  }

  #settle(value: unknown): void {
    for (const { id, outcome } of parseReplies(value)) {
      const pending = this.#pending.get(id);
      if (pending === undefined) continue;
      this.#hasAnswered = true;
      this.#pending.delete(id);
      clearTimeout(pending.timer);
      pending.resolve(outcome);
    }
  }

  /** The Supervisor's proxy lets in, and closes at once, while Home Assistant is not there. */
  #closed(code: number) {
    const detail = code === 1000 || code === 1005 || code === 1006 ? "" : String(code);
    return this.#failure(this.#endpoint.viaSupervisor && !this.#hasAnswered ? "proxy_waits" : "lost", detail);
  }

  #failure(code: Parameters<typeof failure>[0], detail = "", cause?: unknown) {
    return failure(code, { url: this.#endpoint.websocketUrl, detail }, cause);
  }

  #fail(reason: unknown): void {
    if (this.#state === "ended") return;
    this.#finish(reason);
    this.#socket.terminate();
  }

  #finish(reason: unknown): void {
    this.#state = "ended";
    this.#end = reason;
    clearTimeout(this.#deadline);
    this.#login.reject(reason);
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(reason);
    }
    this.#pending.clear();
  }
}
