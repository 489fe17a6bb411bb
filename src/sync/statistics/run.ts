import type { PlanDoubt } from "../../domain/tariff/plan.ts";
import type { PriceBook } from "../../domain/tariff/price-book.ts";
import { dayMs, type Instant, type LocalDate, type UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Language } from "../../shared/language.ts";
import type { Logger } from "../../shared/log.ts";
import { continueQuietly } from "../adoption/continue-quietly.ts";
import type { Adoption, AdoptionStore } from "../adoption/store.ts";
import { loadPriceBook } from "../prices/book.ts";
import { loadPointPlan } from "../prices/selected-offer.ts";
import type { Store, StoredUsagePoint } from "../store.ts";
import { checkSeries } from "./check.ts";
import { Claim } from "./claim.ts";
import { deriveGroup } from "./derive.ts";
import { ownName } from "./names.ts";
import { markChangedPlan, type PlanSetting, type PointPlan } from "./plans.ts";
import { dayPricesOf, markChangedPrices } from "./prices.ts";
import type { StatisticsProgress } from "./progress.ts";
import type { HomeAssistant, HomeAssistantSession, StatisticMetadata } from "./recorder.ts";
import type { SeriesKey, SeriesState } from "./series.ts";
import type { StaleStatisticDay, StatisticStore } from "./store.ts";
import { type UnknownPoint, unknownPointsIn } from "./unknown-points.ts";
import { writeSeries } from "./write.ts";

export interface StatisticsDeps {
  readonly store: Store & AdoptionStore;
  readonly homeAssistant: HomeAssistant;
  readonly clock: Clock;
  readonly log: Logger;
  readonly language: Language;
  readonly account: string;
  readonly plans: readonly PlanSetting[];
  /** Names this process among those that share the database. */
  readonly holder: string;
  /** Only these usage points are served; all when empty. */
  readonly only: readonly UsagePointId[];
  readonly onProgress?: (progress: StatisticsProgress) => void;
}

export interface StatisticsRun {
  /** Whether another process was at it. */
  readonly isBusyElsewhere: boolean;
  /** Whether Home Assistant was spoken to at all. */
  readonly spoke: boolean;
  readonly derivedDays: number;
  readonly changedRows: number;
  readonly writtenRows: number;
  /** Ids in which somebody else's rows or values were found. */
  readonly foreign: readonly string[];
  readonly doubts: readonly { readonly usagePoint: UsagePointId; readonly doubt: PlanDoubt }[];
  /** Meters that the settings name and that nobody knows. */
  readonly unknownPoints: readonly UnknownPoint[];
}

/** After a repair, so that two writers do not fight. */
const repairEveryMs = dayMs;

/**
 * Derives what changed and brings Home Assistant to it. With nothing new it reads the store, and Home Assistant only
 * where `check` asks for it. Everything it does is remembered in the store, hence it may end anywhere.
 * @throws HomeAssistantFailure
 */
export async function runStatistics(
  deps: StatisticsDeps,
  signal: AbortSignal,
  { check }: { readonly check: boolean },
): Promise<StatisticsRun> {
  const { store } = deps;
  const points = await loadPoints(deps);
  for (const { point, plan, book } of points.values()) {
    await markChangedPrices({ usagePoint: point.id, book, plan }, store);
    await markChangedPlan(point.id, plan, store);
  }
  const doubts = [...points.values()].flatMap(({ point, plan }) =>
    plan.doubts.map((doubt) => ({ usagePoint: point.id, doubt })),
  );
  const unknownPoints = unknownPointsIn(deps.plans, await store.loadUsagePoints(deps.account));
  const found = { doubts, unknownPoints };
  if (!check && (await isIdle(store, points))) return { ...nothing, ...found };
  const claim = await Claim.take(deps);
  if (claim === null) return { ...nothing, isBusyElsewhere: true, ...found };
  try {
    return { ...(await runClaimed(deps, points, { signal, claim })), ...found };
  } finally {
    await claim.release();
  }
}

async function isIdle(store: StatisticStore, points: ReadonlyMap<UsagePointId, ServedPoint>): Promise<boolean> {
  if ((await store.loadStaleStatisticDays()).some((day) => points.has(day.usagePoint))) return false;
  return (await store.loadSeries()).every(({ dirtyFrom }) => dirtyFrom === null);
}

const nothing: StatisticsRun = {
  isBusyElsewhere: false,
  spoke: false,
  derivedDays: 0,
  changedRows: 0,
  writtenRows: 0,
  foreign: [],
  doubts: [],
  unknownPoints: [],
};

interface ServedPoint {
  readonly point: StoredUsagePoint;
  readonly plan: PointPlan;
  readonly book: PriceBook;
}

