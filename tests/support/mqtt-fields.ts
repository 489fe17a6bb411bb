import type { Text } from "../../src/shared/language.ts";

const price: Text = { fr: "prix du kWh, en euros", en: "price of a kWh, in euros" };
const period: Text = {
  fr: "période tarifaire : base, hc, hp, blue_hc… ; null si elle n'est pas connue",
  en: "tariff period: base, hc, hp, blue_hc…; null where it is not known",
};
const begins: Text = { fr: "début", en: "beginning" };
const ends: Text = { fr: "fin", en: "end" };
const notAnnounced = (fr: string, en: string): Text => ({
  fr: `jours ${fr} de la saison que RTE n'a pas encore annoncés`,
  en: `${en} days of the season that RTE has not announced yet`,
});
const notLived = (fr: string, en: string): Text => ({
  fr: `jours ${fr} de la saison après celui en vigueur`,
  en: `${en} days of the season after the one in force`,
});
const level: Text = { fr: "1 vert, 2 orange, 3 rouge", en: "1 green, 2 orange, 3 red" };
const decarbonised: Text = { fr: "électricité décarbonée", en: "power is decarbonised" };
const hour: Text = { fr: "début de l'heure", en: "beginning of the hour" };

/** What each field of the topics says, by its path; `[0]` is the first of a list, whose others are alike. */
export const mqttFields: Readonly<Record<string, Text>> = {
  value: { fr: "la valeur, dans son unité", en: "the value, in its unit" },
  unit: { fr: "son unité, toujours la même", en: "its unit, always the same" },
  date: { fr: "le jour dont il s'agit", en: "the day it is about" },
  month: { fr: "le mois dont il s'agit", en: "the month it is about" },
  year: { fr: "l'année dont il s'agit", en: "the year it is about" },
  pdl: { fr: "le compteur", en: "the meter" },
  quality: {
    fr: "complete ; estimated (d'après la valeur du jour) ; partial (il en manque) ; disagreeing (deux sources en désaccord)",
    en: "complete; estimated (from the value of the day); partial (some is missing); disagreeing (two sources differ)",
  },
  timestamp: { fr: "quand la valeur a changé pour la dernière fois", en: "when the value last changed" },
  start: begins,
  from: { fr: "premier jour compté", en: "first day counted" },
  through: { fr: "dernier jour compté", en: "last day counted" },
  missing_days: { fr: "jours qui manquent dans le total", en: "days missing from the total" },
  unpriced_days: { fr: "jours dont le prix n'est pas connu", en: "days whose price is not known" },
  at: { fr: "à quel instant", en: "at which instant" },
  low: { fr: "si les jours à venir sont parmi les moins chers", en: "if the days to come are among the cheaper" },
  high: { fr: "si les jours à venir sont parmi les plus chers", en: "if the days to come are among the dearer" },
  with_standing_charge: { fr: "avec l'abonnement", en: "with the standing charge" },
  known_days: { fr: "jours connus", en: "days known" },
  version: { fr: "version de Linky Bridge", en: "version of Linky Bridge" },
  last_sync: { fr: "dernière réponse de la passerelle", en: "last answer of the gateway" },
  next_call: { fr: "prochain appel prévu", en: "next call planned" },
  "budget.used": { fr: "appels faits aujourd'hui", en: "calls made today" },
  "budget.allowed": { fr: "appels permis par jour", en: "calls allowed a day" },
  "budget.left": { fr: "appels restants aujourd'hui", en: "calls left today" },
  "problem.active": { fr: "s'il y a un problème", en: "whether there is a problem" },
  "problem.count": { fr: "combien", en: "how many" },
  "problem.codes": { fr: "leurs codes, qui ne changent pas", en: "their codes, which do not change" },
  "problem.sentences": { fr: "ce qu'il faut faire", en: "what to do" },
  "problem.code": { fr: "son code, qui ne change pas", en: "its code, which does not change" },
  "problem.sentence": { fr: "ce qu'il faut faire", en: "what to do" },
  "problem.since": { fr: "depuis quand", en: "since when" },
  name: { fr: "le nom du compteur", en: "the meter's name" },
  flows: { fr: "ce que le compteur mesure", en: "what the meter measures" },
  subscribed_power_kva: { fr: "puissance souscrite, en kVA", en: "subscribed power, in kVA" },
  data_through: { fr: "fin du dernier jour connu", en: "end of the latest day known" },
  late: { fr: "si la journée d'hier devrait être là et manque", en: "whether yesterday should be there and is not" },
  "history.percent": { fr: "part de l'historique récupérée", en: "share of the history fetched" },
  "history.known_days": { fr: "jours récupérés", en: "days fetched" },
  "history.wanted_days": { fr: "jours à récupérer en tout", en: "days to fetch in all" },
  period,
  off_peak: { fr: "si ce sont les heures creuses", en: "whether it is off-peak" },
  source: { fr: "d'où vient le prix", en: "where the price is from" },
  "next.at": { fr: "prochain changement de prix", en: "next change of price" },
  "next.value": price,
  "next.period": period,
  standing_charge: { fr: "abonnement d'un mois, en euros", en: "standing charge of a month, in euros" },
  "schedule[0].start": begins,
  "schedule[0].end": ends,
  "schedule[0].period": period,
  "schedule[0].price": price,
  "[0].start": begins,
  "[0].end": ends,
  "[0].value": price,
  color: { fr: "BLEU, BLANC, ROUGE, ou INCONNU", en: "BLEU, BLANC, ROUGE, or INCONNU (not known)" },
  blue: notAnnounced("bleus", "blue"),
  white: notAnnounced("blancs", "white"),
  red: notAnnounced("rouges", "red"),
  "not_lived.blue": notLived("bleus", "blue"),
  "not_lived.white": notLived("blancs", "white"),
  "not_lived.red": notLived("rouges", "red"),
  season: { fr: "la saison, de septembre à août", en: "the season, from September to August" },
  unknown_past_days: { fr: "jours passés dont la couleur manque", en: "past days whose colour is missing" },
  tomorrow_confirmed: { fr: "si la couleur de demain est connue", en: "whether tomorrow's colour is known" },
  next_change: { fr: "début de la couleur suivante", en: "when the next colour begins" },
  red_season: { fr: "si des jours rouges peuvent tomber", en: "whether red days can fall" },
  level,
  decarbonised,
  hour,
  message: { fr: "le message de RTE", en: "RTE's message" },
  alert: { fr: "si l'heure est orange ou rouge", en: "whether the hour is orange or red" },
  "next_hour.level": level,
  "next_hour.decarbonised": decarbonised,
  "next_hour.hour": hour,
  "[0].hour": hour,
  "[0].level": level,
};

/** The values of a payload by path: `budget.left`, `schedule[0].price`. A list of plain values is one value. */
export function fieldsOf(payload: unknown, path = ""): readonly (readonly [path: string, value: unknown])[] {
  if (Array.isArray(payload)) {
    const [first]: readonly unknown[] = payload;
    return typeof first === "object" && first !== null ? fieldsOf(first, `${path}[0]`) : [[path, payload]];
  }
  if (typeof payload !== "object" || payload === null) return [[path, payload]];
  return Object.entries(payload).flatMap(([name, value]: [string, unknown]) =>
    fieldsOf(value, path === "" ? name : `${path}.${name}`),
  );
}
