import type { OverviewAnswer } from "../../server/api/overview.ts";
import { instantOf } from "../format.ts";

/** `orange de 18 h à 20 h, aujourd'hui`: the first tense hours to come; null while all of them are calm. */
export function firstAlert(
  forecast: OverviewAnswer["ecowatt"]["forecast"],
): { readonly level: 2 | 3; readonly start: string; readonly end: string } | null {
  const first = forecast.findIndex(({ level }) => level > 1);
  const begin = forecast[first];
  if (begin === undefined || begin.level === 1) return null;
  let last = first;
  while (forecast[last + 1]?.level === begin.level && isNextHour(forecast[last]?.at, forecast[last + 1]?.at)) last++;
  const end = instantOf(forecast[last]?.at ?? begin.at) + 3_600_000;
  return { level: begin.level, start: begin.at, end: new Date(end).toISOString() };
}

const isNextHour = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && instantOf(other) - instantOf(one) === 3_600_000;