/** What holds for the time of one run. */
interface Held {
  readonly signal: AbortSignal;
  readonly claim: Claim;
}

async function runClaimed(
  deps: StatisticsDeps,
  points: ReadonlyMap<UsagePointId, ServedPoint>,
  held: Held,
): Promise<StatisticsRun> {
  const session = await deps.homeAssistant.open(held.signal);
  try {
    const stale = (await deps.store.loadStaleStatisticDays()).filter((day) => points.has(day.usagePoint));
    const listed = await session.listStatistics();
    const changedRows = await derive(deps, session, { points, stale, listed }, held);
    const { writtenRows, foreign } = await bringUp(deps, session, listed, held);
    return { ...nothing, spoke: true, derivedDays: stale.length, changedRows, writtenRows, foreign };
  } finally {
    await session.close();
  }
}

async function loadPoints({ store, account, only, plans }: StatisticsDeps): Promise<Map<UsagePointId, ServedPoint>> {
  const points = new Map<UsagePointId, ServedPoint>();
  for (const point of await store.loadUsagePoints(account))
    if (only.length === 0 || only.includes(point.id))
      points.set(point.id, {
        point,
        plan: await loadPointPlan(store, point, plans),
        book: await loadPriceBook(store, point, plans),
      });
  return points;
}

interface Found {
  readonly points: ReadonlyMap<UsagePointId, ServedPoint>;
  readonly stale: readonly StaleStatisticDay[];
  readonly listed: readonly StatisticMetadata[];
}

async function derive(
  deps: StatisticsDeps,
  session: HomeAssistantSession,
  found: Found,
  { signal, claim }: Held,
): Promise<number> {
  const { store, log } = deps;
  let changed = 0;
  for (const days of groupsOf(found.stale)) {
    const [{ usagePoint, flow }] = days;
    const served = found.points.get(usagePoint);
    if (served === undefined) continue;
    const keepThrough = await firstMeeting(deps, session, { usagePoint, flow, listed: found.listed });
    const group = await seriesOf(store, usagePoint, flow);
    const known = new Set(group.map(partOf));
    const rows = await deriveGroup(store, {
      usagePoint,
      flow,
      days,
      history: served.plan.history,
      prices: dayPricesOf(served.book, served.plan.history),
      withTotal: flow === "consumption" && known.has(partOf({ measure: "energy", role: "total" })),
      keepThrough,
      onStep: async () => {
        signal.throwIfAborted();
        await claim.keep();
      },
      ensureSeries: (wanted) => ensureSeries(deps, { usagePoint, flow, wanted, known }),
    });
    log.debug({ flow, days: days.length, rows }, "hours derived");
    changed += rows;
  }
  return changed;
}

type NonEmpty<T> = readonly [T, ...T[]];

/** Consecutive days of one usage point and flow, as they come from the store. */
function groupsOf(stale: readonly StaleStatisticDay[]): NonEmpty<StaleStatisticDay>[] {
  const groups: [StaleStatisticDay, ...StaleStatisticDay[]][] = [];
  for (const day of stale) {
    const last = groups.at(-1);
    if (last?.[0].usagePoint === day.usagePoint && last[0].flow === day.flow) last.push(day);
    else groups.push([day]);
  }
  return groups;
}

const seriesOf = async (store: StatisticStore, usagePoint: UsagePointId, flow: Flow): Promise<SeriesState[]> =>
  (await store.loadSeries()).filter((series) => series.usagePoint === usagePoint && series.flow === flow);

/**
 * Up to which day the hours of a usage point and flow are another tool's; null when they are not. The first time that its
 * series are made, what Home Assistant already holds under their names is continued: rows of an earlier installation of the
 * bridge, or of MyElectricalData v2. Not again once the user has decided otherwise.
 */
async function firstMeeting(
  deps: StatisticsDeps,
  session: HomeAssistantSession,
  group: { readonly usagePoint: UsagePointId; readonly flow: Flow; readonly listed: readonly StatisticMetadata[] },
): Promise<LocalDate | null> {
  const { store } = deps;
  const isNew = (await seriesOf(store, group.usagePoint, group.flow)).length === 0;
  const known = await adoptionsOf(store, group);
  if (!isNew || known.length > 0) return keptThrough(known);
  await continueQuietly({ ...deps, session }, group);
  return keptThrough(await adoptionsOf(store, group));
}

const adoptionsOf = async (
  store: AdoptionStore,
  { usagePoint, flow }: { readonly usagePoint: UsagePointId; readonly flow: Flow },
): Promise<readonly Adoption[]> =>
  (await store.loadAdoptions()).filter((adoption) => adoption.usagePoint === usagePoint && adoption.flow === flow);

