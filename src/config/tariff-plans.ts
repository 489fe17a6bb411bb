import { localDate } from "../domain/calendar.ts";
import type { HolidayRegion } from "../domain/tariff/holidays.ts";
import { parseOffPeak } from "../domain/tariff/off-peak.ts";
import type { TariffPeriod } from "../domain/tariff/period.ts";
import { parsePlanKind, planKinds } from "../domain/tariff/plan.ts";
import type { EnergyPrice, MicroEur } from "../domain/tariff/price.ts";
import { type LocalDate, type UsagePointId, usagePointId } from "../domain/units.ts";
import type { Text } from "../shared/language.ts";
import { type Kind, kind } from "./kinds.ts";
import { nearMiss } from "./near-miss.ts";
import { Refusal, refuse } from "./remark.ts";

/** What the user says of a tariff plan from a day on. Null takes what the contract says. */
export interface TariffPlanConfig {
  /** Null: every usage point. */
  readonly usagePoint: UsagePointId | null;
  /** Null: since ever. */
  readonly from: LocalDate | null;
  /** A spelling that `parsePlanKind` knows. */
  readonly plan: string | null;
  /** A spelling that `parseOffPeak` understands whole. */
  readonly offpeakHours: string | null;
  /** Of EJP; ascending. */
  readonly peakDays: readonly LocalDate[];
  /** Up to and including this day, a day that is not among `peakDays` is known to be none. */
  readonly peakDaysThrough: LocalDate | null;
  /** Last day, included; null: until the next entry of the same meter. */
  readonly to: LocalDate | null;
  /** Subscribed power. */
  readonly powerKva: number | null;
  /** In the order of the periods; those of one plan. */
  readonly prices: Readonly<Partial<Record<TariffPeriod, EnergyPrice>>>;
  /** Standing charge for a month. */
  readonly standing: MicroEur | null;
  /** What an injected kWh earns. */
  readonly buyback: EnergyPrice | null;
  readonly sale: "surplus" | "total" | null;
  /** Whose public holidays count as Sundays; null: none do. */
  readonly holidays: HolidayRegion | null;
  /** Of SEASONAL from April to October; a spelling that `parseOffPeak` understands whole. */
  readonly summerOffpeakHours: string | null;
  /** Of SEASONAL: whether weekends are off-peak all day. */
  readonly weekendOffpeak: boolean | null;
}

export const tariffPlanKeys = [
  "usage_point",
  "from",
  "plan",
  "offpeak_hours",
  "peak_days",
  "peak_days_through",
] as const;
type PlanKey = (typeof tariffPlanKeys)[number];

export const tariffPlansExample = '[{"from": "2025-11-01", "plan": "HC_HP", "offpeak_hours": "22:30-06:30"}]';

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
  const all = [...refusals, ...(refusals.length === 0 ? repeated(plans) : [])];
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

function atEntry<T>(position: number, result: T | Refusal): T | Refusal {
  if (!(result instanceof Refusal)) return result;
  const { fr, en } = result.text;
  return refuse(`${ordinal(position).fr} : ${fr}`, `${ordinal(position).en}: ${en}`);
}

function ordinal(position: number): Text {
  const number = position + 1;
  const ending = /1[123]$/.test(String(number)) ? "th" : ({ 1: "st", 2: "nd", 3: "rd" }[number % 10] ?? "th");
  return { fr: `${number}${number === 1 ? "er" : "e"} élément`, en: `${number}${ending} entry` };
}

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
  const usagePoint = readUsagePoint(said("usage_point"));
  const from = readDate("from", said("from"));
  const plan = readPlan(said("plan"));
  const offpeakHours = readHours(said("offpeak_hours"));
  const peakDays = readDates(values.get("peak_days"));
  const peakDaysThrough = readDate("peak_days_through", said("peak_days_through"));
  if (usagePoint instanceof Refusal) return usagePoint;
  if (from instanceof Refusal) return from;
  if (plan instanceof Refusal) return plan;
  if (offpeakHours instanceof Refusal) return offpeakHours;
  if (peakDays instanceof Refusal) return peakDays;
  if (peakDaysThrough instanceof Refusal) return peakDaysThrough;
  if (plan === null && offpeakHours === null && peakDays.length === 0 && peakDaysThrough === null) return saysNothing;
  return { ...notAsked, usagePoint, from, plan, offpeakHours, peakDays, peakDaysThrough };
}

