import type { FastifyReply, FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { sessionMs } from "../../sync/access/access.ts";
import { AccessRefusal } from "../../sync/access/refusal.ts";
import { problems } from "../api/errors.ts";
import { noQuery } from "../api/fields.ts";
import { doneAnswer, loginBody, passwordBody, type SessionAnswer, sessionAnswer, setupBody } from "../api/session.ts";
import type { RouteContext, SecurityParts } from "../parts.ts";
import { accessError } from "../security/errors.ts";
import { refuseTokens } from "../security/plugin.ts";
import { cookieOf, isSecure, setCookie } from "../security/visitor.ts";
import { sessionListRoutes } from "./sessions.ts";

const tags = ["Session"];

/** Who the visitor is; login, logout, and the password. */
export const sessionRoutes =
  ({ parts: { security }, supervisor }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    if (security === undefined) return;
    const { access, log } = security;
    const entered = async (request: FastifyRequest, reply: FastifyReply, token: Promise<string>) => {
      const session = await orRefused(reply, token);
      const maxAgeSeconds = sessionMs / 1000;
      reply.header("set-cookie", setCookie(session, { maxAgeSeconds, isSecure: isSecure(request, supervisor) }));
      request.visitor = { kind: "password" };
      return sessionOf(request, security);
    };

    app.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "no-store"));
    app.register(sessionListRoutes(security));
    app.get(
      "/api/session",
      {
        schema: {
          tags,
          summary: "Who asks, and what they have to do first",
          querystring: noQuery,
          response: { 200: sessionAnswer, ...problems },
        },
      },
      (request) => sessionOf(request, security),
    );
    app.post(
      "/api/session",
      { schema: { tags, summary: "Logs in", body: loginBody, response: { 200: sessionAnswer, ...problems } } },
      (request, reply) => {
        const attempt = { password: request.body.password, address: request.ip };
        return entered(request, reply, loggedFailure(access.logIn(attempt), log, request));
      },
    );
    app.delete(
      "/api/session",
      { schema: { tags, summary: "Logs out", response: { 200: doneAnswer, ...problems } } },
      async (request, reply) => {
        const session = cookieOf(request);
        if (session !== null) await access.logOut(session);
        reply.header("set-cookie", setCookie("", { maxAgeSeconds: 0, isSecure: isSecure(request, supervisor) }));
        return { done: true as const };
      },
    );
    app.post(
      "/api/session/setup",
      {
        schema: {
          tags,
          summary: "Chooses the password of a first visit",
          body: setupBody,
          response: { 200: sessionAnswer, ...problems },
        },
      },
      async (request, reply) => {
        const { password, code = "" } = request.body;
        const isTrusted = request.visitor !== null;
        const token = access.setUp({ password, code: isTrusted ? null : code, address: request.ip });
        const answer = await entered(request, reply, loggedFailure(token, log, request));
        log.info({ by: nameOf(request) }, "the password was chosen");
        return answer;
      },
    );
    app.put(
      "/api/session/password",
      {
        schema: {
          tags,
          summary: "Changes the password and ends every other session",
          body: passwordBody,
          response: { 200: sessionAnswer, ...problems },
        },
      },
      async (request, reply) => {
        refuseTokens(request);
        const { password, current = "" } = request.body;
        const visitor = request.visitor;
        // Home Assistant has checked its user, who may not know the password that others need.
        const isTrusted = visitor?.kind === "homeAssistant";
        const change = { password, current: isTrusted ? null : current, address: request.ip };
        const answer = await entered(request, reply, loggedFailure(access.changePassword(change), log, request));
        log.info({ by: nameOf({ visitor }) }, "the password was changed");
        return answer;
      },
    );
  };

/** Who did it, for the log. */
export const nameOf = ({ visitor }: Pick<FastifyRequest, "visitor">): string => {
  if (visitor === null) return "nobody";
  return "name" in visitor ? `${visitor.kind} ${visitor.name ?? ""}`.trim() : visitor.kind;
};

async function sessionOf({ visitor }: FastifyRequest, { access, language }: SecurityParts): Promise<SessionAnswer> {
  const hasPassword = await access.hasPassword();
  return {
    needs: visitor !== null ? "none" : hasPassword ? "login" : "setup",
    isCodeNeeded: visitor === null && !hasPassword,
    hasPassword,
    user: visitor && { kind: visitor.kind, name: "name" in visitor ? visitor.name : null },
    language,
  };
}

async function loggedFailure<T>(attempt: Promise<T>, log: SecurityParts["log"], { ip }: FastifyRequest): Promise<T> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof AccessRefusal && ["wrong_password", "wrong_code", "too_many_attempts"].includes(error.code))
      log.warn({ address: ip, reason: error.code }, "somebody was not let in");
    throw error;
  }
}

/** @throws ApiError with the seconds to wait in its header. */
export async function orRefused<T>(reply: FastifyReply, attempt: Promise<T>): Promise<T> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof AccessRefusal && error.retryAfterSeconds !== null)
      reply.header("retry-after", String(error.retryAfterSeconds));
    throw accessError(error);
  }
}
