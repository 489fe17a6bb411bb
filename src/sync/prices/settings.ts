import { addDays } from "../../domain/calendar.ts";
import { type PlanKind, parsePlanKind, unsplitPlan } from "../../domain/tariff/plan.ts";
import type { BuybackPrice, DatedPrices, PriceSource } from "../../domain/tariff/price.ts";
import type { DatedPower, PriceBook } from "../../domain/tariff/price-book.ts";
import type { LocalDate } from "../../domain/units.ts";
import { type PlanSetting, settingsOfPoint } from "../statistics/plans.ts";
import type { StoredUsagePoint } from "../store.ts";

const source: PriceSource = { kind: "user", name: "tariff_plans" };

/** What the user says of the prices of one usage point; the powers are those of its contract where the user names none. */
export function pricesOfSettings(
  point: Pick<StoredUsagePoint, "id" | "pricingOption" | "subscribedPowerKva">,
  settings: readonly PlanSetting[],
): PriceBook {
  const own = settingsOfPoint(point.id, settings).filter(isLastOfItsDay);
  return {
    prices: own.flatMap((setting) => datedPrices(setting, kindOf(setting, point))),
    buyback: own.flatMap(buybackPrice),
    powers: powersOf(own, point.subscribedPowerKva),
  };
}

/** Of two with the same date the later in the list holds, as for plans. */
const isLastOfItsDay = ({ from }: PlanSetting, position: number, all: readonly PlanSetting[]): boolean =>
  all[position + 1] === undefined || all[position + 1]?.from !== from;

/** The plan that the setting's prices are meant for; where nobody knows it nothing is split, and `base` is all there is. */
const kindOf = ({ plan }: PlanSetting, { pricingOption }: Pick<StoredUsagePoint, "pricingOption">): PlanKind =>
  parsePlanKind(plan ?? pricingOption ?? "") ?? unsplitPlan.kind;

function datedPrices({ from, to, prices, standing }: PlanSetting, kind: PlanKind): DatedPrices[] {
  if (standing === null && Object.keys(prices).length === 0) return [];
  return [{ from, to, kind, powerKva: null, energy: prices, standing, source }];
}

function buybackPrice({ from, to, buyback, sale }: PlanSetting): BuybackPrice[] {
  return buyback === null ? [] : [{ from, to, energy: buyback, sale: sale ?? "surplus", source }];
}

/** Ascending; where no setting with a power holds, that of the contract does. */
function powersOf(settings: readonly PlanSetting[], contractKva: number | null): DatedPower[] {
  const powers = new Map<LocalDate | null, number>();
  if (contractKva !== null) powers.set(null, contractKva);
  const said = settings.filter(({ powerKva }) => powerKva !== null);
  for (const { to } of said) if (to !== null && contractKva !== null) powers.set(addDays(to, 1), contractKva);
  // Said last: a setting may begin where another ends.
  for (const { from, powerKva } of said) if (powerKva !== null) powers.set(from, powerKva);
  return [...powers].map(([from, kva]) => ({ from, kva })).sort((a, b) => ((a.from ?? "") < (b.from ?? "") ? -1 : 1));
}