const notAsked = {
  to: null,
  powerKva: null,
  prices: {},
  standing: null,
  buyback: null,
  sale: null,
  holidays: null,
  summerOffpeakHours: null,
  weekendOffpeak: null,
} as const;

/** Not set is empty text, as a form sends it. Lists and objects stay JSON, which the readers of hours know. */
function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return (typeof value === "string" ? value : JSON.stringify(value)).trim();
}

const saysNothing = refuse(
  "il ne dit ni formule, ni heures creuses, ni jours de pointe ; remplissez-en au moins un, ou supprimez l'élément.",
  "it tells neither plan, off-peak hours nor peak days; fill in at least one of them, or remove the entry.",
);

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

/** Blanks are accepted as bills print them. */
function readUsagePoint(text: string): UsagePointId | null | Refusal {
  const digits = text.replaceAll(/\s/g, "");
  if (digits === "") return null;
  if (/^\d{14}$/.test(digits)) return usagePointId(digits);
  return refuse(
    `usage_point « …${digits.slice(-4)} » n'est pas un numéro de PDL (ou PRM), qui a 14 chiffres ; recopiez-le de votre facture, entre guillemets.`,
    `usage_point "…${digits.slice(-4)}" is not a PDL (or PRM) number, which has 14 digits; copy it from your bill, in quotes.`,
  );
}

function readDate(key: PlanKey, text: string): LocalDate | null | Refusal {
  if (text === "") return null;
  try {
    return localDate(text);
  } catch {
    return refuse(
      `${key} « ${text} » n'est pas un jour du calendrier ; écrivez-le année-mois-jour, par exemple 2025-11-01.`,
      `${key} "${text}" is not a day of the calendar; write it year-month-day, for example 2025-11-01.`,
    );
  }
}

/** A list, or days separated by commas, semicolons or spaces; each once, ascending. */
function readDates(value: unknown): readonly LocalDate[] | Refusal {
  const words = (Array.isArray(value) ? value.map(textOf).join(" ") : textOf(value)).split(/[\s,;]+/);
  const days = new Set<LocalDate>();
  for (const word of words) {
    const day = readDate("peak_days", word);
    if (day instanceof Refusal) return day;
    if (day !== null) days.add(day);
  }
  return [...days].sort();
}

function readPlan(text: string): string | null | Refusal {
  if (text === "") return null;
  if (parsePlanKind(text) !== null) return text;
  const meant = nearMiss(text, planKinds);
  const all = planKinds.join(", ");
  return meant === undefined
    ? refuse(
        `la formule « ${text} » est inconnue ; choisissez parmi ${all}.`,
        `the plan "${text}" is unknown; choose among ${all}.`,
      )
    : refuse(
        `la formule « ${text} » est inconnue, vouliez-vous dire « ${meant} » ? Choisissez parmi ${all}.`,
        `the plan "${text}" is unknown, did you mean "${meant}"? Choose among ${all}.`,
      );
}

function readHours(text: string): string | null | Refusal {
  if (text === "") return null;
  const { schedule, leftOver } = parseOffPeak(text);
  if (schedule !== null && leftOver === null) return text;
  const what = leftOver === null || schedule === null ? text : leftOver;
  return refuse(
    `offpeak_hours : « ${what} » n'est pas compris ; écrivez des plages comme 22:30-06:30 ou 01:34-07:34;12:56-14:56.`,
    `offpeak_hours: "${what}" is not understood; write ranges such as 22:30-06:30 or 01:34-07:34;12:56-14:56.`,
  );
}

/** Two words for one usage point and day: nobody could tell which holds. */
function repeated(plans: readonly TariffPlanConfig[]): readonly Refusal[] {
  const first = new Map<string, number>();
  return plans.flatMap(({ usagePoint, from }, position) => {
    const about = `${usagePoint} ${from}`;
    const earlier = first.get(about);
    if (earlier === undefined) first.set(about, position);
    if (earlier === undefined) return [];
    const same = refuse(
      `il vaut pour le même compteur et le même jour que le ${ordinal(earlier).fr} ; réunissez-les, ou changez « from ».`,
      `it is about the same meter and the same day as the ${ordinal(earlier).en}; join them, or change "from".`,
    );
    const told = atEntry(position, same);
    return [told];
  });
}
