import { localDate } from "../../../domain/calendar.ts";
import { type HolidayRegion, holidayRegions } from "../../../domain/tariff/holidays.ts";
import { type TariffPeriod, tariffPeriods } from "../../../domain/tariff/period.ts";
import { type PlanKind, parsePlanKind } from "../../../domain/tariff/plan.ts";
import { periodsOfPlan } from "../../../domain/tariff/plan-periods.ts";
import type { OffersAnswer, PlanEntry, PlansAnswer } from "../../../server/api/plans.ts";
import type { Language } from "../../../shared/language.ts";

/** An entry of the user's plans as a form holds it: everything is text as typed, empty where nothing is said. */
export interface PlanDraft {
  /** Empty: every meter. */
  readonly usagePoint: string;
  readonly from: string;
  readonly to: string;
  /** Empty: the contract's. */
  readonly plan: PlanKind | "";
  readonly offpeakHours: string;
  readonly summerOffpeakHours: string;
  readonly weekendOffpeak: boolean;
  readonly holidays: HolidayRegion | "";
  readonly peakDays: string;
  readonly peakDaysThrough: string;
  readonly powerKva: string;
  readonly prices: Readonly<Partial<Record<TariffPeriod, string>>>;
  readonly standing: string;
  readonly buyback: string;
  readonly sale: "surplus" | "total" | "";
}

export const emptyDraft = (usagePoint: string, from: string): PlanDraft => ({
  usagePoint,
  from,
  to: "",
  plan: "",
  offpeakHours: "",
  summerOffpeakHours: "",
  weekendOffpeak: false,
  holidays: "",
  peakDays: "",
  peakDaysThrough: "",
  powerKva: "",
  prices: {},
  standing: "",
  buyback: "",
  sale: "",
});

/** A number as the language writes it, and back as the API reads it. */
export const written = (amount: number | string, language: Language): string =>
  language === "fr" ? String(amount).replace(".", ",") : String(amount);
export const plain = (typed: string): string => typed.replace(/[\s€]/g, "").replace(",", ".");

/** The form of an entry that exists. */
export function draftOf(entry: PlanEntry, language: Language): PlanDraft {
  const said = (key: string): string => (entry[key] === undefined || entry[key] === null ? "" : String(entry[key]));
  const amount = (key: string): string => written(said(key), language);
  const sale = said("sale");
  return {
    usagePoint: said("usage_point"),
    from: said("from"),
    to: said("to"),
    plan: parsePlanKind(said("plan")) ?? "",
    offpeakHours: said("offpeak_hours"),
    summerOffpeakHours: said("summer_offpeak_hours"),
    weekendOffpeak: entry.weekend_offpeak === true,
    holidays: holidayRegions.find((region) => region === said("holidays")) ?? "",
    peakDays: said("peak_days").replaceAll(",", ", "),
    peakDaysThrough: said("peak_days_through"),
    powerKva: said("power_kva"),
    prices: pricesIn(said("prices"), language),
    standing: amount("standing"),
    buyback: amount("buyback"),
    sale: sale === "surplus" || sale === "total" ? sale : "",
  };
}

/** `hp=0.2065 hc=0.1579`, as the API tells an entry's prices. */
function pricesIn(text: string, language: Language): PlanDraft["prices"] {
  const pairs = text.split(" ").map((word) => word.split("="));
  return Object.fromEntries(
    tariffPeriods.flatMap((period) => {
      const value = pairs.find(([name]) => name === period)?.[1];
      return value === undefined ? [] : [[period, written(value, language)] as const];
    }),
  );
}

/** The periods that a price can be given for: those of the plan, else of the one that the contract tells. */
export const periodsOf = ({ plan }: Pick<PlanDraft, "plan">, contract: PlanKind | null): readonly TariffPeriod[] =>
  plan === "" ? (contract === null ? [] : periodsOfPlan[contract]) : periodsOfPlan[plan];

const withWindows: readonly PlanKind[] = ["HC_HP", "HC_WEEKEND", "HC_HP_WEEKEND", "SEASONAL", "ZEN_FLEX"];
const withWeekends: readonly PlanKind[] = [
  "BASE_WEEKEND",
  "HC_WEEKEND",
  "HC_NUIT_WEEKEND",
  "HC_HP_WEEKEND",
  "SEASONAL",
];
const withPeakDays: readonly PlanKind[] = ["EJP", "SEASONAL", "ZEN_FLEX"];

