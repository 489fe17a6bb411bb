import { parisTimeOrNull } from "../../domain/paris-time.ts";
import { tariffPeriods } from "../../domain/tariff/period.ts";
import { type EnergyPrice, type MicroEur, toEur } from "../../domain/tariff/price.ts";
import type { Text } from "../../shared/language.ts";
import type { CostsSnapshot, CostValue, UsagePointSnapshot } from "../../sync/snapshot.ts";
import { binarySensor, type Described, type EntityState, type Scope, sensor, symbol } from "./state.ts";

const microPerEur = 1_000_000;
const eurPerKwh = (price: EnergyPrice | null): number | null => (price === null ? null : price / microPerEur);
const eurOrNull = (amount: MicroEur | null): number | null => (amount === null ? null : toEur(amount));

/** What holds now and what comes next. A price per kWh has no device class in Home Assistant. */
export function tariffStates(scope: Scope, { available, tariff, id }: UsagePointSnapshot): readonly EntityState[] {
  const shared = { isAvailable: available };
  const price = { ...shared, unit: symbol("EUR/kWh") };
  const next = tariff?.next ?? null;
  return [
    sensor(scope, {
      ...price,
      key: "current_price",
      name: { fr: "Prix actuel du kWh", en: "Current price per kWh" },
      value: eurPerKwh(tariff?.price ?? null),
      icon: "mdi:cash-clock",
      more: { pdl: id, period: tariff?.period, price_source: tariff?.source?.name },
    }),
    sensor(scope, {
      ...shared,
      key: "current_period",
      name: { fr: "Période tarifaire en cours", en: "Current tariff period" },
      value: tariff?.period ?? null,
      deviceClass: "enum",
      options: tariffPeriods,
      icon: "mdi:clock-outline",
    }),
    binarySensor(scope, {
      ...shared,
      key: "off_peak",
      name: { fr: "Heures creuses", en: "Off-peak hours" },
      value: tariff?.offPeak ?? null,
      icon: "mdi:clock-check-outline",
    }),
    sensor(scope, {
      ...price,
      key: "next_price",
      name: { fr: "Prochain prix du kWh", en: "Next price per kWh" },
      value: eurPerKwh(next?.price ?? null),
      icon: "mdi:cash-fast",
    }),
    sensor(scope, {
      ...shared,
      key: "next_price_change",
      name: { fr: "Prochain changement de prix", en: "Next price change" },
      value: parisTimeOrNull(next?.start ?? null),
      deviceClass: "timestamp",
    }),
  ];
}

const costNames = {
  daily: { fr: "Coût du dernier jour connu", en: "Cost of the latest known day" },
  monthly: { fr: "Coût du mois", en: "Cost this month" },
  yearly: { fr: "Coût de l'année", en: "Cost this year" },
  projected: { fr: "Coût prévu du mois", en: "Projected cost of the month" },
} as const satisfies Readonly<Record<string, Text>>;

/** Energy alone, without the standing charge. */
export function costStates(scope: Scope, { available, costs, id }: UsagePointSnapshot): readonly EntityState[] {
  const cost = (key: keyof typeof costNames, said: Pick<Described, "value" | "more">): EntityState =>
    sensor(scope, {
      key: `cost_${key}`,
      name: costNames[key],
      isAvailable: available,
      unit: symbol("EUR"),
      deviceClass: "monetary",
      ...said,
    });
  return [
    cost("daily", costValue(id, costs.latest, "date")),
    cost("monthly", costValue(id, costs.month, "month")),
    cost("yearly", costValue(id, costs.year, "year")),
    cost("projected", projectionValue(id, costs)),
  ];
}

const costValue = (pdl: string, cost: CostValue | null, name: "date" | "month" | "year") => ({
  value: eurOrNull(cost?.amount ?? null),
  more: {
    pdl,
    [name]: cost?.period,
    quality: cost?.quality,
    through: cost?.through,
    missing_days: cost?.missingDays,
    unpriced_days: cost?.unpricedDays,
  },
});

/** A day to come is nobody's measure. */
const projectionValue = (pdl: string, { projection }: CostsSnapshot) => ({
  value: eurOrNull(projection?.energy.expected ?? null),
  more: { pdl, month: projection?.month, quality: projection ? "estimated" : null, known_days: projection?.knownDays },
});
