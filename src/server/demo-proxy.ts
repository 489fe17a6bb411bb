import { once } from "node:events";
import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request as open } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FastifyReply, FastifyRequest } from "fastify";
import { ApiError, apiErrors } from "./errors.ts";

/** What a page and its downloads need said. Neither who asks nor by which way is any of the other program's business. */
const passedOn = [
  "accept",
  "accept-encoding",
  "accept-language",
  "content-length",
  "content-type",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "last-event-id",
  "range",
  "sec-fetch-dest",
  "sec-fetch-mode",
  "sec-fetch-site",
  "user-agent",
  "x-linky-bridge",
];

/** Of one connection only (RFC 9110, 7.6.1), or this program's own to say. */
const keptBack = ["connection", "keep-alive", "set-cookie", "transfer-encoding", "upgrade"];

/**
 * Shows another program of ours below `/demo/`: requests go to it as from this machine, answers come as they are. Its
 * cookie, which it gives where a password is tried out in it, would take the place of our own in the browser: it is kept
 * here, and is the same for everybody who visits it.
 */
export class DemoProxy {
  #cookie: { readonly target: string; readonly text: string } | null = null;

  /** @param target as `http://127.0.0.1:40123`. @throws ApiError where nothing answers there. */
  async passOn(target: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { method } = request;
    const path = /^\/demo(\/.*)$/.exec(request.raw.url ?? "")?.[1];
    // Spelled as no link of ours is.
    if (path === undefined) throw apiErrors.notFound();
    const { host, hostname, port } = new URL(target);
    const cookie = this.#cookie?.target === target ? { cookie: this.#cookie.text } : {};
    const headers = { ...headersFor(request.headers, { host, target }), ...cookie };
    // A connection kept from before a restart of the other program would fail.
    const sent = open({ hostname, port, path, method, headers, agent: false });
    reply.raw.once("close", () => sent.destroy());
    const answer = await answerTo(sent, request.body);
    this.#keepCookie(target, answer.headers["set-cookie"]);
    reply.hijack();
    reply.raw.writeHead(answer.statusCode ?? 502, headersOf(answer.headers));
    // An event or a first line is not held back for more to come.
    reply.raw.flushHeaders();
    // Either side may go at any time, which ends the other.
    await pipeline(answer, reply.raw).catch(() => undefined);
    return reply;
  }

  #keepCookie(target: string, given: readonly string[] | undefined): void {
    const [text] = given?.map((one) => one.split(";", 1)[0] ?? "") ?? [];
    if (text !== undefined) this.#cookie = text.endsWith("=") ? null : { target, text };
  }
}

function headersFor(
  headers: IncomingHttpHeaders,
  { host, target }: { readonly host: string; readonly target: string },
): IncomingHttpHeaders {
  const passed = Object.entries(headers).filter(([name]) => passedOn.includes(name));
  return {
    ...Object.fromEntries(passed),
    host,
    // The guard has seen that it is ours.
    ...(headers.origin === undefined ? {} : { origin: target }),
    "x-ingress-path": `${headers["x-ingress-path"] ?? ""}/demo`,
  };
}

const headersOf = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !keptBack.includes(name)));

/** The head of the answer. An answer may come before all of the request has gone: a refusal of something too large. */
async function answerTo(sent: ClientRequest, body: unknown): Promise<IncomingMessage> {
  const answered: Promise<IncomingMessage> = once(sent, "response").then(([answer]) => answer);
  if (body instanceof Readable) pipeline(body, sent).catch(() => undefined);
  else sent.end();
  try {
    return await answered;
  } catch (cause) {
    throw unreachable(cause);
  }
}

const unreachable = (cause: unknown): ApiError =>
  Object.assign(
    new ApiError(502, "demo_unreachable", {
      fr: "Le foyer de démonstration ne répond pas ; réessayez dans un instant.",
      en: "The demonstration home does not answer; try again in a moment.",
    }),
    { cause },
  );
