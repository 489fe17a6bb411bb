import type { Instant } from "../domain/units.ts";
import { naiveUtc } from "./notation.ts";

/** What a route answers, before it becomes a `Response`. `outcome` is what the list of calls tells of it. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly outcome: string;
  readonly contentType?: string;
}

export interface EnvelopeError {
  readonly code: string;
  readonly message: string;
  readonly field: null;
}

/** The four keys are always there; the instant is naive UTC with microseconds. */
export interface Envelope {
  readonly success: boolean;
  readonly data: unknown;
  readonly error: EnvelopeError | null;
}

const enveloped = (envelope: Envelope, outcome: string, status = 200): Reply => ({ status, body: envelope, outcome });

export const success = (data: unknown, status = 200): Reply =>
  enveloped({ success: true, data, error: null }, "ok", status);

/** A business failure: HTTP 200 all the same, unless the route always answers 201. */
export const failure = (code: string, message: string, status = 200): Reply =>
  enveloped({ success: false, data: null, error: { code, message, field: null } }, code, status);

/** `success:true` with a complaint: what came is not all that was asked. */
export const partial = (data: unknown, message: string): Reply =>
  enveloped({ success: true, data, error: { code: "PARTIAL_DATA", message, field: null } }, "PARTIAL_DATA");

/** Not enveloped. */
export const bare = (body: unknown, status = 200): Reply => ({
  status,
  body,
  outcome: status < 400 ? "ok" : `HTTP ${status}`,
});

/** Failures of the framework: `{"detail": …}`, without envelope. */
export const detail = (status: number, text: string): Reply => bare({ detail: text }, status);

export const internalError = (): Reply => failure("INTERNAL_ERROR", "An internal error occurred", 500);

const proxyTitles: Readonly<Record<number, string>> = {
  502: "502 Bad Gateway",
  503: "503 Service Temporarily Unavailable",
  504: "504 Gateway Time-out",
};

/** What the proxy in front of the gateway says when the gateway does not. */
export function proxyPage(status: number): Reply {
  const title = proxyTitles[status] ?? `${status} Error`;
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
  return { status, body, outcome: `HTTP ${status}`, contentType: "text/html" };
}

/** A route throws it to answer at once from wherever it stands. */
export class Refused extends Error {
  readonly reply: Reply;
  constructor(reply: Reply) {
    super(`Refused with ${reply.outcome}`);
    this.name = "Refused";
    this.reply = reply;
  }
}

/** What Python raises and the gateway does not catch: HTTP 500, enveloped. */
export const uncaught = (): Refused => new Refused(internalError());

const isEnvelope = (body: unknown): body is Envelope =>
  typeof body === "object" && body !== null && "success" in body && "error" in body;

/** The text sent; envelopes get their timestamp here, `microseconds` (1 to 999) under the clock's millisecond. */
export function textOf(reply: Reply, now: Instant, microseconds: number): string {
  if (typeof reply.body === "string") return reply.body;
  if (!isEnvelope(reply.body)) return JSON.stringify(reply.body);
  return JSON.stringify({ ...reply.body, timestamp: naiveUtc(now, microseconds) });
}
