import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { FastifyRequest } from "fastify";
import { type ApiError, apiErrors } from "./errors.ts";
import { securityHeaders } from "./security/headers.ts";

/** What bounds a request, before anything of the application sees it. */
export const limits = {
  /** The longest body anybody has reason to send; an upload has a limit of its own. */
  bodyBytes: 64 * 1024,
  /** Of the whole address: the longest of ours is a fraction of it. */
  addressCharacters: 2_048,
  /** All headers together, the address included. */
  headerBytes: 16 * 1024,
  headersTimeoutMs: 15_000,
  /** To have been received whole: an upload of a dump over a slow line. */
  requestTimeoutMs: 300_000,
  /** A connection nobody asks anything by: longer than the minute that proxies keep theirs, or they would meet its end. */
  keepAliveMs: 72_000,
  /** A household and its programs: each browser opens at most six. */
  connections: 256,
} as const;

/** @throws ApiError where the address is longer than any of ours. */
export function refuseLongAddress({ url }: Pick<FastifyRequest, "url">): void {
  if (url.length > limits.addressCharacters) throw apiErrors.addressTooLong();
}

/**
 * HTTP/1.1 names the host it asks, once (RFC 9112, 3.2): of two names, this program and a proxy before it could each
 * believe another one. @throws ApiError
 */
export function refuseUnclearHost({ raw: { rawHeaders, httpVersion } }: Pick<FastifyRequest, "raw">): void {
  const given = rawHeaders.filter((name, position) => position % 2 === 0 && name.toLowerCase() === "host").length;
  if (given > 1 || (given === 0 && httpVersion !== "1.0"))
    throw apiErrors.invalid({
      fr: "elle doit porter l'en-tête Host, une fois",
      en: "it has to carry the header Host, once",
    });
}

/** Answers what is not HTTP, or too much of it: no request comes of it, hence no route and no hook. */
export function answerBrokenRequest({ code }: { readonly code?: string }, socket: Socket): void {
  // Whoever has gone is not answered.
  if (code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, headers, body } = bareAnswer(brokenBy(code));
  const lines = Object.entries(headers).map(([key, value]) => `${key}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "", body].join("\r\n"));
}

/** Answers while nothing of the application can. */
export function sendStarting(response: ServerResponse): void {
  const { status, headers, body } = bareAnswer(apiErrors.starting());
  response.writeHead(status, { ...headers, "retry-after": "5" }).end(body);
}

/** What an error is told by without an application. */
function bareAnswer({ status, code, text }: ApiError) {
  const body = JSON.stringify({ error: { code, ...text } });
  const headers = {
    ...securityHeaders,
    "content-length": Buffer.byteLength(body),
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    connection: "close",
  };
  return { status, headers, body };
}

function brokenBy(code: string | undefined): ApiError {
  if (code === "HPE_HEADER_OVERFLOW") return apiErrors.headersTooLong();
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return apiErrors.tooSlow();
  return apiErrors.invalid({ fr: "ce n'est pas du HTTP", en: "it is no HTTP" });
}
