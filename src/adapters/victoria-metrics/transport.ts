import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { KyInstance, Options } from "ky";
import PQueue from "p-queue";
import { plainClient } from "../../shared/http-client.ts";
import type { Logger } from "../../shared/log.ts";
import type { Reply } from "./answers.ts";
import type { Bases, Side } from "./endpoint.ts";
import { failure } from "./failure.ts";
import { networkFailure } from "./network-failure.ts";

export interface Call {
  readonly side: Side;
  /** Behind the base address. */
  readonly path: string;
  /** JSON lines, sent compressed. */
  readonly lines?: string;
  /** Parameters; in the body, so that no log of a server in between tells a meter or a key. */
  readonly form?: Readonly<Record<string, string>>;
}

/**
 * One request, whatever its status says.
 * @throws ExportFailure where no answer came; the signal's reason when aborted.
 */
export type Exchange = (call: Call, signal: AbortSignal) => Promise<Reply>;

interface TransportSettings {
  readonly bases: Bases;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly log: Logger;
}

/** Ten years of half-hours with their timestamps are about 4 MB. */
const largestBodyBytes = 64 * 1024 * 1024;
const compressed = promisify(gzip);
/** Fastest: on a network of the house the processor is what is short. */
const compression = { level: 1 };

/** Requests one after the other. None is tried twice here: only its caller knows whether that may double something. */
export function createExchange(settings: TransportSettings): Exchange {
  const queue = new PQueue({ concurrency: 1 });
  const client = plainClient({
    // A POST that is redirected becomes a GET, which an import answers with 204 without storing anything.
    redirect: "error",
    headers: settings.headers,
  });
  return (call, signal) => queue.add(() => exchange(client, settings, call, signal), { signal });
}

async function exchange(
  client: KyInstance,
  { bases, timeoutMs, log }: TransportSettings,
  call: Call,
  signal: AbortSignal,
): Promise<Reply> {
  signal.throwIfAborted();
  const base = bases[call.side];
  const timeout = AbortSignal.timeout(timeoutMs);
  const from = performance.now();
  try {
    const options = await optionsOf(call);
    const response = await client(`${base}${call.path}`, { ...options, signal: AbortSignal.any([signal, timeout]) });
    const text = await textOf(response, base);
    const ms = Math.round(performance.now() - from);
    log.debug({ address: base, path: call.path, status: response.status, ms }, "request answered");
    return { status: response.status, text, retryAfterMs: retryAfterMsOf(response.headers.get("retry-after")) };
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.aborted) throw failure("timeout", { url: base, detail: `${call.path}, ${timeoutMs / 1000} s` });
    throw networkFailure(error, base);
  }
}

async function optionsOf({ lines, form }: Call): Promise<Options> {
  if (form) return { method: "post", body: new URLSearchParams(form) };
  if (lines === undefined) return { method: "get" };
  const body = await compressed(lines, compression);
  return { method: "post", body, headers: { "content-type": "application/json", "content-encoding": "gzip" } };
}

/** @throws ExportFailure above the limit. */
async function textOf(response: Response, url: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > largestBodyBytes) throw failure("not_understood", { url, detail: `> ${largestBodyBytes} bytes` });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Longest pause that a server in front may ask for: one of a month would be a mistake. */
const longestPauseMs = 3_600_000;

/** Whole seconds; the form with a date is not used by these servers. */
const retryAfterMsOf = (header: string | null): number | null =>
  header !== null && /^\d{1,9}$/.test(header) ? Math.min(Number(header) * 1000, longestPauseMs) : null;
