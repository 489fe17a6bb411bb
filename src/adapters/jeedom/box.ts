import { z } from "zod";
import { type Logger, registerSecret } from "../../shared/log.ts";
import { endpointOf } from "./endpoint.ts";
import { type Facts, failure, type JeedomFailure } from "./failure.ts";
import { createExchange, type Exchange, type RpcReply } from "./transport.ts";

export interface BoxSettings {
  /** The browser's address of the box. */
  readonly url: string;
  /** The key of the plugin Virtuel is the one that gives least away; those of the core and of users work too. */
  readonly apiKey: string;
  readonly timeoutMs: number;
  readonly log: Logger;
}

/** Which API is asked: the plugin's, or the core's. Either takes keys of the core and of users. */
export type Door = "virtual" | "core";

export interface Asked {
  readonly method: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly door: Door;
}

/** One box: its calls, each checked to have the shape that its method answers with. */
export class Box {
  readonly url: string;
  readonly #apiKey: string;
  readonly #exchange: Exchange;
  readonly #log: Logger;

  /** @throws JeedomFailure for an address that is none. */
  constructor({ url, apiKey, timeoutMs, log }: BoxSettings) {
    registerSecret(apiKey);
    const endpoint = endpointOf(url);
    this.url = endpoint.url;
    this.#apiKey = apiKey;
    this.#exchange = createExchange(endpoint, { timeoutMs });
    this.#log = log;
  }

  /** A result or the box's error. `ping` alone is asked without the key. @throws JeedomFailure without either. */
  async ask({ method, params = {}, door }: Asked, signal: AbortSignal): Promise<RpcReply> {
    const startedAt = performance.now();
    const key = method === "ping" ? {} : { apikey: this.#apiKey };
    const plugin = door === "core" ? {} : { plugin: door };
    const reply = await this.#exchange({ method, params: { ...params, ...key, ...plugin } }, signal);
    const ms = Math.round(performance.now() - startedAt);
    const code = reply.kind === "error" ? { code: reply.code } : {};
    this.#log.debug({ method, ms, ...code }, "asked Jeedom");
    return reply;
  }

  /** The result, parsed. @throws JeedomFailure also for an error of the box. */
  async call<Schema extends z.ZodType>(asked: Asked, schema: Schema, signal: AbortSignal): Promise<z.infer<Schema>> {
    const reply = await this.ask(asked, signal);
    if (reply.kind === "error") throw this.refusal(asked.method, reply);
    return this.parse(asked.method, reply.result, schema);
  }

  /** @throws JeedomFailure for another shape. */
  parse<Schema extends z.ZodType>(method: string, result: unknown, schema: Schema): z.infer<Schema> {
    const parsed = schema.safeParse(result);
    if (parsed.success) return parsed.data;
    throw failure("not_understood", this.facts(`${method}: ${z.prettifyError(parsed.error)}`));
  }

  facts(detail = ""): Facts {
    return { url: this.url, detail };
  }

  /**
   * What an error means once the key is known to work. Only the code decides: the texts are translated, and may be
   * those of MySQL.
   *
   * | code | means |
   * |---|---|
   * | 1, 701 | the key's profile may not |
   * | 2 | the key is refused: it was changed meanwhile |
   * | 500 | the key is restricted: every method that is asked for here exists |
   * | 602, 702 | equipment or command unknown |
   * | anything else | the request was found wrong |
   */
  refusal(method: string, { code, message }: Extract<RpcReply, { kind: "error" }>): JeedomFailure {
    if (code === 1 || code === 701) return failure("no_right", this.facts(method));
    if (code === 2) return failure("key_refused", this.facts());
    if (code === 500) return failure("key_restricted", this.facts());
    if (code === 602 || code === 702) return failure("gone", this.facts(`(${method})`));
    return failure("refused", this.facts(`${method}: ${message}`));
  }
}
