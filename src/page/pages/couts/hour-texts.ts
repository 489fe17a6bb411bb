export const hourTexts = {
  date: { fr: "Jour", en: "Day" },
  hour: { fr: "Heure", en: "Hour" },
  elsewhere: {
    fr: "Rien n'est connu du jour demandé : voici le dernier qui l'est.",
    en: "Nothing is known of the day that was asked for: this is the latest that is.",
  },
  beforeAll: {
    fr: "Rien n'est connu de ce jour : le premier relevé est du",
    en: "Nothing is known of this day: the first reading is of",
  },
  previous: { fr: "Heure précédente", en: "Previous hour" },
  next: { fr: "Heure suivante", en: "Next hour" },
  why: { fr: "Pourquoi ce prix", en: "Why this price" },
  plan: { fr: "Formule", en: "Plan" },
  tempo: { fr: "Couleur", en: "Colour" },
  period: { fr: "Période", en: "Period" },
  energy: { fr: "Énergie", en: "Energy" },
  price: { fr: "Prix", en: "Price" },
  cost: { fr: "Coût, taxes comprises, sans l'abonnement", en: "Cost, taxes included, without the standing charge" },
  unknownPrice: {
    fr: "Inconnu, donc pas de coût : ce n'est pas zéro.",
    en: "Not known, hence no cost: it is not zero.",
  },
  cut: {
    fr: "Cette heure est coupée par un changement de prix : chaque demi-heure est partagée au prorata du temps.",
    en: "A change of price cuts this hour: each half-hour is shared in proportion to time.",
  },
  day: { fr: "La journée vue par votre formule", en: "The day as your plan divides it" },
  around: { fr: "Les heures de ce jour", en: "The hours of this day" },
  thisHour: { fr: "cette heure", en: "this hour" },
  notKnown: { fr: "Énergie pas connue", en: "Energy not known" },
} as const;
