/** The pages of a household whose history is there, by their place in the address. */
export const pageNames = [
  "accueil",
  "consommation",
  "couts",
  "tempo",
  "production",
  "bilan",
  "ecowatt",
  "qualite",
  "exporter",
  "contribuer",
  "reglages",
  "plus",
] as const;