const keptThrough = (adoptions: readonly Adoption[]): LocalDate | null =>
  adoptions
    .flatMap(({ step, keepThrough }) => (step === "applied" && keepThrough !== null ? [keepThrough] : []))
    .sort()
    .at(-1) ?? null;

async function ensureSeries(
  { store, language }: StatisticsDeps,
  group: {
    readonly usagePoint: UsagePointId;
    readonly flow: Flow;
    readonly wanted: readonly Part[];
    /** Those that have a series, to which the new ones are added. */
    readonly known: Set<string>;
  },
): Promise<void> {
  for (const { measure, role } of group.wanted) {
    const part = partOf({ measure, role });
    if (group.known.has(part)) continue;
    const key = { usagePoint: group.usagePoint, flow: group.flow, measure, role };
    await store.createSeries(key, ownName(key, language));
    group.known.add(part);
  }
}

/** What tells apart the series of one usage point and flow. */
type Part = Pick<SeriesKey, "measure" | "role">;
const partOf = ({ measure, role }: Part): string => `${measure} ${role}`;

async function bringUp(
  deps: StatisticsDeps,
  session: HomeAssistantSession,
  listed: readonly StatisticMetadata[],
  { signal, claim }: Held,
): Promise<{ readonly writtenRows: number; readonly foreign: readonly string[] }> {
  const { store } = deps;
  const foreign: string[] = [];
  const held = new Map(listed.map((metadata) => [metadata.statisticId, metadata]));
  const isWritten = await writtenSeries(store);
  for (const series of (await store.loadSeries()).filter(isWritten)) {
    if ((await settleFindings(deps, session, series, held.get(series.statisticId))) === "foreign")
      foreign.push(series.statisticId);
  }
  const dirty = (await store.loadSeries()).filter(
    (series) => isWritten(series) && series.dirtyFrom !== null && !isHandsOff(series, foreign, deps.clock.now()),
  );
  const allRows = await countRows(store, dirty);
  let writtenRows = 0;
  for (const series of dirty) {
    await writeSeries(series, {
      store,
      recorder: session,
      clock: deps.clock,
      signal,
      onWait: () => claim.keep(),
      onRows: (rows) => {
        writtenRows += rows;
        deps.onProgress?.({ statisticId: series.statisticId, writtenRows, allRows });
      },
    });
  }
  if (writtenRows > 0) deps.log.info({ rows: writtenRows, series: dirty.length }, "statistics written and read back");
  return { writtenRows, foreign };
}

/** Not those of an adoption that is being undone: their former rows are on their way back. */
async function writtenSeries(store: StatisticsDeps["store"]): Promise<(series: SeriesState) => boolean> {
  const undoing = (await store.loadAdoptions()).filter(({ step }) => step === "undoing");
  return ({ usagePoint, flow }) =>
    !undoing.some((adoption) => adoption.usagePoint === usagePoint && adoption.flow === flow);
}

async function countRows(store: StatisticStore, dirty: readonly SeriesState[]): Promise<number> {
  let rows = 0;
  for (const series of dirty) rows += (await store.loadHours(series.id, series.dirtyFrom)).length;
  return rows;
}

/** Acts on what is found in Home Assistant, in the store alone: what has to be written again becomes dirty. */
async function settleFindings(
  { store, clock, log }: StatisticsDeps,
  session: HomeAssistantSession,
  series: SeriesState,
  listed: StatisticMetadata | undefined,
): Promise<"same" | "lost" | "foreign"> {
  const finding = await checkSeries(series, listed, { store, recorder: session });
  if (finding.kind === "lost") {
    log.info({ statistic: series.statisticId }, "Home Assistant no longer has these rows; writing them again");
    await store.rewriteFrom(series.id, finding.from);
  }
  if (finding.kind !== "foreign") return finding.kind;
  const now = clock.now();
  const repairs = series.repairedAt === null || now - series.repairedAt >= repairEveryMs;
  log.warn(
    { statistic: series.statisticId, strangers: finding.strangers.length, repairs },
    "somebody else writes into this series",
  );
  if (repairs) {
    if (finding.strangers.length > 0) await store.adoptForeignHours(series.id, finding.strangers);
    if (finding.from !== null || finding.strangers.length === 0) await store.rewriteFrom(series.id, finding.from);
  }
  await store.noteForeign(series.id, now, repairs ? now : series.repairedAt);
  return "foreign";
}

/** A series that another program keeps changing is left to it for a day, so that the two do not fight. */
const isHandsOff = (series: SeriesState, foreign: readonly string[], now: Instant): boolean =>
  foreign.includes(series.statisticId) && series.repairedAt !== null && now - series.repairedAt > 0;
