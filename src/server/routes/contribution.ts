import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { contribute, previewContribution } from "../../sync/contribution/contribute.ts";
import type { SentContribution } from "../../sync/contribution/store.ts";
import { isoOf } from "../../sync/view/iso.ts";
import {
  contributionAnswer,
  contributionBody,
  contributionPreviewAnswer,
  contributionPreviewBody,
  contributionsAnswer,
} from "../api/contribution.ts";
import { problems } from "../api/errors.ts";
import { noQuery } from "../api/fields.ts";
import type { RouteContext } from "../parts.ts";
import { requireConfirmation } from "../request.ts";

const tags = ["costs"];

/** Proposing the prices of an offer to all users of the gateway. */
export const contributionRoutes =
  ({ parts: { store, clock, operations }, signal, inTurn }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/api/contributions",
      {
        schema: {
          tags,
          summary: "What was proposed to the gateway, and what became of it",
          querystring: noQuery,
          response: { 200: contributionsAnswer, ...problems },
        },
      },
      async () => ({ contributions: (await store.loadContributions()).map(contributionView) }),
    );
    const taker = operations?.contributions;
    if (!taker) return;
    app.post(
      "/api/contributions/preview",
      {
        schema: {
          tags,
          summary: "Checks an offer and shows exactly what would be sent; nothing is",
          body: contributionPreviewBody,
          response: { 200: contributionPreviewAnswer, ...problems },
        },
      },
      async ({ body: { offer } }) => {
        const { faults, body } = previewContribution({ taker }, offer);
        return { faults, body: body && { ...body } };
      },
    );
    app.post(
      "/api/contributions",
      {
        schema: {
          tags,
          summary: "Proposes an offer to the gateway's administrators",
          body: contributionBody,
          response: { 200: contributionAnswer, ...problems },
        },
      },
      ({ body }) => {
        requireConfirmation(body);
        return inTurn(async () => {
          const { sent, body: told } = await contribute({ store, clock, taker }, body.offer, signal);
          return { contribution: contributionView(sent), body: { ...told } };
        });
      },
    );
  };

const contributionView = ({ sentAt, ...sent }: SentContribution) => ({ ...sent, sentAt: isoOf(sentAt) });
