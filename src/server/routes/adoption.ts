import { randomUUID } from "node:crypto";
import type { FastifyPluginAsync } from "fastify";
import { z } from "zod";
import { localDate } from "../../domain/calendar.ts";
import { type Instant, type LocalDate, usagePointId } from "../../domain/units.ts";
import { flows } from "../../domain/usage-point.ts";
import { adopt } from "../../sync/adoption/adopt.ts";
import type { AdoptionDeps } from "../../sync/adoption/deps.ts";
import type { FindOptions, FormerSeries } from "../../sync/adoption/find.ts";
import type { HistoryFacts } from "../../sync/adoption/inspect.ts";
import { type FoundHistory, listHistories } from "../../sync/adoption/list.ts";
import { adoptionDeps } from "../../sync/adoption/open.ts";
import type { AdoptRequest } from "../../sync/adoption/prepare.ts";
import { type Preview, preview } from "../../sync/adoption/preview.ts";
import type { Adoption } from "../../sync/adoption/store.ts";
import { formerTools, toolNames } from "../../sync/adoption/tools.ts";
import { undo } from "../../sync/adoption/undo.ts";
import { confirmed, parse, requireConfirmation, withHome } from "../request.ts";
import type { RouteContext } from "../server.ts";

const day = z.string().transform((text, context): LocalDate => {
  try {
    return localDate(text);
  } catch {
    context.addIssue({ code: "custom" });
    return z.NEVER;
  }
});
/** The part before the colon that MyElectricalData v2 was given. */
const prefix = z
  .string()
  .regex(/^[a-z\d]+(_[a-z\d]+)*$/)
  .max(32);
const request = {
  tool: z.enum(formerTools),
  usagePoint: z
    .string()
    .regex(/^\d{14}$/)
    .transform(usagePointId),
  flow: z.enum(flows).default("consumption"),
  mode: z.enum(["continue", "copy"]),
  until: day.nullable().default(null),
  prefix: prefix.optional(),
  /** Of a sensor, which no name tells. */
  statisticId: z.string().min(3).max(255).optional(),
};
const query = z.object({ prefix: prefix.optional() });
const previewBody = z.strictObject(request);
const applyBody = z.strictObject({ ...request, ...confirmed });
const undoBody = z.strictObject({ ...confirmed, id: z.number().int().positive() });

/** The histories of other tools: finding, previewing, taking over, giving back. */
export const adoptionRoutes =
  ({ parts, signal, inTurn }: RouteContext): FastifyPluginAsync =>
  async (app) => {
    // Not the service's own name: its writer and a request must not both think that they hold the claim.
    const holder = randomUUID();
    const withDeps = <T>(use: (deps: AdoptionDeps) => Promise<T>): Promise<T> =>
      withHome(parts, signal, async (session, statistics) =>
        use(await adoptionDeps({ ...statistics, holder }, session)),
      );

    app.get("/api/adoption", (request) => {
      const options = findOptions(parse(query, request.query));
      return withDeps(async (deps) => ({
        found: (await listHistories(deps, options)).map(historyView),
        adoptions: (await deps.store.loadAdoptions()).map(adoptionView),
      }));
    });
    app.post("/api/adoption/preview", (request) => {
      const wanted = requestOf(parse(previewBody, request.body));
      return withDeps(async (deps) => previewView(await preview(deps, wanted)));
    });
    app.post("/api/adoption/apply", (request) => {
      const body = parse(applyBody, request.body);
      requireConfirmation(body);
      return inTurn(() =>
        withDeps(async (deps) => {
          const outcome = await adopt(deps, requestOf(body), signal);
          return { ...outcome, adoption: adoptionView(outcome.adoption) };
        }),
      );
    });
    app.post("/api/adoption/undo", (request) => {
      const body = parse(undoBody, request.body);
      requireConfirmation(body);
      return inTurn(() =>
        withDeps(async (deps) => {
          const outcome = await undo(deps, body.id, signal);
          return { ...outcome, adoption: adoptionView(outcome.adoption) };
        }),
      );
    });
  };

function requestOf({ tool, usagePoint, flow, mode, until, ...find }: z.infer<typeof previewBody>): AdoptRequest {
  const named = find.statisticId === undefined ? {} : { named: { statisticId: find.statisticId, usagePoint, flow } };
  return { tool, usagePoint, flow, mode, until, find: { ...findOptions(find), ...named } };
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
