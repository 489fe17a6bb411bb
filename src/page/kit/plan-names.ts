import type { PlanKind } from "../../domain/tariff/plan.ts";
import type { Text } from "../../shared/language.ts";

/** As suppliers name their plans. */
export const planNames: Readonly<Record<PlanKind, Text>> = {
  BASE: { fr: "Base", en: "Base" },
  BASE_WEEKEND: { fr: "Base et week-end", en: "Base and weekend" },
  HC_HP: { fr: "Heures creuses", en: "Off-peak hours" },
  HC_WEEKEND: { fr: "Heures creuses et week-end", en: "Off-peak hours and weekends" },
  HC_NUIT_WEEKEND: { fr: "Nuit et week-end", en: "Nights and weekends" },
  TEMPO: { fr: "Tempo", en: "Tempo" },
  EJP: { fr: "EJP", en: "EJP" },
  HC_HP_WEEKEND: { fr: "Heures creuses, prix de week-end", en: "Off-peak hours with weekend prices" },
  SEASONAL: { fr: "Saisonnière", en: "Seasonal" },
  ZEN_FLEX: { fr: "Zen Flex", en: "Zen Flex" },
};
