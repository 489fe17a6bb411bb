import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { isoOf, isoOrNull } from "../../sync/view/iso.ts";
import { problems } from "../api/errors.ts";
import { noQuery } from "../api/fields.ts";
import { doneAnswer, sessionParams, sessionsAnswer } from "../api/session.ts";
import type { SecurityParts } from "../parts.ts";
import { refuseTokens } from "../security/plugin.ts";
import { cookieOf } from "../security/visitor.ts";
import { nameOf, orRefused } from "./session.ts";

const tags = ["Session"];

/** The browsers that are logged in, to be looked through and logged out from elsewhere. */
export const sessionListRoutes =
  ({ access, log }: SecurityParts): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook("onRequest", async (request) => refuseTokens(request));
    app.get(
      "/api/sessions",
      {
        schema: {
          tags,
          summary: "The browsers that are logged in",
          querystring: noQuery,
          response: { 200: sessionsAnswer, ...problems },
        },
      },
      async (request) => ({
        sessions: (await access.listSessions(cookieOf(request))).map(({ createdAt, usedAt, endsAt, ...session }) => ({
          ...session,
          createdAt: isoOrNull(createdAt),
          lastUsedAt: isoOf(usedAt),
          endsAt: isoOf(endsAt),
        })),
      }),
    );
    app.delete(
      "/api/sessions/:id",
      {
        schema: {
          tags,
          summary: "Logs a browser out",
          params: sessionParams,
          response: { 200: doneAnswer, ...problems },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        await orRefused(reply, access.endSession(id));
        log.info({ by: nameOf(request), id }, "a session was ended");
        return { done: true as const };
      },
    );
  };
