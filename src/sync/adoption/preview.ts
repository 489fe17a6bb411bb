import { dateAt } from "../../domain/calendar.ts";
import { type Instant, type LocalDate, wattMinutes } from "../../domain/units.ts";
import { compareRows } from "../statistics/compare.ts";
import type { StatisticRow } from "../statistics/recorder.ts";
import type { SeriesHour, SeriesRole } from "../statistics/series.ts";
import { rowsOf } from "../statistics/write.ts";
import { type HoursByRole, hoursAfterwards } from "./afterwards.ts";
import { type Comparison, compareEnergy, type FormerSpan } from "./comparison.ts";
import { planDashboard } from "./dashboard.ts";
import type { AdoptionDeps } from "./deps.ts";
import { type HistoryFacts, inspectHistory } from "./inspect.ts";
import { type ModeChoice, modesOf } from "./modes.ts";
import { type AdoptRequest, type Prepared, prepare } from "./prepare.ts";
import { hasRecentRows } from "./still-written.ts";
import type { Target } from "./targets.ts";

/** One series of the bridge as it would be written. */
export interface PreviewedSeries {
  readonly statisticId: string;
  readonly role: SeriesRole;
  readonly unit: string;
  readonly sources: readonly string[];
  /** Rows in Home Assistant now, those of them that would change, and those that would be new. */
  readonly rows: number;
  readonly changedRows: number;
  readonly newRows: number;
  /** Start of the first hour that would change or be new; null when none. */
  readonly firstChange: Instant | null;
}

export interface Preview extends Comparison {
  readonly request: AdoptRequest;
  readonly facts: HistoryFacts;
  readonly modes: readonly ModeChoice[];
  readonly series: readonly PreviewedSeries[];
  readonly dashboard: {
    readonly replaced: readonly string[];
    readonly added: readonly string[];
    readonly dropsPrice: boolean;
  } | null;
  /** What the hours are cut at; null: not at all. */
  readonly until: LocalDate | null;
  /** Days of the store that are not derived yet: they come on top of all that is told here. */
  readonly waitingDays: number;
  /** The number of the adoption that exists already; null: none. */
  readonly earlier: number | null;
}

/** What taking a history over would change. Nothing is written. @throws AdoptionRefusal */
export async function preview(deps: AdoptionDeps, request: AdoptRequest): Promise<Preview> {
  const prepared = await prepare(deps, request);
  const days = await loadDays(deps, prepared);
  const facts = await inspectHistory(prepared.history, prepared.read, {
    recorder: deps.session,
    days,
    isRecent: await hasRecentRows(deps, prepared.history, prepared.until),
  });
  const former: HoursByRole = new Map(prepared.targets.map(({ key, hours }) => [key.role, hours]));
  const derived = await loadDerived(deps, prepared);
  const after = hoursAfterwards(former, derived, new Map(days.map((day) => [day.date, day])));
  const dashboard = await planDashboard(deps, prepared, shownSeries(prepared, after));
  return {
    request,
    facts,
    modes: modesOf(prepared.history),
    series: await previewSeries(deps, prepared, after),
    ...compareEnergy(former, after, spanOf(prepared)),
    dashboard: dashboard && {
      replaced: dashboard.replaced,
      added: dashboard.added,
      dropsPrice: dashboard.dropsPrice,
    },
    until: prepared.until,
    waitingDays: await countWaitingDays(deps, request),
    earlier: prepared.earlier?.id ?? null,
  };
}

function spanOf({ read }: Prepared): FormerSpan | null {
  const starts = read
    .flatMap(({ sums: { hours } }) => [hours[0], hours.at(-1)].flatMap((hour) => hour?.start ?? []))
    .toSorted((a, b) => a - b);
  const [first, last] = [starts[0], starts.at(-1)];
  return first === undefined || last === undefined ? null : { first, last };
}

async function loadDays({ store }: AdoptionDeps, prepared: Prepared) {
  const span = spanOf(prepared);
  if (span === null) return [];
  const { usagePoint, flow } = prepared.request;
  return store.loadDays(usagePoint, flow, { from: dateAt(span.first), to: dateAt(span.last) });
}

const countWaitingDays = async ({ store }: AdoptionDeps, { usagePoint, flow }: AdoptRequest): Promise<number> =>
  (await store.loadStaleStatisticDays()).filter((day) => day.usagePoint === usagePoint && day.flow === flow).length;

/** The store's own hours of each series; a total that is yet to be made is the sum of all periods. */
async function loadDerived({ store }: AdoptionDeps, { series, targets }: Prepared): Promise<HoursByRole> {
  const derived = new Map<SeriesRole, readonly SeriesHour[]>();
  for (const { id, role } of series)
    derived.set(
      role,
      (await store.loadHours(id, null)).filter(({ origin }) => origin !== "former"),
    );
  const needsTotal = targets.some(({ key }) => key.role === "total") && !derived.has("total");
  if (needsTotal) derived.set("total", totalOf([...derived.values()]));
  return derived;
}

function totalOf(series: readonly (readonly SeriesHour[])[]): SeriesHour[] {
  const hours = new Map<number, SeriesHour>();
  for (const hour of series.flat()) {
    const known = hours.get(hour.start);
    hours.set(hour.start, known ? { ...known, amount: wattMinutes(known.amount + hour.amount) } : hour);
  }
  return [...hours.values()].sort((a, b) => a.start - b.start);
}

/** The bridge's series as they will stand, with the names that they will have. */
function shownSeries({ series, targets }: Prepared, after: HoursByRole) {
  const names = new Map(series.map(({ role, statisticId }) => [role, statisticId]));
  for (const { key, name } of targets) names.set(key.role, name.statisticId);
  return [...names].map(([role, statisticId]) => ({
    role,
    statisticId,
    hasEnergy: (after.get(role) ?? []).some(({ amount }) => amount > 0),
  }));
}

async function previewSeries(
  { session }: AdoptionDeps,
  { targets }: Prepared,
  after: HoursByRole,
): Promise<PreviewedSeries[]> {
  const rows = await session.loadRows(
    targets.map(({ name }) => name.statisticId),
    {},
  );
  return targets.map((target) =>
    compared(target, after.get(target.key.role) ?? [], rows.get(target.name.statisticId) ?? []),
  );
}

function compared(
  { key, name, base, sources }: Target,
  hours: readonly SeriesHour[],
  there: readonly StatisticRow[],
): PreviewedSeries {
  const wanted = rowsOf({ base, unit: name.unit }, hours, 0n);
  const byStart = new Map(there.map((row) => [row.start, row]));
  let [changedRows, newRows] = [0, 0];
  let firstChange: Instant | null = null;
  for (const row of wanted) {
    const found = byStart.get(row.start);
    if (found !== undefined && compareRows([row], [found]) === null) continue;
    if (found === undefined) newRows++;
    else changedRows++;
    firstChange ??= row.start;
  }
  const { statisticId, unit } = name;
  return { statisticId, role: key.role, unit, sources, rows: there.length, changedRows, newRows, firstChange };
}
