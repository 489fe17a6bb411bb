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
