import type { TariffPeriod } from "./period.ts";
import { type PlanKind, planKinds } from "./plan.ts";

/** The periods that a plan can have, hence the prices it takes to pay by it, in the order in which bills list them. */
export const periodsOfPlan: Readonly<Record<PlanKind, readonly TariffPeriod[]>> = {
  BASE: ["base"],
  BASE_WEEKEND: ["base", "base_weekend"],
  HC_HP: ["hc", "hp"],
  HC_WEEKEND: ["hc", "hp"],
  HC_NUIT_WEEKEND: ["hc", "hp"],
  TEMPO: ["blue_hc", "blue_hp", "white_hc", "white_hp", "red_hc", "red_hp"],
  EJP: ["ejp_normal", "ejp_peak"],
  HC_HP_WEEKEND: ["hc", "hp", "hc_weekend", "hp_weekend"],
  SEASONAL: ["winter_hc", "winter_hp", "summer_hc", "summer_hp", "peak_day"],
  ZEN_FLEX: ["flex_hc", "flex_hp", "sobriety_hc", "sobriety_hp"],
};

/** The plans that have all of `periods`: none when they are mixed from several. */
export const plansWithPeriods = (periods: readonly TariffPeriod[]): readonly PlanKind[] =>
  planKinds.filter((kind) => periods.every((period) => periodsOfPlan[kind].includes(period)));
