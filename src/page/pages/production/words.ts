import type { SeriesTotal } from "../../../server/api/series.ts";
import type { Language } from "../../../shared/language.ts";
import { energy } from "../../format.ts";

/** `12,40 kWh n'ont pas de prix`; null where all of it has one, or none of it. */
export function unpricedNote({ eur, unpricedWh }: Pick<SeriesTotal, "eur" | "unpricedWh">, language: Language) {
  if (eur === null || unpricedWh === 0) return null;
  const amount = energy(unpricedWh, language);
  return language === "fr"
    ? `${amount} n'ont pas de prix et ne sont pas dans ce revenu.`
    : `${amount} have no price and are not in this revenue.`;
}
