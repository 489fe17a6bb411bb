import { daysFromTo } from "../../../domain/calendar.ts";
import type { LocalDate } from "../../../domain/units.ts";
import type { PowerAnswer } from "../../../server/api/power.ts";
import type { Language } from "../../../shared/language.ts";
import type { LinesModel } from "../../charts/model.ts";
import {
  apparentPower,
  capitalised,
  clock,
  counted,
  dayAndMonth,
  dayInFull,
  dayInFullWithYear,
  instantOf,
  percent,
} from "../../format.ts";
import { texts } from "./texts.ts";

/** The daily highest power in kVA up to the latest known one; days that nobody tells of are places without a value. */
export function powerModel({ start, end, days, subscribedPowerKva }: PowerAnswer, language: Language): LinesModel {
  const known = new Map(days.map((day) => [day.date, day]));
  const dates = daysFromTo(start as LocalDate, (days.at(-1)?.date ?? end) as LocalDate);
  return {
    kind: "lines",
    unit: "kVA",
    format: (value) => apparentPower(value === null ? null : Math.round(value * 1000), language),
    places: dates.map((date) => {
      const day = known.get(date);
      return {
        key: date,
        label: dates.length <= 31 ? String(Number(date.slice(8))) : dayAndMonth(date, language),
        title: capitalised(dayInFull(date, language)),
        facts: day ? [{ label: texts.reachedAt[language], value: clock(instantOf(day.at), language) }] : [],
      };
    }),
    lines: [
      {
        tone: "power",
        label: texts.powerLine[language],
        values: dates.map((date) => {
          const day = known.get(date);
          return day ? day.powerVa / 1000 : null;
        }),
        isStepped: true,
      },
    ],
    ...(subscribedPowerKva === null
      ? {}
      : { limits: [{ label: texts.subscribed[language], value: subscribedPowerKva, tone: "limit" as const }] }),
  };
}

/** `Au plus 6,16 kVA, jeudi 19 novembre 2026 à 18 h 30`, and what that is of the contract. */
export function powerSentence(
  { highest, subscribedPowerKva, days }: PowerAnswer,
  language: Language,
): { readonly sentence: string; readonly figures: readonly string[]; readonly children: string } {
  if (highest === null) return { sentence: texts.power[language], figures: ["—"], children: texts.noPower[language] };
  const at = `${dayInFullWithYear(highest.date as LocalDate, language)}, ${clock(instantOf(highest.at), language)}`;
  const figures = [apparentPower(highest.powerVa, language)];
  if (subscribedPowerKva === null) return { sentence: capitalised(at), figures, children: "" };
  const limit = subscribedPowerKva * 1000;
  const above = days.filter(({ powerVa }) => powerVa > limit).length;
  const share = percent(highest.powerVa / limit, language);
  const overruns = overrunsNote(above, language);
  return {
    sentence: capitalised(at),
    figures,
    children:
      language === "fr"
        ? `${share} des ${subscribedPowerKva}\u202fkVA souscrits ; ${overruns}.`
        : `${share} of the ${subscribedPowerKva}\u202fkVA subscribed; ${overruns}.`,
  };
}

function overrunsNote(days: number, language: Language): string {
  if (days === 0) return language === "fr" ? "jamais dépassés" : "never exceeded";
  return language === "fr"
    ? `dépassés ${counted(days, ["jour", "jours"], "fr")}`
    : `exceeded on ${counted(days, ["day", "days"], "en")}`;
}
