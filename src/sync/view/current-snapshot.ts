import { type Instant, minuteMs } from "../../domain/units.ts";
import type { Clock } from "../../shared/clock.ts";
import { observe } from "../observe.ts";
import { loadState, type StateDeps } from "../pass.ts";
import { plan } from "../plan/plan.ts";
import { rhythmOf } from "../plan/rhythm.ts";
import type { Snapshot } from "../snapshot.ts";
import type { PlanSetting } from "../statistics/plans.ts";
import type { Store } from "../store.ts";

export interface SnapshotDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly account: string;
  readonly plans: readonly PlanSetting[];
  readonly version: string;
  /** How the gateway is asked; null without credentials. */
  readonly planning: Pick<StateDeps, "credentials" | "rhythm" | "only"> | null;
}

/** What can be shown, and the instant it is of. */
export interface CurrentSnapshot {
  readonly at: Instant;
  readonly snapshot: Snapshot;
}

interface Remembered {
  readonly position: string;
  readonly plans: readonly PlanSetting[];
  readonly made: Promise<CurrentSnapshot>;
}

/** What was made last, by the store. */
const remembered = new WeakMap<Store, Remembered>();

/** No clock that is shown tells more: periods and prices begin on whole minutes. */
const keptMs = minuteMs;

/**
 * The snapshot of now, whether a pass has run or not. It is made anew once anything has been written, and each minute:
 * those who ask at the same time are told the same.
 */
export async function currentSnapshot(deps: SnapshotDeps): Promise<CurrentSnapshot> {
  const { store, clock, plans } = deps;
  // Asked for before the store is read: what is written meanwhile is another position.
  const position = `${await store.loadWritePosition()} ${Math.floor(clock.now() / keptMs)}`;
  const known = remembered.get(store);
  if (known?.position === position && known.plans === plans) return known.made;
  const made = makeSnapshot(deps);
  const entry: Remembered = { position, plans, made };
  remembered.set(store, entry);
  made.catch(() => {
    if (remembered.get(store) === entry) remembered.delete(store);
  });
  return made;
}

async function makeSnapshot({ planning, ...deps }: SnapshotDeps): Promise<CurrentSnapshot> {
  const { store, clock, account } = deps;
  const asked = planning ?? {
    credentials: "",
    rhythm: rhythmOf(await store.loadInstallationId(clock.now())),
    only: [],
  };
  const input = await loadState({ store, clock, account, ...asked }, null);
  // The sentences of every language are in it.
  return { at: input.now, snapshot: await observe(input, plan(input), { ...deps, language: "en" }) };
}
