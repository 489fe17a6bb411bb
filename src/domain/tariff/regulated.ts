import { addDays, localDate } from "../calendar.ts";
import type { LocalDate } from "../units.ts";
import { type TariffPeriod, tariffPeriods } from "./period.ts";
import { type PlanKind, planKinds } from "./plan.ts";
import { type DatedPrices, type EnergyPrice, energyPrice, microEur } from "./price.ts";
import { type PriceSheet, priceSheets } from "./regulated-table.ts";

const microEurPerTenThousandth = 100;
const microEurPerCent = 10_000;

/**
 * EDF's regulated tariff since 1 February 2023, by plan and subscribed power; of the time before nothing is known. The
 * last sheet goes on until further notice, and its `from` tells how old the prices are.
 */
export const regulatedPrices: readonly DatedPrices[] = priceSheets.flatMap((sheet, position) => {
  const next = priceSheets[position + 1];
  return pricesOfSheet(sheet, next ? addDays(localDate(next.from), -1) : null);
});

function pricesOfSheet({ from, prices }: PriceSheet, to: LocalDate | null): DatedPrices[] {
  const sheet = { from: localDate(from), to, source: { kind: "regulated", name: `EDF Tarif Bleu ${from}` } } as const;
  return planKinds.flatMap((kind: PlanKind) =>
    (prices[kind] ?? []).flatMap(({ energy, standing }): DatedPrices[] => {
      const plan = { ...sheet, kind, energy: energyOf(energy) };
      if (standing === null) return [{ ...plan, powerKva: null, standing: null }];
      return Object.entries(standing).map(([kva, cents]) => ({
        ...plan,
        powerKva: Number(kva),
        standing: microEur(cents * microEurPerCent),
      }));
    }),
  );
}

function energyOf(printed: Readonly<Partial<Record<TariffPeriod, number>>>): DatedPrices["energy"] {
  const energy: Partial<Record<TariffPeriod, EnergyPrice>> = {};
  for (const period of tariffPeriods) {
    const price = printed[period];
    if (price !== undefined) energy[period] = energyPrice(price * microEurPerTenThousandth);
  }
  return energy;
}
