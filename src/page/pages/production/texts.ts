export const texts = {
  none: { fr: "Rien d'injecté par ce compteur", en: "Nothing injected by this meter" },
  noneMore: {
    fr: "Si vous avez des panneaux, leur surplus apparaîtra ici dès qu'Enedis le relèvera : il faut un contrat d'injection ou une convention d'autoconsommation, et un consentement qui couvre la production. Sinon, il n'y a rien à faire.",
    en: "If you have panels, their surplus appears here as soon as Enedis reads it: that takes a contract for injection or a self-consumption agreement, and a consent that covers production. Otherwise there is nothing to do.",
  },
  coming: { fr: "Pas encore d'injection relevée", en: "No injection read yet" },
  comingMore: {
    fr: "Ce compteur peut injecter ; ses relevés apparaissent ici dès que la passerelle les donne.",
    en: "This meter can inject; its readings appear here as soon as the gateway gives them.",
  },
  remark: {
    fr: "C'est ce que vous avez donné au réseau ; ce que vous avez consommé de vos panneaux n'y est pas.",
    en: "This is what you gave to the grid; what you used of your panels yourself is not in it.",
  },
  revenue: { fr: "Ce que cela rapporte", en: "What it earns" },
  noPrice: {
    fr: "Votre prix de revente n'est pas connu : sans lui, aucun revenu ne peut être dit. Il est écrit dans votre contrat de rachat.",
    en: "Your buy-back price is not known: without it no revenue can be told. It stands in your buy-back contract.",
  },
  setPrice: { fr: "Donner mon prix de revente", en: "Give my buy-back price" },
} as const;
