import type { LocalDate } from "../../domain/units.ts";
import type { SeriesBucket, SeriesTotal } from "../../server/api/series.ts";
import type { Language } from "../../shared/language.ts";
import { change, counted, dayInFull, dayInFullWithYear, energy } from "../format.ts";
import type { Period } from "../period.ts";
import type { Span } from "./compared.ts";

/** As `QualityMark` names them. */
export type Mark = NonNullable<SeriesBucket["quality"]> | "corrected" | "unknown";

/** What is to be known of a bucket beside its figure: the mark that matters most. */
export function markOf({ quality, isCorrected }: Pick<SeriesBucket, "quality" | "isCorrected">): Mark {
  if (quality === null) return "unknown";
  return quality === "complete" && isCorrected ? "corrected" : quality;
}

/** `2 jours manquent`; null where none does. */
export function missingNote({ missingDays }: Pick<SeriesTotal, "missingDays">, language: Language): string | null {
  if (missingDays === 0) return null;
  return language === "fr"
    ? `${counted(missingDays, ["jour manque", "jours manquent"], "fr")} dans cette période.`
    : `${counted(missingDays, ["day is", "days are"], "en")} missing from this period.`;
}

/** What is estimated of it, and from what; null where all is measured. */
export function estimatedNote(
  { estimatedWh, energyWh }: Pick<SeriesTotal, "estimatedWh" | "energyWh">,
  language: Language,
): string | null {
  if (estimatedWh === 0) return null;
  const part = estimatedWh === energyWh ? null : energy(estimatedWh, language);
  return language === "fr"
    ? `Le total de chaque jour est connu ; la répartition par heure${part === null ? "" : ` de ${part}`} est estimée.`
    : `The total of each day is known; how ${part === null ? "it" : `${part} of it`} is spread over the hours is estimated.`;
}

export interface KnownDays {
  readonly period: Period;
  /** What of the period can be known. */
  readonly span: Span;
  /** The latest day that is known at all. */
  readonly through: LocalDate;
}

/** What part of the period the figure is of: `Relevés jusqu'au vendredi 20 novembre.`; null where it is all of it. */
export function extentNote({ period, span, through }: KnownDays, language: Language): string | null {
  if (period.view === "total") {
    const from = dayInFullWithYear(span.from, language);
    return language === "fr" ? `Relevés depuis le ${from}.` : `Readings since ${from}.`;
  }
  const last = span.to < through ? span.to : through;
  if (last < span.from || period.view === "jour") return null;
  if (span.from > period.from) {
    const from = dayInFull(span.from, language);
    return language === "fr" ? `Relevés depuis le ${from}.` : `Readings since ${from}.`;
  }
  if (last >= period.to) return null;
  const to = dayInFull(last, language);
  return language === "fr" ? `Relevés jusqu'au ${to}.` : `Readings up to ${to}.`;
}

/** `12 % de plus qu'un an avant sur les mêmes jours (40,2 kWh)`; why there is none where a side is not wholly known. */
export function comparisonNote(
  now: SeriesTotal,
  before: SeriesTotal,
  { language, isWhole }: { readonly language: Language; readonly isWhole: boolean },
): string | null {
  if (now.energyWh === null) return null;
  if (before.energyWh === null)
    return language === "fr" ? "Rien n'est connu d'un an avant." : "Nothing is known of a year before.";
  if (before.missingDays > 0 || now.missingDays > 0)
    return language === "fr"
      ? "Des jours manquent d'un côté ou de l'autre : l'écart avec un an avant n'est pas donné."
      : "Days are missing on one side or the other: the change from a year before is not given.";
  const amount = energy(before.energyWh, language);
  const days = isWhole ? "" : language === "fr" ? " aux mêmes jours" : " on the same days";
  if (before.energyWh === 0)
    return language === "fr" ? `Un an avant${days} : ${amount}.` : `A year before${days}: ${amount}.`;
  const share = change(now.energyWh, before.energyWh, language);
  const size = share.replace(/^[+−]/, "");
  if (size === share)
    return language === "fr"
      ? `Autant qu'un an avant${days} (${amount}).`
      : `As much as a year before${days} (${amount}).`;
  const isMore = share.startsWith("+");
  return language === "fr"
    ? `${size} de ${isMore ? "plus" : "moins"} qu'un an avant${days} (${amount}).`
    : `${size} ${isMore ? "more" : "less"} than a year before${days} (${amount}).`;
}
