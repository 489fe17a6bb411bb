export const texts = {
  none: { fr: "Aucun relevé pour l'instant", en: "No readings yet" },
  noneMore: {
    fr: "Les premiers arrivent en général dans la minute ; cette page se remplit toute seule.",
    en: "The first usually arrive within the minute; this page fills by itself.",
  },
  power: { fr: "Puissance maximale de chaque jour", en: "Highest power of each day" },
  powerOfDay: { fr: "Puissance maximale du jour", en: "Highest power of the day" },
  seeDay: { fr: "Voir ce jour", en: "See this day" },
  powerLine: { fr: "Puissance maximale", en: "Highest power" },
  subscribed: { fr: "Puissance souscrite", en: "Subscribed power" },
  reachedAt: { fr: "Atteinte à", en: "Reached at" },
  noPower: {
    fr: "Enedis ne donne pas de puissance maximale pour ces jours.",
    en: "Enedis gives no highest power for these days.",
  },
  noPowerOfDay: {
    fr: "Enedis ne donne pas de puissance maximale pour ce jour.",
    en: "Enedis gives no highest power for this day.",
  },
  loading: { fr: "Chargement…", en: "Loading…" },
} as const;
