import type { FastifyReply } from "fastify";
import type { Text } from "../shared/language.ts";
import { apiErrors, sendError } from "./errors.ts";
import { answerBrokenRequest, limits } from "./limits.ts";

const unreadable: Text = { fr: "son adresse est illisible", en: "its address cannot be read" };

/** How whatever we serve listens, with its limits. */
export const listening = {
  logger: false,
  bodyLimit: limits.bodyBytes,
  requestTimeout: limits.requestTimeoutMs,
  http: { headersTimeout: limits.headersTimeoutMs, maxHeaderSize: limits.headerBytes },
  forceCloseConnections: true,
  clientErrorHandler: answerBrokenRequest,
  // An address that cannot be decoded never reaches a hook or a route.
  frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply): void => {
    sendError(reply.header("cache-control", "no-store"), apiErrors.invalid(unreadable));
  },
} as const;
