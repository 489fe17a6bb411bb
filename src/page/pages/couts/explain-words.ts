import { boundsOf, dateAt } from "../../../domain/calendar.ts";
import { planNames } from "../../../domain/tariff/plan-names.ts";
import { hourMs, type Instant, instant, type LocalDate } from "../../../domain/units.ts";
import type { ExplanationAnswer } from "../../../server/api/explain.ts";
import type { Language } from "../../../shared/language.ts";
import { nameOfPeriod } from "../../charts/tones.ts";
import {
  capitalised,
  clock,
  dayInFullWithYear,
  dayShort,
  energy,
  instantOf,
  interval,
  money,
  price,
} from "../../format.ts";
import { windowsText } from "./plan-names.ts";
import { say } from "./say.ts";
import { sourceName } from "./source-words.ts";

/** Why an hour cost what it did, in sentences. Every figure is the API's. */

/** The hours of a Paris day by their start: 23, 24 or 25. */
export function hoursOfDay(date: LocalDate): Instant[] {
  const { start, end } = boundsOf(date);
  return Array.from({ length: (end - start) / hourMs }, (_, position) => instant(start + position * hourMs));
}

/** `de 22 h à 23 h`; the repeated hour tells which of the two it is. */
export const hourName = (start: Instant, language: Language): string =>
  interval({ start, end: instant(start + hourMs) }, language);

/** The start of the hour that an address tells; null where it tells none. */
export function hourIn(text: string | undefined): Instant | null {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : instant(Math.floor(at / hourMs) * hourMs);
}

/** The same hour of the clock on another day; its nearest where that day has none. */
export function sameHourOn(date: LocalDate, start: Instant): Instant {
  const position = hoursOfDay(dateAt(start)).indexOf(start);
  const hours = hoursOfDay(date);
  return hours[Math.min(Math.max(position, 0), hours.length - 1)] ?? start;
}

/** `Jeudi 19 novembre 2026, de 22 h à 23 h` */
export const titleOfHour = ({ start, date }: Pick<ExplanationAnswer, "start" | "date">, language: Language): string =>
  `${capitalised(dayInFullWithYear(date as LocalDate, language))}, ${hourName(instantOf(start), language)}`;

type Part = ExplanationAnswer["parts"][number];

/** Energy and cost of the whole hour; null while a part of it is not known. */
export function totalsOf(parts: readonly Part[]): { readonly energyWh: number | null; readonly eur: number | null } {
  const sumOf = (of: (part: Part) => number | null): number | null =>
    parts.reduce((sum: number | null, part) => {
      const value = of(part);
      return sum === null || value === null ? null : sum + value;
    }, 0);
  return { energyWh: sumOf(({ energyWh }) => energyWh), eur: sumOf(({ eur }) => eur) };
}

/** `Tempo, d'après votre contrat, depuis le 1er févr. 2026` */
export function planSentence({ plan }: Pick<ExplanationAnswer, "plan">, language: Language): string {
  if (plan === null)
    return say(
      language,
      "Aucune formule n'est connue pour ce jour : tout y est compté en Base.",
      "No plan is known for this day: all of it is counted as Base.",
    );
  const windows =
    plan.offpeakHours === null
      ? ""
      : say(
          language,
          `, heures creuses ${windowsText(plan.offpeakHours, language)}`,
          `, off-peak ${windowsText(plan.offpeakHours, language)}`,
        );
  const since =
    plan.from === null
      ? ""
      : say(
          language,
          `, depuis le ${dayShort(plan.from as LocalDate, language)}`,
          `, since ${dayShort(plan.from as LocalDate, language)}`,
        );
  const word =
    plan.origin === "user"
      ? say(language, "d'après vos réglages", "by your settings")
      : say(language, "d'après votre contrat", "by your contract");
  return `${planNames[plan.plan][language]}, ${word}${windows}${since}.`;
}

/** Until when the Tempo day of the hour lasts. */
export function tempoSentence(
  { tempo, date }: Pick<ExplanationAnswer, "tempo" | "date">,
  language: Language,
): string | null {
  if (tempo === null) return null;
  const day = dayShort(tempo.date as LocalDate, language);
  const eve =
    tempo.date === date
      ? ""
      : say(
          language,
          " Avant 6 h, l'heure appartient encore au jour Tempo de la veille.",
          " Before 06:00 the hour still belongs to the Tempo day of the day before.",
        );
  return say(language, `Jour Tempo du ${day}, de 6 h à 6 h.${eve}`, `Tempo day of ${day}, 06:00 to 06:00.${eve}`);
}

/** `Rouge HC, ce jour-là de 22 h à minuit` */
export function periodSentence(
  { period, spans }: Part,
  { day }: Pick<ExplanationAnswer, "day">,
  language: Language,
): string {
  const windows = day.filter((stretch) => spans.some(({ start, end }) => stretch.start <= start && stretch.end >= end));
  const hours = windows
    .map(({ start, end }) => stretchName({ start, end }, language))
    .join(say(language, " et ", " and "));
  const name = nameOfPeriod(period)[language];
  return say(language, `${name}, ce jour-là ${hours}.`, `${name}, on that day ${hours}.`);
}

