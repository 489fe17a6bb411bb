import type { Flow } from "../../../domain/usage-point.ts";
import type { Text } from "../../../shared/language.ts";
import { hasStateClass, type MessageSettings } from "../settings.ts";
import type { MeterTopics, Period } from "../topics.ts";
import { type Entity, symbol } from "./entity.ts";

const kwh = symbol("kWh");

const flowNames: Readonly<Record<Flow, Text>> = {
  consumption: { fr: "Consommation", en: "Consumption" },
  production: { fr: "Production", en: "Production" },
};

const periodNames: Readonly<Record<Period, Text>> = {
  daily: { fr: "du dernier jour connu", en: "of the latest known day" },
  yesterday: { fr: "d'hier", en: "yesterday" },
  monthly: { fr: "du mois", en: "this month" },
  yearly: { fr: "de l'année", en: "this year" },
};

const periodUnknown: Readonly<Record<Period, Text>> = {
  daily: { fr: "tant qu'aucun jour n'est connu", en: "until a first day is known" },
  yesterday: { fr: "tant que la journée d'hier n'est pas arrivée", en: "until yesterday has arrived" },
  monthly: { fr: "tant qu'aucun jour n'est connu", en: "until a first day is known" },
  yearly: { fr: "tant qu'aucun jour n'est connu", en: "until a first day is known" },
};

export function periodEntity(
  { flow, period }: { readonly flow: Flow; readonly period: Period },
  topics: MeterTopics,
  settings: MessageSettings,
): Entity {
  const topic = topics.period(flow, period);
  return {
    platform: "sensor",
    key: `${flow}_${period}`,
    name: joined(flowNames[flow], periodNames[period]),
    topic,
    unknownWhen: periodUnknown[period],
    unit: kwh,
    keys: {
      device_class: "energy",
      value_template: "{{ value_json.value }}",
      json_attributes_topic: topic,
      suggested_display_precision: 2,
      ...(hasStateClass(settings)
        ? // An empty last reset is ignored, where "None" would be warned about.
          { state_class: "total", last_reset_value_template: "{{ value_json.start or '' }}" }
        : {}),
    },
  };
}

const indexNames: Readonly<Record<Flow, Text>> = {
  consumption: { fr: "Index de consommation", en: "Consumption index" },
  production: { fr: "Index de production", en: "Production index" },
};

/** The one sensor made for the Energy Dashboard: `total` without reset, because a correction may lower it. */
export function indexEntity(flow: Flow, topics: MeterTopics): Entity {
  const topic = topics.index(flow);
  return {
    platform: "sensor",
    key: `${flow}_index`,
    name: indexNames[flow],
    topic,
    unknownWhen: {
      fr: "tant que les jours passés n'ont pas tous été demandés",
      en: "until all past days have been asked for",
    },
    unit: kwh,
    keys: {
      device_class: "energy",
      state_class: "total",
      value_template: "{{ value_json.value }}",
      json_attributes_topic: topic,
      suggested_display_precision: 0,
      icon: "mdi:counter",
    },
  };
}

export const maxPowerEntity = (topics: MeterTopics): Entity => ({
  platform: "sensor",
  key: "max_power",
  name: { fr: "Puissance maximale du dernier jour connu", en: "Maximum power of the latest known day" },
  topic: topics.maxPower,
  unknownWhen: {
    fr: "tant qu'Enedis n'en a donné aucune",
    en: "until Enedis has given one",
  },
  unit: symbol("VA"),
  keys: {
    device_class: "apparent_power",
    value_template: "{{ value_json.value }}",
    json_attributes_topic: topics.maxPower,
    suggested_display_precision: 0,
  },
});

const joined = (first: Text, second: Text): Text => ({
  fr: `${first.fr} ${second.fr}`,
  en: `${first.en} ${second.en}`,
});
