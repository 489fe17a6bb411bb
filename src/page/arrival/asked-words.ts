import type { OverviewAnswer } from "../../server/api/overview.ts";
import type { SyncState } from "../../server/api/sync.ts";
import type { Language, Text } from "../../shared/language.ts";
import { counted, whole } from "../format.ts";

type Asked = Pick<SyncState, "lastAsked" | "call" | "budget">;

/** Of the last call of a round that brought nothing, by the API's word for how it went; others are answers. */
const refusals: Readonly<Record<string, Text>> = {
  refused: { fr: "La passerelle refuse ce compteur.", en: "The gateway refuses this meter." },
  unauthorized: { fr: "La passerelle refuse vos identifiants.", en: "The gateway refuses your credentials." },
  unavailable: {
    fr: "La passerelle n'a pas répondu ; le relevé est refait de lui-même.",
    en: "The gateway did not answer; it is asked again by itself.",
  },
  clock: { fr: "L'horloge de cette machine est fausse.", en: "This machine's clock is wrong." },
  rejected: { fr: "La passerelle n'a pas compris la demande.", en: "The gateway did not understand the request." },
};
const words = {
  failed: {
    fr: "Le relevé a échoué ; il est refait de lui-même.",
    en: "Fetching failed; it is repeated by itself.",
  },
  usedUp: {
    fr: "Les appels du jour sont épuisés : la suite viendra demain.",
    en: "The day's calls are used up: the rest comes tomorrow.",
  },
  nothing: { fr: "Fait : rien de nouveau pour l'instant.", en: "Done: nothing new for now." },
  some: { fr: "Un relevé prend quelques appels du jour.", en: "Fetching takes a few of the day's calls." },
} as const;

/** `Fait : 48 valeurs nouvelles.`: what came of the round that was asked for and is over. */
export function askedSentence({ lastAsked, call, budget }: Asked, language: Language): string {
  const result = lastAsked?.result ?? null;
  if (result === null) return words.failed[language];
  if (result.written > 0)
    return language === "fr"
      ? `Fait : ${counted(result.written, ["valeur nouvelle", "valeurs nouvelles"], "fr")}.`
      : `Done: ${counted(result.written, ["new value", "new values"], "en")}.`;
  const outcome = result.calls > 0 ? (call?.outcome ?? "") : "";
  if (outcome === "quota" || budget?.left === 0) return words.usedUp[language];
  return (refusals[outcome] ?? words.nothing)[language];
}

/** `Un relevé prend quelques appels du jour : il en reste 37.` */
export function budgetNote(budget: OverviewAnswer["bridge"]["budget"], language: Language): string {
  const some = words.some[language];
  if (budget === null) return some;
  if (budget.left === 0) return words.usedUp[language];
  const left = whole(budget.left, language);
  return language === "fr" ? `${some.slice(0, -1)} : il en reste ${left}.` : `${some.slice(0, -1)}: ${left} left.`;
}
