import type { BillAnswer } from "../../../server/api/bill.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { money, percent } from "../../format.ts";
import { say } from "./say.ts";

type Invoice = NonNullable<BillAnswer["invoice"]>;

/** Half a cent is on no invoice. */
const isSame = (differenceEur: number): boolean => Math.abs(differenceEur) <= 0.005;

/** The difference in one sentence. */
export function invoiceSentence(
  { invoicedEur, differenceEur, differencePercent }: Invoice,
  language: Language,
): string {
  const amount = money(invoicedEur, language);
  if (isSame(differenceEur))
    return say(
      language,
      `Votre facture de ${amount} est la même, au centime.`,
      `Your invoice of ${amount} is the same, to the cent.`,
    );
  const gap = money(Math.abs(differenceEur), language);
  const share = differencePercent === null ? "" : ` (${percent(Math.abs(differencePercent) / 100, language, 1)})`;
  const isLower = differenceEur < 0;
  return say(
    language,
    `Votre facture de ${amount} est ${isLower ? "plus basse" : "plus haute"} de ${gap}${share}.`,
    `Your invoice of ${amount} is ${gap}${share} ${isLower ? "lower" : "higher"}.`,
  );
}

export const reasonTexts: Readonly<Record<Invoice["reasons"][number], Text>> = {
  rounding: {
    fr: "Ce sont des arrondis : un fournisseur arrondit chaque ligne.",
    en: "This is rounding: a supplier rounds each line.",
  },
  standing_left_out: {
    fr: "C'est le montant de l'énergie seule : l'abonnement n'est pas dans ce que vous avez tapé.",
    en: "This is the amount of the energy alone: the standing charge is not in what you typed.",
  },
  before_tax: {
    fr: "C'est le montant hors TVA ; le total de cette page comprend la TVA.",
    en: "This is the amount before VAT; the total on this page contains the VAT.",
  },
  days_without_readings: {
    fr: "Des jours sans relevé ne sont pas comptés ici, et le sont sur la facture.",
    en: "Days without a reading are not counted here, and are on the invoice.",
  },
  days_without_price: {
    fr: "De l'énergie est sans prix ici, et en a un sur la facture.",
    en: "Some energy has no price here, and has one on the invoice.",
  },
  standing_unknown: {
    fr: "L'abonnement n'est pas connu pour tous ces jours.",
    en: "The standing charge is not known for all these days.",
  },
  other_prices: {
    fr: "Cette page compte au tarif réglementé : si votre offre a d'autres prix, donnez-les dans l'onglet « Contrat ».",
    en: "This page counts by the regulated tariff: if your offer has other prices, give them on the “Contract” tab.",
  },
  estimated_days: {
    fr: "Des jours sont répartis par estimation entre les périodes.",
    en: "Some days are spread over the periods by estimate.",
  },
  other_days: {
    fr: "La facture porte peut-être sur d'autres jours : comparez ses dates à celles d'ici.",
    en: "The invoice may be about other days: compare its dates with those here.",
  },
};

/** An amount as people type it, as the API reads it: `112,40`; null where it is none. */
export function readAmount(text: string): string | null {
  const plain = text.replace(/[\s€]/g, "");
  return /^\d{1,6}([.,]\d{1,2})?$/.test(plain) ? plain : null;
}
