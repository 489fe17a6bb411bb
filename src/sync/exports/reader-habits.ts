import { monthOf } from "../../domain/calendar.ts";
import type { KnownDay } from "../../domain/day.ts";
import { profileMinimumDays } from "../../domain/reconcile.ts";
import { otherProfileMonths, profileMonths } from "../../domain/statistics/profile.ts";
import { markOf } from "./reader-month.ts";
import type { Month } from "./series.ts";

/** Another text once anything of a day is: its readings, and the Tempo colours of its hours, give it a new revision. */
export const factsOfDay = ({ date, energyWh, quality, revision }: KnownDay): string =>
  `${date} ${energyWh} ${quality} ${revision}`;

/**
 * Tells of each month a text that is another one once the habits are that its estimated days are spread by; empty where no
 * day is estimated. The month that has them is found without its slots: habits are told by a week of complete days.
 */
export function habitsOf(days: readonly KnownDay[]): (month: Month) => string {
  const months = Map.groupBy(days, ({ date }) => monthOf(date));
  const isUsual = (month: Month): boolean =>
    (months.get(month) ?? []).filter(({ quality }) => quality === "complete").length >= profileMinimumDays;
  const find = (month: Month): string => {
    if (!months.get(month)?.some(({ quality }) => quality === "estimated")) return "";
    const usual = [...profileMonths(month), ...otherProfileMonths(month)].find(isUsual);
    return usual === undefined ? "none" : `${usual} ${markOf((months.get(usual) ?? []).map(factsOfDay).join("\n"))}`;
  };
  const found = new Map([...months.keys()].map((month) => [month, find(month)]));
  return (month) => found.get(month) ?? "";
}
