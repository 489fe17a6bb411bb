import type { HourExplanation } from "../domain/bill/explain.ts";
import { describeOffPeak } from "../domain/tariff/off-peak.ts";
import { periodNames } from "../domain/tariff/period.ts";
import { planNames } from "../domain/tariff/plan-names.ts";
import { toMicroEur } from "../domain/tariff/price.ts";
import { toWh } from "../domain/units.ts";
import type { Language } from "../shared/language.ts";
import type { Explanation, ToldPart } from "../sync/bill/explain.ts";
import { dayText, doubtLines, eur, meterInWords, perKwh, sourceInWords } from "./bill-words.ts";
import { gapInWords } from "./gap-words.ts";
import { clock, endClock, hourInWords, twinLines } from "./hour-words.ts";
import { colon, colorWord, dayInWords, kwh } from "./words.ts";

/** One hour in sentences, one a line. */
export function explanationLines(answer: Explanation, language: Language): string[] {
  const { hour } = answer;
  return [
    titleOf(answer, language),
    ...twinLines(hour.start, language),
    planLine(hour, language),
    ...tempoLines(hour, language),
    ...hour.parts.flatMap((part) => partLines(part, answer, language)),
    ...doubtLines(answer.doubts, language),
  ];
}

const say = (language: Language, fr: string, en: string): string => (language === "fr" ? fr : en);

function titleOf(answer: Explanation, language: Language): string {
  const { start, date } = answer.hour;
  return `${meterInWords(answer)}${colon[language]} ${dayInWords(date, language)}, ${hourInWords(start, language)}.`;
}

function planLine({ plan }: HourExplanation, language: Language): string {
  if (plan === null)
    return say(
      language,
      "Aucune formule n'est connue pour ce jour : tout y est compté en Base.",
      "No plan is known for this day: all of it is counted as Base.",
    );
  const { kind, offPeak } = plan.plan;
  const windows = offPeak
    ? say(language, `, heures creuses ${describeOffPeak(offPeak)}`, `, off-peak ${describeOffPeak(offPeak)}`)
    : "";
  const since =
    plan.from === null
      ? ""
      : say(language, `, à partir du ${dayText(plan.from, language)}`, `, from ${dayText(plan.from, language)}`);
  const word =
    plan.origin === "user"
      ? say(language, "c'est votre réglage", "this is your setting")
      : say(language, "d'après votre contrat", "as your contract says");
  return `${say(language, "Formule", "Plan")}${colon[language]} ${planNames[kind][language]}${windows}${since} (${word}).`;
}

function tempoLines({ tempo, date }: HourExplanation, language: Language): string[] {
  if (tempo === null) return [];
  const day = dayText(tempo.date, language);
  const color =
    tempo.color === null
      ? say(language, "sa couleur n'est pas connue", "its colour is not known")
      : say(language, `il est ${colorWord[tempo.color].fr}`, `it is ${colorWord[tempo.color].en}`);
  const until =
    tempo.date === date
      ? ""
      : say(
          language,
          " Avant 6 h, l'heure appartient encore au jour Tempo de la veille.",
          " Before 06:00, the hour still belongs to the Tempo day of the day before.",
        );
  return [
    say(
      language,
      `Jour Tempo du ${day} (de 6 h à 6 h) : ${color}.${until}`,
      `Tempo day of ${day} (06:00 to 06:00): ${color}.${until}`,
    ),
  ];
}

function partLines(part: ToldPart, answer: Explanation, language: Language): string[] {
  return [windowLine(part, answer.hour, language), energyLine(part, answer, language), costLine(part, language)];
}

/** The period with the stretch of the day that it lasts, which is longer than the hour. */
function windowLine({ period, spans }: ToldPart, { day }: HourExplanation, language: Language): string {
  const windows = day.filter((stretch) => spans.some(({ from, to }) => stretch.start <= from && stretch.end >= to));
  const name = period === null ? say(language, "Période inconnue", "Unknown period") : periodNames[period][language];
  const hours = windows
    .map(({ start, end }) =>
      say(language, `de ${clock(start)} à ${endClock(end)}`, `from ${clock(start)} to ${endClock(end)}`),
    )
    .join(say(language, " et ", " and "));
  return say(language, `Période : ${name}, ce jour-là ${hours}.`, `Period: ${name}, that day ${hours}.`);
}

function energyLine({ energy, estimated }: ToldPart, answer: Explanation, language: Language): string {
  if (energy !== null) {
    const word = estimated
      ? say(language, "estimée d'après le total du jour", "estimated from the day's total")
      : say(language, "mesurée par le compteur", "measured by the meter");
    return `${say(language, "Énergie", "Energy")}${colon[language]} ${kwh(toWh(energy), language)}, ${word}.`;
  }
  if (!answer.isPast)
    return say(
      language,
      "Énergie : cette heure n'est pas terminée ; le compteur donne ses valeurs le lendemain.",
      "Energy: this hour is not over; the meter gives its values the day after.",
    );
  return answer.dayQuality === null
    ? say(language, "Énergie : aucun relevé de ce jour n'est connu.", "Energy: no reading of this day is known.")
    : say(language, "Énergie : cette heure manque dans les relevés.", "Energy: this hour is missing in the readings.");
}

function costLine({ price, cost, gap }: ToldPart, language: Language): string {
  const quote =
    price === null
      ? null
      : `${perKwh(price.price, language)}, ${say(language, "d'après", "by")} ${sourceInWords(price.source, language)}${
          price.from === null
            ? ""
            : say(
                language,
                `, en vigueur depuis le ${dayText(price.from, language)}`,
                `, in force since ${dayText(price.from, language)}`,
              )
        }`;
  if (cost !== null && quote !== null)
    return say(
      language,
      `Prix : ${quote}. Coût : ${eur(toMicroEur(cost), language)}, taxes comprises, sans l'abonnement.`,
      `Price: ${quote}. Cost: ${eur(toMicroEur(cost), language)}, taxes included, without the standing charge.`,
    );
  if (quote !== null) return say(language, `Prix : ${quote}.`, `Price: ${quote}.`);
  const unknown = say(
    language,
    "Prix : inconnu, donc pas de coût (ce n'est pas zéro).",
    "Price: not known, hence no cost (which is not zero).",
  );
  return gap === null ? unknown : `${unknown} ${gapInWords(gap, language)}`;
}
