import { boundsOf, dateAt } from "../calendar.ts";
import type { HourEnergy } from "../statistics/hours.ts";
import type { Instant, LocalDate, WattMinutes } from "../units.ts";
import { ExactTotal } from "./exact-total.ts";
import { costOf, type EnergyPrice, type ExactCost, type ExactSum } from "./price.ts";
import type { EnergyPricesOn } from "./price-book.ts";

/** An hour of energy under one period with what it costs, without any standing charge. */
export interface HourCost extends HourEnergy {
  /** Null: its period or the price of it is not known, which is never 0. */
  readonly cost: ExactCost | null;
}

/** The hours, in their order, each at the price of its own Paris day. */
export function costsOf(hours: readonly HourEnergy[], pricesOn: EnergyPricesOn): HourCost[] {
  const pricesAt = byDay(pricesOn);
  return hours.map((hour) => {
    const price = hour.period === null ? undefined : pricesAt(hour.start)[hour.period];
    return priced(hour, price);
  });
}

/** The same of injected energy, which has one price a day whatever the period. */
export function revenuesOf(hours: readonly HourEnergy[], priceOn: (date: LocalDate) => EnergyPrice | null): HourCost[] {
  const priceAt = byDay(priceOn);
  return hours.map((hour) => priced(hour, priceAt(hour.start) ?? undefined));
}

const priced = (hour: HourEnergy, price: EnergyPrice | undefined): HourCost => ({
  start: hour.start,
  period: hour.period,
  energy: hour.energy,
  estimated: hour.estimated,
  cost: price === undefined ? null : costOf(hour.energy, price),
});

/** Asks once for the hours of a day that follow each other. */
function byDay<T>(valueOn: (date: LocalDate) => T): (at: Instant) => T {
  let known: { readonly start: number; readonly end: number; readonly value: T } | null = null;
  return (at) => {
    if (known === null || at < known.start || at >= known.end) {
      const date = dateAt(at);
      const { start, end } = boundsOf(date);
      known = { start, end, value: valueOn(date) };
    }
    return known.value;
  };
}

export interface CostSum {
  readonly energy: WattMinutes;
  /** Of the hours that have a cost; null when none has. */
  readonly cost: ExactSum | null;
  /** What stands in hours without a cost. */
  readonly unpriced: WattMinutes;
  /** Whether every hour has a cost. */
  readonly isWhole: boolean;
}

/** Exact, by integer addition. */
export function sumOf(hours: readonly HourCost[]): CostSum {
  let [energy, unpriced, without] = [0, 0, 0];
  const cost = new ExactTotal();
  for (const hour of hours) {
    energy += hour.energy;
    if (hour.cost === null) {
      unpriced += hour.energy;
      without++;
    } else cost.add(hour.cost);
  }
  return {
    energy: energy as WattMinutes,
    cost: without === hours.length ? null : cost.sum,
    unpriced: unpriced as WattMinutes,
    isWhole: without === 0,
  };
}

export interface DayCost extends CostSum {
  readonly date: LocalDate;
}

/** One entry per Paris day that has an hour, in the order in which the days are met. */
export function costsByDay(hours: readonly HourCost[]): DayCost[] {
  const dateOf = byDay((date) => date);
  return [...Map.groupBy(hours, ({ start }) => dateOf(start))].map(([date, own]) => ({ date, ...sumOf(own) }));
}
