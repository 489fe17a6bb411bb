import { tempoPeriods } from "../../../domain/tariff/period.ts";
import { tempoColors } from "../../../domain/tempo.ts";
import type { Text } from "../../../shared/language.ts";
import { tempoEventTypes } from "../payloads/event.ts";
import { unknownColor } from "../payloads/tempo.ts";
import type { Topics } from "../topics.ts";
import { booleanPayloads, type Entity } from "./entity.ts";

export function tempoEntities({ tempo }: Topics): readonly Entity[] {
  return [
    colorEntity("today", tempo.today, {
      name: { fr: "Couleur du jour", en: "Colour today" },
      unknownWhen: { fr: "si RTE ne l'a pas donnée", en: "if RTE has not given it" },
    }),
    colorEntity("tomorrow", tempo.tomorrow, {
      name: { fr: "Couleur de demain", en: "Colour tomorrow" },
      unknownWhen: { fr: "jusqu'à sa publication par RTE", en: "until RTE publishes it" },
    }),
    remainingEntity("blue", tempo.remaining, { fr: "Jours bleus restants", en: "Blue days left" }),
    remainingEntity("white", tempo.remaining, { fr: "Jours blancs restants", en: "White days left" }),
    remainingEntity("red", tempo.remaining, { fr: "Jours rouges restants", en: "Red days left" }),
    ...nowEntities(tempo.now),
    {
      platform: "event",
      key: "announced",
      name: { fr: "Couleur de demain annoncée", en: "Colour of tomorrow announced" },
      topic: tempo.event,
      unknownWhen: { fr: "avant la première annonce", en: "before the first announcement" },
      keys: { event_types: tempoEventTypes, icon: "mdi:calendar-alert" },
    },
  ];
}

const nowEntities = (topic: string): readonly Entity[] => [
  {
    platform: "sensor",
    key: "current_period",
    name: { fr: "Période en cours", en: "Current period" },
    topic,
    unknownWhen: { fr: "si la couleur en cours n'est pas connue", en: "if the colour in force is not known" },
    keys: {
      device_class: "enum",
      options: tempoColors.flatMap((color) => [tempoPeriods[color].hc, tempoPeriods[color].hp]),
      value_template: "{{ value_json.period }}",
      json_attributes_topic: topic,
      icon: "mdi:calendar-clock",
    },
  },
  {
    platform: "binary_sensor",
    key: "tomorrow_confirmed",
    name: { fr: "Couleur de demain connue", en: "Colour of tomorrow known" },
    topic,
    unknownWhen: null,
    keys: { ...booleanPayloads, value_template: "{{ value_json.tomorrow_confirmed }}", icon: "mdi:calendar-check" },
  },
  {
    platform: "sensor",
    key: "next_change",
    name: { fr: "Début de la couleur suivante", en: "Start of the next colour" },
    topic,
    unknownWhen: null,
    keys: { device_class: "timestamp", value_template: "{{ value_json.next_change }}" },
  },
  {
    platform: "binary_sensor",
    key: "red_season",
    name: { fr: "Saison des jours rouges", en: "Season of red days" },
    topic,
    unknownWhen: null,
    keys: { ...booleanPayloads, value_template: "{{ value_json.red_season }}", icon: "mdi:snowflake-alert" },
  },
];

/** The topic always says a word; in Home Assistant a colour nobody announced is the state `unknown`. */
const colorEntity = (key: string, topic: string, texts: Pick<Entity, "name" | "unknownWhen">): Entity => ({
  platform: "sensor",
  key,
  ...texts,
  topic,
  keys: {
    device_class: "enum",
    options: tempoColors,
    value_template: `{{ value_json.color if value_json.color != '${unknownColor}' else None }}`,
    json_attributes_topic: topic,
    icon: "mdi:calendar-today",
  },
});

const remainingEntity = (color: "blue" | "white" | "red", topic: string, name: Text): Entity => ({
  platform: "sensor",
  key: `remaining_${color}`,
  name,
  topic,
  unknownWhen: {
    fr: "si la couleur d'un jour passé de la saison manque",
    en: "if the colour of a past day of the season is missing",
  },
  unit: { fr: "jours", en: "days" },
  keys: {
    value_template: `{{ value_json.${color} }}`,
    json_attributes_topic: topic,
    suggested_display_precision: 0,
    icon: "mdi:calendar-range",
  },
});
