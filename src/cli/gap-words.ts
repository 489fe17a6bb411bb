import type { Language, Text } from "../shared/language.ts";
import type { Gap } from "../sync/bill/gap.ts";
import { dayText } from "./bill-words.ts";

/** Why there is no price, and what to do about it: `La couleur …`. */
export const gapInWords = (gap: Gap, language: Language): string => textOf(gap)[language];

function textOf(gap: Gap): Text {
  switch (gap.code) {
    case "color_to_come":
      return {
        fr: "La couleur de ce jour Tempo n'est pas encore annoncée : RTE le fait la veille.",
        en: "The colour of this Tempo day is not announced yet: RTE does so the day before.",
      };
    case "color_unknown":
      return {
        fr: "La couleur de ce jour Tempo n'a pas été collectée : si la passerelle la donne encore, la prochaine collecte la prendra.",
        en: "The colour of this Tempo day was not collected: if the gateway still has it, the next collection will take it.",
      };
    case "peak_days_unknown":
      return {
        fr: "Personne ne dit si c'est un jour de pointe : donnez vos jours de pointe dans l'option tariff_plans.",
        en: "Nobody tells whether this is a peak day: give your peak days in the option tariff_plans.",
      };
    case "plan_unknown":
      return {
        fr: "Sans formule connue, aucun prix ne peut être choisi : dites la vôtre dans l'option tariff_plans.",
        en: "Without a known plan no price can be chosen: tell yours in the option tariff_plans.",
      };
    case "power_unknown":
      return {
        fr: "Votre puissance souscrite n'est pas connue : donnez-la dans l'option tariff_plans.",
        en: "Your subscribed power is not known: give it in the option tariff_plans.",
      };
    case "before_regulated":
      return {
        fr: `Le tarif réglementé n'est connu qu'à partir du ${dayText(gap.since, "fr")} : pour les jours d'avant, donnez vos prix dans l'option tariff_plans.`,
        en: `The regulated tariff is known only from ${dayText(gap.since, "en")} on: for the days before, give your prices in the option tariff_plans.`,
      };
    case "price_unknown":
      return {
        fr: "Aucun prix de cette formule n'est connu pour ce jour : donnez les vôtres dans l'option tariff_plans.",
        en: "No price of this plan is known for this day: give yours in the option tariff_plans.",
      };
  }
}
