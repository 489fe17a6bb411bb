import type { SeriesBucket, SeriesTotal } from "../../server/api/series.ts";
import type { Language } from "../../shared/language.ts";
import { change, counted, energy } from "../format.ts";
import type { QualityName } from "../kit/quality-mark.tsx";

/** What is to be known of a bucket beside its figure: the mark that matters most. */
export function markOf({ quality, isCorrected }: Pick<SeriesBucket, "quality" | "isCorrected">): QualityName {
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

/** `1,2 kWh sont estimés`; null where all is measured. */
export function estimatedNote({ estimatedWh }: Pick<SeriesTotal, "estimatedWh">, language: Language): string | null {
  if (estimatedWh === 0) return null;
  const amount = energy(estimatedWh, language);
  return language === "fr"
    ? `${amount} y sont estimés d'après le total du jour.`
    : `${amount} of it is estimated from daily totals.`;
}

/** `12 % de plus qu'un an avant (40,2 kWh)`; null where the year before is not wholly known. */
export function comparisonNote(now: SeriesTotal, before: SeriesTotal | null, language: Language): string | null {
  if (before === null || now.energyWh === null || before.energyWh === null || before.energyWh === 0) return null;
  if (before.missingDays > 0 || now.missingDays > 0)
    return language === "fr"
      ? "La comparaison est partielle : des jours manquent d'un côté ou de l'autre."
      : "The comparison is partial: days are missing on one side or the other.";
  const share = change(now.energyWh, before.energyWh, language).replace(/^[+−]/, "");
  const amount = energy(before.energyWh, language);
  const isMore = now.energyWh >= before.energyWh;
  return language === "fr"
    ? `${share} de ${isMore ? "plus" : "moins"} qu'un an avant (${amount}).`
    : `${share} ${isMore ? "more" : "less"} than a year before (${amount}).`;
}
