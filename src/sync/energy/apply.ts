import type { Instant } from "../../domain/units.ts";
import type { AdoptionStore } from "../adoption/store.ts";
import { type EnergySource, HomeAssistantFailure, type HomeAssistantSession } from "../statistics/recorder.ts";
import { complete } from "./complete.ts";
import { areSameSources, digestOf, hasLists, hasMoney, withoutIds } from "./grid.ts";
import { moneyIdsIn } from "./money.ts";
import { refusals } from "./refusal.ts";
import {
  type EnergyReview,
  type FlowReview,
  isThere,
  type Proposal,
  type ReviewDeps,
  reviewWithPreferences,
} from "./review.ts";

export interface EnergyDeps extends ReviewDeps {
  readonly home: ReviewDeps["home"] & Pick<HomeAssistantSession, "saveEnergySources">;
  readonly store: ReviewDeps["store"] &
    Pick<AdoptionStore, "savePreferencesChange" | "loadLastPreferencesChange" | "notePreferencesUndone">;
  readonly clock: { now(): Instant };
}

export interface EnergyApply {
  /** Of the review that the user decided upon. */
  readonly digest: string;
  /** Series of other sources that leave the dashboard. */
  readonly replace?: readonly string[];
  /** Adds what would count twice as well; never a split beside its own total. */
  readonly anyway?: boolean;
}

export interface EnergyApplied {
  readonly added: readonly string[];
  /** Series in the dashboard that get the series of their money, having had no price of any kind. */
  readonly completed: readonly string[];
  readonly removed: readonly string[];
  /** What is missing still, because it would count twice. */
  readonly leftOut: readonly string[];
  /** Replaced series whose price or cost leaves with them, because nothing that comes has one. */
  readonly moneyLost: readonly string[];
  /** What is missing still, because Home Assistant does not hold it yet. */
  readonly waiting: readonly string[];
  /** Number of the change that can be undone; null where nothing was to be done. */
  readonly change: number | null;
}

/** What `applyEnergy` would do, whatever the digest. Changes nothing. @throws EnergyRefusal */
export async function previewApply(
  deps: ReviewDeps,
  request: Omit<EnergyApply, "digest">,
): Promise<Omit<EnergyApplied, "change">> {
  const { review, preferences } = await reviewWithPreferences(deps);
  const { sources: _, ...outcome } = decideOn(review, preferences?.energySources ?? [], request);
  return outcome;
}

/**
 * Adds what is missing, keeps all else as it is, and reads back.
 * @throws EnergyRefusal, HomeAssistantFailure
 */
export async function applyEnergy(deps: EnergyDeps, request: EnergyApply): Promise<EnergyApplied> {
  const { home, store, clock } = deps;
  const { review, preferences } = await reviewWithPreferences(deps);
  if (review.digest !== request.digest) throw refusals.changed();
  const before = preferences?.energySources ?? [];
  const { sources, ...outcome } = decideOn(review, before, request);
  if (areSameSources(before, sources)) return { ...outcome, change: null };
  const after = { energySources: sources, deviceConsumption: preferences?.deviceConsumption ?? [] };
  // Comparing curves takes its time: the user may be at the dashboard in the meantime.
  if (digestOf(await home.loadPreferences()) !== digestOf(preferences)) throw refusals.changed();
  const change = await store.savePreferencesChange({ at: clock.now(), before: preferences, after }, null);
  await save(deps, sources, change.id);
  return { ...outcome, change: change.id };
}

/** Writes and reads back. A change that was refused is none that could be undone. */
async function save({ home, store, clock }: EnergyDeps, sources: readonly EnergySource[], change: number) {
  try {
    await home.saveEnergySources(sources);
  } catch (error) {
    if (!(error instanceof HomeAssistantFailure)) throw error;
    if (error.reason === "refused" || error.reason === "not_admin")
      await store.notePreferencesUndone(change, clock.now());
    if (error.reason === "refused" && isBefore(home.facts.version, flatSince))
      throw refusals.oldFormat(home.facts.version, { cause: error });
    throw error;
  }
  const held = await home.loadPreferences();
  if (!areSameSources(held?.energySources ?? [], sources)) throw refusals.notTaken();
}

interface Decision extends Omit<EnergyApplied, "change"> {
  readonly sources: readonly EnergySource[];
}

