import type { Options } from "ky";
import type { Clock } from "../../shared/clock.ts";
import { plainClient } from "../../shared/http-client.ts";
import { BodyTooLarge, readBody } from "./body.ts";
import { madeAtOf } from "./clock-check.ts";
import { retryAfterMs } from "./retry-after.ts";

export type Fetch = typeof globalThis.fetch;

export interface HttpRequest {
  readonly method: "GET" | "POST";
  /** Below the base URL, from its first slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly bearer?: string;
  /** For the whole exchange, the body included. */
  readonly timeoutMs: number;
}

/** What came back, whatever its status; or why nothing did. */
export type HttpReply =
  | {
      readonly kind: "json";
      readonly status: number;
      readonly body: unknown;
      readonly bytes: number;
      readonly retryAfterMs: number | null;
      /** By the gateway's clock, in milliseconds. */
      readonly madeAt: number | null;
    }
  /** Not JSON: a page of the proxy, a text, an answer cut short. */
  | {
      readonly kind: "text";
      readonly status: number;
      readonly text: string;
      readonly bytes: number;
      readonly retryAfterMs: number | null;
      readonly madeAt: number | null;
    }
  /** No connection, a timeout, a connection that broke, a redirect that is not followed. */
  | { readonly kind: "nothing"; readonly message: string };

export interface HttpOptions {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Names the application, as the operators of the gateway ask. */
  readonly userAgent: string;
  readonly fetch: Fetch;
  readonly clock: Pick<Clock, "now">;
}

/** Two years of 5-minute points are 20 MB. */
const largestBodyBytes = 32 * 1024 * 1024;
const mostRedirects = 3;

export type Send = (request: HttpRequest, signal: AbortSignal) => Promise<HttpReply>;

/**
 * One exchange with the gateway. Nothing is tried twice here, because the plan decides that; no cookie is kept, because
 * a cookie would win over the bearer (gateway, middleware/auth.py).
 * The returned function throws the signal's reason when aborted, and nothing else.
 */
export function createHttp({ baseUrl, userAgent, fetch, clock }: HttpOptions): Send {
  const client = plainClient({
    fetch: (input, init) => fetch(input, init),
    redirect: "manual",
    headers: { accept: "application/json", "user-agent": userAgent },
  });

  async function exchange(request: HttpRequest, signal: AbortSignal): Promise<HttpReply> {
    let url = `${baseUrl}${request.path}`;
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const response = await client(url, optionsOf(request, redirects === 0, signal));
      const location = response.status >= 300 && response.status < 400 ? response.headers.get("location") : null;
      if (location === null) return replyOf(response, clock);
      await response.body?.cancel();
      const next = followed({ from: url, location }, request.method, response.status);
      if (next === null) return { kind: "nothing", message: `Redirected elsewhere, to ${originOf(location, url)}` };
      url = next;
    }
    return { kind: "nothing", message: `More than ${mostRedirects} redirects` };
  }

  return async (request, signal) => {
    signal.throwIfAborted();
    const timeout = AbortSignal.timeout(request.timeoutMs);
    try {
      return await exchange(request, AbortSignal.any([signal, timeout]));
    } catch (error) {
      signal.throwIfAborted();
      if (timeout.aborted) return { kind: "nothing", message: `No answer within ${request.timeoutMs / 1000} s` };
      if (error instanceof BodyTooLarge) return { kind: "nothing", message: error.message };
      return { kind: "nothing", message: `No connection: ${causeOf(error)}` };
    }
  };
}

function optionsOf(request: HttpRequest, isFirst: boolean, signal: AbortSignal): Options {
  return {
    method: request.method,
    signal,
    ...(request.bearer === undefined ? {} : { headers: { authorization: `Bearer ${request.bearer}` } }),
    // A redirect carries its own query.
    ...(request.query === undefined || !isFirst ? {} : { searchParams: request.query }),
    ...(request.form === undefined ? {} : { body: new URLSearchParams(request.form) }),
    ...(request.json === undefined ? {} : { json: request.json }),
  };
}

/**
 * Where a redirect may lead: to the same host, never from https to http, so that the credentials do not leave for
 * somewhere else; null otherwise. A POST is followed only where the method is kept (307, 308).
 */
function followed(
  { from, location }: { readonly from: string; readonly location: string },
  method: "GET" | "POST",
  status: number,
): string | null {
  const target = URL.parse(location, from);
  const origin = new URL(from);
  if (target?.hostname !== origin.hostname) return null;
  if (target.protocol !== "https:" && target.protocol !== origin.protocol) return null;
  if (method === "POST" && status !== 307 && status !== 308) return null;
  return target.href;
}

const originOf = (location: string, from: string): string =>
  URL.parse(location, from)?.origin ?? "an unreadable address";

async function replyOf(response: Response, clock: Pick<Clock, "now">): Promise<HttpReply> {
  const { status, headers } = response;
  const patience = retryAfterMs(headers.get("retry-after"), clock.now());
  const { text, bytes } = await readBody(response, largestBodyBytes);
  const common = { status, bytes, retryAfterMs: patience, madeAt: madeAtOf(headers) };
  try {
    return { kind: "json", body: JSON.parse(text) as unknown, ...common };
  } catch {
    return { kind: "text", text: text.slice(0, 1000), ...common };
  }
}

/** The innermost reason: its code (`ECONNREFUSED`) where there is one, else its text. */
function causeOf(error: unknown): string {
  let innermost = error;
  while (innermost instanceof Error && innermost.cause instanceof Error) innermost = innermost.cause;
  if (!(innermost instanceof Error)) return String(innermost);
  const code = "code" in innermost && typeof innermost.code === "string" ? innermost.code : null;
  return code ?? innermost.message;
}
