import type { TempoColor } from "../../../domain/tempo.ts";
import type { LocalDate } from "../../../domain/units.ts";
import type { CostValueView, OverviewAnswer, PeriodValueView } from "../../../server/api/overview.ts";
import type { SyncState } from "../../../server/api/sync.ts";
import type { Language } from "../../../shared/language.ts";
import { ago, capitalised, change, clock, counted, dayInFull, dayShort, instantOf, nearDay } from "../../format.ts";

/** What the home page says in whole sentences. Pure; figures come from the API. */

/** `Hier, jeudi 19 novembre`: the day that the first figure is of. */
export function dayName(date: LocalDate, today: LocalDate, language: Language): string {
  const near = nearDay(date, today, language);
  return capitalised(near === null ? dayInFull(date, language) : `${near}, ${dayInFull(date, language)}`);
}

type Latest = { readonly quality: "complete" | "estimated" | "partial" | "disagreeing"; readonly changedAt: string };

const qualitySentences: Readonly<Record<Latest["quality"], Readonly<Record<Language, string>>>> = {
  complete: { fr: "Mesuré toute la journée", en: "Measured all day" },
  estimated: {
    fr: "Total d'Enedis ; les heures sont estimées d'après votre journée type",
    en: "Enedis's total; hours are estimated by your usual day",
  },
  partial: { fr: "Journée incomplète : il en manque une partie", en: "Incomplete: part of the day is missing" },
  disagreeing: {
    fr: "Les demi-heures et le total d'Enedis ne disent pas la même chose",
    en: "Half-hours and Enedis's total disagree",
  },
};

/** `Mesuré toute la journée, reçu il y a 3 h.` */
export function freshness({ quality, changedAt }: Latest, now: number, language: Language): string {
  const since = ago(instantOf(changedAt), instantOf(new Date(now).toISOString()), language);
  const sentence = qualitySentences[quality][language];
  if (since === null) return `${sentence}.`;
  return language === "fr" ? `${sentence}, reçu ${since}.` : `${sentence}, received ${since}.`;
}

/** `12 % de moins que les mêmes jours de l'an dernier`; null where those are not wholly known. */
export function againstLastYear(
  value: Pick<PeriodValueView, "energyWh" | "previousYear">,
  language: Language,
): string | null {
  const before = value.previousYear.energyWh;
  const share = change(value.energyWh, before, language).replace(/^[+−]/, "");
  if (before === null || before === 0) return null;
  const difference = Math.round(((value.energyWh - before) / before) * 100);
  if (difference === 0)
    return language === "fr" ? "autant que les mêmes jours l'an dernier" : "as much as on the same days last year";
  if (language === "fr") return `${share} de ${difference > 0 ? "plus" : "moins"} que les mêmes jours l'an dernier`;
  return `${share} ${difference > 0 ? "more" : "less"} than on the same days last year`;
}

/** `jusqu'au 19 nov. 2026, 2 jours manquent`: what a month or year to date covers. */
export function reachOfPeriod(
  { through, missingDays }: Pick<PeriodValueView, "through" | "missingDays">,
  language: Language,
): string {
  const day = dayShort(through as LocalDate, language);
  const until = language === "fr" ? `Jusqu'au ${day}` : `Up to ${day}`;
  if (missingDays === 0) return until;
  const days = counted(
    missingDays,
    language === "fr" ? ["jour manque", "jours manquent"] : ["day missing", "days missing"],
    language,
  );
  return `${until}, ${days}`;
}

/** What lacks in an amount: days without a price. Null where nothing does. */
export function unpricedNote({ unpricedDays }: Pick<CostValueView, "unpricedDays">, language: Language): string | null {
  if (unpricedDays === 0) return null;
  return language === "fr"
    ? `sans ${counted(unpricedDays, ["jour dont le prix manque", "jours dont le prix manque"], "fr")}`
    : `without ${counted(unpricedDays, ["day that has no price", "days that have no price"], "en")}`;
}

/** `encore 12 appels à la passerelle, environ 3 jours`; null where nothing is left or it is not known. */
export function backfillNote(
  sync: Pick<SyncState, "remainingCalls" | "remainingDays">,
  language: Language,
): string | null {
  const { remainingCalls, remainingDays } = sync;
  if (remainingCalls === null || remainingCalls === 0) return null;
  const calls =
    language === "fr"
      ? `encore ${counted(remainingCalls, ["appel", "appels"], "fr")} à la passerelle`
      : `${counted(remainingCalls, ["more call", "more calls"], "en")} of the gateway`;
  if (remainingDays === null) return calls;
  if (remainingDays === 0)
    return language === "fr" ? `${calls}, tout sera là aujourd'hui` : `${calls}, all of it today`;
  return language === "fr"
    ? `${calls}, environ ${counted(remainingDays, ["jour", "jours"], "fr")}`
    : `${calls}, about ${counted(remainingDays, ["day", "days"], "en")}`;
}

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

/** `jusqu'à 22 h` */
export const until = (at: string, language: Language): string =>
  language === "fr" ? `jusqu'à ${clock(instantOf(at), "fr")}` : `until ${clock(instantOf(at), "en")}`;

const colorWords: Readonly<Record<TempoColor, Readonly<Record<Language, readonly [string, string]>>>> = {
  BLEU: { fr: ["jour bleu", "jours bleus"], en: ["blue day", "blue days"] },
  BLANC: { fr: ["blanc", "blancs"], en: ["white", "white"] },
  ROUGE: { fr: ["rouge", "rouges"], en: ["red", "red"] },
};

/** `220 jours bleus, 41 blancs, 21 rouges` */
export const leftOf = (left: Readonly<Record<TempoColor, number>>, language: Language): string =>
  (["BLEU", "BLANC", "ROUGE"] as const)
    .map((color) => counted(left[color], colorWords[color][language], language))
    .join(", ");
