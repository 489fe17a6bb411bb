import type { Text } from "../shared/language.ts";

/** What a destination may be brought, as users name it in `{DESTINATION}_EXPORT_DATA`. */
export const exportKinds = [
  "consumption_daily",
  "consumption_monthly",
  "consumption_detail",
  "production_daily",
  "production_monthly",
  "production_detail",
  "cost_daily",
  "max_power",
  "tempo",
  "ecowatt",
] as const;
export type ExportKind = (typeof exportKinds)[number];

/** What the current states of Home Assistant's REST API tell. */
export const stateKinds = [
  "consumption_daily",
  "consumption_monthly",
  "production_daily",
  "cost_daily",
  "max_power",
  "tempo",
  "ecowatt",
] as const satisfies readonly ExportKind[];
export type StateKind = (typeof stateKinds)[number];

/** As people call them. */
export const exportKindTexts: Readonly<Record<ExportKind, Text>> = {
  consumption_daily: { fr: "consommation par jour", en: "consumption by day" },
  consumption_monthly: { fr: "consommation du mois, jour après jour", en: "consumption of the month, day by day" },
  consumption_detail: { fr: "consommation par demi-heure", en: "consumption by half-hour" },
  production_daily: { fr: "production par jour", en: "production by day" },
  production_monthly: { fr: "production du mois, jour après jour", en: "production of the month, day by day" },
  production_detail: { fr: "production par demi-heure", en: "production by half-hour" },
  cost_daily: { fr: "coût par jour", en: "cost by day" },
  max_power: { fr: "puissance maximale du jour", en: "highest power of the day" },
  tempo: { fr: "couleurs Tempo et jours restants", en: "Tempo colours and remaining days" },
  ecowatt: { fr: "signaux EcoWatt", en: "EcoWatt signals" },
};
