export const texts = {
  skip: { fr: "Aller au contenu", en: "Skip to the content" },
  navigation: { fr: "Navigation", en: "Navigation" },
  more: { fr: "Plus", en: "More" },
  language: { fr: "Langue de cette page", en: "Language of this page" },
  usagePoint: { fr: "Compteur", en: "Meter" },
  demo: { fr: "Foyer de démonstration", en: "Demonstration home" },
  leaveDemo: { fr: "Quitter", en: "Leave" },
  loading: { fr: "Chargement…", en: "Loading…" },
  reload: { fr: "Réessayer", en: "Try again" },
  notThere: {
    fr: "Cette partie de la page n'a pas pu être chargée. Vérifiez que Linky Bridge est démarré, puis réessayez.",
    en: "This part of the page could not be loaded. Check that Linky Bridge is running, then try again.",
  },
  unknownPage: { fr: "Cette adresse n'existe pas", en: "There is nothing at this address" },
  unknownPageMore: {
    fr: "La page a peut-être changé de nom. Tout part de l'accueil.",
    en: "The page may have changed its name. Everything starts from home.",
  },
  toHome: { fr: "Aller à l'accueil", en: "Go to home" },
  broken: {
    fr: "Cette page a rencontré un défaut qui est de notre fait ; vos données n'y sont pour rien et restent en place.",
    en: "This page met with a fault of our own; your data have nothing to do with it and stay in place.",
  },
} as const;
