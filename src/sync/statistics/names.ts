import { periodNames } from "../../domain/tariff/period.ts";
import type { Language, Text } from "../../shared/language.ts";
import type { Measure } from "./amount.ts";
import { ownStatisticId, type SeriesKey, type SeriesName } from "./series.ts";

/** How the bridge's own series of a key is called: its id for ever, and the name that Home Assistant shows. */
export const ownName = (key: SeriesKey, language: Language): SeriesName => ({
  statisticId: ownStatisticId(key),
  name: shownName(key, language),
  unit: key.measure === "energy" ? "kWh" : "EUR",
});

/** `Consommation 12345678901234 Bleu HC`, `Coût 12345678901234 Bleu HC`. */
function shownName({ usagePoint, flow, measure, role }: SeriesKey, language: Language): string {
  const part = role === "total" ? (flow === "consumption" ? whole[language] : "") : periodNames[role][language];
  return [beginnings[measure][flow][language], usagePoint, part].filter((word) => word !== "").join(" ");
}

const beginnings: Readonly<Record<Measure, Readonly<Record<SeriesKey["flow"], Text>>>> = {
  energy: {
    consumption: { fr: "Consommation", en: "Consumption" },
    production: { fr: "Production", en: "Production" },
  },
  cost: {
    consumption: { fr: "Coût", en: "Cost" },
    production: { fr: "Revenu", en: "Revenue" },
  },
};
const whole: Text = { fr: "totale", en: "total" };
