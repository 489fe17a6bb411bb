import { ExactTotal } from "../tariff/exact-total.ts";
import type { TariffPeriod } from "../tariff/period.ts";
import { costOf, type DatedPrices, type MicroEur, microEur, toMicroEur } from "../tariff/price.ts";
import type { LocalDate, Va, WattMinutes } from "../units.ts";

/** Highest apparent power of a day. */
export interface DayMaximum {
  readonly date: LocalDate;
  readonly maximum: Va;
}

export interface PowerTerms {
  readonly maxima: readonly DayMaximum[];
  /** Null: not known. */
  readonly currentKva: number | null;
  /** Of one plan on one day, a row per power; rows without a power or a standing charge are left out. */
  readonly prices: readonly DatedPrices[];
  /** What a year uses under each period, because the price per kWh may depend on the power. */
  readonly yearly: Readonly<Partial<Record<TariffPeriod, WattMinutes>>>;
}

export interface PowerOption {
  readonly kva: number;
  /** Between the highest maximum and this power; negative: it was exceeded by so much. */
  readonly headroomVa: Va;
  /** Days whose maximum is above this power, ascending. */
  readonly overruns: readonly LocalDate[];
  /** Standing charges of twelve months and the year's energy; null when the energy has no price. */
  readonly yearlyCost: MicroEur | null;
  /** Against the current power; null where either is not known. */
  readonly yearlyDifference: MicroEur | null;
}

export interface PowerComparison {
  readonly highest: DayMaximum;
  readonly current: PowerOption | null;
  /** By power, ascending. */
  readonly options: readonly PowerOption[];
  /** The cheapest power that no day has exceeded; null when each was, or none has a cost. */
  readonly cheapest: PowerOption | null;
}

/**
 * What each subscribed power would have held and would cost; null without any maximum. A maximum is what the household
 * drew under the power that it had, so that it tells nothing of what a higher one would have let it draw.
 */
export function comparePowers({ maxima, currentKva, prices, yearly }: PowerTerms): PowerComparison | null {
  const highest = maxima.reduce<DayMaximum | null>(
    (most, day) => (most === null || day.maximum > most.maximum ? day : most),
    null,
  );
  if (highest === null) return null;
  const rows = prices.flatMap(({ powerKva, standing, energy }) =>
    powerKva === null || standing === null ? [] : [{ kva: powerKva, cost: yearlyCostOf({ standing, energy }, yearly) }],
  );
  const currentCost = rows.find(({ kva }) => kva === currentKva)?.cost ?? null;
  const optionOf = (kva: number, cost: MicroEur | null): PowerOption => ({
    kva,
    headroomVa: (kva * vaPerKva - highest.maximum) as Va,
    overruns: maxima.flatMap(({ date, maximum }) => (maximum > kva * vaPerKva ? [date] : [])).sort(),
    yearlyCost: cost,
    yearlyDifference: cost === null || currentCost === null ? null : microEur(cost - currentCost),
  });
  const options = rows.map(({ kva, cost }) => optionOf(kva, cost)).sort((a, b) => a.kva - b.kva);
  return {
    highest,
    current: currentKva === null ? null : optionOf(currentKva, currentCost),
    options,
    cheapest: cheapestOf(options.filter(({ overruns }) => overruns.length === 0)),
  };
}

const vaPerKva = 1000;

/** The lower power where two cost the same. */
function cheapestOf(options: readonly PowerOption[]): PowerOption | null {
  let best: PowerOption | null = null;
  for (const option of options)
    if (option.yearlyCost !== null && option.yearlyCost < (best?.yearlyCost ?? Number.POSITIVE_INFINITY)) best = option;
  return best;
}

function yearlyCostOf(
  { standing, energy }: { readonly standing: MicroEur; readonly energy: DatedPrices["energy"] },
  yearly: PowerTerms["yearly"],
): MicroEur | null {
  const exact = new ExactTotal();
  // The keys of a record of periods are periods.
  for (const period of Object.keys(yearly) as TariffPeriod[]) {
    const [used, price] = [yearly[period], energy[period]];
    if (used === undefined) continue;
    if (price === undefined) return null;
    exact.add(costOf(used, price));
  }
  return microEur(standing * 12 + toMicroEur(exact.sum));
}
