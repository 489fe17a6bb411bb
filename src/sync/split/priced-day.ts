import type { DayCost } from "../../domain/tariff/cost.ts";
import { ExactTotal } from "../../domain/tariff/exact-total.ts";
import { costOf } from "../../domain/tariff/price.ts";
import type { EnergyPrices } from "../../domain/tariff/price-book.ts";
import type { LocalDate, WattMinutes } from "../../domain/units.ts";
import type { SplitDay } from "./split-day.ts";

/** Equal to the sum of its hours' costs: energy times price is exact. */
export function priceDay(date: LocalDate, { periods, energies }: SplitDay, prices: EnergyPrices): DayCost {
  let [energy, unpriced, without] = [0, 0, 0];
  const cost = new ExactTotal();
  for (const [position, part] of energies.entries()) {
    const period = periods[position] ?? null;
    const price = period === null ? undefined : prices[period];
    energy += part;
    if (price === undefined) {
      unpriced += part;
      without++;
    } else cost.add(costOf(part, price));
  }
  return {
    date,
    energy: energy as WattMinutes,
    cost: without === energies.length ? null : cost.sum,
    unpriced: unpriced as WattMinutes,
    isWhole: without === 0,
  };
}
