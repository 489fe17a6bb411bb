import { abandon, ownTool } from "./abandon.ts";
import { type DashboardChange, revertDashboard } from "./dashboard.ts";
import { type AdoptionDeps, withClaim } from "./deps.ts";
import { bringUpOwnSeries, type OwnSeries } from "./own-series.ts";
import { AdoptionRefusal } from "./refusal.ts";
import { restoreSeries } from "./restore.ts";
import type { Adoption } from "./store.ts";

export interface GivenBack {
  readonly adoption: Adoption;
  readonly dashboard: DashboardChange["outcome"];
}

export interface UndoOutcome extends GivenBack {
  readonly ownSeries: OwnSeries;
}

/** The adoption of that number, else the newest of another tool's that is not undone. @throws AdoptionRefusal */
export async function findUndoable({ store }: Pick<AdoptionDeps, "store">, id: number | null): Promise<Adoption> {
  const all = [...(await store.loadAdoptions())].sort((a, b) => a.id - b.id);
  const adoption =
    id === null
      ? all.findLast(({ step, tool }) => step !== "undone" && tool !== ownTool)
      : all.find((one) => one.id === id);
  if (adoption === undefined)
    throw new AdoptionRefusal("unknown_adoption", {
      fr: id === null ? "Aucune reprise n'est à annuler." : `La reprise n° ${id} n'existe pas.`,
      en: id === null ? "There is no adoption to undo." : `There is no adoption no. ${id}.`,
    });
  if (adoption.step === "undone")
    throw new AdoptionRefusal("already_undone", {
      fr: `La reprise n° ${adoption.id} est déjà annulée.`,
      en: `Adoption no. ${adoption.id} is already undone.`,
    });
  const newer = all.findLast(
    ({ usagePoint, flow, step }) => step !== "undone" && usagePoint === adoption.usagePoint && flow === adoption.flow,
  );
  if (newer && newer.id !== adoption.id)
    throw new AdoptionRefusal("newer_first", {
      fr: `La reprise n° ${newer.id} du même compteur est plus récente : annulez-la d'abord.`,
      en: `Adoption no. ${newer.id} of the same meter is newer: undo that one first.`,
    });
  return adoption;
}

/**
 * Gives everything back, then brings the bridge's own series up to date where they stood in Home Assistant before.
 * @throws AdoptionRefusal
 * @throws HomeAssistantFailure
 */
export async function undo(deps: AdoptionDeps, id: number | null, signal: AbortSignal): Promise<UndoOutcome> {
  const outcome = await giveBack(deps, id, signal);
  return { ...outcome, ownSeries: await bringUpOwnSeries(deps, signal) };
}

/**
 * Gives back the former rows, field by field, then the dashboard, then the bridge's own names; the bridge goes on with
 * these. Nothing of the bridge writes meanwhile. Repeated after a crash it goes on.
 * @throws AdoptionRefusal
 * @throws HomeAssistantFailure
 */
export async function giveBack(deps: AdoptionDeps, id: number | null, signal: AbortSignal): Promise<GivenBack> {
  const outcome = await withClaim(deps, signal, async (renew): Promise<GivenBack> => {
    const adoption = await findUndoable(deps, id);
    if (adoption.step === "saved") {
      await abandon(deps, adoption);
      return { adoption: { ...adoption, step: "undone" }, dashboard: "unchanged" };
    }
    await deps.store.noteUndoing(adoption.id);
    for (const saved of await deps.store.loadSavedSeries(adoption.id)) {
      // The others were only read: a live sensor has gone on since.
      if (!adoption.statisticIds.includes(saved.statisticId)) continue;
      deps.onStep?.({ step: "restoring", statisticId: saved.statisticId, rows: saved.rows.length });
      await restoreSeries(saved, { session: deps.session, clock: deps.clock, renew });
    }
    deps.onStep?.({ step: "dashboard" });
    const dashboard = await revertDashboard(deps, adoption.preferences);
    deps.onStep?.({ step: "reverting" });
    await deps.store.revertAdoption(adoption.id, deps.clock.now());
    return { adoption: { ...adoption, step: "undone" }, dashboard };
  });
  deps.log.info({ adoption: outcome.adoption.id, tool: outcome.adoption.tool }, "adoption undone");
  return outcome;
}
