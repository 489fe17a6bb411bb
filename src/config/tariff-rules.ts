import { weekdayOf } from "../domain/calendar.ts";
import { tariffPeriods, tempoPeriods } from "../domain/tariff/period.ts";
import { parsePlanKind } from "../domain/tariff/plan.ts";
import { periodsOfPlan, plansWithPeriods } from "../domain/tariff/plan-periods.ts";
import type { Text } from "../shared/language.ts";
import { Refusal, refuse } from "./remark.ts";
import type { TariffPlanConfig } from "./tariff-plans.ts";

/** Why an entry whose parts are all readable cannot be meant; null when it can. */
export const contradictionIn = (plan: TariffPlanConfig): Refusal | null =>
  saysNothing(plan) ??
  endsBeforeItBegins(plan) ??
  hoursOfAnotherPlan(plan) ??
  sobrietyAtWeekend(plan) ??
  pricesOfAnotherPlan(plan) ??
  pricesLeftOut(plan) ??
  saleWithoutPrice(plan);

/** An app's form sends a switch that nobody touched as false. */
const isSaid = (value: unknown): boolean => value !== null && value !== false;

function saysNothing(plan: TariffPlanConfig): Refusal | null {
  const { usagePoint: _, from: __, to: ___, peakDays, prices, ...others } = plan;
  const says = [...peakDays, ...Object.keys(prices), ...Object.values(others).filter(isSaid)];
  if (says.length > 0) return null;
  return refuse(
    "il ne dit rien de la formule, des heures, des jours de pointe, de la puissance ni des prix ; remplissez au moins l'un d'eux, ou supprimez l'élément.",
    "it tells nothing of plan, hours, peak days, power or prices; fill in at least one of them, or remove the entry.",
  );
}

function endsBeforeItBegins({ from, to }: TariffPlanConfig): Refusal | null {
  if (from === null || to === null || from <= to) return null;
  return refuse(
    `il finit (to ${to}) avant de commencer (from ${from}) ; échangez ou corrigez ces deux dates.`,
    `it ends (to ${to}) before it begins (from ${from}); swap or correct these two dates.`,
  );
}

/** Where the plan is left to the contract, it may be the one that is meant. */
const isKnownNotToBe = (plan: string | null, kind: "SEASONAL"): plan is string =>
  plan !== null && parsePlanKind(plan) !== kind;

function hoursOfAnotherPlan({ plan, summerOffpeakHours, weekendOffpeak }: TariffPlanConfig): Refusal | null {
  if (!isKnownNotToBe(plan, "SEASONAL")) return null;
  const key = summerOffpeakHours !== null ? "summer_offpeak_hours" : weekendOffpeak ? "weekend_offpeak" : null;
  if (key === null) return null;
  return refuse(
    `${key} ne concerne que la formule SEASONAL, pas ${plan} ; supprimez-le, ou changez de formule.`,
    `${key} is about the plan SEASONAL only, not ${plan}; remove it, or change the plan.`,
  );
}

function sobrietyAtWeekend({ plan, peakDays }: TariffPlanConfig): Refusal | null {
  if (plan === null || parsePlanKind(plan) !== "ZEN_FLEX") return null;
  const weekend = peakDays.find((date) => weekdayOf(date) >= 6);
  if (weekend === undefined) return null;
  return refuse(
    `peak_days « ${weekend} » tombe un week-end, où ZEN_FLEX n'a jamais de jour de sobriété ; corrigez cette date.`,
    `peak_days "${weekend}" is at a weekend, where ZEN_FLEX never has a sobriety day; correct this date.`,
  );
}

const periodsIn = ({ prices }: TariffPlanConfig) => tariffPeriods.filter((period) => prices[period] !== undefined);

