import type { LocalDate } from "../units.ts";
import { type OffPeakSchedule, parseOffPeak } from "./off-peak.ts";

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
 */
export const planKinds = ["BASE", "BASE_WEEKEND", "HC_HP", "HC_WEEKEND", "HC_NUIT_WEEKEND", "TEMPO", "EJP"] as const;
export type PlanKind = (typeof planKinds)[number];

/** The peak days of EJP. No calendar route gives them, so that they are the user's word. */
export interface PeakDays {
  readonly dates: ReadonlySet<LocalDate>;
  /** Up to and including this day, a day that is not listed is known to be none; null: of no day. */
  readonly knownThrough: LocalDate | null;
}

export interface TariffPlan {
  readonly kind: PlanKind;
  /** Of HC_HP and HC_WEEKEND. */
  readonly offPeak: OffPeakSchedule | null;
  /** Of EJP; without them every winter day is pending. */
  readonly peakDays?: PeakDays;
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
  readonly peakDays?: PeakDays | null;
}

/** Why a history may not be what the user pays by. */
export type PlanDoubt =
  /** The plan is not known, hence nothing is split; `text` is what was said, null when nothing was. */
  | { readonly code: "unknown_plan"; readonly text: string | null }
  /** The plan has off-peak windows and nobody tells which, hence nothing is split. */
  | { readonly code: "unknown_windows" }
  /** The contract's windows are in use, and `text` is what else they say. */
  | { readonly code: "leftover"; readonly text: string };

/** All energy is `base`: also where the plan cannot be told, because no default hours may be assumed. */
export const unsplitPlan: TariffPlan = { kind: "BASE", offPeak: null };

export const needsWindows = (kind: PlanKind): boolean => kind === "HC_HP" || kind === "HC_WEEKEND";

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

/**
 * The plans in force and what is doubtful about them. The contract's plan holds before the first dated word of the user;
 * from each of the user's dates on that word holds, and of two with the same date the later in the list.
 */
export function planHistory(said: { readonly contract: ContractWords; readonly overrides: readonly PlanOverride[] }): {
  readonly history: PlanHistory;
  readonly doubts: readonly PlanDoubt[];
} {
  const doubts = new Map<string, PlanDoubt>();
  const doubt = (found: PlanDoubt) => doubts.set(found.code, found);
  const contract = { ...said.contract, ...parseOffPeak(said.contract.offpeakHours) };
  const byDate = new Map(said.overrides.map((override) => [override.from ?? "", override]));
  const overrides = [...byDate].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, override]) => override);

  const settled = (override: PlanOverride | null): TariffPlan => {
    const kind = override?.kind ?? parsePlanKind(contract.pricingOption ?? "");
    if (kind === null) {
      doubt({ code: "unknown_plan", text: contract.pricingOption });
      return unsplitPlan;
    }
    if (kind === "EJP" && override?.peakDays) return { kind, offPeak: null, peakDays: override.peakDays };
    if (!needsWindows(kind)) return { kind, offPeak: null };
    if (!override?.offPeak && contract.leftOver !== null) doubt({ code: "leftover", text: contract.leftOver });
    const offPeak = override?.offPeak ?? contract.schedule;
    if (offPeak) return { kind, offPeak };
    doubt({ code: "unknown_windows" });
    return unsplitPlan;
  };

  const history: DatedPlan[] = [];
  if (!byDate.has("")) history.push({ from: null, plan: settled(null), origin: "contract" });
  for (const override of overrides) history.push({ from: override.from, plan: settled(override), origin: "user" });
  return { history, doubts: [...doubts.values()] };
}

/** The plan in force on a civil day; before the first of a history that has a beginning nothing is split. */
export function planOn(history: PlanHistory, date: LocalDate): TariffPlan {
  for (let position = history.length - 1; position >= 0; position--) {
    const dated = history[position];
    if (dated && (dated.from === null || dated.from <= date)) return dated.plan;
  }
  return unsplitPlan;
}
