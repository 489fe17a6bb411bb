import { addDays, daysFromTo } from "../../domain/calendar.ts";
import { daysSplitOtherwise } from "../../domain/tariff/changed-days.ts";
import { type OffPeakSchedule, parseOffPeak } from "../../domain/tariff/off-peak.ts";
import { tariffPeriods } from "../../domain/tariff/period.ts";
import {
  type ContractWords,
  type PlanDoubt,
  type PlanHistory,
  type PlanOverride,
  parsePlanKind,
} from "../../domain/tariff/plan.ts";
import { planHistory } from "../../domain/tariff/plan-history.ts";
import { nothingSaid, type PlanSetting } from "../../domain/tariff/plan-setting.ts";
import type { TempoColor } from "../../domain/tempo.ts";
import type { LocalDate, UsagePointId } from "../../domain/units.ts";
import type { StoredUsagePoint } from "../store.ts";
import type { StatisticStore } from "./store.ts";

export { nothingSaid, type PlanSetting } from "../../domain/tariff/plan-setting.ts";

export interface PointPlan {
  readonly history: PlanHistory;
  readonly doubts: readonly PlanDoubt[];
  /** What it was made of, to be remembered with the hours that it split. */
  readonly said: string;
}

type SaidSetting = Omit<PlanSetting, "usagePoint">;
interface Said {
  readonly contract: ContractWords;
  readonly settings: readonly SaidSetting[];
}

/**
 * What the user says of one usage point: the settings of all until its own first one begins, then its own. Ascending by
 * `from`, each with the last day it holds: `to` as given or the eve of the next, whichever is earlier; null only while
 * nothing ends it.
 */
export function settingsOfPoint(usagePoint: UsagePointId, settings: readonly PlanSetting[]): readonly PlanSetting[] {
  const chosen = [...chosenFor(usagePoint, settings)].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  return chosen.map((setting, position) => {
    const next = chosen[position + 1]?.from ?? null;
    const eve = next && addDays(next, -1);
    return { ...setting, to: setting.to && eve ? earlier(setting.to, eve) : (setting.to ?? eve) };
  });
}

/** Null, since ever, sorts before every day. */
const orderOf = ({ from }: PlanSetting): string => from ?? "";
const earlier = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b);

function chosenFor(usagePoint: UsagePointId, settings: readonly PlanSetting[]): readonly PlanSetting[] {
  const own = settings.filter((setting) => setting.usagePoint === usagePoint);
  const ofAll = settings.filter((setting) => setting.usagePoint === null);
  if (own.length === 0) return ofAll;
  const [first = ""] = own.map(orderOf).sort();
  return [...ofAll.filter((setting) => orderOf(setting) < first), ...own];
}

/** The plans of one usage point: the user's word of it or of all on the days it holds, else its contract. */
export function planOfPoint(
  point: Pick<StoredUsagePoint, "id" | "pricingOption" | "offpeakHours">,
  settings: readonly PlanSetting[],
): PointPlan {
  return planOfSaid({
    contract: { pricingOption: point.pricingOption, offpeakHours: point.offpeakHours },
    settings: chosenFor(point.id, settings).map(({ usagePoint: _, ...setting }) => setting),
  });
}

/** The plan that a stored `said` was made of. What settings did not say when it was stored counts as not said. */
export function planOfStored(stored: string): PointPlan {
  const { contract, settings }: { contract: ContractWords; settings: Partial<SaidSetting>[] } = JSON.parse(stored);
  const { usagePoint: _, ...nothing } = nothingSaid;
  return planOfSaid({ contract, settings: settings.map((setting) => ({ ...nothing, ...setting })) });
}

const planOfSaid = (said: Said): PointPlan => ({
  ...planHistory({ contract: said.contract, overrides: said.settings.map(overrideOf) }),
  said: JSON.stringify(said),
});

const scheduleOf = (hours: string | null): OffPeakSchedule | null =>
  hours === null ? null : parseOffPeak(hours).schedule;

const overrideOf = (setting: SaidSetting): PlanOverride => ({
  from: setting.from,
  to: setting.to,
  kind: setting.plan === null ? null : parsePlanKind(setting.plan),
  offPeak: scheduleOf(setting.offpeakHours),
  summerOffPeak: scheduleOf(setting.summerOffpeakHours),
  weekendOffPeak: setting.weekendOffpeak,
  holidays: setting.holidays,
  peakDays:
    setting.peakDays.length > 0 || setting.peakDaysThrough !== null
      ? { dates: new Set(setting.peakDays), knownThrough: setting.peakDaysThrough }
      : null,
  pricedPeriods: tariffPeriods.filter((period) => setting.prices[period] !== undefined),
});

/**
 * Marks the days whose plan is another one than the one they were derived with. The plan of a day is all that its hours
 * take from a history: what its colours do to it, the store marks when they change, and prices move no energy.
 */
export async function markChangedPlan(
  usagePoint: UsagePointId,
  plan: PointPlan,
  store: Pick<StatisticStore, "loadDerivedPlan" | "saveDerivedPlan" | "loadStatisticSpan">,
): Promise<readonly LocalDate[]> {
  const former = await store.loadDerivedPlan(usagePoint);
  if (former === plan.said) return [];
  const span = former === null ? null : await store.loadStatisticSpan(usagePoint, "consumption");
  const changed =
    span && former !== null
      ? daysSplitOtherwise(daysFromTo(span.from, span.to), {
          former: { history: planOfStored(former).history, colorOn: anyColor },
          current: { history: plan.history, colorOn: anyColor },
        })
      : [];
  await store.saveDerivedPlan(usagePoint, plan.said, changed);
  return changed;
}

/** The same on both sides: what a colour changes is marked where colours are stored. */
const anyColor = (): TempoColor => "BLEU";
