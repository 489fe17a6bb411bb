import type { HourEnergy } from "../../domain/statistics/hours.ts";
import { orderOfPeriod, type TariffPeriod } from "../../domain/tariff/period.ts";
import type { WattMinutes } from "../../domain/units.ts";

/** The energy of one day by tariff period. */
export interface SplitDay {
  /** In their order; null, last, is pending. Shared between days: ten years hold few different lists. */
  readonly periods: readonly (TariffPeriod | null)[];
  /** One per period. */
  readonly energies: readonly WattMinutes[];
  /** What of it is not the meter's own word. */
  readonly estimated: WattMinutes;
}

/** Lists that were met; there are as many as plans and colours can follow each other in a day. */
const shared = new Map<string, readonly (TariffPeriod | null)[]>();

export function splitDay(hours: readonly HourEnergy[]): SplitDay {
  const energyOf = new Map<TariffPeriod | null, number>();
  let estimatedEnergy = 0;
  for (const { period, energy, estimated } of hours) {
    energyOf.set(period, (energyOf.get(period) ?? 0) + energy);
    if (estimated) estimatedEnergy += energy;
  }
  const periods = sharedList([...energyOf.keys()].sort((a, b) => orderOfPeriod(a) - orderOfPeriod(b)));
  return {
    periods,
    energies: periods.map((period) => (energyOf.get(period) ?? 0) as WattMinutes),
    estimated: estimatedEnergy as WattMinutes,
  };
}

function sharedList(periods: readonly (TariffPeriod | null)[]): readonly (TariffPeriod | null)[] {
  const key = periods.join(" ");
  const known = shared.get(key) ?? periods;
  shared.set(key, known);
  return known;
}
