export const texts = {
  none: { fr: "Aucun relevé pour l'instant", en: "No readings yet" },
  noneMore: {
    fr: "Les premiers arrivent en général dans la minute ; cette page se remplit toute seule.",
    en: "The first usually arrive within the minute; this page fills by itself.",
  },
  power: { fr: "Puissance maximale de chaque jour", en: "Highest power of each day" },
  powerLine: { fr: "Puissance maximale", en: "Highest power" },
  subscribed: { fr: "Puissance souscrite", en: "Subscribed power" },
  reachedAt: { fr: "Atteinte à", en: "Reached at" },
  noPower: {
    fr: "Enedis ne donne pas de puissance maximale pour ces jours.",
    en: "Enedis gives no highest power for these days.",
  },
  profile: { fr: "Votre journée type", en: "Your average day" },
  profileOf: { fr: "Jours retenus", en: "Days shown" },
  everyDay: { fr: "Semaine et week-end", en: "Week and weekend" },
  seasons: { fr: "Hiver et été", en: "Winter and summer" },
  weekday: { fr: "Du lundi au vendredi", en: "Monday to Friday" },
  saturday: { fr: "Samedi", en: "Saturday" },
  sunday: { fr: "Dimanche", en: "Sunday" },
  winter: { fr: "De novembre à mars", en: "November to March" },
  summer: { fr: "D'avril à octobre", en: "April to October" },
  noProfile: {
    fr: "Il faut au moins une journée complète pour dessiner une journée type.",
    en: "At least one complete day is needed to draw an average day.",
  },
  loading: { fr: "Chargement…", en: "Loading…" },
} as const;
