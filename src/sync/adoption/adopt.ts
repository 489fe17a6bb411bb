import { HomeAssistantFailure } from "../statistics/recorder.ts";
import { abandon } from "./abandon.ts";
import { quietOf } from "./beside.ts";
import { type DashboardChange, settleDashboard } from "./dashboard.ts";
import { type AdoptionDeps, withClaim } from "./deps.ts";
import { readHistory } from "./former-hours.ts";
import { isHalfWritten } from "./half-written.ts";
import { type AdoptRequest, type Prepared, prepare } from "./prepare.ts";
import { AdoptionRefusal } from "./refusal.ts";
import { sameRows } from "./restore.ts";
import type { Adoption, SavedSeries } from "./store.ts";
import { toolNames } from "./tools.ts";
import { giveBack } from "./undo.ts";

export interface AdoptOutcome {
  readonly adoption: Adoption;
  /** Whether it had been applied by an earlier run, which this one finished. */
  readonly wasApplied: boolean;
  /** Whether that one had left it half written. */
  readonly wasHalfWritten: boolean;
  readonly dashboard: DashboardChange;
}

/**
 * Takes a history over: saves its rows, puts its hours into the bridge's series, writes these to Home Assistant with all
 * sums to the end, and puts them in the former ones' place in the Energy Dashboard. Each step is remembered before the
 * next, so that the same request after a crash goes on where it stopped.
 * @throws AdoptionRefusal before anything is changed
 * @throws HomeAssistantFailure
 */
export async function adopt(deps: AdoptionDeps, request: AdoptRequest, signal: AbortSignal): Promise<AdoptOutcome> {
  await undoQuiet(deps, request, signal);
  deps.onStep?.({ step: "reading" });
  const { prepared, adoption } = await withClaim(deps, signal, async (renew) => {
    const prepared = await prepare(deps, request);
    await renew();
    return { prepared, adoption: await settle(deps, prepared) };
  });
  const { earlier } = prepared;
  const wasHalfWritten = earlier !== null && isHalfWritten(earlier, await deps.store.loadSeries());
  deps.onStep?.({ step: "writing" });
  await write(deps, prepared, adoption, signal);
  deps.onStep?.({ step: "dashboard" });
  const dashboard = await settleDashboard(deps, prepared, adoption);
  deps.log.info({ adoption: adoption.id, tool: adoption.tool, mode: adoption.mode }, "history adopted");
  return { adoption, wasApplied: earlier?.step === "applied", wasHalfWritten, dashboard };
}

/** What the bridge had continued by itself stands in the way of a copy, and is nobody's word: it is given back first. */
async function undoQuiet(deps: AdoptionDeps, request: AdoptRequest, signal: AbortSignal): Promise<void> {
  const quiet = quietOf(await deps.store.loadAdoptions(), request);
  if (request.mode === "copy" && quiet) await giveBack(deps, quiet.id, signal);
}

/** Without the right to write, not one row was: nothing is left half done. */
async function write(
  deps: AdoptionDeps,
  { earlier }: Prepared,
  adoption: Adoption,
  signal: AbortSignal,
): Promise<void> {
  try {
    await deps.write(signal);
  } catch (error) {
    const isNew = earlier?.step !== "applied";
    if (isNew && error instanceof HomeAssistantFailure && error.reason === "not_admin") await abandon(deps, adoption);
    throw error;
  }
}

/** Brings the adoption to `applied`, from wherever an earlier run left it. */
async function settle(deps: AdoptionDeps, prepared: Prepared): Promise<Adoption> {
  const { store } = deps;
  const { earlier, targets } = prepared;
  if (earlier?.step === "applied") {
    // The bridge had gone on after the former rows; now the user lets it write over them.
    if (earlier.keepThrough !== null) {
      await store.applyAdoption(earlier.id, targets);
      await store.letRewrite(earlier.id);
      return { ...earlier, keepThrough: null };
    }
    return earlier;
  }
  let saved = earlier;
  if (saved !== null && !(await isAsSaved(deps, saved, prepared))) {
    await abandon(deps, saved);
    saved = null;
  }
  saved ??= await save(deps, prepared);
  await refuseIfStillWritten(deps, prepared, saved);
  deps.onStep?.({ step: "applying" });
  await store.applyAdoption(saved.id, targets);
  return { ...saved, step: "applied" };
}

/** Saves the former series, and those that the bridge is about to write to. */
async function save(deps: AdoptionDeps, { request, read, targets }: Prepared): Promise<Adoption> {
  deps.onStep?.({ step: "saving" });
  const { store, session, clock } = deps;
  const written = targets.map(({ name }) => name.statisticId);
  const sources: SavedSeries[] = read.map(({ series: { statisticId, metadata }, rows }) => ({
    statisticId,
    metadata,
    rows,
  }));
  const others = written.filter((id) => !sources.some(({ statisticId }) => statisticId === id));
  const listed = await session.listStatistics();
  const rows = others.length === 0 ? new Map() : await session.loadRows(others, {});
  const own = others.map(
    (statisticId): SavedSeries => ({
      statisticId,
      metadata: listed.find((metadata) => metadata.statisticId === statisticId) ?? null,
      rows: rows.get(statisticId) ?? [],
    }),
  );
  return store.saveAdoption(
    {
      usagePoint: request.usagePoint,
      flow: request.flow,
      tool: request.tool,
      mode: request.mode,
      at: clock.now(),
      statisticIds: written,
      keepThrough: null,
    },
    [...sources, ...own],
  );
}

async function isAsSaved({ store }: AdoptionDeps, adoption: Adoption, { read }: Prepared): Promise<boolean> {
  const saved = await store.loadSavedSeries(adoption.id);
  return read.every(({ series, rows }) => {
    const found = saved.find(({ statisticId }) => statisticId === series.statisticId);
    return found !== undefined && sameRows(found.rows, rows);
  });
}

/** Two writers of one series fight: what changed since it was read is another one's work. */
async function refuseIfStillWritten(deps: AdoptionDeps, prepared: Prepared, saved: Adoption): Promise<void> {
  const again = await readHistory(prepared.history, deps.session, prepared.until);
  const changed = again.find(
    ({ series, rows }) =>
      !sameRows(rows, prepared.read.find((one) => one.series.statisticId === series.statisticId)?.rows ?? []),
  );
  if (changed === undefined) return;
  await abandon(deps, saved);
  const { statisticId } = changed.series;
  const { tool } = prepared.request;
  const name = tool === "sensor" ? { fr: "Un outil", en: "A tool" } : { fr: toolNames[tool], en: toolNames[tool] };
  throw new AdoptionRefusal("still_written", {
    fr: `${name.fr} écrit encore dans ${statisticId} : arrêtez-le d'abord, puis recommencez. Rien n'a été changé.`,
    en: `${name.en} still writes to ${statisticId}: stop it first, then try again. Nothing was changed.`,
  });
}
