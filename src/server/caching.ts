import { hash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";

/**
 * How an answer may be kept, for routes that do not say so themselves: what was read may be kept by the browser that
 * asked and is asked for again each time, which costs nothing where it is still the same; nothing else is kept.
 */
export async function describeCaching(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  if (reply.hasHeader("cache-control")) return payload;
  if (typeof payload !== "string" || !isRead(request, reply)) {
    reply.header("cache-control", "no-store");
    return payload;
  }
  // Weak: compression on the way changes the bytes and not the meaning.
  const etag = `W/"${hash("sha1", payload, "base64url")}"`;
  reply.headers({ "cache-control": "no-cache, private", etag });
  if (!isKnown(request.headers["if-none-match"], etag)) return payload;
  reply.code(304).removeHeader("content-length").removeHeader("content-type");
  return null;
}

const isRead = ({ method }: FastifyRequest, { statusCode }: FastifyReply): boolean =>
  (method === "GET" || method === "HEAD") && statusCode === 200;

/** @param header a list, or `*` for anything (RFC 9110, 13.1.2). */
const isKnown = (header: string | undefined, etag: string): boolean =>
  header?.split(",").some((known) => known.trim() === etag || known.trim() === "*") ?? false;
