import type { FastifyReply, FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import type { Finding } from "../../sync/checks/finding.ts";
import { SettingsRefusal } from "../../sync/settings/settings.ts";
import { KeyFailure } from "../../sync/settings/store.ts";
import { problems } from "../api/errors.ts";
import { noQuery } from "../api/fields.ts";
import {
  changedSettingsAnswer,
  changeSettingsBody,
  connectionParams,
  type SettingsAnswer,
  settingParams,
  settingsAnswer,
  type TryAnswer,
  tryAnswer,
  tryBody,
} from "../api/settings.ts";
import { ApiError } from "../errors.ts";
import type { RouteContext, SettingsParts } from "../parts.ts";
import { refuseTokens } from "../security/plugin.ts";
import { nameOf } from "./session.ts";

const tags = ["Settings"];

/** The settings as the page shows and changes them, and the trial of each connection. */
export const settingsRoutes =
  ({ parts: { settings: parts }, signal, inTurn }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    if (parts === undefined) return;

    const change = (request: FastifyRequest, reply: FastifyReply, changes: Readonly<Record<string, unknown>>) =>
      inTurn(async () => {
        refuseTokens(request);
        const by = nameOf(request);
        const isChanged = await orRefused(parts.settings.change(changes, by));
        if (isChanged) {
          parts.log.info({ by, options: Object.keys(changes) }, "settings changed");
          // The answer goes out before the connections end.
          reply.raw.once("finish", parts.apply);
        }
        return { ...(await listOf(parts)), isChanged };
      });

    app.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "no-store"));
    app.get(
      "/api/settings",
      {
        schema: {
          tags,
          summary: "Every option, the value that counts and where it is set; no secret",
          querystring: noQuery,
          response: { 200: settingsAnswer, ...problems },
        },
      },
      () => listOf(parts),
    );
    app.put(
      "/api/settings",
      {
        schema: {
          tags,
          summary: "Sets options in the page: all of them, or none where one is at fault",
          body: changeSettingsBody,
          response: { 200: changedSettingsAnswer, ...problems },
        },
      },
      (request, reply) => change(request, reply, request.body.changes),
    );
    app.delete(
      "/api/settings/:key",
      {
        schema: {
          tags,
          summary: "Takes away what the page set: the environment's value counts again",
          params: settingParams,
          response: { 200: changedSettingsAnswer, ...problems },
        },
      },
      (request, reply) => change(request, reply, { [request.params.key]: null }),
    );
    app.post(
      "/api/test/:connection",
      {
        schema: {
          tags,
          summary: "Tries a connection with settings that are not kept",
          params: connectionParams,
          body: tryBody,
          response: { 200: tryAnswer, ...problems },
        },
      },
      async (request) => {
        refuseTokens(request);
        const draft = await orRefused(parts.settings.draft(request.body.changes));
        const limit = AbortSignal.any([signal, AbortSignal.timeout(longestTrialMs)]);
        return answerOf(await parts.tryConnection(request.params.connection, draft, limit));
      },
    );
  };

/** Above the longest of the connections' own limits, of which the gateway's trial has three. */
const longestTrialMs = 60_000;

async function listOf({ settings, describe }: SettingsParts): Promise<SettingsAnswer> {
  const { values, unreadable } = await settings.load();
  return { settings: describe(values).map((one) => ({ ...one, isUnreadable: unreadable.includes(one.key) })) };
}

function answerOf(findings: readonly Finding[]): TryAnswer {
  const decisive = findings.find(({ ok }) => !ok) ?? findings.at(-1);
  if (decisive === undefined) throw new Error("A trial found nothing");
  return { ok: decisive.ok, sentence: decisive.text, steps: [...findings] };
}

/** @throws ApiError with a sentence a fault. */
async function orRefused<T>(attempt: Promise<T>): Promise<T> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof KeyFailure) throw new ApiError(503, "key_unavailable", error.text);
    if (!(error instanceof SettingsRefusal)) throw error;
    throw new ApiError(
      error.code === "unknown_setting" ? 404 : error.code === "invalid_settings" ? 400 : 409,
      error.code,
      {
        fr: error.faults.map(({ fr }) => fr).join(" "),
        en: error.faults.map(({ en }) => en).join(" "),
      },
    );
  }
}
