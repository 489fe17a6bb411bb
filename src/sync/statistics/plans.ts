import { daysFromTo } from "../../domain/calendar.ts";
import { daysSplitOtherwise } from "../../domain/tariff/changed-days.ts";
import type { HolidayRegion } from "../../domain/tariff/holidays.ts";
import { parseOffPeak } from "../../domain/tariff/off-peak.ts";
import type { TariffPeriod } from "../../domain/tariff/period.ts";
import {
  type ContractWords,
  type PlanDoubt,
  type PlanHistory,
  type PlanOverride,
  parsePlanKind,
  planHistory,
} from "../../domain/tariff/plan.ts";
import type { EnergyPrice, MicroEur } from "../../domain/tariff/price.ts";
import type { TempoColor } from "../../domain/tempo.ts";
import type { LocalDate, UsagePointId } from "../../domain/units.ts";
import type { StoredUsagePoint } from "../store.ts";
import type { StatisticStore } from "./store.ts";

/** What the user says of the plan from a day on; null takes what the contract says. Checked where it is read. */
export interface PlanSetting {
  /** Null: every usage point. */
  readonly usagePoint: UsagePointId | null;
  /** Null: since ever. */
  readonly from: LocalDate | null;
  readonly plan: string | null;
  readonly offpeakHours: string | null;
  readonly peakDays: readonly LocalDate[];
  readonly peakDaysThrough: LocalDate | null;
  /** Last day, included; null: until the next setting of the same usage point. */
  readonly to: LocalDate | null;
  /** Subscribed power. */
  readonly powerKva: number | null;
  /** Those the user gives; one that is absent is looked up elsewhere. */
  readonly prices: Readonly<Partial<Record<TariffPeriod, EnergyPrice>>>;
  /** Standing charge for a month. */
  readonly standing: MicroEur | null;
  /** What an injected kWh earns. */
  readonly buyback: EnergyPrice | null;
  readonly sale: "surplus" | "total" | null;
  /** Whose public holidays count as Sundays; null: none do. */
  readonly holidays: HolidayRegion | null;
  /** Of SEASONAL from April to October; null: those of the rest of the year. */
  readonly summerOffpeakHours: string | null;
  /** Of SEASONAL: whether weekends are off-peak all day; null: they are as other days. */
  readonly weekendOffpeak: boolean | null;
}

/** Of every usage point and all time, nothing: what a setting says is put over it. */
export const nothingSaid: PlanSetting = {
  usagePoint: null,
  from: null,
  plan: null,
  offpeakHours: null,
  peakDays: [],
  peakDaysThrough: null,
  to: null,
  powerKva: null,
  prices: {},
  standing: null,
  buyback: null,
  sale: null,
  holidays: null,
  summerOffpeakHours: null,
  weekendOffpeak: null,
};

export interface PointPlan {
  readonly history: PlanHistory;
  readonly doubts: readonly PlanDoubt[];
  /** What it was made of, to be remembered with the hours that it split. */
  readonly said: string;
}

interface Said {
  readonly contract: ContractWords;
  readonly settings: readonly Omit<PlanSetting, "usagePoint">[];
}

/** The plans of one usage point: the user's word of it, else of all, else its contract. */
export function planOfPoint(
  point: Pick<StoredUsagePoint, "id" | "pricingOption" | "offpeakHours">,
  settings: readonly PlanSetting[],
): PointPlan {
  const own = settings.filter((setting) => setting.usagePoint === point.id);
  const chosen = own.length > 0 ? own : settings.filter((setting) => setting.usagePoint === null);
  return planOfSaid({
    contract: { pricingOption: point.pricingOption, offpeakHours: point.offpeakHours },
    settings: chosen.map(({ usagePoint: _, ...setting }) => setting),
  });
}

function planOfSaid(said: Said): PointPlan {
  const overrides = said.settings.map(
    ({ from, plan, offpeakHours, peakDays, peakDaysThrough }): PlanOverride => ({
      from,
      kind: plan === null ? null : parsePlanKind(plan),
      offPeak: offpeakHours === null ? null : parseOffPeak(offpeakHours).schedule,
      peakDays:
        peakDays.length > 0 || peakDaysThrough !== null
          ? { dates: new Set(peakDays), knownThrough: peakDaysThrough }
          : null,
    }),
  );
  return { ...planHistory({ contract: said.contract, overrides }), said: JSON.stringify(said) };
}

/**
 * Marks the days whose plan is another one than the one they were derived with. The plan of a day is all that its hours
 * take from a history: what its colours do to it, the store marks when they change.
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
          former: { history: planOfSaid(JSON.parse(former)).history, colorOn: anyColor },
          current: { history: plan.history, colorOn: anyColor },
        })
      : [];
  await store.saveDerivedPlan(usagePoint, plan.said, changed);
  return changed;
}

/** The same on both sides: what a colour changes is marked where colours are stored. */
const anyColor = (): TempoColor => "BLEU";
