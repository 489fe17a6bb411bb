import { tariffPeriods } from "../../../domain/tariff/period.ts";
import type { Text } from "../../../shared/language.ts";
import { hasStateClass, type MessageSettings } from "../settings.ts";
import type { CostPeriod, MeterTopics } from "../topics.ts";
import { booleanPayloads, type Entity, symbol } from "./entity.ts";

const eurPerKwh = symbol("EUR/kWh");
const eur = symbol("EUR");

const unknownPrice: Text = {
  fr: "si la formule, la couleur ou le prix n'est pas connu",
  en: "if the plan, the colour or the price is not known",
};
const noChange: Text = {
  fr: "si rien ne change dans les 48 heures, ou si le prix suivant n'est pas connu",
  en: "if nothing changes within 48 hours, or if the next price is not known",
};

/** A price per kWh has no device class in Home Assistant. */
export const tariffEntities = ({ tariff: { current } }: MeterTopics): readonly Entity[] => [
  {
    platform: "sensor",
    key: "current_price",
    name: { fr: "Prix actuel du kWh", en: "Current price per kWh" },
    topic: current,
    unknownWhen: unknownPrice,
    unit: eurPerKwh,
    keys: {
      value_template: "{{ value_json.value }}",
      json_attributes_topic: current,
      suggested_display_precision: 4,
      icon: "mdi:cash-clock",
    },
  },
  {
    platform: "sensor",
    key: "current_period",
    name: { fr: "Période tarifaire en cours", en: "Current tariff period" },
    topic: current,
    unknownWhen: {
      fr: "si la formule ou la couleur n'est pas connue",
      en: "if the plan or the colour is not known",
    },
    keys: {
      device_class: "enum",
      options: tariffPeriods,
      value_template: "{{ value_json.period }}",
      icon: "mdi:clock-outline",
    },
  },
  {
    platform: "binary_sensor",
    key: "off_peak",
    name: { fr: "Heures creuses", en: "Off-peak hours" },
    topic: current,
    unknownWhen: { fr: "si la formule n'est pas connue", en: "if the plan is not known" },
    keys: { ...booleanPayloads, value_template: "{{ value_json.off_peak }}", icon: "mdi:clock-check-outline" },
  },
  {
    platform: "sensor",
    key: "next_price",
    name: { fr: "Prochain prix du kWh", en: "Next price per kWh" },
    topic: current,
    unknownWhen: noChange,
    unit: eurPerKwh,
    keys: { value_template: "{{ value_json.next.value }}", suggested_display_precision: 4, icon: "mdi:cash-fast" },
  },
  {
    platform: "sensor",
    key: "next_price_change",
    name: { fr: "Prochain changement de prix", en: "Next price change" },
    topic: current,
    unknownWhen: { fr: "si rien ne change dans les 48 heures", en: "if nothing changes within 48 hours" },
    keys: { device_class: "timestamp", value_template: "{{ value_json.next.at }}" },
  },
  {
    platform: "sensor",
    key: "standing_charge",
    name: { fr: "Abonnement mensuel", en: "Monthly standing charge" },
    topic: current,
    unknownWhen: {
      fr: "si la formule, la puissance ou le prix n'est pas connu",
      en: "if the plan, the power or the price is not known",
    },
    unit: eur,
    keys: {
      enabled_by_default: false,
      device_class: "monetary",
      value_template: "{{ value_json.standing_charge }}",
      suggested_display_precision: 2,
    },
  },
];

const costNames: Readonly<Record<CostPeriod, Text>> = {
  daily: { fr: "Coût du dernier jour connu", en: "Cost of the latest known day" },
  monthly: { fr: "Coût du mois", en: "Cost this month" },
  yearly: { fr: "Coût de l'année", en: "Cost this year" },
  projected: { fr: "Coût prévu du mois", en: "Projected cost of the month" },
};

const noPricedDay: Text = {
  fr: "tant qu'aucun de ses jours n'a de prix connu",
  en: "until one of its days has a known price",
};
const costUnknown: Readonly<Record<CostPeriod, Text>> = {
  daily: { fr: "si le prix d'une de ses heures n'est pas connu", en: "if the price of one of its hours is not known" },
  monthly: noPricedDay,
  yearly: noPricedDay,
  projected: { fr: "tant que trop peu de jours sont connus", en: "while too few days are known" },
};

/** Energy alone, without the standing charge. A projection is no total: it has no reset. */
export function costEntity(period: CostPeriod, topics: MeterTopics, settings: MessageSettings): Entity {
  const topic = topics.cost(period);
  return {
    platform: "sensor",
    key: `cost_${period}`,
    name: costNames[period],
    topic,
    unknownWhen: costUnknown[period],
    unit: eur,
    keys: {
      device_class: "monetary",
      value_template: "{{ value_json.value }}",
      json_attributes_topic: topic,
      suggested_display_precision: 2,
      ...(hasStateClass(settings) && period !== "projected"
        ? { state_class: "total", last_reset_value_template: "{{ value_json.start or '' }}" }
        : {}),
    },
  };
}