/** `de 22 h à minuit` */
export function stretchName(
  { start, end }: { readonly start: string; readonly end: string },
  language: Language,
): string {
  const from = clock(instantOf(start), language);
  const last = clock(instantOf(end), language);
  const isMidnight = end > start && /^(0\u202fh|00:00)$/.test(last);
  const to = isMidnight ? say(language, "minuit", "midnight") : last;
  return say(language, `de ${from} à ${to}`, `${from} to ${to}`);
}

/** What is known of the energy, or why it is not. */
export function energySentence(
  { energyWh, isEstimated }: Part,
  { isPast, dayQuality }: Pick<ExplanationAnswer, "isPast" | "dayQuality">,
  language: Language,
): string {
  if (energyWh !== null)
    return isEstimated
      ? say(
          language,
          `${energy(energyWh, language)}, estimés d'après le total du jour.`,
          `${energy(energyWh, language)}, estimated from the day's total.`,
        )
      : say(
          language,
          `${energy(energyWh, language)}, mesurés par le compteur.`,
          `${energy(energyWh, language)}, measured by the meter.`,
        );
  if (!isPast)
    return say(
      language,
      "Cette heure n'est pas terminée ; le compteur donne ses valeurs le lendemain.",
      "This hour is not over; the meter gives its values the day after.",
    );
  return dayQuality === null
    ? say(language, "Aucun relevé de ce jour n'est connu.", "No reading of this day is known.")
    : say(language, "Cette heure manque dans les relevés.", "This hour is missing in the readings.");
}

/** `0,1575 €/kWh d'après le tarif réglementé du 1er févr. 2026`; null where it is not known. */
export function priceSentence({ price: quoted }: Part, language: Language): string | null {
  if (quoted === null) return null;
  const since =
    quoted.pricesFrom === null || quoted.source.kind === "regulated"
      ? ""
      : say(
          language,
          `, depuis le ${dayShort(quoted.pricesFrom as LocalDate, language)}`,
          `, since ${dayShort(quoted.pricesFrom as LocalDate, language)}`,
        );
  const [amount, source] = [price(quoted.eurPerKwh, language), sourceName(quoted.source, language)];
  return say(language, `${amount} d'après ${source}${since}.`, `${amount} by ${source}${since}.`);
}

/** `4,852 kWh × 0,1575 €/kWh = 0,76 €`; null where there is no cost. */
export function costSentence({ energyWh, price: quoted, eur }: Part, language: Language): string | null {
  if (energyWh === null || quoted === null || eur === null) return null;
  return `${energy(energyWh, language)} × ${price(quoted.eurPerKwh, language)} = ${money(eur, language)}`;
}

type Gap = NonNullable<Part["gap"]>;

/** Why there is no price, and what to do about it. */
export function gapSentence(gap: Gap, language: Language): string {
  switch (gap.code) {
    case "color_to_come":
      return say(
        language,
        "La couleur de ce jour Tempo n'est pas encore annoncée : RTE le fait la veille.",
        "The colour of this Tempo day is not announced yet: RTE does so the day before.",
      );
    case "color_unknown":
      return say(
        language,
        "La couleur de ce jour Tempo n'a pas été relevée ; elle sera redemandée.",
        "The colour of this Tempo day was not collected; it will be asked again.",
      );
    case "peak_days_unknown":
      return say(
        language,
        "Personne ne dit si c'est un jour de pointe : donnez vos jours de pointe dans votre contrat.",
        "Nobody tells whether this is a peak day: give your peak days in your contract.",
      );
    case "plan_unknown":
      return say(
        language,
        "Sans formule connue, aucun prix ne peut être choisi : dites la vôtre.",
        "Without a known plan no price can be chosen: tell yours.",
      );
    case "power_unknown":
      return say(
        language,
        "Votre puissance souscrite n'est pas connue : donnez-la dans votre contrat.",
        "Your subscribed power is not known: give it in your contract.",
      );
    case "before_regulated": {
      const since = dayShort(gap.since as LocalDate, language);
      return say(
        language,
        `Le tarif réglementé n'est connu qu'à partir du ${since} : pour les jours d'avant, donnez vos prix.`,
        `The regulated tariff is known only from ${since} on: for the days before, give your prices.`,
      );
    }
    case "price_unknown":
      return say(
        language,
        "Aucun prix de cette formule n'est connu pour ce jour : donnez les vôtres.",
        "No price of this plan is known for this day: give yours.",
      );
  }
}

/** Whether the user can complete what is missing in the contract; a colour is for RTE to tell. */
export const isForContract = ({ code }: Gap): boolean => code !== "color_to_come" && code !== "color_unknown";
