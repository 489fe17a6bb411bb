import type { DayQuality } from "../../domain/day.ts";
import { ExactTotal } from "../../domain/tariff/exact-total.ts";
import { orderOfPeriod, type TariffPeriod } from "../../domain/tariff/period.ts";
import { costOf, type EnergyPrice, type ExactSum, toEur, toMicroEur } from "../../domain/tariff/price.ts";
import { worseOf } from "../../domain/totals.ts";
import { toWh, type WattMinutes, wattMinutes } from "../../domain/units.ts";

/** Energy under one period, and what a kWh of it costs; undefined: not known. */
export interface TalliedPart {
  readonly period: TariffPeriod | null;
  readonly energy: WattMinutes;
  readonly price: EnergyPrice | undefined;
}

interface PeriodSum {
  energy: number;
  readonly cost: ExactTotal;
  isPriced: boolean;
}
const nothing = (): PeriodSum => ({ energy: 0, cost: new ExactTotal(), isPriced: false });

/** Sums energy and money exactly; each figure is rounded once, where it is told. */
export class Tally {
  readonly #periods = new Map<TariffPeriod | null, PeriodSum>();
  #estimated = 0;
  #unpriced = 0;
  #quality: DayQuality | null = null;
  #missingDays = 0;
  #isCorrected = false;

  add({ period, energy, price }: TalliedPart): void {
    const sum = this.#periods.get(period) ?? nothing();
    this.#periods.set(period, sum);
    sum.energy += energy;
    if (price === undefined) this.#unpriced += energy;
    else {
      sum.cost.add(costOf(energy, price));
      sum.isPriced = true;
    }
  }

  /** What of the energy is not the meter's own word. */
  addEstimated(energy: WattMinutes): void {
    this.#estimated += energy;
  }

  note({ quality, isCorrected }: { readonly quality: DayQuality; readonly isCorrected: boolean }): void {
    this.#quality = worseOf(this.#quality ?? quality, quality);
    this.#isCorrected ||= isCorrected;
  }

  noteMissingDay(): void {
    this.#missingDays++;
  }

  addAll(other: Tally): void {
    for (const [period, { energy, cost, isPriced }] of other.#periods) {
      const sum = this.#periods.get(period) ?? nothing();
      this.#periods.set(period, sum);
      sum.energy += energy;
      sum.cost.addAll(cost);
      sum.isPriced ||= isPriced;
    }
    this.#estimated += other.#estimated;
    this.#unpriced += other.#unpriced;
    this.#missingDays += other.#missingDays;
    if (other.#quality !== null) this.note({ quality: other.#quality, isCorrected: other.#isCorrected });
  }

  /** As an answer of the API has it; its energy in whole watt-hours unless told in another way. */
  view(whOf: (energy: number) => number = wholeWh) {
    const sums = [...this.#periods].sort(([a], [b]) => orderOfPeriod(a) - orderOfPeriod(b));
    const priced = sums.filter(([, { isPriced }]) => isPriced);
    const quality = this.#missingDays > 0 && this.#quality !== null ? "partial" : this.#quality;
    return {
      energyWh: this.#quality === null ? null : whOf(sums.reduce((total, [, { energy }]) => total + energy, 0)),
      estimatedWh: whOf(this.#estimated),
      quality,
      missingDays: this.#missingDays,
      isCorrected: this.#isCorrected,
      periods: sums.map(([period, { energy, cost, isPriced }]) => ({
        period,
        energyWh: whOf(energy),
        eur: isPriced ? eurOf(cost.sum) : null,
      })),
      eur: priced.length === 0 ? null : eurOf(priced.reduce((total, [, { cost }]) => total + cost.sum, 0n)),
      unpricedWh: whOf(this.#unpriced),
    };
  }
}

/** In Wh, not rounded but for what no meter measures: pieces of a day sum to it. */
export const exactWh = (energy: number): number => Math.round((energy * 1_000) / 60) / 1_000;

const wholeWh = (energy: number): number => toWh(wattMinutes(energy));
const eurOf = (cost: ExactSum): number => toEur(toMicroEur(cost));
