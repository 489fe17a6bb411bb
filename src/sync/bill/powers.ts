import { comparePowers, type PowerComparison } from "../../domain/bill/powers.ts";
import { hoursOf } from "../../domain/statistics/hours.ts";
import type { TariffPeriod } from "../../domain/tariff/period.ts";
import type { PlanKind } from "../../domain/tariff/plan.ts";
import { planOn } from "../../domain/tariff/plan.ts";
import type { DatedPrices } from "../../domain/tariff/price.ts";
import { type PriceBook, powerOn, pricesOn } from "../../domain/tariff/price-book.ts";
import { type ColorOn, stretchesOf } from "../../domain/tariff/stretches.ts";
import type { LocalDate, WattMinutes } from "../../domain/units.ts";
import type { Period } from "../source.ts";
import type { Store } from "../store.ts";
import type { BilledMeter } from "./meter.ts";
import type { DaySlots } from "./readings.ts";

/** The subscribed powers over the days that have a maximum. */
export interface Powers extends PowerComparison {
  readonly days: number;
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** Whether the days are enough to advise by; otherwise there is no cheapest power. */
  readonly isLongEnough: boolean;
}

/** A winter and most of a year: a summer's maxima say nothing of the heating. */
const daysToAdviseBy = 300;

export interface PowerInput {
  readonly meter: BilledMeter;
  readonly days: readonly DaySlots[];
  readonly colorOn: ColorOn;
  readonly asOf: LocalDate;
  readonly span: Period;
}

/** Null where no day of the span has a maximum. */
export async function loadPowers(store: Pick<Store, "loadMaxPowers">, input: PowerInput): Promise<Powers | null> {
  const { meter, span, asOf } = input;
  const read = await store.loadMaxPowers(meter.point.id, span);
  const [first, last] = [read[0], read.at(-1)];
  if (first === undefined || last === undefined) return null;
  const compared = comparePowers({
    maxima: read.map(({ date, powerVa }) => ({ date, maximum: powerVa })),
    currentKva: powerOn(meter.book, asOf),
    prices: pricesByPower(meter.book, planOn(meter.plan.history, asOf).kind, asOf),
    yearly: energyByPeriod(input),
  });
  const isLongEnough = read.length >= daysToAdviseBy;
  return (
    compared && {
      ...compared,
      cheapest: isLongEnough ? compared.cheapest : null,
      days: read.length,
      from: first.date,
      to: last.date,
      isLongEnough,
    }
  );
}

/** A row per power. What the user says is meant for the power that there is, and tells nothing of the others. */
function pricesByPower(book: PriceBook, kind: PlanKind, asOf: LocalDate): DatedPrices[] {
  const prices = book.prices.filter((row) => row.source.kind !== "user");
  const powers = new Set(prices.flatMap((row) => (row.kind === kind && row.powerKva !== null ? [row.powerKva] : [])));
  return [...powers].flatMap((kva) => {
    const row = pricesOn({ prices, buyback: [], powers: [{ from: null, kva }] }, asOf, kind);
    return row ? [{ ...row, powerKva: kva }] : [];
  });
}

/** What the span used under each period of today's plan; what is pending costs the same at every power. */
function energyByPeriod({ meter, days, colorOn, asOf }: PowerInput): Partial<Record<TariffPeriod, WattMinutes>> {
  const history = [{ from: null, plan: planOn(meter.plan.history, asOf), origin: "user" }] as const;
  const used: Partial<Record<TariffPeriod, WattMinutes>> = {};
  for (const { date, slots } of days)
    for (const { period, energy } of hoursOf(slots, stretchesOf(date, history, colorOn)))
      if (period !== null) used[period] = ((used[period] ?? 0) + energy) as WattMinutes;
  return used;
}
