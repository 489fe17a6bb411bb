import { addDays, daysFromTo, firstOfMonth, monthOf } from "../../domain/calendar.ts";
import { daysSplitOtherwise } from "../../domain/tariff/changed-days.ts";
import type { PlanDoubt } from "../../domain/tariff/plan.ts";
import type { PlanSetting } from "../../domain/tariff/plan-setting.ts";
import type { MicroEur } from "../../domain/tariff/price.ts";
import { daysBoughtOtherwise, daysPricedOtherwise, type PriceBook } from "../../domain/tariff/price-book.ts";
import type { LocalDate } from "../../domain/units.ts";
import { flows } from "../../domain/usage-point.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Text } from "../../shared/language.ts";
import { bill } from "../bill/bill.ts";
import { loadColors } from "../bill/meter.ts";
import { openPoint } from "../manual/day.ts";
import { loadPriceBook } from "../prices/book.ts";
import { loadPointPlan } from "../prices/selected-offer.ts";
import type { PointPlan } from "../statistics/plans.ts";
import type { StoredUsagePoint } from "../store.ts";
import type { PlansDeps } from "./plans.ts";

export interface PreviewDeps extends PlansDeps {
  readonly clock: Pick<Clock, "now">;
  /** The entries as they are meant, or a sentence for each that cannot be. */
  readonly readPlans: (
    entries: readonly unknown[],
  ) => { readonly plans: readonly PlanSetting[] } | { readonly faults: readonly Text[] };
}

export interface MonthCost {
  readonly energy: MicroEur | null;
  readonly standing: MicroEur | null;
  readonly total: MicroEur | null;
}

/** What new plans would do to a meter. */
export interface PlanEffect {
  readonly point: StoredUsagePoint;
  /** The last whole month that is known, `YYYY-MM`; null without any. */
  readonly month: string | null;
  readonly before: MonthCost | null;
  readonly after: MonthCost | null;
  /** Known days, over all times, whose hours are divided or priced otherwise: those that saving derives again. */
  readonly changedDays: number;
  readonly doubts: readonly PlanDoubt[];
}

export interface PlanPreview {
  readonly faults: readonly Text[];
  /** None with a fault. */
  readonly effects: readonly PlanEffect[];
}

/** Checks entries of tariff_plans and tells their effect; nothing is kept. @throws BillRefusal for an unknown meter */
export async function previewPlans(
  deps: PreviewDeps,
  entries: readonly unknown[],
  meter: string | undefined,
): Promise<PlanPreview> {
  const points = meter === undefined ? await deps.store.loadUsagePoints(deps.account) : [await openPoint(deps, meter)];
  const read = deps.readPlans(entries);
  if ("faults" in read) return { faults: read.faults, effects: [] };
  const effects: PlanEffect[] = [];
  for (const point of points) effects.push(await effectOn(point, deps, read.plans));
  return { faults: [], effects };
}

async function effectOn(
  point: StoredUsagePoint,
  deps: PreviewDeps,
  plans: readonly PlanSetting[],
): Promise<PlanEffect> {
  const [former, current] = [await knowledgeOf(point, deps, deps.plans), await knowledgeOf(point, deps, plans)];
  const month = await lastWholeMonth(deps, point);
  const { doubts } = current.plan;
  const changedDays = await countChangedDays(point, deps, { former, current });
  return {
    point,
    month,
    before: month === null ? null : await costOf(deps, point, month),
    after: month === null ? null : await costOf({ ...deps, plans }, point, month),
    changedDays,
    doubts: point.hasConsumption ? doubts : [],
  };
}

interface Knowledge {
  readonly plan: PointPlan;
  readonly book: PriceBook;
}

const knowledgeOf = async (
  point: StoredUsagePoint,
  { store }: PlansDeps,
  plans: readonly PlanSetting[],
): Promise<Knowledge> => ({
  plan: await loadPointPlan(store, point, plans),
  book: await loadPriceBook(store, point, plans),
});

async function lastWholeMonth({ store }: PlansDeps, { id }: StoredUsagePoint): Promise<string | null> {
  const index = await store.loadIndex(id, "consumption");
  if (index === null) return null;
  const { from, through } = index;
  const isWhole = monthOf(addDays(through, 1)) !== monthOf(through);
  const month = isWhole ? monthOf(through) : monthOf(addDays(firstOfMonth(through), -1));
  return month < monthOf(from) ? null : month;
}

async function costOf(deps: PreviewDeps, { id }: StoredUsagePoint, month: string): Promise<MonthCost> {
  const { bill: made } = await bill(deps, { meter: id, month });
  return { energy: made.energyCost, standing: made.standing, total: made.total };
}

async function countChangedDays(
  { id }: StoredUsagePoint,
  { store }: PlansDeps,
  { former, current }: { readonly former: Knowledge; readonly current: Knowledge },
): Promise<number> {
  let count = 0;
  for (const flow of flows) {
    const span = await store.loadStatisticSpan(id, flow);
    if (span === null) continue;
    const dates = daysFromTo(span.from, span.to);
    if (flow === "production")
      count += daysBoughtOtherwise(dates, { former: former.book, current: current.book }).length;
    else {
      const colorOn = await loadColors(store, span);
      const [before, after] = [former, current].map(({ plan: { history }, book }) => ({ history, book, colorOn }));
      if (before && after) count += changedOf(dates, { former: before, current: after }).size;
    }
  }
  return count;
}

type Changing = Parameters<typeof daysSplitOtherwise>[1] & Parameters<typeof daysPricedOtherwise>[1];

const changedOf = (dates: readonly LocalDate[], knowledge: Changing): ReadonlySet<LocalDate> =>
  new Set([...daysSplitOtherwise(dates, knowledge), ...daysPricedOtherwise(dates, knowledge)]);
