import type { DayState } from "../../domain/day-state.ts";
import { type Language, languages, type Text } from "../../shared/language.ts";
import { dayText, energyText, momentText } from "../manual/words.ts";
import type { QualityDay } from "./quality-day.ts";

/** Why the day is what it is, in a sentence or two. */
export function qualityText(day: QualityDay): Text {
  const [fr, en] = languages.map((language) => sentences[day.state](day, language));
  return { fr: fr ?? "", en: en ?? "" };
}

type Sentence = (day: QualityDay, language: Language) => string;
const inBoth =
  (fr: Sentence, en: Sentence): Sentence =>
  (day, language) =>
    language === "fr" ? fr(day, "fr") : en(day, "en");

const complete = inBoth(
  ({ officialWh }) =>
    officialWh === null
      ? "Toute la journée est mesurée ; la valeur officielle d'Enedis ne la confirme pas encore."
      : "Toute la journée est mesurée, et fait la valeur officielle d'Enedis.",
  ({ officialWh }) =>
    officialWh === null
      ? "The whole day is measured; the official value of Enedis does not confirm it yet."
      : "The whole day is measured, and makes the official value of Enedis.",
);

const replacedAt = ({ former }: QualityDay, language: Language): string => {
  const last = former.find(({ origin }) => origin === "source");
  return last ? momentText(last.replacedAt, language) : "";
};

const estimated = inBoth(
  (day) =>
    day.known?.slotsWh == null
      ? `Seule l'énergie du jour est connue (${officialText(day, "fr")}) ; elle est répartie sur ses heures d'après vos journées habituelles.`
      : `Il manque ${missingText(day, "fr")} ; ce qui reste de la valeur officielle (${officialText(day, "fr")}) y est réparti d'après vos journées habituelles.`,
  (day) =>
    day.known?.slotsWh == null
      ? `Only the energy of the day is known (${officialText(day, "en")}); it is spread over its hours as on your usual days.`
      : `${missingText(day, "en")} are missing; what remains of the official value (${officialText(day, "en")}) is spread over them as on your usual days.`,
);

const officialText = ({ officialWh, typedWh }: QualityDay, language: Language): string => {
  const energy = officialWh ?? typedWh;
  return energy === null ? "–" : energyText(energy, language);
};

/** `3 h 30` of the day. */
function missingText({ known, minutesExpected }: QualityDay, language: Language): string {
  const minutes = minutesExpected - (known?.minutesPresent ?? 0);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const parts = [...(hours > 0 ? [`${hours} h`] : []), ...(rest > 0 ? [`${rest} min`] : [])];
  return parts.join(language === "fr" ? " " : " and ");
}

const asked = (day: QualityDay, language: Language): string => {
  const last = day.questions.flatMap(({ askedAt }) => askedAt ?? []).sort((a, b) => b - a)[0];
  return last === undefined ? "" : momentText(last, language);
};

const nextText = ({ questions }: QualityDay, language: Language): string => {
  const next = questions.flatMap(({ nextAt }) => nextAt ?? []).sort((a, b) => a - b)[0];
  if (next === undefined) return "";
  const moment = momentText(next, language);
  return language === "fr" ? ` Il est redemandé à partir du ${moment}.` : ` It is asked for again from ${moment} on.`;
};

const sentences: Readonly<Record<DayState, Sentence>> = {
  complete,
  corrected: (day, language) =>
    language === "fr"
      ? `${complete(day, "fr")} Enedis en a changé une valeur le ${replacedAt(day, "fr")} ; l'ancienne est gardée.`
      : `${complete(day, "en")} Enedis changed a value of it on ${replacedAt(day, "en")}; the former one is kept.`,
  disagreeing: inBoth(
    (day) =>
      `Les demi-heures font ${slotsText(day, "fr")} et la valeur du jour ${officialText(day, "fr")} : les demi-heures comptent, les deux sont gardées.${nextText(day, "fr")}`,
    (day) =>
      `The half-hours make ${slotsText(day, "en")} and the day's value is ${officialText(day, "en")}: the half-hours count, both are kept.${nextText(day, "en")}`,
  ),
  estimated,
  typed: inBoth(
    (day) =>
      `La valeur du jour (${officialText(day, "fr")}) est saisie à la main et répartie d'après vos journées habituelles ; une valeur officielle la remplacera.`,
    (day) =>
      `The day's value (${officialText(day, "en")}) is typed by hand and spread as on your usual days; an official value will take its place.`,
  ),
  partial: inBoth(
    (day) =>
      `Il manque ${missingText(day, "fr")}, et aucune valeur du jour ne dit combien : seul ce qui est mesuré compte.${nextText(day, "fr")}`,
    (day) =>
      `${missingText(day, "en")} are missing, and no value of the day tells how much: only what is measured counts.${nextText(day, "en")}`,
  ),
  missing: inBoth(
    (day) =>
      asked(day, "fr") === ""
        ? `Rien n'est connu du ${dayText(day.date, "fr")}, et la passerelle ne donne plus de jours aussi anciens.`
        : `Rien n'est connu de ce jour : demandé la dernière fois le ${asked(day, "fr")}, sans réponse d'Enedis.${nextText(day, "fr")}`,
    (day) =>
      asked(day, "en") === ""
        ? `Nothing is known of ${dayText(day.date, "en")}, and the gateway no longer gives days so old.`
        : `Nothing is known of this day: last asked for on ${asked(day, "en")}, without an answer from Enedis.${nextText(day, "en")}`,
  ),
  pending: inBoth(
    (day) => `Ce jour n'est pas encore publié par Enedis.${nextText(day, "fr")}`,
    (day) => `This day is not published by Enedis yet.${nextText(day, "en")}`,
  ),
  not_asked: inBoth(
    () => "Ce jour n'a pas encore été demandé : l'historique se complète jour après jour, le plus récent d'abord.",
    () => "This day has not been asked for yet: the history fills up day after day, the latest first.",
  ),
  before_first_day: inBoth(
    () => "Ce jour est avant le premier que la passerelle peut donner de ce compteur.",
    () => "This day is before the first that the gateway can give of this meter.",
  ),
};

const slotsText = ({ known }: QualityDay, language: Language): string =>
  known?.slotsWh == null ? "–" : energyText(known.slotsWh, language);
