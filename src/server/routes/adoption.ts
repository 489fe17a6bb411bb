import { randomUUID } from "node:crypto";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import type { z } from "zod";
import { localDate } from "../../domain/calendar.ts";
import { type Instant, usagePointId } from "../../domain/units.ts";
import { adopt } from "../../sync/adoption/adopt.ts";
import type { AdoptionDeps } from "../../sync/adoption/deps.ts";
import type { FindOptions, FormerSeries } from "../../sync/adoption/find.ts";
import type { HistoryFacts } from "../../sync/adoption/inspect.ts";
import { type FoundHistory, listHistories } from "../../sync/adoption/list.ts";
import { adoptionDeps } from "../../sync/adoption/open.ts";
import type { AdoptRequest } from "../../sync/adoption/prepare.ts";
import { type Preview, preview } from "../../sync/adoption/preview.ts";
import type { Adoption } from "../../sync/adoption/store.ts";
import { toolNames } from "../../sync/adoption/tools.ts";
import { undo } from "../../sync/adoption/undo.ts";
import {
  adoptionAnswer,
  adoptionApplied,
  adoptionPreview,
  adoptionQuery,
  adoptionUndone,
  applyAdoptionBody,
  previewAdoptionBody,
  undoAdoptionBody,
} from "../api/adoption.ts";
import { problems } from "../api/errors.ts";
import type { RouteContext } from "../parts.ts";
import { requireConfirmation, withHome } from "../request.ts";

const tags = ["Home Assistant"];

/** The histories of other tools: finding, previewing, taking over, giving back. */
export const adoptionRoutes =
  ({ parts, signal, inTurn }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    // Not the service's own name: its writer and a request must not both think that they hold the claim.
    const holder = randomUUID();
    const withDeps = <T>(use: (deps: AdoptionDeps) => Promise<T>): Promise<T> =>
      withHome(parts, signal, async (session, statistics) =>
        use(await adoptionDeps({ ...statistics, holder }, session)),
      );

    app.get(
      "/api/adoption",
      {
        schema: {
          tags,
          summary: "What other tools left in Home Assistant",
          querystring: adoptionQuery,
          response: { 200: adoptionAnswer, ...problems },
        },
      },
      ({ query }) =>
        withDeps(async (deps) => ({
          found: (await listHistories(deps, findOptions(query))).map(historyView),
          adoptions: (await deps.store.loadAdoptions()).map(adoptionView),
        })),
    );
    app.post(
      "/api/adoption/preview",
      {
        schema: {
          tags,
          summary: "What taking a history over would change",
          body: previewAdoptionBody,
          response: { 200: adoptionPreview, ...problems },
        },
      },
      ({ body }) => withDeps(async (deps) => previewView(await preview(deps, requestOf(body)))),
    );
    app.post(
      "/api/adoption/apply",
      {
        schema: {
          tags,
          summary: "Takes a history over",
          body: applyAdoptionBody,
          response: { 200: adoptionApplied, ...problems },
        },
      },
      ({ body }) => {
        requireConfirmation(body);
        return inTurn(() =>
          withDeps(async (deps) => {
            const outcome = await adopt(deps, requestOf(body), signal);
            return { ...outcome, adoption: adoptionView(outcome.adoption) };
          }),
        );
      },
    );
    app.post(
      "/api/adoption/undo",
      {
        schema: {
          tags,
          summary: "Gives a history back as it was",
          body: undoAdoptionBody,
          response: { 200: adoptionUndone, ...problems },
        },
      },
      ({ body }) => {
        requireConfirmation(body);
        return inTurn(() =>
          withDeps(async (deps) => {
            const outcome = await undo(deps, body.id, signal);
            return { ...outcome, adoption: adoptionView(outcome.adoption) };
          }),
        );
      },
    );
  };

function requestOf({ tool, flow, mode, ...asked }: z.infer<typeof previewAdoptionBody>): AdoptRequest {
  const { until, usagePoint: id, ...find } = asked;
  const usagePoint = usagePointId(id);
  const named = find.statisticId === undefined ? {} : { named: { statisticId: find.statisticId, usagePoint, flow } };
  return {
    tool,
    usagePoint,
    flow,
    mode,
    until: until === null ? null : localDate(until),
    find: { ...findOptions(find), ...named },
  };
}

const findOptions = ({ prefix }: { readonly prefix?: string | undefined }): FindOptions =>
  prefix === undefined ? {} : { prefix };

const historyView = ({ history, facts, modes, adoption, isHalfWritten }: FoundHistory) => ({
  tool: history.tool,
  name: toolNames[history.tool],
  usagePoint: history.usagePoint,
  flow: history.flow,
  isOurs: history.isOurs,
  facts: factsView(facts),
  modes,
  /** The number of the adoption in force; null: none. */
  adoption: adoption?.id ?? null,
  /** Whether that one was broken off: the same request once more finishes it. */
  isHalfWritten,
});

const factsView = (facts: HistoryFacts) => ({ ...facts, refused: facts.refused.map(seriesView) });

const seriesView = ({ statisticId, role, kind, metadata, expectedUnits, fault }: FormerSeries) => ({
  statisticId,
  role,
  kind,
  unit: metadata.unit,
  expectedUnits,
  fault,
});

const adoptionView = ({ preferences, ...adoption }: Adoption) => ({
  ...adoption,
  at: isoOf(adoption.at),
  changedDashboard: preferences !== null,
});

const previewView = ({ facts, series, ...rest }: Preview) => ({
  ...rest,
  facts: factsView(facts),
  series: series.map((one) => ({ ...one, firstChange: one.firstChange === null ? null : isoOf(one.firstChange) })),
});

const isoOf = (at: Instant): string => new Date(at).toISOString();
