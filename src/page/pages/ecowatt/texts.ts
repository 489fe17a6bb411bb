export const texts = {
  empty: { fr: "Rien à montrer ici pour l'instant", en: "Nothing to show here yet" },
  emptyMore: {
    fr: "Vos relevés continuent d'arriver ; ils sont dans Home Assistant et dans l'API.",
    en: "Your readings keep arriving; they are in Home Assistant and in the API.",
  },
} as const;
