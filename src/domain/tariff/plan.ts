import type { LocalDate } from "../units.ts";
import type { HolidayRegion } from "./holidays.ts";
import type { OffPeakSchedule } from "./off-peak.ts";
import type { TariffPeriod } from "./period.ts";

/**
 * | kind | cheaper hours |
 * |---|---|
 * | BASE | none |
 * | BASE_WEEKEND | Saturday and Sunday |
 * | HC_HP | the windows of the plan |
 * | HC_WEEKEND | Saturday and Sunday, otherwise the windows of the plan |
 * | HC_NUIT_WEEKEND | Saturday and Sunday, otherwise 23:00-06:00 |
 * | TEMPO | 22:00-06:00, at the colour of the day that began at 06:00 |
 * | EJP | all but 07:00-01:00 on peak days |
 * | HC_HP_WEEKEND | the windows of the plan, at other prices on Saturday and Sunday |
 * | SEASONAL | the windows of the season (winter is November to March); a peak day is dear all day |
 * | ZEN_FLEX | 22:00-06:00 unless the user's windows say otherwise, at other prices on sobriety days |
 */
export const planKinds = [
  "BASE",
  "BASE_WEEKEND",
  "HC_HP",
  "HC_WEEKEND",
  "HC_NUIT_WEEKEND",
  "TEMPO",
  "EJP",
  "HC_HP_WEEKEND",
  "SEASONAL",
  "ZEN_FLEX",
] as const;
export type PlanKind = (typeof planKinds)[number];

/** The peak days of EJP and SEASONAL, the sobriety days of ZEN_FLEX. No calendar route gives them, so that they are the
 * user's word. */
export interface PeakDays {
  readonly dates: ReadonlySet<LocalDate>;
  /** Up to and including this day, a day that is not listed is known to be none; null: of no day. */
  readonly knownThrough: LocalDate | null;
}

export interface TariffPlan {
  readonly kind: PlanKind;
  /** Of the plans that `needsWindows` names, and of ZEN_FLEX where the user gives them. */
  readonly offPeak: OffPeakSchedule | null;
  /**
   * Without them every winter day of EJP is pending and every weekday of ZEN_FLEX, while SEASONAL has no peak days: some
   * of these offers know none.
   */
  readonly peakDays?: PeakDays;
  /** Whose public holidays count as Sundays; absent: none do. */
  readonly holidays?: HolidayRegion;
  /** Of SEASONAL from April to October; absent: `offPeak` all year. */
  readonly summerOffPeak?: OffPeakSchedule;
  /** Of SEASONAL: whether weekends are off-peak all day. */
  readonly weekendOffPeak?: boolean;
}

/** A plan from a civil day on, until the next one. */
export interface DatedPlan {
  /** Null: since ever. */
  readonly from: LocalDate | null;
  readonly plan: TariffPlan;
  readonly origin: "user" | "contract";
}

/** Ascending by `from`; only the first may have none. */
export type PlanHistory = readonly DatedPlan[];

/** What the contract says, as the source spells it. */
export interface ContractWords {
  readonly pricingOption: string | null;
  readonly offpeakHours: string | null;
}

/** What the user says of the time from `from` on; null takes what the contract says. */
export interface PlanOverride {
  readonly from: LocalDate | null;
  readonly kind: PlanKind | null;
  readonly offPeak: OffPeakSchedule | null;
  /** Last day, included: the contract's plan comes back after it. Null: until the next word. */
  readonly to?: LocalDate | null;
  readonly peakDays?: PeakDays | null;
  readonly holidays?: HolidayRegion | null;
  readonly summerOffPeak?: OffPeakSchedule | null;
  readonly weekendOffPeak?: boolean | null;
  /** Those the user gives a price for. */
  readonly pricedPeriods?: readonly TariffPeriod[];
}

/** Why a history may not be what the user pays by. */
export type PlanDoubt =
  /** The plan is not known, hence nothing is split; `text` is what was said, null when nothing was. */
  | { readonly code: "unknown_plan"; readonly text: string | null }
  /** The plan has off-peak windows and nobody tells which, hence nothing is split. */
  | { readonly code: "unknown_windows" }
  /** The contract's windows are in use, and `text` is what else they say. */
  | { readonly code: "leftover"; readonly text: string }
  /** The user's prices for periods that the plan does not have: `hp, hc (BASE)`, the plan in parentheses. */
  | { readonly code: "unused_prices"; readonly text: string };

/** All energy is `base`: also where the plan cannot be told, because no default hours may be assumed. */
export const unsplitPlan: TariffPlan = { kind: "BASE", offPeak: null };

export const needsWindows = (kind: PlanKind): boolean =>
  kind === "HC_HP" || kind === "HC_WEEKEND" || kind === "HC_HP_WEEKEND" || kind === "SEASONAL";

/**
 * Other spellings of the gateway, of its exporters and of v1. WEEKEND is read as its own page reads it, because the
 * calculator on the other side asks for prices that no route returns.
 */
const otherSpellings: Readonly<Record<string, PlanKind>> = {
  HCHP: "HC_HP",
  HPHC: "HC_HP",
  WEEKEND: "HC_NUIT_WEEKEND",
};

const kindBySpelling = new Map<string, PlanKind>([
  ...planKinds.map((kind) => [bare(kind), kind] as const),
  ...Object.entries(otherSpellings),
]);

/** Null when the words name no plan that the bridge can split by. Case and separators do not matter. */
export const parsePlanKind = (text: string): PlanKind | null => kindBySpelling.get(bare(text)) ?? null;

function bare(text: string): string {
  return text.toUpperCase().replace(/[^A-Z]/g, "");
}

/** The plan in force on a civil day; before the first of a history that has a beginning nothing is split. */
export function planOn(history: PlanHistory, date: LocalDate): TariffPlan {
  for (let position = history.length - 1; position >= 0; position--) {
    const dated = history[position];
    if (dated && (dated.from === null || dated.from <= date)) return dated.plan;
  }
  return unsplitPlan;
}
