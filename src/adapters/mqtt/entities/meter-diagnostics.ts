import type { MeterTopics, Topics } from "../topics.ts";
import { booleanPayloads, type Entity, symbol } from "./entity.ts";

/**
 * Diagnostics stay available while the meter's own source is not: that is when they are looked at. Only the bridge's
 * status counts for them.
 */
export function meterDiagnostics(topics: MeterTopics, { status }: Topics): readonly Entity[] {
  const shared = { entity_category: "diagnostic", availability: [{ topic: status }] } as const;
  return [
    {
      platform: "sensor",
      key: "data_through",
      name: { fr: "Données connues jusqu'à", en: "Data known through" },
      topic: topics.state,
      unknownWhen: { fr: "tant qu'aucun jour n'est connu", en: "until a first day is known" },
      keys: { ...shared, device_class: "timestamp", value_template: "{{ value_json.data_through }}" },
    },
    {
      platform: "binary_sensor",
      key: "late",
      name: { fr: "Données en retard", en: "Data late" },
      topic: topics.state,
      unknownWhen: { fr: "avant les premières données", en: "before the first data" },
      keys: { ...shared, ...booleanPayloads, device_class: "problem", value_template: "{{ value_json.late }}" },
    },
    {
      platform: "binary_sensor",
      key: "problem",
      name: { fr: "Problème", en: "Problem" },
      topic: topics.state,
      unknownWhen: null,
      keys: {
        ...shared,
        ...booleanPayloads,
        device_class: "problem",
        value_template: "{{ value_json.problem.active }}",
        json_attributes_topic: topics.state,
        json_attributes_template: "{{ value_json.problem | to_json }}",
      },
    },
    {
      platform: "sensor",
      key: "history",
      name: { fr: "Historique récupéré", en: "History fetched" },
      topic: topics.state,
      unknownWhen: {
        fr: "tant que le premier jour disponible n'est pas connu",
        en: "until the first available day is known",
      },
      unit: symbol("%"),
      keys: {
        ...shared,
        value_template: "{{ value_json.history.percent }}",
        json_attributes_topic: topics.state,
        json_attributes_template: "{{ value_json.history | to_json }}",
        suggested_display_precision: 0,
        icon: "mdi:history",
      },
    },
    {
      platform: "sensor",
      key: "subscribed_power",
      name: { fr: "Puissance souscrite", en: "Subscribed power" },
      topic: topics.state,
      unknownWhen: { fr: "tant que le contrat ne la dit pas", en: "until the contract tells it" },
      unit: symbol("kVA"),
      keys: {
        ...shared,
        enabled_by_default: false,
        device_class: "apparent_power",
        value_template: "{{ value_json.subscribed_power_kva }}",
        suggested_display_precision: 0,
      },
    },
  ];
}
