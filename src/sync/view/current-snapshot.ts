import { hourMs, type Instant, minuteMs } from "../../domain/units.ts";
import type { Clock } from "../../shared/clock.ts";
import type { DestinationName } from "../exports/destination.ts";
import { observe } from "../observe.ts";
import { loadState, type StateDeps } from "../pass.ts";
import { type Plan, type PlanInput, plan } from "../plan/plan.ts";
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
  /** The secondary destinations that are set; absent: none. */
  readonly destinations?: readonly DestinationName[];
  /** How the gateway is asked; null without credentials. */
  readonly planning: Pick<StateDeps, "credentials" | "rhythm" | "only"> | null;
}

/** What can be shown, and the instant it is of. */
export interface CurrentSnapshot {
  readonly at: Instant;
  readonly snapshot: Snapshot;
}

interface Kept<T> {
  readonly of: string;
  readonly plans: readonly PlanSetting[];
  readonly made: Promise<T>;
}

/** What the store held, and what is to be asked next. */
interface Read {
  readonly input: PlanInput;
  readonly planned: Plan;
}

/** By the store: what was read last, and what was made of it. */
const readings = new WeakMap<Store, Kept<Read>>();
const snapshots = new WeakMap<Store, Kept<CurrentSnapshot>>();

/** No clock that is shown tells more: periods and prices begin on whole minutes. */
const shownMs = minuteMs;

/**
 * The snapshot of now, whether a pass has run or not. It is made anew each minute, and of what the store holds once
 * anything has been written; those who ask at the same time are told the same.
 */
export async function currentSnapshot(deps: SnapshotDeps): Promise<CurrentSnapshot> {
  const { store, clock, plans } = deps;
  // Asked for before the store is read: what is written meanwhile is another position.
  const position = await store.loadWritePosition();
  const now = clock.now();
  // Days and seasons, by which the store is asked, begin on whole hours.
  const reading = { of: `${position} ${Math.floor(now / hourMs)}`, plans };
  const read = kept(readings, store, reading, () => readStore(deps));
  const making = { of: `${position} ${Math.floor(now / shownMs)}`, plans };
  return kept(snapshots, store, making, async () => {
    const { input, planned } = await read;
    const current = { ...input, now };
    // Until its next call is due a plan stays as it is.
    const isDue = planned.due.length === 0 && planned.next !== null && planned.next.dueAt <= now;
    // The sentences of every language are in it.
    const snapshot = await observe(current, isDue ? plan(current) : planned, { ...deps, language: "en" });
    return { at: now, snapshot };
  });
}

function kept<T>(
  memory: WeakMap<Store, Kept<T>>,
  store: Store,
  { of, plans }: Omit<Kept<T>, "made">,
  make: () => Promise<T>,
): Promise<T> {
  const known = memory.get(store);
  if (known?.of === of && known.plans === plans) return known.made;
  const entry: Kept<T> = { of, plans, made: make() };
  memory.set(store, entry);
  entry.made.catch(() => {
    if (memory.get(store) === entry) memory.delete(store);
  });
  return entry.made;
}

async function readStore({ store, clock, account, planning }: SnapshotDeps): Promise<Read> {
  const asked = planning ?? {
    credentials: "",
    rhythm: rhythmOf(await store.loadInstallationId(clock.now())),
    only: [],
  };
  const input = await loadState({ store, clock, account, ...asked }, null);
  return { input, planned: plan(input) };
}
