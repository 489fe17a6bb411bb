import { energyKey, isEnergy, ownStatisticId } from "../statistics/series.ts";
import type { AdoptionDeps } from "./deps.ts";
import { idsIn, type Swaps, sameSources, swapSources } from "./preferences.ts";
import type { Prepared } from "./prepare.ts";
import type { Adoption, PreferencesChange } from "./store.ts";

/**
 * - `unchanged`: the dashboard names none of the former series, or all is as it should be.
 * - `changed`: the series were put in their place, now or by an earlier run.
 * - `changed_by_hand`: somebody changed it since; it is left alone.
 */
export interface DashboardChange {
  readonly outcome: "unchanged" | "changed" | "changed_by_hand";
  readonly replaced: readonly string[];
  readonly added: readonly string[];
  /** Whether a price had to go, which Home Assistant refuses beside an external series. */
  readonly dropsPrice: boolean;
}

/** A series of the bridge as the dashboard needs it. */
export interface ShownSeries {
  readonly role: string;
  readonly statisticId: string;
  readonly hasEnergy: boolean;
}

/**
 * By which series each one is to be replaced: a former series by those that its hours went into, the bridge's own of
 * before by the one that took its place. Never a total beside its own split. Series of the bridge that hold energy and
 * that nothing else brings in come with the last that is replaced, so that no day leaves the dashboard.
 */
function swapsOf(
  { request, targets, history }: Pick<Prepared, "request" | "targets" | "history">,
  shown: readonly ShownSeries[],
  present: ReadonlySet<string>,
): Swaps {
  const { mode, usagePoint, flow } = request;
  const asTotal = flow === "production" || (mode === "continue" && targets.some(({ key }) => key.role === "total"));
  const wanted = shown.filter(({ role, hasEnergy }) => hasEnergy && (role === "total") === asTotal);
  const swaps = new Map<string, readonly string[]>();
  for (const { statisticId } of history.series) {
    const into = targets
      .filter(({ sources }) => sources.includes(statisticId))
      .map(({ name }) => name.statisticId)
      .filter((id) => wanted.some((series) => series.statisticId === id));
    if (!into.includes(statisticId)) swaps.set(statisticId, into);
  }
  for (const { role, statisticId } of shown) {
    const target = targets.find(({ key }) => key.role === role);
    const own = target && ownStatisticId(target.key);
    if (own !== undefined && own !== statisticId) swaps.set(own, [statisticId]);
    if (asTotal && role !== "total") swaps.set(statisticId, []);
  }
  const total = ownStatisticId(energyKey(usagePoint, flow, "total"));
  if (!asTotal && present.has(total) && !swaps.has(total)) swaps.set(total, []);
  const staying = history.series.map(({ statisticId }) => statisticId).filter((id) => !swaps.has(id));
  return withMissing(swaps, { wanted, staying, present });
}

function withMissing(
  swaps: Map<string, readonly string[]>,
  {
    wanted,
    staying,
    present,
  }: {
    readonly wanted: readonly ShownSeries[];
    readonly staying: readonly string[];
    readonly present: ReadonlySet<string>;
  },
): Swaps {
  const brought = new Set([...swaps].flatMap(([id, into]) => (present.has(id) ? into : [])));
  const missing = wanted.map(({ statisticId }) => statisticId).filter((id) => !brought.has(id) && !present.has(id));
  // A series that stays where it is brings them in as well: it is "replaced" by itself and by them.
  const last = [...swaps.keys(), ...staying].findLast((id) => present.has(id));
  if (last !== undefined && missing.length > 0) swaps.set(last, [...(swaps.get(last) ?? [last]), ...missing]);
  return swaps;
}

/** What the dashboard would become; null where it would stay as it is, or was never set up. */
export async function planDashboard(
  { session }: Pick<AdoptionDeps, "session">,
  prepared: Pick<Prepared, "request" | "targets" | "history">,
  shown: readonly ShownSeries[],
) {
  const before = await session.loadPreferences();
  if (before === null) return null;
  const present = idsIn(before);
  const swapped = swapSources(before.energySources, swapsOf(prepared, shown, present));
  const after = { ...before, energySources: swapped.sources };
  const added = [...idsIn(after)].filter((id) => !present.has(id));
  if (swapped.replaced.length === 0 && added.length === 0) return null;
  return { before, after, replaced: swapped.replaced, added, dropsPrice: swapped.dropsPrice };
}

const unchanged: DashboardChange = { outcome: "unchanged", replaced: [], added: [], dropsPrice: false };

/** Puts the bridge's series into the dashboard where the former ones stand. Saved first; repeated it goes on. */
export async function settleDashboard(
  deps: AdoptionDeps,
  prepared: Prepared,
  adoption: Adoption,
): Promise<DashboardChange> {
  const earlier = (await deps.store.loadAdoptions()).find(({ id }) => id === adoption.id)?.preferences ?? null;
  if (earlier !== null && earlier.undoneAt === null) return goOn(deps, earlier);
  const shown = (await deps.store.loadSeries())
    .filter(isEnergy)
    .filter(({ usagePoint, flow }) => usagePoint === adoption.usagePoint && flow === adoption.flow)
    .map(({ role, statisticId, total }) => ({ role, statisticId, hasEnergy: total > 0 }));
  const planned = await planDashboard(deps, prepared, shown);
  if (planned === null) return unchanged;
  const { before, after, ...told } = planned;
  await deps.store.savePreferencesChange({ at: deps.clock.now(), before, after }, adoption.id);
  await deps.session.saveEnergySources(after.energySources);
  return { outcome: "changed", ...told };
}

async function goOn({ session }: AdoptionDeps, { before, after }: PreferencesChange): Promise<DashboardChange> {
  const current = (await session.loadPreferences())?.energySources ?? [];
  const told = { replaced: [], added: [], dropsPrice: false };
  if (sameSources(current, after.energySources)) return { outcome: "changed", ...told };
  if (!sameSources(current, before?.energySources ?? [])) return { outcome: "changed_by_hand", ...told };
  await session.saveEnergySources(after.energySources);
  return { outcome: "changed", ...told };
}

/** Gives the dashboard back as it was, unless somebody changed it since. */
export async function revertDashboard(
  { session, store, clock }: AdoptionDeps,
  change: PreferencesChange | null,
): Promise<DashboardChange["outcome"]> {
  if (change === null || change.undoneAt !== null) return "unchanged";
  const before = change.before?.energySources ?? [];
  const current = (await session.loadPreferences())?.energySources ?? [];
  const isBack = sameSources(current, before);
  if (!isBack && !sameSources(current, change.after.energySources)) return "changed_by_hand";
  if (!isBack) await session.saveEnergySources(before);
  await store.notePreferencesUndone(change.id, clock.now());
  return "changed";
}
