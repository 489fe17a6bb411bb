import { addDays } from "../calendar.ts";
import { parseOffPeak } from "./off-peak.ts";
import {
  type ContractWords,
  type DatedPlan,
  needsWindows,
  type PlanDoubt,
  type PlanHistory,
  type PlanKind,
  type PlanOverride,
  parsePlanKind,
  type TariffPlan,
  unsplitPlan,
} from "./plan.ts";
import { periodsOfPlan } from "./plan-periods.ts";

/**
 * The plans in force and what is doubtful about them. The contract's plan holds before the first dated word of the user
 * and after a last day that the user gives; from each of the user's dates on that word holds, and of two with the same
 * date the later in the list.
 */
export function planHistory(said: { readonly contract: ContractWords; readonly overrides: readonly PlanOverride[] }): {
  readonly history: PlanHistory;
  readonly doubts: readonly PlanDoubt[];
} {
  const doubts = new Map<string, PlanDoubt>();
  const settle = settler(said.contract, (found) => doubts.set(found.code, found));
  const byDate = new Map(said.overrides.map((override) => [override.from ?? "", override]));
  const overrides = [...byDate].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, override]) => override);
  const unused = unusedPrices(said.contract, overrides);

  const history: DatedPlan[] = [];
  if (!byDate.has("")) history.push({ from: null, plan: settle(null), origin: "contract" });
  for (const [position, override] of overrides.entries()) {
    const { from, to } = override;
    history.push({ from, plan: settle(override), origin: "user" });
    if (!to || (from !== null && to < from)) continue;
    const after = addDays(to, 1);
    const next = overrides[position + 1]?.from;
    if (!next || next > after) history.push({ from: after, plan: settle(null), origin: "contract" });
  }
  return { history, doubts: [...doubts.values(), ...unused] };
}

/**
 * Prices that nothing can be paid by. Held against the plan that is meant, so that windows which nobody tells are one
 * doubt and not two.
 */
function unusedPrices({ pricingOption }: ContractWords, overrides: readonly PlanOverride[]): PlanDoubt[] {
  const texts = overrides.flatMap(({ kind: named, pricedPeriods = [] }) => {
    const kind = named ?? parsePlanKind(pricingOption ?? "") ?? unsplitPlan.kind;
    const unused = pricedPeriods.filter((period) => !periodsOfPlan[kind].includes(period));
    return unused.length > 0 ? [`${unused.join(", ")} (${kind})`] : [];
  });
  return texts.length > 0 ? [{ code: "unused_prices", text: [...new Set(texts)].join("; ") }] : [];
}

/** Makes a plan of the contract and of what the user puts over it. */
function settler(
  words: ContractWords,
  doubt: (found: PlanDoubt) => void,
): (override: PlanOverride | null) => TariffPlan {
  const contract = { ...words, ...parseOffPeak(words.offpeakHours) };
  return (override) => {
    const kind = override?.kind ?? parsePlanKind(contract.pricingOption ?? "");
    if (kind === null) {
      doubt({ code: "unknown_plan", text: contract.pricingOption });
      return unsplitPlan;
    }
    const further = furtherOf(kind, override);
    // A contract's windows are those of the meter's own switch, which these plans do not follow.
    if (!needsWindows(kind))
      return { kind, offPeak: kind === "ZEN_FLEX" ? (override?.offPeak ?? null) : null, ...further };
    if (!override?.offPeak && contract.leftOver !== null) doubt({ code: "leftover", text: contract.leftOver });
    const offPeak = override?.offPeak ?? contract.schedule;
    if (offPeak) return { kind, offPeak, ...further };
    doubt({ code: "unknown_windows" });
    return unsplitPlan;
  };
}

const hasPeakDays = (kind: PlanKind): boolean => kind === "EJP" || kind === "SEASONAL" || kind === "ZEN_FLEX";

/** What only the user says; the parts that a plan does not know are left out. */
function furtherOf(kind: PlanKind, override: PlanOverride | null): Partial<TariffPlan> {
  if (override === null) return {};
  const { peakDays, holidays, summerOffPeak, weekendOffPeak } = override;
  const isSeasonal = kind === "SEASONAL";
  return {
    ...(peakDays && hasPeakDays(kind) ? { peakDays } : {}),
    ...(holidays ? { holidays } : {}),
    ...(summerOffPeak && isSeasonal ? { summerOffPeak } : {}),
    ...(weekendOffPeak && isSeasonal ? { weekendOffPeak } : {}),
  };
}
