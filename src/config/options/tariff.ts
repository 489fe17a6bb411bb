import { planKinds } from "../../domain/tariff/plan.ts";
import type { Field } from "../option.ts";
import { option } from "../option.ts";
import { type TariffPlanConfig, type tariffPlanKeys, tariffPlans, tariffPlansExample } from "../tariff-plans.ts";

const day = "match(^\\d{4}-\\d{2}-\\d{2}$)?";

const fields: Readonly<Record<(typeof tariffPlanKeys)[number], Field>> = {
  usage_point: {
    manifestType: "str?",
    name: { fr: "Point de livraison", en: "Usage point" },
    meaning: {
      fr: "Numéro de PDL (ou PRM), 14 chiffres ; absent : tous les compteurs.",
      en: "PDL (or PRM) number, 14 digits; absent: every meter.",
    },
  },
  from: {
    manifestType: day,
    name: { fr: "À partir du", en: "From" },
    meaning: {
      fr: "Premier jour, année-mois-jour ; absent : depuis toujours.",
      en: "First day, year-month-day; absent: since ever.",
    },
  },
  plan: {
    manifestType: `list(${planKinds.join("|")})?`,
    name: { fr: "Formule", en: "Plan" },
    meaning: {
      fr: `Formule tarifaire : ${planKinds.join(", ")} ; absente : celle du contrat.`,
      en: `Tariff plan: ${planKinds.join(", ")}; absent: that of the contract.`,
    },
  },
  offpeak_hours: {
    manifestType: "str?",
    name: { fr: "Heures creuses", en: "Off-peak hours" },
    meaning: {
      fr: "Plages comme 01:34-07:34;12:56-14:56 ; absentes : celles du contrat.",
      en: "Ranges such as 01:34-07:34;12:56-14:56; absent: those of the contract.",
    },
  },
  peak_days: {
    manifestType: "str?",
    name: { fr: "Jours de pointe", en: "Peak days" },
    meaning: {
      fr: "Jours de pointe mobile (EJP), séparés par des virgules.",
      en: "Mobile peak days (EJP), separated by commas.",
    },
  },
  peak_days_through: {
    manifestType: day,
    name: { fr: "Jours de pointe connus jusqu'au", en: "Peak days known through" },
    meaning: {
      fr: "Jusqu'à ce jour compris, un jour absent de peak_days est un jour normal.",
      en: "Up to and including this day, a day absent from peak_days is a normal day.",
    },
  },
};

export const tariffOptions = {
  tariff_plans: option<readonly TariffPlanConfig[]>({
    env: ["TARIFF_PLANS"],
    kind: tariffPlans,
    fallback: [],
    fallbackText: { fr: "ceux du contrat", en: "those of the contract" },
    fields,
    example: tariffPlansExample,
    manifestType: null,
    name: { fr: "Formules tarifaires", en: "Tariff plans" },
    meaning: {
      fr: "Formules et heures creuses datées, une par élément de la liste ; elles passent avant celles du contrat.",
      en: "Dated plans and off-peak hours, one an entry of the list; they come before those of the contract.",
    },
    advice: {
      fr: "À remplir si le contrat lu est faux, si vous avez changé de formule ou d'heures, ou pour EJP.",
      en: "Fill it in when the contract as read is wrong, when you changed plan or hours, or for EJP.",
    },
  }),
};
