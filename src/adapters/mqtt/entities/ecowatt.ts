import { ecowattEventTypes } from "../payloads/event.ts";
import type { Topics } from "../topics.ts";
import { booleanPayloads, type Entity } from "./entity.ts";

/**
 * Hours of forecast shown as attributes: three days. One takes 47 bytes, `{"hour":"2026-11-21T19:00:00+01:00","level":1},`,
 * hence 3.4 KB in all; the topic itself carries every hour.
 */
const attributeHours = 72;

const levels = ["1", "2", "3"] as const;

export function ecowattEntities({ ecowatt }: Topics): readonly Entity[] {
  return [
    {
      platform: "sensor",
      key: "current",
      name: { fr: "Niveau actuel", en: "Current level" },
      topic: ecowatt.current,
      unknownWhen: { fr: "si RTE n'a rien donné pour cette heure", en: "if RTE gave nothing for this hour" },
      keys: {
        device_class: "enum",
        options: levels,
        value_template: "{{ value_json.level }}",
        json_attributes_topic: ecowatt.current,
        icon: "mdi:transmission-tower",
      },
    },
    {
      platform: "sensor",
      key: "next_hour",
      name: { fr: "Niveau de l'heure suivante", en: "Level of the next hour" },
      topic: ecowatt.current,
      unknownWhen: { fr: "si RTE n'a rien donné pour l'heure suivante", en: "if RTE gave nothing for the next hour" },
      keys: {
        device_class: "enum",
        options: levels,
        value_template: "{{ value_json.next_hour.level }}",
        json_attributes_topic: ecowatt.forecast,
        json_attributes_template: `{{ {'forecast': value_json[:${attributeHours}]} | to_json }}`,
        icon: "mdi:transmission-tower",
      },
    },
    {
      platform: "binary_sensor",
      key: "alert",
      name: { fr: "Alerte", en: "Alert" },
      topic: ecowatt.current,
      unknownWhen: { fr: "si RTE n'a rien donné pour cette heure", en: "if RTE gave nothing for this hour" },
      keys: { ...booleanPayloads, device_class: "problem", value_template: "{{ value_json.alert }}" },
    },
    {
      platform: "event",
      key: "alert_event",
      name: { fr: "Début ou fin d'alerte", en: "Alert begins or ends" },
      topic: ecowatt.event,
      unknownWhen: { fr: "avant la première alerte", en: "before the first alert" },
      keys: { event_types: ecowattEventTypes, icon: "mdi:transmission-tower-off" },
    },
  ];
}
