import { daysFromTo } from "../../domain/calendar.ts";
import type { HourCost } from "../../domain/tariff/cost.ts";
import { ExactTotal } from "../../domain/tariff/exact-total.ts";
import { type TariffPeriod, tempoPeriods } from "../../domain/tariff/period.ts";
import { toEur, toMicroEur } from "../../domain/tariff/price.ts";
import { type TempoColor, tempoColors } from "../../domain/tempo.ts";
import { type LocalDate, toWh, wattMinutes } from "../../domain/units.ts";
import type { Period } from "../source.ts";

interface Part {
  energy: number;
  readonly cost: ExactTotal;
  isPriced: boolean;
}
const nothing = (): Part => ({ energy: 0, cost: new ExactTotal(), isPriced: true });

/** Sums a season's hours by colour, exactly; each figure is rounded once, where it is told. */
export class TempoTally {
  readonly #whole: ReadonlySet<LocalDate>;
  readonly #parts = new Map<TariffPeriod | null, Part>();
  /** Energy of each Tempo day, under its colour. */
  readonly #days = new Map<TempoColor | null, Map<LocalDate, number>>();

  /** @param whole Tempo days that are known throughout: an average is made of them alone. */
  constructor(whole: ReadonlySet<LocalDate>) {
    this.#whole = whole;
  }

  add(date: LocalDate, { period, energy, cost }: HourCost): void {
    const part = this.#parts.get(period) ?? nothing();
    this.#parts.set(period, part);
    part.energy += energy;
    if (cost === null) part.isPriced = false;
    else part.cost.add(cost);
    const color = colorOf(period);
    const days = this.#days.get(color) ?? new Map<LocalDate, number>();
    this.#days.set(color, days);
    days.set(date, (days.get(date) ?? 0) + energy);
  }

  missingIn({ from, to }: Period): number {
    const known = new Set([...this.#days.values()].flatMap((days) => [...days.keys()]));
    return daysFromTo(from, to).filter((date) => !known.has(date)).length;
  }

  view() {
    const unknown = this.#days.get(null);
    return {
      colors: tempoColors.map((color) => this.#colorView(color)),
      unknown: { days: unknown?.size ?? 0, energyWh: whOf(this.#parts.get(null)?.energy ?? 0) },
    };
  }

  #colorView(color: TempoColor) {
    const { hc, hp } = tempoPeriods[color];
    const [offPeak, peak] = [this.#parts.get(hc), this.#parts.get(hp)];
    const whole = [...(this.#days.get(color) ?? [])].flatMap(([date, energy]) =>
      this.#whole.has(date) ? [energy] : [],
    );
    return {
      color,
      days: whole.length,
      hc: partView(offPeak),
      hp: partView(peak),
      ...partView(offPeak && peak ? sumOf(offPeak, peak) : (offPeak ?? peak)),
      averagePerDayWh:
        whole.length === 0 ? null : Math.round(whole.reduce((sum, energy) => sum + energy, 0) / whole.length / 60),
    };
  }
}

function sumOf(one: Part, other: Part): Part {
  const cost = new ExactTotal();
  cost.addAll(one.cost);
  cost.addAll(other.cost);
  return { energy: one.energy + other.energy, cost, isPriced: one.isPriced && other.isPriced };
}

const colorOf = (period: TariffPeriod | null): TempoColor | null =>
  tempoColors.find((color) => tempoPeriods[color].hc === period || tempoPeriods[color].hp === period) ?? null;

/** Of no hour nothing is known. */
const partView = (part: Part | undefined) => ({
  energyWh: part ? whOf(part.energy) : null,
  eur: part?.isPriced ? toEur(toMicroEur(part.cost.sum)) : null,
});

const whOf = (energy: number): number => toWh(wattMinutes(energy));
