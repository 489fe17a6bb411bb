import { dateAt } from "../../domain/calendar.ts";
import { type Instant, instant, type LocalDate, type UsagePointId, type WattMinutes } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { Adoption, AdoptionStore } from "../adoption/store.ts";
import { meaningOf } from "../adoption/tools.ts";
import type { EnergyPreferences, GridSource, HomeAssistantSession, StatisticMetadata } from "../statistics/recorder.ts";
import { isEnergy, orderOfRole, type SeriesRole, type SeriesState } from "../statistics/series.ts";
import type { StatisticStore } from "../statistics/store.ts";
import { type Curve, compareCurves, curveOf, type Likeness } from "./compare.ts";
import { canComplete } from "./complete.ts";
import { digestOf, gridSource, hasLists, idsOf } from "./grid.ts";
import { moneyIdOf } from "./money.ts";

/**
 * | state | the proposal |
 * |---|---|
 * | there | is in the dashboard |
 * | uncosted | is in the dashboard without any price, and the series of its money can be added to it |
 * | missing | can be added |
 * | twice | is missing, and would count what another source counts already |
 * | waiting | is missing, and Home Assistant does not hold the series yet |
 */
export type ProposalState = "there" | "uncosted" | "missing" | "twice" | "waiting";

/** Whether the series counts in the dashboard already. */
export const isThere = ({ state }: Pick<Proposal, "state">): boolean => state === "there" || state === "uncosted";

/** A source of the dashboard as the bridge would have it. */
export interface Proposal {
  readonly role: SeriesRole;
  readonly statisticId: string;
  readonly name: string;
  /** The first day the series knows. */
  readonly from: LocalDate;
  readonly source: GridSource;
  readonly state: ProposalState;
}

/**
 * | relation | the other source is |
 * |---|---|
 * | own_total | the bridge's own total of the very periods proposed |
 * | same_meter | another tool's series of the same meter |
 * | stranger | anything else |
 */
export type Relation = "own_total" | "same_meter" | "stranger";

/**
 * `twice`: the same energy; `other`: another source at the same time; `apart`: no day in common, and none to come;
 * `unknown`: it still runs and began after the bridge's last day.
 */
export type Overlap = "twice" | "other" | "apart" | "unknown";

/** Another source of the dashboard, beside what is proposed for one flow of one meter. */
export interface Neighbour {
  readonly statisticId: string;
  readonly relation: Relation;
  readonly overlap: Overlap;
  /** The first day it knows; null without any. Those before the proposals' would leave the dashboard with it. */
  readonly since: LocalDate | null;
  readonly comparison: Likeness;
}

export interface FlowReview {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  /** By tariff period; a flow that is not split has one. */
  readonly proposals: readonly Proposal[];
  readonly neighbours: readonly Neighbour[];
}

export interface EnergyReview {
  /** To be handed back when it is applied: it names all that is shown here but the figures. */
  readonly digest: string;
  readonly homeAssistant: string;
  /** Whether the dashboard was ever set up. */
  readonly isSetUp: boolean;
  /** Whether Home Assistant is of before 2026 and takes none of the proposals. */
  readonly isOldFormat: boolean;
  readonly flows: readonly FlowReview[];
}

export interface ReviewDeps {
  readonly home: Pick<HomeAssistantSession, "facts" | "listStatistics" | "loadRows" | "loadPreferences">;
  readonly store: Pick<StatisticStore, "loadSeries" | "loadHours"> & Pick<AdoptionStore, "loadAdoptions">;
}

/** What the Energy Dashboard has, what it could have, and what would count twice. Changes nothing. */
export async function reviewEnergy(deps: ReviewDeps): Promise<EnergyReview> {
  return (await reviewWithPreferences(deps)).review;
}

/** The same with the preferences it speaks of. */
export async function reviewWithPreferences({ home, store }: ReviewDeps) {
  const preferences = await home.loadPreferences();
  const listed = await home.listStatistics();
  const series = (await store.loadSeries()).filter(isEnergy);
  const adoptions = (await store.loadAdoptions()).filter(({ step }) => step === "applied");
  const flows: FlowReview[] = [];
  for (const group of flowsOf(series))
    flows.push(await reviewFlow({ home, store, preferences, listed, adoptions, series, group }));
  const review: EnergyReview = {
    digest: digestOf({ sources: preferences?.energySources ?? "none", flows: flows.map(shownOf) }),
    homeAssistant: home.facts.version,
    isSetUp: preferences !== null,
    isOldFormat: hasLists(preferences?.energySources ?? []),
    flows,
  };
  return { review, preferences };
}

/** A series that holds nothing shows nothing. A total is proposed only where it is not split. */
function* flowsOf(series: readonly SeriesState[]): Generator<readonly SeriesState[]> {
  const filled = series.filter(({ firstHour, total }) => firstHour !== null && total > 0);
  for (const group of Map.groupBy(filled, ({ usagePoint, flow }) => `${usagePoint} ${flow}`).values()) {
    const total = group.filter(({ role }) => role === "total");
    const split = group.filter(({ role }) => role !== "total");
    // A plan without periods has one series; beside a total that was continued it is the same once more.
    const isSame = total.length > 0 && split.every(({ role }) => role === "base");
    yield (split.length === 0 || isSame ? total : split).toSorted((a, b) => orderOfRole(a.role) - orderOfRole(b.role));
  }
}

