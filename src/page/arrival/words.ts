import type { LocalDate } from "../../domain/units.ts";
import type { SyncState } from "../../server/api/sync.ts";
import type { Language } from "../../shared/language.ts";
import { ago, capitalised, counted, dayInFull, instantOf, nearDay, percent } from "../format.ts";

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

/**
 * `Historique : 80 %`. A share alone: the days add up over meters, curves and daily values, and their number is that of
 * no calendar. Something is never nothing, and what still lacks is never all of it.
 */
export function backfillLabel(
  { known, wanted }: { readonly known: number; readonly wanted: number },
  language: Language,
): string {
  const head = language === "fr" ? "Historique : " : "History: ";
  const hundredths = Math.floor((known * 100) / wanted);
  if (known > 0 && hundredths === 0)
    return `${head}${language === "fr" ? "moins de " : "less than "}${percent(0.01, language)}`;
  return head + percent(hundredths / 100, language);
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
