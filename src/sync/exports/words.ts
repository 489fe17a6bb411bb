import type { ExportKind } from "../../domain/export-kind.ts";
import type { Text } from "../../shared/language.ts";
import type { DestinationName } from "./destination.ts";

export const destinationTitles: Readonly<Record<DestinationName, Text>> = {
  victoriametrics: { fr: "VictoriaMetrics", en: "VictoriaMetrics" },
  jeedom: { fr: "Jeedom", en: "Jeedom" },
  homeassistant_states: {
    fr: "Home Assistant sans MQTT (états par l'API)",
    en: "Home Assistant without MQTT (states by its API)",
  },
};

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
