import { boundsOf, localDate } from "../../../domain/calendar.ts";
import { parisTime, parisTimeOrNull } from "../../../domain/paris-time.ts";
import { type MicroEur, toEur } from "../../../domain/tariff/price.ts";
import type {
  CostsSnapshot,
  CostValue,
  TariffSnapshot,
  TariffStretch,
  UsagePointSnapshot,
} from "../../../sync/snapshot.ts";
import type { CostPeriod } from "../topics.ts";

const microPerEur = 1_000_000;
/** @param price micro-euros. */
export const eurPerKwh = (price: number | null): number | null => (price === null ? null : price / microPerEur);
const eurOrNull = (amount: MicroEur | null): number | null => (amount === null ? null : toEur(amount));

/**
 * Stretches shown as attributes: one takes 113 bytes at most, `{"start":"2026-11-21T22:00:00+01:00","end":…,
 * "period":"sobriety_hc","price":0.123456},`, hence 3.4 KB in all. Three days of a plan have fewer.
 */
const mostStretches = 30;

/** What holds now, what comes next, and the days ahead; null is pending or not known, never free. */
export function tariffPayload({ id, tariff }: Pick<UsagePointSnapshot, "id" | "tariff">): object {
  return {
    value: eurPerKwh(tariff?.price ?? null),
    unit: "EUR/kWh",
    period: tariff?.period ?? null,
    off_peak: tariff?.offPeak ?? null,
    pdl: id,
    source: tariff?.source?.name ?? null,
    next: {
      at: parisTimeOrNull(tariff?.next?.start ?? null),
      value: eurPerKwh(tariff?.next?.price ?? null),
      period: tariff?.next?.period ?? null,
    },
    standing_charge: eurOrNull(tariff?.standing ?? null),
    schedule: (tariff?.schedule ?? []).slice(0, mostStretches).map(stretchPayload),
  };
}

const stretchPayload = ({ start, end, period, price }: TariffStretch): object => ({
  start: parisTime(start),
  end: parisTime(end),
  period,
  price: eurPerKwh(price),
});

/**
 * The list that energy managers such as evcc read: EUR/kWh. Hours without a known price are left out, because they would
 * read a null as 0 and charge a car for nothing on a red day.
 */
export const schedulePayload = ({ schedule }: Pick<TariffSnapshot, "schedule">): readonly object[] =>
  schedule.flatMap(({ start, end, price }) =>
    price === null ? [] : [{ start: parisTime(start), end: parisTime(end), value: eurPerKwh(price) }],
  );

export function costPayload(pdl: string, costs: CostsSnapshot, period: CostPeriod): object {
  switch (period) {
    case "daily":
      return valuePayload(pdl, costs.latest, { name: "date", first: "" });
    case "monthly":
      return valuePayload(pdl, costs.month, { name: "month", first: "-01" });
    case "yearly":
      return valuePayload(pdl, costs.year, { name: "year", first: "-01-01" });
    case "projected":
      return projectionPayload(pdl, costs);
  }
}

/** `first` makes the first day of the period's name. */
const valuePayload = (
  pdl: string,
  cost: CostValue | null,
  { name, first }: { readonly name: string; readonly first: string },
): object => ({
  value: eurOrNull(cost?.amount ?? null),
  unit: "EUR",
  [name]: cost?.period ?? null,
  pdl,
  quality: cost?.quality ?? null,
  timestamp: parisTimeOrNull(cost?.changedAt ?? null),
  start: cost ? parisTime(boundsOf(localDate(`${cost.period}${first}`)).start) : null,
  through: cost?.through ?? null,
  missing_days: cost?.missingDays ?? null,
  unpriced_days: cost?.unpricedDays ?? null,
});

/** `low` and `high` are what it comes to if all days to come are as the cheaper, or the dearer, of the usual ones. */
function projectionPayload(pdl: string, { projection, month }: CostsSnapshot): object {
  return {
    value: eurOrNull(projection?.energy.expected ?? null),
    unit: "EUR",
    month: projection?.month ?? null,
    pdl,
    // A day to come is nobody's measure.
    quality: projection ? "estimated" : null,
    timestamp: parisTimeOrNull(month?.changedAt ?? null),
    low: eurOrNull(projection?.energy.low ?? null),
    high: eurOrNull(projection?.energy.high ?? null),
    with_standing_charge: eurOrNull(projection?.total?.expected ?? null),
    known_days: projection?.knownDays ?? null,
  };
}
