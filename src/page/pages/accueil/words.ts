import type { TempoColor } from "../../../domain/tempo.ts";
import type { LocalDate } from "../../../domain/units.ts";
import type { CostValueView, PeriodValueView } from "../../../server/api/overview.ts";
import type { Language } from "../../../shared/language.ts";
import { change, clock, counted, dayShort, instantOf } from "../../format.ts";

/** What the home page says in whole sentences. Pure; figures come from the API. */

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
