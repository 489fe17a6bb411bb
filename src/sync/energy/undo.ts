import type { AdoptionStore, PreferencesChange } from "../adoption/store.ts";
import type { EnergySource } from "../statistics/recorder.ts";
import type { EnergyDeps } from "./apply.ts";
import { areSameSources, differingIds, gridIds } from "./grid.ts";
import { refusals } from "./refusal.ts";

/** What undoing would do, or did. */
export interface EnergyUndone {
  readonly change: number;
  /** Series that leave the dashboard, and that come back to it. */
  readonly removed: readonly string[];
  readonly restored: readonly string[];
  /** Whether the dashboard was as before already. */
  readonly wasUndone: boolean;
  /** Whether somebody changed it since the bridge did. */
  readonly isChangedSince: boolean;
}

export interface UndoDeps extends EnergyDeps {
  readonly store: EnergyDeps["store"] & Pick<AdoptionStore, "loadAdoptions">;
}

/** What `undoEnergy` would do. Changes nothing. @throws EnergyRefusal where there is nothing to undo. */
export async function previewUndo({ home, store }: Pick<UndoDeps, "home" | "store">): Promise<EnergyUndone> {
  const last = await lastChange(store);
  return outcomeOf(last, (await home.loadPreferences())?.energySources ?? []);
}

/**
 * Gives the dashboard the sources it had before the bridge's last change; a dashboard that had never been set up ends
 * without any. Refuses where it is no longer what the bridge wrote, unless `anyway`.
 * @throws EnergyRefusal, HomeAssistantFailure
 */
export async function undoEnergy(
  { home, store, clock }: UndoDeps,
  { anyway = false }: { readonly anyway?: boolean } = {},
): Promise<EnergyUndone> {
  const last = await lastChange(store);
  const before = last.before?.energySources ?? [];
  const current = (await home.loadPreferences())?.energySources ?? [];
  const outcome = outcomeOf(last, current);
  if (!outcome.wasUndone) {
    if (outcome.isChangedSince && !anyway) throw refusals.changedSince(differingIds(last.after.energySources, current));
    await home.saveEnergySources(before);
    const held = await home.loadPreferences();
    if (!areSameSources(held?.energySources ?? [], before)) throw refusals.notTaken();
  }
  await store.notePreferencesUndone(last.id, clock.now());
  return outcome;
}

async function lastChange(store: UndoDeps["store"]): Promise<PreferencesChange> {
  const last = await store.loadLastPreferencesChange();
  if (last === null) throw refusals.nothingToUndo();
  const adoption = (await store.loadAdoptions()).find(({ preferences }) => preferences?.id === last.id);
  if (adoption) throw refusals.ofAdoption(adoption.id);
  return last;
}

function outcomeOf({ id, before, after }: PreferencesChange, current: readonly EnergySource[]): EnergyUndone {
  const wasUndone = areSameSources(current, before?.energySources ?? []);
  const [then, now] = [gridIds(before?.energySources ?? []), gridIds(current)];
  return {
    change: id,
    removed: now.filter((statisticId) => !then.includes(statisticId)),
    restored: then.filter((statisticId) => !now.includes(statisticId)),
    wasUndone,
    isChangedSince: !wasUndone && !areSameSources(current, after.energySources),
  };
}