interface FlowInput extends ReviewDeps {
  readonly preferences: EnergyPreferences | null;
  readonly listed: readonly StatisticMetadata[];
  readonly adoptions: readonly Adoption[];
  /** All of energy that are active, of any meter. */
  readonly series: readonly SeriesState[];
  /** Those to propose for the flow. */
  readonly group: readonly SeriesState[];
}

async function reviewFlow(input: FlowInput): Promise<FlowReview> {
  const [{ usagePoint, flow }] = input.group as [SeriesState];
  const sources = input.preferences?.energySources ?? [];
  const present = sources.flatMap((source) => idsOf(source, flow));
  const neighbours: Neighbour[] = [];
  const strangers = [...new Set(present)].flatMap((id) => {
    const relation = relationOf(id, input);
    return relation === null ? [] : [{ id, relation }];
  });
  if (strangers.length > 0) {
    const own = await ownCurve(input);
    for (const { id, relation } of strangers) neighbours.push(await neighbourOf(id, relation, own, input));
  }
  const isTwice = neighbours.some(({ overlap }) => overlap === "twice");
  const known = new Set(
    input.listed
      .filter(({ unitClass, hasSum }) => unitClass === "energy" && hasSum)
      .map(({ statisticId }) => statisticId),
  );
  const stateOf = (id: string, moneyId: string | null): ProposalState => {
    if (present.includes(id)) return canComplete(sources, { flow, id, moneyId }) ? "uncosted" : "there";
    if (!known.has(id)) return "waiting";
    return isTwice ? "twice" : "missing";
  };
  const proposals = input.group.map((one): Proposal => {
    const moneyId = moneyIdOf(one, input);
    return {
      role: one.role,
      statisticId: one.statisticId,
      name: one.name,
      from: dateAt(one.firstHour ?? instant(0)),
      source: gridSource(flow, one.statisticId, moneyId),
      state: stateOf(one.statisticId, moneyId),
    };
  });
  return { usagePoint, flow, proposals, neighbours };
}

/** Null for what is proposed itself, and for what belongs to another meter of the bridge. */
function relationOf(id: string, { group, series }: FlowInput): Relation | null {
  const [first] = group;
  if (first === undefined || group.some(({ statisticId }) => statisticId === id)) return null;
  const own = series.find(({ statisticId }) => statisticId === id);
  if (own)
    return own.usagePoint === first.usagePoint && own.flow === first.flow && own.role === "total" ? "own_total" : null;
  const usagePoint = meaningOf(id, id.split(":")[0] ?? "")?.usagePoint;
  if (usagePoint === first.usagePoint) return "same_meter";
  return series.some((other) => other.usagePoint === usagePoint) ? null : "stranger";
}

async function ownCurve({ store, group }: FlowInput): Promise<Map<Instant, WattMinutes>> {
  const curve = new Map<Instant, WattMinutes>();
  for (const { id } of group)
    for (const { start, amount } of await store.loadHours(id, null))
      curve.set(start, ((curve.get(start) ?? 0) + amount) as WattMinutes);
  return curve;
}

async function neighbourOf(
  statisticId: string,
  relation: Relation,
  own: Curve,
  { home, listed }: FlowInput,
): Promise<Neighbour> {
  const rows = (await home.loadRows([statisticId], {})).get(statisticId) ?? [];
  const unit = listed.find((metadata) => metadata.statisticId === statisticId)?.unit ?? null;
  // The statistics of an entity are booked when it is told something, those of a tool on the hour it means.
  const mayBeLate = !statisticId.includes(":");
  const curve = curveOf(rows, unit) ?? new Map<Instant, WattMinutes>();
  const comparison = compareCurves(own, curve, { mayBeLate });
  const [first] = curve.keys();
  const since = first === undefined ? null : dateAt(first);
  return { statisticId, relation, since, overlap: overlapOf(relation, comparison, { own, curve }), comparison };
}

function overlapOf(
  relation: Relation,
  { commonDays, isSameHouse }: Likeness,
  { own, curve }: { readonly own: Curve; readonly curve: Curve },
): Overlap {
  if (relation === "own_total") return "twice";
  // What began after our last day will meet our next one, and nothing tells yet whose energy it is.
  if (commonDays === 0) return lastOf(curve) > lastOf(own) ? "unknown" : "apart";
  return relation === "same_meter" || isSameHouse ? "twice" : "other";
}

const lastOf = (curve: Curve): number => [...curve.keys()].reduce<number>((last, at) => Math.max(last, at), 0);

/** What a review shows, without the figures, which change every day. */
const shownOf = ({ usagePoint, flow, proposals, neighbours }: FlowReview) => ({
  usagePoint,
  flow,
  proposals: proposals.map(({ source, state }) => ({ source, state })),
  neighbours: neighbours.map(({ statisticId, overlap }) => ({ statisticId, overlap })),
});