function pricesOfAnotherPlan(entry: TariffPlanConfig): Refusal | null {
  const given = periodsIn(entry);
  const kind = entry.plan === null ? null : parsePlanKind(entry.plan);
  if (kind === null) {
    if (plansWithPeriods(given).length > 0) return null;
    const all = given.join(", ");
    return refuse(
      `prices : aucune formule n'a à la fois les périodes ${all} ; ne gardez que celles de la vôtre.`,
      `prices: no plan has the periods ${all} together; keep those of yours only.`,
    );
  }
  const stranger = given.find((period) => !periodsOfPlan[kind].includes(period));
  if (stranger === undefined) return null;
  const all = periodsOfPlan[kind].join(", ");
  return refuse(
    `prices : la formule ${kind} n'a pas de période « ${stranger} » ; choisissez parmi ${all}.`,
    `prices: the plan ${kind} has no period "${stranger}"; choose among ${all}.`,
  );
}

const ofTempo = Object.values(tempoPeriods).flatMap(({ hc, hp }) => [hc, hp]);

/** Tempo's six prices change together, so that a part of them is an oversight; of other plans a part may be meant. */
function pricesLeftOut(entry: TariffPlanConfig): Refusal | null {
  const given = periodsIn(entry);
  const missing = ofTempo.filter((period) => !given.includes(period));
  if (missing.length === 0 || missing.length === ofTempo.length) return null;
  const all = missing.join(", ");
  return missing.length === 1
    ? refuse(
        `prices : il manque le prix Tempo ${all} ; donnez les six, ou aucun.`,
        `prices: the Tempo price ${all} is missing; give all six, or none.`,
      )
    : refuse(
        `prices : il manque les prix Tempo ${all} ; donnez les six, ou aucun.`,
        `prices: the Tempo prices ${all} are missing; give all six, or none.`,
      );
}

function saleWithoutPrice({ sale, buyback }: TariffPlanConfig): Refusal | null {
  if (sale === null || buyback !== null) return null;
  return refuse(
    `sale « ${sale} » ne sert à rien sans prix ; donnez aussi buyback, par exemple 0.04, ou supprimez-le.`,
    `sale "${sale}" is of no use without a price; give buyback as well, for example 0.04, or remove it.`,
  );
}

/** Two words for one usage point and day, nobody could tell which holds: one sentence for each entry that repeats another. */
export const overlapping = (plans: readonly TariffPlanConfig[]): readonly Refusal[] =>
  plans.flatMap((plan, position) => {
    const earlier = plans.findIndex((other, place) => place < position && isOverlap(plan, other));
    const other = plans[earlier];
    return other ? [atEntry(position, other.from === plan.from ? sameDay(earlier) : sameDays(earlier))] : [];
  });

/** One that names no last day gives way to the next; one that does must end before it. */
function isOverlap(one: TariffPlanConfig, other: TariffPlanConfig): boolean {
  if (one.usagePoint !== other.usagePoint) return false;
  if (one.from === other.from) return true;
  const [first, second] = (one.from ?? "") < (other.from ?? "") ? [one, other] : [other, one];
  return first.to !== null && second.from !== null && first.to >= second.from;
}

const sameDay = (earlier: number): Refusal =>
  refuse(
    `il vaut pour le même compteur et le même jour que le ${ordinal(earlier).fr} ; réunissez-les, ou changez « from ».`,
    `it is about the same meter and the same day as the ${ordinal(earlier).en}; join them, or change "from".`,
  );

const sameDays = (earlier: number): Refusal =>
  refuse(
    `il vaut pour le même compteur et une partie des mêmes jours que le ${ordinal(earlier).fr} ; faites finir l'un (« to ») avant que l'autre commence (« from »).`,
    `it is about the same meter and some of the same days as the ${ordinal(earlier).en}; let one end ("to") before the other begins ("from").`,
  );

export function atEntry<T>(position: number, result: T | Refusal): T | Refusal {
  if (!(result instanceof Refusal)) return result;
  const { fr, en } = result.text;
  return refuse(`${ordinal(position).fr} : ${fr}`, `${ordinal(position).en}: ${en}`);
}

function ordinal(position: number): Text {
  const number = position + 1;
  const ending = /1[123]$/.test(String(number)) ? "th" : ({ 1: "st", 2: "nd", 3: "rd" }[number % 10] ?? "th");
  return { fr: `${number}${number === 1 ? "er" : "e"} élément`, en: `${number}${ending} entry` };
}
