import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { toWh } from "../../domain/units.ts";
import { applyEnergy } from "../../sync/energy/apply.ts";
import { type EnergyReview, type Neighbour, reviewEnergy } from "../../sync/energy/review.ts";
import { undoEnergy } from "../../sync/energy/undo.ts";
import { applyEnergyBody, energyAnswer, energyApplied, energyUndone, undoEnergyBody } from "../api/energy.ts";
import { problems } from "../api/errors.ts";
import { noQuery } from "../api/fields.ts";
import type { RouteContext } from "../parts.ts";
import { requireConfirmation, withHome } from "../request.ts";

const tags = ["Home Assistant"];

/** The Energy Dashboard: what it has and could have, adding it, undoing that. */
export const energyRoutes =
  ({ parts, signal, inTurn }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, clock } = parts;
    app.get(
      "/api/energy",
      {
        schema: {
          tags,
          summary: "What the Energy Dashboard holds and could hold",
          querystring: noQuery,
          response: { 200: energyAnswer, ...problems },
        },
      },
      () => withHome(parts, signal, async (home) => reviewView(await reviewEnergy({ home, store }))),
    );
    app.post(
      "/api/energy/apply",
      {
        schema: {
          tags,
          summary: "Adds the bridge's series to the Energy Dashboard",
          body: applyEnergyBody,
          response: { 200: energyApplied, ...problems },
        },
      },
      ({ body }) => {
        requireConfirmation(body);
        return inTurn(() => withHome(parts, signal, (home) => applyEnergy({ home, store, clock }, body)));
      },
    );
    app.post(
      "/api/energy/undo",
      {
        schema: {
          tags,
          summary: "Gives the Energy Dashboard back as it was",
          body: undoEnergyBody,
          response: { 200: energyUndone, ...problems },
        },
      },
      ({ body }) => {
        requireConfirmation(body);
        return inTurn(() => withHome(parts, signal, (home) => undoEnergy({ home, store, clock }, body)));
      },
    );
  };

const reviewView = (review: EnergyReview) => ({
  ...review,
  flows: review.flows.map((flow) => ({ ...flow, neighbours: flow.neighbours.map(neighbourView) })),
});

const neighbourView = ({ comparison: { ownEnergy, otherEnergy, ...comparison }, ...neighbour }: Neighbour) => ({
  ...neighbour,
  comparison: { ...comparison, ownWh: toWh(ownEnergy), otherWh: toWh(otherEnergy) },
});