/** The new list of sources, and what becomes of each proposal. */
function decideOn(
  { flows, homeAssistant }: EnergyReview,
  before: readonly EnergySource[],
  request: Omit<EnergyApply, "digest">,
): Decision {
  if (hasLists(before)) throw refusals.oldFormat(homeAssistant);
  const replace = new Set(request.replace ?? []);
  const stranger = [...replace].find((id) => !flows.some((flow) => flow.neighbours.some(isNamed(id))));
  if (stranger !== undefined) throw refusals.unknownId(stranger);
  const plans = flows.map((flow) => planFlow(flow, replace, request.anyway ?? false));
  const added = plans.flatMap(({ add }) => add);
  for (const id of replace)
    if (!flows.some((flow, at) => flow.neighbours.some(isNamed(id)) && takesOver(flow, plans[at]?.add ?? [])))
      throw refusals.nothingInstead(id);
  const leftOut = plans.flatMap((plan) => plan.leftOut);
  const blocking = [...new Set(plans.flatMap((plan) => plan.blocking))];
  const uncosted = flows.flatMap(({ flow, proposals }) =>
    proposals.filter(({ state }) => state === "uncosted").map((proposal) => ({ flow, proposal })),
  );
  if (added.length + uncosted.length + replace.size === 0 && leftOut.length > 0)
    throw refusalFor(flows, blocking, request);
  const kept = uncosted.reduce<readonly EnergySource[]>(
    (sources, { flow, proposal: { statisticId, source } }) =>
      complete(sources, { flow, id: statisticId, moneyId: source.stat_cost ?? source.stat_compensation }),
    withoutIds(before, replace),
  );
  return {
    sources: [...kept, ...withFreeMoney(added, kept)],
    added: added.map(({ statisticId }) => statisticId),
    completed: uncosted.map(({ proposal }) => proposal.statisticId),
    removed: [...replace],
    moneyLost: added.every(({ source }) => source.stat_cost === null && source.stat_compensation === null)
      ? [...replace].filter((id) => before.some((source) => hasMoney(source, id)))
      : [],
    leftOut: leftOut.map(({ statisticId }) => statisticId),
    waiting: flows.flatMap(({ proposals }) => idsIn(proposals, "waiting")),
  };
}

function planFlow({ proposals, neighbours }: FlowReview, replace: ReadonlySet<string>, anyway: boolean) {
  const blocking = neighbours
    .filter(({ overlap, statisticId }) => (overlap === "twice" || overlap === "unknown") && !replace.has(statisticId))
    .filter(({ relation }) => relation === "own_total" || !anyway)
    .map(({ statisticId }) => statisticId);
  const wanted = proposals.filter(({ state }) => state === "missing" || state === "twice");
  return blocking.length === 0
    ? { add: wanted, leftOut: [], blocking }
    : { add: [], leftOut: wanted, blocking: wanted.length > 0 ? blocking : [] };
}

/** Whether something of the flow is in the dashboard when the other source has gone. */
const takesOver = ({ proposals }: FlowReview, add: readonly Proposal[]): boolean =>
  add.length > 0 || proposals.some(isThere);

function refusalFor(
  flows: readonly FlowReview[],
  blocking: readonly string[],
  { anyway }: Omit<EnergyApply, "digest">,
) {
  const total = flows
    .flatMap(({ neighbours }) => neighbours)
    .find(({ relation, statisticId }) => relation === "own_total" && blocking.includes(statisticId));
  return total && (anyway || blocking.length === 1)
    ? refusals.totalBesideSplit(total.statisticId)
    : refusals.wouldCountTwice(blocking);
}

/** A series of money that another source has already would be refused: the energy goes in without. */
function withFreeMoney(added: readonly Proposal[], kept: readonly EnergySource[]): EnergySource[] {
  const used = moneyIdsIn(kept);
  return added.map(({ source }) => ({
    ...source,
    stat_cost: used.has(source.stat_cost) ? null : source.stat_cost,
    stat_compensation: used.has(source.stat_compensation) ? null : source.stat_compensation,
  }));
}

const isNamed =
  (id: string) =>
  ({ statisticId }: { readonly statisticId: string }): boolean =>
    statisticId === id;

const idsIn = (proposals: readonly Proposal[], state: Proposal["state"]): string[] =>
  proposals.filter((proposal) => proposal.state === state).map(({ statisticId }) => statisticId);

/** The flat grid source came with this version. */
const flatSince = [2026, 4] as const;

function isBefore(version: string, [year, month]: readonly [number, number]): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < year || (major === year && minor < month);
}
