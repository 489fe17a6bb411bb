export const texts = {
  noReading: { fr: "Aucun jour n'est encore connu", en: "No day is known yet" },
  notYet: {
    fr: "Enedis publie la consommation d'hier dans la matinée.",
    en: "Enedis publishes yesterday's consumption during the morning.",
  },
  consumed: { fr: "Consommation", en: "Consumption" },
  injected: { fr: "Production", en: "Production" },
  seeAll: { fr: "Tout voir", en: "See all" },
  backfill: { fr: "L'historique arrive", en: "The history is arriving" },
  syncNow: { fr: "Relever maintenant", en: "Fetch now" },
  asked: { fr: "Demandé : le relevé part dès que possible.", en: "Asked: it starts as soon as possible." },
} as const;
