import type { FastifyPluginAsync } from "fastify";
import { z } from "zod";
import { toWh } from "../../domain/units.ts";
import { applyEnergy } from "../../sync/energy/apply.ts";
import { type EnergyReview, type Neighbour, reviewEnergy } from "../../sync/energy/review.ts";
import { undoEnergy } from "../../sync/energy/undo.ts";
import { confirmed, parse, requireConfirmation, withHome } from "../request.ts";
import type { RouteContext } from "../server.ts";

const applyBody = z.strictObject({
  ...confirmed,
  digest: z.string().min(1).max(100),
  replace: z.array(z.string().min(1).max(255)).max(100).default([]),
  anyway: z.boolean().default(false),
});
const undoBody = z.strictObject({ ...confirmed, anyway: z.boolean().default(false) });

/** The Energy Dashboard: what it has and could have, adding it, undoing that. */
export const energyRoutes =
  ({ parts, signal, inTurn }: RouteContext): FastifyPluginAsync =>
  async (app) => {
    const { store, clock } = parts;
    app.get("/api/energy", () =>
      withHome(parts, signal, async (home) => reviewView(await reviewEnergy({ home, store }))),
    );
    app.post("/api/energy/apply", (request) => {
      const body = parse(applyBody, request.body);
      requireConfirmation(body);
      return inTurn(() => withHome(parts, signal, (home) => applyEnergy({ home, store, clock }, body)));
    });
    app.post("/api/energy/undo", (request) => {
      const body = parse(undoBody, request.body);
      requireConfirmation(body);
      return inTurn(() => withHome(parts, signal, (home) => undoEnergy({ home, store, clock }, body)));
    });
  };

const reviewView = (review: EnergyReview) => ({
  ...review,
  flows: review.flows.map((flow) => ({ ...flow, neighbours: flow.neighbours.map(neighbourView) })),
});

const neighbourView = ({ comparison: { ownEnergy, otherEnergy, ...comparison }, ...neighbour }: Neighbour) => ({
  ...neighbour,
  comparison: { ...comparison, ownWh: toWh(ownEnergy), otherWh: toWh(otherEnergy) },
});
