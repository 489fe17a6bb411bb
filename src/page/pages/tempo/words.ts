import type { TempoColor } from "../../../domain/tempo.ts";
import type { LocalDate } from "../../../domain/units.ts";
import type { SeasonAnswer, TempoConsumptionAnswer } from "../../../server/api/tempo.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { counted, dayInFull, energy } from "../../format.ts";
import { type TempoWhen, tempoWhens } from "../../tempo-when.ts";

const sentences: Readonly<Record<TempoColor, Text>> = {
  BLEU: { fr: "est un jour bleu", en: "is a blue day" },
  BLANC: { fr: "est un jour blanc", en: "is a white day" },
  ROUGE: { fr: "est un jour rouge", en: "is a red day" },
};

const unknownWords: Readonly<Record<TempoWhen, Text>> = {
  today: { fr: "la couleur n'est pas connue", en: "the colour is not known" },
  tomorrow: { fr: "la couleur n'est pas encore annoncée", en: "the colour is not announced yet" },
  untilSix: { fr: "la couleur n'est pas connue", en: "the colour is not known" },
  fromSix: { fr: "la couleur n'est pas encore annoncée", en: "the colour is not announced yet" },
};

interface DayOfTempo {
  readonly date: string;
  readonly color: TempoColor | null;
}

/**
 * `Demain, dimanche 22 novembre, est un jour rouge.`, `Demain, dimanche 22 novembre : la couleur n'est pas encore annoncée.`,
 * and by night `À partir de 6 h, dimanche 22 novembre est un jour rouge.`
 */
export function daySentence({ date, color }: DayOfTempo, when: TempoWhen, language: Language): string {
  const day = `${tempoWhens[when][language]}, ${dayInFull(date as LocalDate, language)}`;
  const isNamed = when === "today" || when === "tomorrow";
  if (color !== null) return `${day}${isNamed ? "," : ""} ${sentences[color][language]}.`;
  return `${day}${language === "fr" ? " :" : ":"} ${unknownWords[when][language]}.`;
}

/** What a day of the calendar is. A past one without a colour is unknown, which is not blue. */
export type CalendarKind = "BLEU" | "BLANC" | "ROUGE" | "pending" | "unknown";

export const kindOf = (
  { date, color }: SeasonAnswer["days"][number],
  { today }: Pick<SeasonAnswer, "today">,
): CalendarKind => color ?? (date <= today ? "unknown" : "pending");

/** `2025-2026` for `2026-2027` and -1. */
export function otherSeason(season: string, by: -1 | 1): string {
  const first = Number(season.slice(0, 4)) + by;
  return `${first}-${first + 1}`;
}

/** Whether any colour of the season is known: one from before the first colours has none. */
export const hasColors = ({ known }: Pick<SeasonAnswer, "known">): boolean =>
  known.BLEU + known.BLANC + known.ROUGE > 0;

/** Whether today falls into the season. */
export const isPresent = ({ today, start, end }: Pick<SeasonAnswer, "today" | "start" | "end">): boolean =>
  today >= start && today <= end;

/** Whether nothing was consumed under any colour, as far as is known. */
export const isUnused = ({ colors }: Pick<TempoConsumptionAnswer, "colors">): boolean =>
  colors.every(({ energyWh }) => (energyWh ?? 0) === 0);

/** Energy of days without a colour, told rather than counted as blue; null where there is none. */
export function unknownNote({ unknown }: Pick<TempoConsumptionAnswer, "unknown">, language: Language): string | null {
  if (unknown.energyWh === 0) return null;
  const amount = energy(unknown.energyWh, language);
  return language === "fr"
    ? `${amount} sur ${counted(unknown.days, ["jour", "jours"], "fr")} dont la couleur est inconnue ne sont comptés nulle part.`
    : `${amount} on ${counted(unknown.days, ["day", "days"], "en")} of unknown colour are counted nowhere.`;
}
