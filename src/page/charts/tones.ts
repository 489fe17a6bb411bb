import { periodNames, type TariffPeriod } from "../../domain/tariff/period.ts";
import type { Text } from "../../shared/language.ts";

/** Colours by their meaning; `--tone-…` in tokens.css holds each for light and dark. */
export const tones = [
  "base",
  "low",
  "high",
  "production",
  "production-low",
  "cost",
  "cost-low",
  "power",
  "limit",
  "before",
  "blue_low",
  "blue_high",
  "white_low",
  "white_high",
  "red_low",
  "red_high",
  "pending",
] as const;
export type Tone = (typeof tones)[number];

/** Periods are shades of consumption; those of Tempo, and days as dear as its red ones, have their own colour. */
const toneByPeriod: Readonly<Partial<Record<TariffPeriod, Tone>>> = {
  blue_hc: "blue_low",
  blue_hp: "blue_high",
  white_hc: "white_low",
  white_hp: "white_high",
  red_hc: "red_low",
  red_hp: "red_high",
  ejp_peak: "red_high",
  peak_day: "red_high",
  base: "base",
  ejp_normal: "base",
  base_weekend: "low",
};

export function toneOfPeriod(period: TariffPeriod | null): Tone {
  if (period === null) return "pending";
  return toneByPeriod[period] ?? (/(^|_)hc($|_)/.test(period) ? "low" : "high");
}

const pendingName: Text = { fr: "Période pas encore connue", en: "Period not known yet" };

export const nameOfPeriod = (period: TariffPeriod | null): Text =>
  period === null ? pendingName : periodNames[period];
