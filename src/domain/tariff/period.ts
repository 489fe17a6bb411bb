import type { Text } from "../../shared/language.ts";
import type { TempoColor } from "../tempo.ts";

/**
 * The prices an hour can fall under, in the order in which they are listed. Part of statistic ids, hence never renamed:
 * MyElectricalData v2 writes the first nine under the same names.
 */
export const tariffPeriods = [
  "base",
  "hc",
  "hp",
  "blue_hc",
  "blue_hp",
  "white_hc",
  "white_hp",
  "red_hc",
  "red_hp",
  "ejp_normal",
  "ejp_peak",
  "base_weekend",
  "hc_weekend",
  "hp_weekend",
  "winter_hc",
  "winter_hp",
  "summer_hc",
  "summer_hp",
  "peak_day",
  "flex_hc",
  "flex_hp",
  "sobriety_hc",
  "sobriety_hp",
] as const;
export type TariffPeriod = (typeof tariffPeriods)[number];

/** As suppliers and today's tools call them in French. */
export const periodNames: Readonly<Record<TariffPeriod, Text>> = {
  base: { fr: "Base", en: "Base" },
  hc: { fr: "Heures Creuses", en: "Off-peak" },
  hp: { fr: "Heures Pleines", en: "Peak" },
  blue_hc: { fr: "Bleu HC", en: "Blue off-peak" },
  blue_hp: { fr: "Bleu HP", en: "Blue peak" },
  white_hc: { fr: "Blanc HC", en: "White off-peak" },
  white_hp: { fr: "Blanc HP", en: "White peak" },
  red_hc: { fr: "Rouge HC", en: "Red off-peak" },
  red_hp: { fr: "Rouge HP", en: "Red peak" },
  ejp_normal: { fr: "EJP Heures Normales", en: "EJP normal" },
  ejp_peak: { fr: "EJP Heures de Pointe", en: "EJP peak days" },
  base_weekend: { fr: "Base Week-end", en: "Base weekend" },
  hc_weekend: { fr: "Heures Creuses Week-end", en: "Off-peak weekend" },
  hp_weekend: { fr: "Heures Pleines Week-end", en: "Peak weekend" },
  winter_hc: { fr: "Hiver HC", en: "Winter off-peak" },
  winter_hp: { fr: "Hiver HP", en: "Winter peak" },
  summer_hc: { fr: "Été HC", en: "Summer off-peak" },
  summer_hp: { fr: "Été HP", en: "Summer peak" },
  peak_day: { fr: "Jour de Pointe", en: "Peak day" },
  flex_hc: { fr: "Flex HC", en: "Flex off-peak" },
  flex_hp: { fr: "Flex HP", en: "Flex peak" },
  sobriety_hc: { fr: "Sobriété HC", en: "Sobriety off-peak" },
  sobriety_hp: { fr: "Sobriété HP", en: "Sobriety peak" },
};

const positions = new Map<TariffPeriod | null, number>(tariffPeriods.map((period, position) => [period, position]));

/** Place among the periods; what is pending (null) comes last. */
export const orderOfPeriod = (period: TariffPeriod | null): number => positions.get(period) ?? tariffPeriods.length;

/** The two periods of a Tempo colour. */
export const tempoPeriods: Readonly<Record<TempoColor, { readonly hc: TariffPeriod; readonly hp: TariffPeriod }>> = {
  BLEU: { hc: "blue_hc", hp: "blue_hp" },
  BLANC: { hc: "white_hc", hp: "white_hp" },
  ROUGE: { hc: "red_hc", hp: "red_hp" },
};
