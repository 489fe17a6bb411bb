import { stateKinds } from "../../domain/export-kind.ts";
import { choice, flag, listOf } from "../kinds.ts";
import { option } from "../option.ts";
import { exportDataOption, intervalOption } from "./destination.ts";

export const meterLabels = ["full", "last4", "alias"] as const;
export type MeterLabel = (typeof meterLabels)[number];

/** Prices and EcoWatt change within the day, and nothing is left after a restart of Home Assistant. */
const statesInterval = {
  fallback: 5,
  advice: {
    fr: "Prix et EcoWatt changent dans la journée, et un redémarrage de Home Assistant efface ces états.",
    en: "Prices and EcoWatt change within the day, and a restart of Home Assistant forgets these states.",
  },
};

export const otherExportOptions = {
  homeassistant_states_enabled: option<boolean>({
    env: ["HOMEASSISTANT_STATES_ENABLED"],
    kind: flag,
    fallback: false,
    manifestType: "bool?",
    name: { fr: "États par l'API de Home Assistant", en: "States by Home Assistant's API" },
    meaning: {
      fr: "Écrit les valeurs du moment comme états, pour qui n'a pas de serveur MQTT : ni appareil, ni historique à la bonne heure, et rien entre un redémarrage de Home Assistant et l'export suivant.",
      en: "Writes current values as states, for those without an MQTT broker: no device, no history at the right hour, and nothing between a restart of Home Assistant and the next export.",
    },
    advice: {
      fr: "À laisser éteint dès qu'un serveur MQTT est là. Emploie homeassistant_url et homeassistant_token.",
      en: "Leave it off once there is an MQTT broker. Uses homeassistant_url and homeassistant_token.",
    },
  }),
  homeassistant_states_interval: intervalOption("HOMEASSISTANT_STATES_INTERVAL", statesInterval),
  homeassistant_states_export_data: exportDataOption(
    "HOMEASSISTANT_STATES_EXPORT_DATA",
    listOf(stateKinds),
    stateKinds,
  ),
  prometheus_enabled: option<boolean>({
    env: ["PROMETHEUS_ENABLED"],
    kind: flag,
    fallback: false,
    manifestType: "bool?",
    name: { fr: "Métriques Prometheus", en: "Prometheus metrics" },
    meaning: {
      fr: "Répond à /metrics avec les valeurs du moment et la santé du programme.",
      en: "Answers /metrics with current values and the program's health.",
    },
    advice: {
      fr: "Prometheus s'annonce avec un jeton créé dans la page (Réglages).",
      en: "Prometheus authenticates with a token made in the page (Settings).",
    },
  }),
  prometheus_meter_label: option<MeterLabel>({
    env: ["PROMETHEUS_METER_LABEL"],
    kind: choice(meterLabels),
    fallback: "full",
    manifestType: `list(${meterLabels.join("|")})?`,
    name: { fr: "Compteur dans les métriques", en: "Meter in the metrics" },
    meaning: {
      fr: "Étiquette pdl : full, le numéro entier ; last4, ses quatre derniers chiffres ; alias, meter_1, meter_2.",
      en: "Label pdl: full, the whole number; last4, its last four digits; alias, meter_1, meter_2.",
    },
    advice: {
      fr: "Le numéro d'un compteur est une donnée personnelle : à raccourcir si d'autres voient vos métriques.",
      en: "A meter's number is personal: shorten it where others see your metrics.",
    },
  }),
};
