import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import type { StoredToken } from "../../sync/access/store.ts";
import { problems } from "../api/errors.ts";
import { noQuery } from "../api/fields.ts";
import { type ApiToken, createdToken, doneAnswer, tokenBody, tokenParams, tokensAnswer } from "../api/session.ts";
import type { RouteContext } from "../parts.ts";
import { refuseTokens } from "../security/plugin.ts";
import { nameOf, orRefused } from "./session.ts";

const tags = ["Session"];

/** The tokens by which programs use the API. */
export const tokenRoutes =
  ({ parts: { security } }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    if (security === undefined) return;
    const { access, log } = security;
    app.addHook("onRequest", async (request, reply) => {
      refuseTokens(request);
      reply.header("cache-control", "no-store");
    });
    app.get(
      "/api/tokens",
      {
        schema: {
          tags,
          summary: "The API tokens there are, without the tokens themselves",
          querystring: noQuery,
          response: { 200: tokensAnswer, ...problems },
        },
      },
      async () => ({ tokens: (await access.listTokens()).map(viewOf) }),
    );
    app.post(
      "/api/tokens",
      {
        schema: {
          tags,
          summary: "Creates an API token, and shows it this once",
          body: tokenBody,
          response: { 200: createdToken, ...problems },
        },
      },
      async (request, reply) => {
        const { token, ...created } = await orRefused(reply, access.createToken(request.body.name));
        log.info({ by: nameOf(request), name: created.name }, "an API token was created");
        return { ...viewOf(created), token };
      },
    );
    app.delete(
      "/api/tokens/:id",
      {
        schema: {
          tags,
          summary: "Revokes an API token",
          params: tokenParams,
          response: { 200: doneAnswer, ...problems },
        },
      },
      async (request, reply) => {
        await orRefused(reply, access.revokeToken(request.params.id));
        log.info({ by: nameOf(request), id: request.params.id }, "an API token was revoked");
        return { done: true as const };
      },
    );
  };

const viewOf = ({ id, name, createdAt, lastUsedAt }: StoredToken): ApiToken => ({
  id,
  name,
  createdAt: new Date(createdAt).toISOString(),
  lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
});
