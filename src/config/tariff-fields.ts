import { localDate } from "../domain/calendar.ts";
import { parseOffPeak } from "../domain/tariff/off-peak.ts";
import { type ClockRange, readRanges } from "../domain/tariff/off-peak-text.ts";
import { parsePlanKind, planKinds } from "../domain/tariff/plan.ts";
import { type LocalDate, type UsagePointId, usagePointId } from "../domain/units.ts";
import { flag, readAs } from "./kinds.ts";
import { nearMiss } from "./near-miss.ts";
import { Refusal, refuse } from "./remark.ts";

/** Not set is empty text, as a form sends it. Lists and objects stay JSON, which the readers of hours and prices know. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return (typeof value === "string" ? value : JSON.stringify(value)).trim();
}

/** Blanks are accepted as bills print them. */
export function readUsagePoint(text: string): UsagePointId | null | Refusal {
  const digits = text.replaceAll(/\s/g, "");
  if (digits === "") return null;
  if (/^\d{14}$/.test(digits)) return usagePointId(digits);
  return refuse(
    `usage_point « …${digits.slice(-4)} » n'est pas un numéro de PDL (ou PRM), qui a 14 chiffres ; recopiez-le de votre facture, entre guillemets.`,
    `usage_point "…${digits.slice(-4)}" is not a PDL (or PRM) number, which has 14 digits; copy it from your bill, in quotes.`,
  );
}

export function readDate(key: string, text: string): LocalDate | null | Refusal {
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
export function readDates(value: unknown): readonly LocalDate[] | Refusal {
  const words = (Array.isArray(value) ? value.map(textOf).join(" ") : textOf(value)).split(/[\s,;]+/);
  const days = new Set<LocalDate>();
  for (const word of words) {
    const day = readDate("peak_days", word);
    if (day instanceof Refusal) return day;
    if (day !== null) days.add(day);
  }
  return [...days].sort();
}

export function readPlan(text: string): string | null | Refusal {
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

/** Windows that leave the day some dear hours, each minute said once. */
export function readHours(key: string, text: string): string | null | Refusal {
  if (text === "") return null;
  const { schedule, leftOver } = parseOffPeak(text);
  if (schedule === null || leftOver !== null) {
    const what = leftOver === null || schedule === null ? text : leftOver;
    return refuse(
      `${key} : « ${what} » n'est pas compris ; écrivez des plages comme 22:30-06:30 ou 01:34-07:34;12:56-14:56.`,
      `${key}: "${what}" is not understood; write ranges such as 22:30-06:30 or 01:34-07:34;12:56-14:56.`,
    );
  }
  if (isMoreThanADay(text))
    return refuse(
      `${key} : « ${text} » compte plus de 24 heures par jour, car des plages se recouvrent ; écrivez chaque heure creuse une fois.`,
      `${key}: "${text}" adds up to more than 24 hours a day, as ranges overlap; write each off-peak hour once.`,
    );
  if (schedule.days.every((windows) => lengthOf(windows) === minutesInDay))
    return refuse(
      `${key} : « ${text} » couvre toute la journée, il ne resterait pas d'heures pleines ; écrivez par exemple 22:30-06:30, ou la formule BASE.`,
      `${key}: "${text}" covers the whole day, which leaves no peak hours; write for example 22:30-06:30, or the plan BASE.`,
    );
  return text;
}

const minutesInDay = 1440;
const lengthOf = (ranges: readonly ClockRange[]): number =>
  ranges.reduce((sum, { from, to }) => sum + (to > from ? to - from : to - from + minutesInDay), 0);

/** Ranges said per day of the week, in JSON, add up over the week and are left alone. */
const isMoreThanADay = (text: string): boolean =>
  !text.startsWith("{") && lengthOf(readRanges(text).ranges.filter(({ from, to }) => from !== to)) > minutesInDay;

/** What a Linky of a household may subscribe to, up to 36 kVA; as the regulated tables list them. */
export const powersKva = [3, 6, 9, 12, 15, 18, 24, 30, 36] as const;

export function readPower(text: string): number | null | Refusal {
  if (text === "") return null;
  const power = Number(/^(\d+)\s*(?:kva)?$/i.exec(text)?.[1]);
  if (powersKva.some((known) => known === power)) return power;
  const all = powersKva.join(", ");
  return refuse(
    `power_kva : « ${text} » n'est pas une puissance souscrite en kVA ; choisissez parmi ${all}.`,
    `power_kva: "${text}" is not a subscribed power in kVA; choose among ${all}.`,
  );
}

export function readChoice<const T extends string>(
  key: string,
  text: string,
  allowed: readonly T[],
): T | null | Refusal {
  if (text === "") return null;
  const found = allowed.find((word) => word === text.toLowerCase());
  if (found !== undefined) return found;
  const all = allowed.join(", ");
  return refuse(
    `${key} : « ${text} » est inconnu ; choisissez parmi ${all}.`,
    `${key}: "${text}" is unknown; choose among ${all}.`,
  );
}

export function readFlag(key: string, text: string): boolean | null | Refusal {
  if (text === "") return null;
  const value = readAs(flag, text);
  if (!(value instanceof Refusal)) return value;
  return refuse(`${key} : ${value.text.fr}`, `${key}: ${value.text.en}`);
}
