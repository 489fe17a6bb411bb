import type { FastifyReply } from "fastify";
import type { Text } from "../shared/language.ts";
import { apiErrors, sendError } from "./errors.ts";
import { limits } from "./limits.ts";
import { securityHeaders } from "./security/headers.ts";

const unreadable: Text = { fr: "son adresse est illisible", en: "its address cannot be read" };

/** How whatever we serve answers; the doors that it answers at have limits of their own. */
export const answering = {
  logger: false,
  bodyLimit: limits.bodyBytes,
  // An address that cannot be decoded never reaches a hook or a route.
  frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply): void => {
    sendError(reply.headers({ ...securityHeaders, "cache-control": "no-store" }), apiErrors.invalid(unreadable));
  },
} as const;
