import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import type { Snapshot } from "../../sync/snapshot.ts";
import { currentSnapshot } from "../../sync/view/current-snapshot.ts";
import { syncStateView } from "../../sync/view/sync-state.ts";
import { problems } from "../api/errors.ts";
import { eventStream, noQuery } from "../api/fields.ts";
import { syncBody, syncState } from "../api/sync.ts";
import { ApiError } from "../errors.ts";
import { type Event, Events } from "../events.ts";
import type { RouteContext, ServerParts } from "../parts.ts";

const tags = ["synchronisation"];

/** How the fetching stands, asking for it, and following it. */
export const syncRoutes =
  ({ parts, signal }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    const response = { 200: syncState, ...problems };
    const events = new Events({ signal });
    const { progress } = parts;
    const stop = progress?.listen(() => {
      if (events.listeners > 0 && progress.snapshot) events.send(eventOf(parts, progress.snapshot));
    });
    if (stop) signal.addEventListener("abort", stop, { once: true });

    app.get(
      "/api/sync",
      { schema: { tags, summary: "How the fetching stands", querystring: noQuery, response } },
      async () => stateOf(parts, (await snapshotOf(parts)).snapshot),
    );
    app.post(
      "/api/sync",
      { schema: { tags, summary: "Asks for a synchronisation now", body: syncBody, response } },
      async () => {
        if (!canRequest(parts)) throw nothingToAsk();
        parts.operations?.request();
        return stateOf(parts, (await snapshotOf(parts)).snapshot);
      },
    );
    app.get(
      "/api/sync/events",
      {
        schema: {
          tags,
          summary: "The same after each call, as server-sent events named sync",
          querystring: noQuery,
          response: { 200: eventStream("Events named sync; their data is what GET /api/sync answers"), ...problems },
        },
      },
      async (_request, reply) => {
        const { snapshot } = await snapshotOf(parts);
        events.listen(reply, eventOf(parts, snapshot));
        return reply;
      },
    );
  };

const snapshotOf = (parts: ServerParts) => currentSnapshot({ ...parts, planning: parts.operations?.planning ?? null });

const stateOf = (parts: ServerParts, snapshot: Snapshot) =>
  syncStateView({
    now: parts.clock.now(),
    snapshot,
    call: parts.progress?.call ?? null,
    lastPass: parts.lastPass(),
    lastAsked: parts.operations?.lastAsked() ?? null,
    canRequest: canRequest(parts),
  });

const eventOf = (parts: ServerParts, snapshot: Snapshot): Event => ({ name: "sync", data: stateOf(parts, snapshot) });

/** Without credentials there is nobody to ask. */
const canRequest = ({ operations }: ServerParts): boolean => (operations?.planning ?? null) !== null;

const nothingToAsk = (): ApiError =>
  new ApiError(409, "no_credentials", {
    fr: "Rien ne peut être demandé à la passerelle sans identifiants : donnez client_id et client_secret.",
    en: "Nothing can be asked of the gateway without credentials: give client_id and client_secret.",
  });
