import type { DayCost } from "../../domain/tariff/cost.ts";
import { exactCost } from "../../domain/tariff/cost.ts";
import { costOf } from "../../domain/tariff/price.ts";
import type { EnergyPrices } from "../../domain/tariff/price-book.ts";
import type { LocalDate, WattMinutes } from "../../domain/units.ts";
import type { SplitDay } from "./split-day.ts";

/** Equal to the sum of its hours' costs: energy times price is exact. */
export function priceDay(date: LocalDate, { periods, energies }: SplitDay, prices: EnergyPrices): DayCost {
  let [energy, unpriced, cost, without] = [0, 0, 0, 0];
  for (const [position, part] of energies.entries()) {
    const period = periods[position] ?? null;
    const price = period === null ? undefined : prices[period];
    energy += part;
    if (price === undefined) {
      unpriced += part;
      without++;
    } else cost += costOf(part, price);
  }
  return {
    date,
    energy: energy as WattMinutes,
    cost: without === energies.length ? null : exactCost(cost),
    unpriced: unpriced as WattMinutes,
    isWhole: without === 0,
  };
}
