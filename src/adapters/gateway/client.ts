import PQueue from "p-queue";
import { z } from "zod";
import type { Clock } from "../../shared/clock.ts";
import { type Logger, shortId } from "../../shared/log.ts";
import type { Answer } from "../../sync/source.ts";
import { clockFailure } from "./clock-check.ts";
import type { Credentials } from "./credentials.ts";
import type { Opened } from "./envelope.ts";
import { quota, rejected } from "./failure.ts";
import type { HttpReply, Send } from "./http.ts";
import type { Bucket, Route } from "./routes.ts";
import { openReply } from "./status.ts";

/** Takes a call from the day's budget; false when none is left. */
export type Spend = (bucket: Bucket) => Promise<boolean>;

export interface Timeouts {
  /** A batch of eight weeks makes eight calls to Enedis, of up to 30 s each. */
  readonly batch: number;
  readonly single: number;
}

/** What a route's data says; throws nothing but zod's error, which means a contract that changed. */
export type Parse<T> = (data: unknown, incomplete: string | undefined) => Answer<T>;

export interface ClientDeps {
  readonly send: Send;
  readonly credentials: Credentials;
  readonly spend: Spend;
  readonly timeoutMs: Timeouts;
  readonly clock: Pick<Clock, "now">;
  readonly log: Logger;
}

/** Asks routes, one call at a time: the gateway shares five calls a second to Enedis among all its users. */
export class GatewayClient {
  readonly #deps: ClientDeps;
  readonly #queue = new PQueue({ concurrency: 1 });

  constructor(deps: ClientDeps) {
    this.#deps = deps;
  }

  /** @throws the signal's reason when aborted, waiting included. */
  async ask<T>(route: Route, parse: Parse<T>, signal: AbortSignal): Promise<Answer<T>> {
    return this.#queue.add(() => this.#askNow(route, parse, signal), { signal });
  }

  async #askNow<T>(route: Route, parse: Parse<T>, signal: AbortSignal): Promise<Answer<T>> {
    if (route.bucket !== null && !(await this.#deps.spend(route.bucket)))
      return quota(`The day's calls are used up (${route.bucket})`);
    const startedAt = performance.now();
    const answer = read(await this.#exchange(route, signal), parse);
    const ms = Math.round(performance.now() - startedAt);
    const said = answer.outcome === "data" ? {} : { answer: answer.message };
    this.#deps.log.debug({ ...about(route), ms, outcome: answer.outcome, ...said }, "asked the gateway");
    return answer;
  }

  /** One exchange; when the credentials are refused, a second one with a fresh token. */
  async #exchange(route: Route, signal: AbortSignal): Promise<Opened> {
    const first = await this.#sendOnce(route, signal);
    const wrongClock = clockFailure(first, this.#deps.clock);
    if (wrongClock) return wrongClock;
    if (!isBearerRefused(first) || route.access === "public") return openReply(first, route.shape);
    const failure = await this.#deps.credentials.renew(signal);
    return failure ?? openReply(await this.#sendOnce(route, signal), route.shape);
  }

  async #sendOnce(route: Route, signal: AbortSignal): Promise<HttpReply> {
    const { send, credentials, timeoutMs, log } = this.#deps;
    const reply = await send(
      {
        method: route.json === undefined ? "GET" : "POST",
        path: route.path,
        query: route.query,
        timeoutMs: timeoutMs[route.pace],
        ...(route.access === "account" ? { bearer: credentials.bearer } : {}),
        ...(route.json === undefined ? {} : { json: route.json }),
      },
      signal,
    );
    log.trace({ ...about(route), ...sizeOf(reply) }, "the gateway answered");
    return reply;
  }
}

const isBearerRefused = (reply: HttpReply): boolean => reply.kind !== "nothing" && reply.status === 401;

function read<T>(opened: Opened, parse: Parse<T>): Answer<T> {
  if (opened.outcome !== "data") return opened;
  try {
    return parse(opened.data, opened.incomplete);
  } catch (error) {
    if (error instanceof z.ZodError) return rejected(`The answer has an unknown shape: ${z.prettifyError(error)}`);
    throw error;
  }
}

const about = ({ name, period, usagePoint }: Route): object => ({
  route: name,
  ...(usagePoint === undefined ? {} : { usagePoint: shortId(usagePoint) }),
  ...(period === undefined ? {} : { from: period.from, to: period.to }),
});

const sizeOf = (reply: HttpReply): object =>
  reply.kind === "nothing" ? { status: null } : { status: reply.status, bytes: reply.bytes };
