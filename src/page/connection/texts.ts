export const texts = {
  tryShort: { fr: "Essayer", en: "Try" },
  tryIt: { fr: "Essayer la connexion", en: "Try the connection" },
  trying: { fr: "Essai en cours…", en: "Trying…" },
  works: { fr: "réussi", en: "passed" },
  fails: { fr: "échoué", en: "failed" },
} as const;
