import type { RequestListener, Server } from "node:http";
import type { FastifyReply } from "fastify";
import type { Text } from "../shared/language.ts";
import { apiErrors, sendError } from "./errors.ts";
import { answerBrokenRequest, limits } from "./limits.ts";
import { securityHeaders } from "./security/headers.ts";

const unreadable: Text = { fr: "son adresse est illisible", en: "its address cannot be read" };

/** How whatever we serve listens, with its limits. */
export const listening = {
  logger: false,
  bodyLimit: limits.bodyBytes,
  requestTimeout: limits.requestTimeoutMs,
  // Node would refuse a request that names no host without saying so in any form of ours.
  http: { headersTimeout: limits.headersTimeoutMs, maxHeaderSize: limits.headerBytes, requireHostHeader: false },
  forceCloseConnections: true,
  clientErrorHandler: answerBrokenRequest,
  // An address that cannot be decoded never reaches a hook or a route.
  frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply): void => {
    sendError(reply.headers({ ...securityHeaders, "cache-control": "no-store" }), apiErrors.invalid(unreadable));
  },
} as const;

/** Whatever is expected, the request is answered (RFC 9110, 10.1.1, lets a server ignore what it does not know). */
export const ignoreExpectations = (server: Server, answer: RequestListener): void =>
  void server.on("checkExpectation", answer);
