import { holidayRegions } from "../domain/tariff/holidays.ts";
import type { PlanSetting } from "../domain/tariff/plan-setting.ts";
import { type Kind, kind } from "./kinds.ts";
import { nearMiss } from "./near-miss.ts";
import { Refusal, refuse } from "./remark.ts";
import {
  readChoice,
  readDate,
  readDates,
  readFlag,
  readHours,
  readPlan,
  readPower,
  readUsagePoint,
  textOf,
} from "./tariff-fields.ts";
import { readBuyback, readPrices, readStanding } from "./tariff-prices.ts";
import { atEntry, contradictionIn, overlapping } from "./tariff-rules.ts";

/** As `parsePlanKind` and `parseOffPeak` understand it whole; peak days ascending, prices those of one plan. */
export type TariffPlanConfig = PlanSetting;

export const tariffPlanKeys = [
  "usage_point",
  "from",
  "to",
  "plan",
  "offpeak_hours",
  "summer_offpeak_hours",
  "weekend_offpeak",
  "holidays",
  "peak_days",
  "peak_days_through",
  "power_kva",
  "prices",
  "standing",
  "buyback",
  "sale",
] as const;
type PlanKey = (typeof tariffPlanKeys)[number];

export const saleKinds = ["surplus", "total"] as const;

export const tariffPlansExample =
  '[{"from": "2026-02-01", "plan": "HC_HP", "offpeak_hours": "22:30-06:30", "prices": "hp=0.2065 hc=0.1579"}]';

/** A JSON list of objects, or one such object. */
export const tariffPlans: Kind<readonly TariffPlanConfig[]> = kind((raw) => {
  const list = parseList(raw);
  if (list === null)
    return refuse(
      `la valeur n'est pas une liste d'objets en JSON ; écrivez par exemple ${tariffPlansExample}.`,
      `the value is not a list of objects in JSON; write for example ${tariffPlansExample}.`,
    );
  const read = list.map((entry, position) => atEntry(position, readEntry(entry)));
  const refusals = read.flatMap((entry) => (entry instanceof Refusal ? [entry] : []));
  const plans = read.flatMap((entry) => (entry instanceof Refusal ? [] : [entry]));
  const all = [...refusals, ...(refusals.length === 0 ? overlapping(plans) : [])];
  const [first, ...others] = all;
  if (first === undefined) return plans;
  return new Refusal(
    first.text,
    others.map(({ text }) => text),
  );
});

function parseList(raw: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(raw);
    return Array.isArray(value) ? value : isObject(value) ? [value] : null;
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** At most one fault an entry: a second one is seen once the first is gone. */
function readEntry(entry: unknown): TariffPlanConfig | Refusal {
  if (!isObject(entry) || Array.isArray(entry))
    return refuse(
      `ce n'est pas un objet ; écrivez par exemple ${tariffPlansExample}.`,
      `this is not an object; write for example ${tariffPlansExample}.`,
    );
  const stranger = Object.keys(entry).find((key) => !tariffPlanKeys.some((known) => known === key));
  if (stranger !== undefined) return unknownKey(stranger);
  const values = new Map(Object.entries(entry));
  const said = (key: PlanKey): string => textOf(values.get(key));
  const plan = allRead<TariffPlanConfig>({
    usagePoint: readUsagePoint(said("usage_point")),
    from: readDate("from", said("from")),
    to: readDate("to", said("to")),
    plan: readPlan(said("plan")),
    offpeakHours: readHours("offpeak_hours", said("offpeak_hours")),
    summerOffpeakHours: readHours("summer_offpeak_hours", said("summer_offpeak_hours")),
    weekendOffpeak: readFlag("weekend_offpeak", said("weekend_offpeak")),
    holidays: readChoice("holidays", said("holidays"), holidayRegions),
    peakDays: readDates(values.get("peak_days")),
    peakDaysThrough: readDate("peak_days_through", said("peak_days_through")),
    powerKva: readPower(said("power_kva")),
    prices: readPrices(said("prices")),
    standing: readStanding(said("standing")),
    buyback: readBuyback(said("buyback")),
    sale: readChoice("sale", said("sale"), saleKinds),
  });
  return plan instanceof Refusal ? plan : (contradictionIn(plan) ?? plan);
}

/** The parts together, or the first refusal among them. */
function allRead<T extends object>(parts: { readonly [Key in keyof T]: T[Key] | Refusal }): T | Refusal {
  const refusal = Object.values(parts).find((part) => part instanceof Refusal);
  return refusal instanceof Refusal ? refusal : (parts as T);
}

function unknownKey(key: string): Refusal {
  const meant = nearMiss(key, tariffPlanKeys);
  const all = tariffPlanKeys.join(", ");
  return meant === undefined
    ? refuse(
        `la clé « ${key} » est inconnue ; choisissez parmi ${all}.`,
        `the key "${key}" is unknown; choose among ${all}.`,
      )
    : refuse(
        `la clé « ${key} » est inconnue, vouliez-vous dire « ${meant} » ? Choisissez parmi ${all}.`,
        `the key "${key}" is unknown, did you mean "${meant}"? Choose among ${all}.`,
      );
}
