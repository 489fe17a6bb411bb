import type { KyInstance } from "ky";
import PQueue from "p-queue";
import { z } from "zod";
import { plainClient } from "../../shared/http-client.ts";
import type { Endpoint } from "./endpoint.ts";
import { failure } from "./failure.ts";
import { networkFailure } from "./network-failure.ts";

/** One request of JSON-RPC. The key goes among the parameters: Jeedom knows no header for it. */
export interface RpcRequest {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What the box says, always with HTTP 200. */
export type RpcReply =
  | { readonly kind: "result"; readonly result: unknown }
  | { readonly kind: "error"; readonly code: number; readonly message: string };

/** @throws JeedomFailure where no answer of JSON-RPC came; the signal's reason when aborted. */
export type Exchange = (request: RpcRequest, signal: AbortSignal) => Promise<RpcReply>;

/** Three years of half-hours read back are about 4 MB. */
const largestBodyBytes = 32 * 1024 * 1024;

const reply = z.looseObject({
  jsonrpc: z.literal("2.0"),
  result: z.unknown().optional(),
  error: z.looseObject({ code: z.coerce.number(), message: z.string().catch("") }).optional(),
});

/**
 * Calls of one box, one after the other whatever is asked at once: measured, 64 calls take 0.5 s one by one and 23 s
 * together. Nothing is tried twice, and no redirect is followed, because it would make a GET of the call.
 */
export function createExchange(endpoint: Endpoint, { timeoutMs }: { readonly timeoutMs: number }): Exchange {
  const queue = new PQueue({ concurrency: 1 });
  const { authorization } = endpoint;
  const client = plainClient({
    redirect: "error",
    ...(authorization === null ? {} : { headers: { authorization } }),
  });
  return (request, signal) => queue.add(() => exchange(client, { endpoint, timeoutMs }, request, signal), { signal });
}

async function exchange(
  client: KyInstance,
  { endpoint, timeoutMs }: { readonly endpoint: Endpoint; readonly timeoutMs: number },
  { method, params }: RpcRequest,
  signal: AbortSignal,
): Promise<RpcReply> {
  signal.throwIfAborted();
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await client.post(endpoint.apiUrl, {
      json: { jsonrpc: "2.0", id: 1, method, params },
      signal: AbortSignal.any([signal, timeout]),
    });
    return replyOf(response, await textOf(response, endpoint), endpoint);
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.aborted) throw failure("timeout", { url: endpoint.url, detail: `${method}, ${timeoutMs / 1000} s` });
    throw networkFailure(error, endpoint);
  }
}

/** @throws JeedomFailure above the limit. */
async function textOf(response: Response, { url }: Endpoint): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > largestBodyBytes) throw failure("not_understood", { url, detail: `> ${largestBodyBytes} bytes` });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function replyOf(response: Response, text: string, endpoint: Endpoint): RpcReply {
  const parsed = reply.safeParse(parsedJson(text));
  if (!parsed.success || response.status !== 200) throw pageFailure(response, text, endpoint);
  const { error, result } = parsed.data;
  return error ? { kind: "error", ...error } : { kind: "result", result };
}

/** The page of `jeeApi.php` for a banned address. Another one may stand in its place, where a server in front has its own. */
const bannedPage = /The page that you have requested could not be found/;

/** What a page means where an answer of JSON-RPC was asked for. */
function pageFailure({ status, headers }: Response, text: string, { url }: Endpoint): Error {
  const detail = `HTTP ${status}`;
  if (status === 429) return failure("busy", { url, detail, retryAfterMs: pauseOf(headers.get("retry-after")) });
  if (status === 404) return bannedPage.test(text) ? failure("banned", { url }) : failure("not_found", { url, detail });
  if (status >= 500) return failure("server_error", { url, detail });
  if (status === 401 || status === 403) return failure("forbidden", { url, detail });
  // Warnings that PHP prints in front of an answer.
  if (status === 200 && text.includes('"jsonrpc"')) return failure("not_understood", { url, detail: text });
  return failure("wrong_url", { url, detail });
}

/** Longest pause that a server in front may ask for: one of a month would be a mistake. */
const longestPauseMs = 3_600_000;

/** Whole seconds; null for any other form. */
const pauseOf = (header: string | null): number | null =>
  header !== null && /^\d{1,9}$/.test(header) ? Math.min(Number(header) * 1000, longestPauseMs) : null;

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
