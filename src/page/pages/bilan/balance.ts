import type { BalanceAnswer, BalanceBucket } from "../../../server/api/balance.ts";
import type { Language } from "../../../shared/language.ts";
import type { Bar, BarPart, BarsModel } from "../../charts/model.ts";
import { namesOf } from "../../charts/series-bars.ts";
import { counted, energy, money } from "../../format.ts";
import { texts } from "./texts.ts";

/** The steps that show a view well. */
export const stepOfView = { mois: "day", annee: "month", total: "year" } as const;

type Amounts = BalanceAnswer["total"];

/** Taken upwards, given downwards, in kWh. */
export function balanceModel({ buckets, step }: BalanceAnswer, language: Language): BarsModel {
  return {
    kind: "bars",
    unit: "kWh",
    format: (value) => energy(value === null ? null : Math.round(value * 1000), language),
    bars: buckets.map((bucket): Bar => {
      const parts = partsOf(bucket, language);
      return {
        ...namesOf(bucket, { step, count: buckets.length, language }),
        parts: parts.length === 0 ? null : parts,
        total: { label: texts.net[language], value: bucket.netWh === null ? null : bucket.netWh / 1000 },
        facts: factsOf(bucket, language),
        isPending: parts.length === 0 && bucket.missingDays === 0,
      };
    }),
  };
}

function partsOf({ consumedWh, injectedWh }: BalanceBucket, language: Language): BarPart[] {
  return [
    ...(consumedWh === null
      ? []
      : [{ tone: "base" as const, label: texts.consumed[language], value: consumedWh / 1000 }]),
    ...(injectedWh === null
      ? []
      : [{ tone: "production" as const, label: texts.injected[language], value: -injectedWh / 1000 }]),
  ];
}

const factsOf = ({ costEur, revenueEur, missingDays }: BalanceBucket, language: Language) => [
  { label: texts.cost[language], value: money(costEur, language) },
  ...(revenueEur === null ? [] : [{ label: texts.revenue[language], value: money(revenueEur, language) }]),
  ...(missingDays === 0 ? [] : [{ label: texts.missing[language], value: String(missingDays) }]),
];

export interface BalanceAnswerWords {
  readonly sentence: string;
  readonly figure: string;
  /** Said where the figure is not known. */
  readonly unknown: string | null;
  readonly more: string;
}

/** `2026, plus d'énergie prise au réseau qu'injectée` with `5 082 kWh`, and both sides of it. */
export function balanceWords(total: Amounts, title: string, language: Language): BalanceAnswerWords {
  const { consumedWh, injectedWh, netWh } = total;
  const isGiven = netWh !== null && netWh < 0;
  const taken = energy(consumedWh, language);
  const given = energy(injectedWh, language);
  return {
    sentence:
      language === "fr"
        ? `${title}, ${isGiven ? "plus d'énergie injectée que prise au réseau" : "plus d'énergie prise au réseau qu'injectée"}`
        : `${title}, ${isGiven ? "more energy injected than taken from the grid" : "more energy taken from the grid than injected"}`,
    figure: energy(netWh === null ? null : Math.abs(netWh), language),
    unknown: netWh === null ? unknownWords[language] : null,
    more: language === "fr" ? `${taken} pris, ${given} injectés.` : `${taken} taken, ${given} injected.`,
  };
}

const unknownWords: Readonly<Record<Language, string>> = {
  fr: "Les deux côtés ne sont pas connus aux mêmes jours : leur différence ne dirait rien.",
  en: "The two sides are not known on the same days: their difference would tell nothing.",
};

/** `2 jours manquent d'un côté ou de l'autre`; null where none does. */
export function missingNote({ missingDays }: Pick<Amounts, "missingDays">, language: Language): string | null {
  if (missingDays === 0) return null;
  return language === "fr"
    ? `${counted(missingDays, ["jour manque", "jours manquent"], "fr")} d'un côté ou de l'autre.`
    : `${counted(missingDays, ["day is", "days are"], "en")} missing on one side or the other.`;
}
