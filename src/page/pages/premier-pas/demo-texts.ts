export const demoTexts = {
  title: { fr: "Juste voir ?", en: "Just looking?" },
  // Its program and its database together, measured with all of its history there: 214 MB.
  about: {
    fr: "Un foyer inventé montre toute la page, sans compte. Il tourne à côté du vôtre et ne touche à rien de ce qui est à vous ; il prend quelque 250 Mo de mémoire tant qu'il tourne, et tout s'efface quand vous le quittez.",
    en: "An invented home shows the whole page, without an account. It runs beside yours and touches nothing of yours; it takes some 250 MB of memory while it runs, and all of it is removed when you leave it.",
  },
  start: { fr: "Essayer avec un foyer de démonstration", en: "Try with a demonstration home" },
  starting: {
    fr: "Le foyer de démonstration se prépare ; il s'ouvrira de lui-même.",
    en: "The demonstration home is being made ready; it will open by itself.",
  },
  open: { fr: "Ouvrir le foyer de démonstration", en: "Open the demonstration home" },
} as const;