/** Which fields a plan has. */
export function fieldsOf(kind: PlanKind | null): {
  readonly hasWindows: boolean;
  readonly hasWeekends: boolean;
  readonly hasSeasons: boolean;
  readonly hasPeakDays: boolean;
} {
  const isIn = (kinds: readonly PlanKind[]): boolean => kind !== null && kinds.includes(kind);
  return {
    hasWindows: isIn(withWindows),
    hasWeekends: isIn(withWeekends),
    hasSeasons: kind === "SEASONAL",
    hasPeakDays: isIn(withPeakDays),
  };
}

/** The entry that a form says; what its plan does not have is left out. */
export function entryOf(draft: PlanDraft, contract: PlanKind | null): PlanEntry {
  const has = fieldsOf(draft.plan === "" ? contract : draft.plan);
  const prices = periodsOf(draft, contract).flatMap((period) => {
    const price = plain(draft.prices[period] ?? "");
    return price === "" ? [] : [`${period}=${price}`];
  });
  const buyback = plain(draft.buyback);
  const fields: Readonly<Record<string, string | boolean>> = {
    usage_point: draft.usagePoint,
    from: draft.from,
    to: draft.to,
    plan: draft.plan,
    offpeak_hours: has.hasWindows ? draft.offpeakHours.trim() : "",
    summer_offpeak_hours: has.hasSeasons ? draft.summerOffpeakHours.trim() : "",
    weekend_offpeak: has.hasSeasons && draft.weekendOffpeak ? true : "",
    holidays: has.hasWeekends ? draft.holidays : "",
    peak_days: has.hasPeakDays ? daysIn(draft.peakDays).join(",") : "",
    peak_days_through: has.hasPeakDays ? draft.peakDaysThrough : "",
    power_kva: draft.powerKva,
    prices: prices.join(" "),
    standing: plain(draft.standing),
    buyback,
    sale: buyback === "" ? "" : draft.sale,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
}

export const daysIn = (text: string): string[] => text.split(/[\s,;]+/).filter((word) => word !== "");

/** Whether the words are a day of the calendar. */
export function isDay(text: string): boolean {
  try {
    localDate(text);
    return true;
  } catch {
    return false;
  }
}

/** What is in force, as the beginning of a change: plan, hours and power; prices stay those that are followed. */
export function draftFromSpan(
  { plan, offpeakHours, powerKva }: PlansAnswer["spans"][number],
  { usagePoint, from }: Pick<PlanDraft, "usagePoint" | "from">,
): PlanDraft {
  return {
    ...emptyDraft(usagePoint, from),
    plan,
    offpeakHours: fieldsOf(plan).hasWindows ? (offpeakHours ?? "") : "",
    powerKva: powerKva === null ? "" : String(powerKva),
  };
}

/** An offer as a plan: its prices and standing charge are then what is paid. Hours are the meter's where it has none. */
export function draftFromOffer(
  offer: OffersAnswer["offers"][number],
  { draft, meterHours, language }: { draft: PlanDraft; meterHours: string | null; language: Language },
): PlanDraft {
  const kind = offer.plan;
  return {
    ...emptyDraft(draft.usagePoint, draft.from),
    to: draft.to,
    buyback: draft.buyback,
    sale: draft.sale,
    plan: kind ?? "",
    offpeakHours: fieldsOf(kind).hasWindows ? (offer.offpeakHours ?? meterHours ?? "") : "",
    powerKva: offer.powerKva === null ? draft.powerKva : String(offer.powerKva),
    prices: Object.fromEntries(offer.prices.map(({ period, eurPerKwh }) => [period, written(eurPerKwh, language)])),
    standing: offer.eurPerMonth === null ? "" : written(offer.eurPerMonth, language),
  };
}

/** The list with an entry in the place of another, or beside the others; each meter's in the order of its days. */
export function withEntry(said: readonly PlanEntry[], entry: PlanEntry, position: number | null): readonly PlanEntry[] {
  const others = said.filter((_, place) => place !== position);
  const keyOf = (one: PlanEntry): string => `${String(one.usage_point ?? "")} ${String(one.from ?? "")}`;
  return [...others, entry].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

export const withoutEntry = (said: readonly PlanEntry[], position: number): readonly PlanEntry[] =>
  said.filter((_, place) => place !== position);
