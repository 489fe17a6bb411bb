import type { PlanSetting } from "../../domain/tariff/plan-setting.ts";
import type { EnergyPrice, MicroEur } from "../../domain/tariff/price.ts";

/** An entry of the option tariff_plans, as a form holds it: what is not said is absent. */
export type PlanEntry = Readonly<Record<string, string | number | boolean>>;

/** The entry that is read as this setting: what an editor begins with, wherever the setting was written. */
export function entryOf(setting: PlanSetting): PlanEntry {
  const fields: Readonly<Record<string, string | number | boolean | null>> = {
    usage_point: setting.usagePoint,
    from: setting.from,
    to: setting.to,
    plan: setting.plan,
    offpeak_hours: setting.offpeakHours,
    summer_offpeak_hours: setting.summerOffpeakHours,
    weekend_offpeak: setting.weekendOffpeak,
    holidays: setting.holidays,
    peak_days: setting.peakDays.length === 0 ? null : setting.peakDays.join(","),
    peak_days_through: setting.peakDaysThrough,
    power_kva: setting.powerKva,
    prices: pricesText(setting),
    standing: setting.standing === null ? null : decimal(setting.standing),
    buyback: setting.buyback === null ? null : decimal(setting.buyback),
    sale: setting.sale,
  };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])),
  );
}

/** `hp=0.2065 hc=0.1579`; null where none is given. */
function pricesText({ prices }: PlanSetting): string | null {
  const words = Object.entries(prices).map(([period, price]) => `${period}=${decimal(price)}`);
  return words.length === 0 ? null : words.join(" ");
}

/** Six decimals at most, and no exponent. */
const decimal = (micros: EnergyPrice | MicroEur): string =>
  (micros / 1_000_000).toLocaleString("en-GB", { maximumFractionDigits: 6, useGrouping: false });
