import type { LocalDate, UsagePointId } from "../units.ts";
import type { HolidayRegion } from "./holidays.ts";
import type { TariffPeriod } from "./period.ts";
import type { EnergyPrice, MicroEur } from "./price.ts";

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
