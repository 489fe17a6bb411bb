import type { Topics } from "../topics.ts";
import { booleanPayloads, type Entity } from "./entity.ts";

const diagnostic = { entity_category: "diagnostic" } as const;

export function bridgeEntities({ bridge }: Topics): readonly Entity[] {
  return [
    {
      platform: "sensor",
      key: "last_sync",
      name: { fr: "Dernière réponse de la passerelle", en: "Last answer of the gateway" },
      topic: bridge.state,
      unknownWhen: { fr: "avant la première réponse", en: "before the first answer" },
      keys: { ...diagnostic, device_class: "timestamp", value_template: "{{ value_json.last_sync }}" },
    },
    {
      platform: "sensor",
      key: "next_call",
      name: { fr: "Prochain appel", en: "Next call" },
      topic: bridge.state,
      unknownWhen: { fr: "si aucun appel n'est prévu", en: "if no call is planned" },
      keys: {
        ...diagnostic,
        enabled_by_default: false,
        device_class: "timestamp",
        value_template: "{{ value_json.next_call }}",
      },
    },
    {
      platform: "sensor",
      key: "budget_left",
      name: { fr: "Appels restants aujourd'hui", en: "Calls left today" },
      topic: bridge.state,
      unknownWhen: { fr: "tant que le quota n'est pas connu", en: "until the quota is known" },
      unit: { fr: "appels", en: "calls" },
      keys: {
        ...diagnostic,
        enabled_by_default: false,
        value_template: "{{ value_json.budget.left }}",
        json_attributes_topic: bridge.state,
        json_attributes_template: "{{ value_json.budget | to_json }}",
        suggested_display_precision: 0,
        icon: "mdi:speedometer",
      },
    },
    {
      platform: "binary_sensor",
      key: "problem",
      name: { fr: "Problème", en: "Problem" },
      topic: bridge.state,
      unknownWhen: null,
      keys: {
        ...diagnostic,
        ...booleanPayloads,
        device_class: "problem",
        value_template: "{{ value_json.problem.active }}",
        json_attributes_topic: bridge.state,
        json_attributes_template: "{{ value_json.problem | to_json }}",
      },
    },
    {
      platform: "button",
      key: "sync",
      name: { fr: "Synchroniser maintenant", en: "Sync now" },
      topic: bridge.sync,
      unknownWhen: null,
      keys: { icon: "mdi:sync" },
    },
  ];
}
