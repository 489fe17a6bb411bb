import type { Text } from "../../shared/language.ts";
import type { View } from "../period.ts";

interface Way {
  readonly view: View;
  readonly label: Text;
}

const toDay: Way = { view: "jour", label: { fr: "Voir ce jour", en: "See this day" } };

/** One step down: from all years to one, from a year to its month, from a month or week to its day. */
const ways: Readonly<Partial<Record<View, Way>>> = {
  total: { view: "annee", label: { fr: "Voir cette année", en: "See this year" } },
  annee: { view: "mois", label: { fr: "Voir ce mois", en: "See this month" } },
  mois: toDay,
  semaine: toDay,
};

/** Where the bars of a view lead; null where they are the smallest there are. */
export const wayDown = (view: View): Way | null => ways[view] ?? null;
