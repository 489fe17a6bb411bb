import type { Text } from "../../shared/language.ts";
import type { PlanKind } from "./plan.ts";

/** As suppliers name their plans. */
export const planNames: Readonly<Record<PlanKind, Text>> = {
  BASE: { fr: "Base", en: "Base" },
  BASE_WEEKEND: { fr: "Base Week-end", en: "Base Weekend" },
  HC_HP: { fr: "Heures Creuses", en: "Off-peak hours" },
  HC_WEEKEND: { fr: "Heures Creuses et week-end", en: "Off-peak hours and weekends" },
  HC_NUIT_WEEKEND: { fr: "Nuit et week-end", en: "Nights and weekends" },
  TEMPO: { fr: "Tempo", en: "Tempo" },
  EJP: { fr: "EJP", en: "EJP" },
  HC_HP_WEEKEND: { fr: "Heures Creuses, prix de week-end", en: "Off-peak hours with weekend prices" },
  SEASONAL: { fr: "Saisonnière", en: "Seasonal" },
  ZEN_FLEX: { fr: "Zen Flex", en: "Zen Flex" },
};
