import { holidayRegions } from "../../domain/tariff/holidays.ts";
import { planKinds } from "../../domain/tariff/plan.ts";
import { periodsOfPlan } from "../../domain/tariff/plan-periods.ts";
import type { Language } from "../../shared/language.ts";
import type { Field } from "../option.ts";
import { option } from "../option.ts";
import { powersKva } from "../tariff-fields.ts";
import {
  saleKinds,
  type TariffPlanConfig,
  type tariffPlanKeys,
  tariffPlans,
  tariffPlansExample,
} from "../tariff-plans.ts";
import { pricesExample } from "../tariff-prices.ts";

const day = "match(^\\d{4}-\\d{2}-\\d{2}$)?";

/** `BASE: base; HC_HP: hc, hp`: what a price can be given for. */
const periodsByPlan = (language: Language): string => {
  const [colon, semicolon] = language === "fr" ? [" :", " ;"] : [":", ";"];
  return planKinds.map((kind) => `${kind}${colon} ${periodsOfPlan[kind].join(", ")}`).join(`${semicolon} `);
};

const fields: Readonly<Record<(typeof tariffPlanKeys)[number], Field>> = {
  usage_point: {
    manifestType: "str?",
    name: { fr: "Point de livraison", en: "Usage point" },
    meaning: {
      fr: "Numéro de PDL (ou PRM), 14 chiffres ; absent : tous les compteurs, chacun jusqu'à la veille du premier élément à son numéro.",
      en: "PDL (or PRM) number, 14 digits; absent: every meter, each until the eve of the first entry with its own number.",
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
  to: {
    manifestType: day,
    name: { fr: "Jusqu'au", en: "Until" },
    meaning: {
      fr: "Dernier jour, compris ; absent : jusqu'à l'élément suivant du même compteur.",
      en: "Last day, included; absent: until the next entry of the same meter.",
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
      fr: "Plages comme 01:34-07:34;12:56-14:56 ; absentes : celles du contrat (22:00-06:00 pour ZEN_FLEX).",
      en: "Ranges such as 01:34-07:34;12:56-14:56; absent: those of the contract (22:00-06:00 for ZEN_FLEX).",
    },
  },
  summer_offpeak_hours: {
    manifestType: "str?",
    name: { fr: "Heures creuses d'été", en: "Summer off-peak hours" },
    meaning: {
      fr: "Formule SEASONAL, d'avril à octobre ; absentes : les mêmes toute l'année.",
      en: "Plan SEASONAL, April to October; absent: the same all year.",
    },
  },
  weekend_offpeak: {
    manifestType: "bool?",
    name: { fr: "Week-ends en heures creuses", en: "Off-peak weekends" },
    meaning: {
      fr: "Formule SEASONAL : les week-ends sont entièrement en heures creuses.",
      en: "Plan SEASONAL: weekends are off-peak all day.",
    },
  },
  holidays: {
    manifestType: `list(${holidayRegions.join("|")})?`,
    name: { fr: "Jours fériés", en: "Public holidays" },
    meaning: {
      fr: "Les jours fériés comptent comme des dimanches : mainland (métropole) ou alsace_moselle ; absent : non.",
      en: "Public holidays count as Sundays: mainland or alsace_moselle; absent: they do not.",
    },
  },
  peak_days: {
    manifestType: "str?",
    name: { fr: "Jours de pointe", en: "Peak days" },
    meaning: {
      fr: "Jours de pointe (EJP, SEASONAL) ou de sobriété (ZEN_FLEX), séparés par des virgules.",
      en: "Peak days (EJP, SEASONAL) or sobriety days (ZEN_FLEX), separated by commas.",
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
  power_kva: {
    manifestType: `list(${powersKva.join("|")})?`,
    name: { fr: "Puissance souscrite (kVA)", en: "Subscribed power (kVA)" },
    meaning: {
      fr: `Puissance souscrite en kVA : ${powersKva.join(", ")} ; absente : celle du contrat.`,
      en: `Subscribed power in kVA: ${powersKva.join(", ")}; absent: that of the contract.`,
    },
  },
  prices: {
    manifestType: "str?",
    name: { fr: "Prix par kWh", en: "Prices per kWh" },
    meaning: {
      fr: `Prix TTC en euros par kWh et par période, comme ${pricesExample}, six décimales au plus. Périodes de chaque formule : ${periodsByPlan("fr")}.`,
      en: `Prices with taxes in euros per kWh and period, such as ${pricesExample}, up to six decimals. Periods of each plan: ${periodsByPlan("en")}.`,
    },
  },
  standing: {
    manifestType: "str?",
    name: { fr: "Abonnement par mois", en: "Standing charge a month" },
    meaning: {
      fr: "Abonnement TTC en euros par mois, par exemple 15.65.",
      en: "Standing charge with taxes in euros a month, for example 15.65.",
    },
  },
  buyback: {
    manifestType: "str?",
    name: { fr: "Prix de revente", en: "Buy-back price" },
    meaning: {
      fr: "Ce que rapporte un kWh injecté, en euros, par exemple 0.04.",
      en: "What an injected kWh earns, in euros, for example 0.04.",
    },
  },
  sale: {
    manifestType: `list(${saleKinds.join("|")})?`,
    name: { fr: "Vente", en: "Sale" },
    meaning: {
      fr: "Ce que le contrat de rachat vend : surplus ou total ; va avec buyback.",
      en: "What the buy-back contract sells: surplus or total; goes with buyback.",
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
      fr: "Formules, heures creuses et prix datés, un par élément de la liste ; ils passent avant ceux du contrat et des offres.",
      en: "Dated plans, off-peak hours and prices, one an entry of the list; they come before those of the contract and of offers.",
    },
    advice: {
      fr: "À remplir si le contrat lu est faux, si vous avez changé de formule ou d'heures, pour EJP, ou si vos prix ne sont pas ceux du tarif réglementé.",
      en: "Fill it in when the contract as read is wrong, when you changed plan or hours, for EJP, or when your prices are not the regulated ones.",
    },
  }),
};
