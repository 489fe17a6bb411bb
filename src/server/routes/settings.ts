import type { FastifyReply, FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { problems } from "../api/errors.ts";
import { noQuery } from "../api/fields.ts";
import {
  changedSettingsAnswer,
  changeSettingsBody,
  connectionParams,
  type SettingsAnswer,
  settingParams,
  settingsAnswer,
  tryAnswer,
  tryBody,
} from "../api/settings.ts";
import type { RouteContext, SettingsParts } from "../parts.ts";
import { changeSettings, trySettings } from "../setting-changes.ts";

const tags = ["Settings"];

/** The settings as the page shows and changes them, and the trial of each connection. */
export const settingsRoutes =
  ({ parts: { settings: parts }, signal, inTurn }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    if (parts === undefined) return;

    const change = (request: FastifyRequest, reply: FastifyReply, changes: Readonly<Record<string, unknown>>) =>
      inTurn(async () => {
        const isChanged = await changeSettings(parts, { request, reply, changes });
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
      (request) =>
        trySettings(parts, { request, signal, name: request.params.connection, changes: request.body.changes }),
    );
  };

export async function listOf({ settings, describe }: SettingsParts): Promise<SettingsAnswer> {
  const { values, unreadable } = await settings.load();
  return { settings: describe(values).map((one) => ({ ...one, isUnreadable: unreadable.includes(one.key) })) };
}
