import type { DayState } from "../../../domain/day-state.ts";
import type { Subject } from "../../../domain/usage-point.ts";
import type { QualityAnswer, QualityDayAnswer } from "../../../server/api/quality.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { counted, percent, whole } from "../../format.ts";
import { texts } from "./texts.ts";

export const stateNames: Readonly<Record<DayState, Text>> = {
  complete: texts.complete,
  corrected: texts.corrected,
  disagreeing: texts.disagreeing,
  estimated: texts.estimated,
  typed: texts.typed,
  partial: texts.partial,
  missing: texts.missing,
  pending: texts.pending,
  not_asked: texts.notAsked,
  before_first_day: texts.beforeFirst,
};

/** States of a day that is wholly measured. */
const measured = ["complete", "corrected"] as const;

/** Complete days and those that could be: what no source gives does not count. */
export function completeness({ counts }: Pick<QualityAnswer, "counts">): {
  readonly complete: number;
  readonly all: number;
} {
  const of = (state: DayState): number => counts[state] ?? 0;
  const outside = of("before_first_day") + of("pending");
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0) - outside;
  return { complete: measured.reduce((sum, state) => sum + of(state), 0), all };
}

/** `1 094 jours sur 1 096 sont complets.` */
export function headline(answer: Pick<QualityAnswer, "counts">, language: Language): string {
  const { complete, all } = completeness(answer);
  if (language === "fr")
    return `${counted(complete, ["jour", "jours"], "fr")} sur ${whole(all, "fr")} ${complete > 1 ? "sont complets" : "est complet"}.`;
  return `${whole(complete, "en")} of ${counted(all, ["day", "days"], "en")} ${complete === 1 ? "is" : "are"} complete.`;
}

/** `99,8 %`; never rounded up to all of them. */
export function shareOf(complete: number, all: number, language: Language): string {
  const share = complete === all ? 1 : Math.min(complete / all, 0.999);
  return percent(share, language, share === 1 ? 0 : 1);
}

/** Days that are not complete, as they are counted: one of them, several of them. */
const othersNames: Readonly<Partial<Record<DayState, Readonly<Record<Language, readonly [string, string]>>>>> = {
  estimated: {
    fr: ["jour a son total, ses heures sont estimées", "jours ont leur total, leurs heures sont estimées"],
    en: ["day has its total, its hours are estimated", "days have their total, their hours are estimated"],
  },
  typed: {
    fr: ["est saisi à la main", "sont saisis à la main"],
    en: ["is typed by hand", "are typed by hand"],
  },
  disagreeing: { fr: ["est en désaccord", "sont en désaccord"], en: ["disagrees", "disagree"] },
  partial: { fr: ["est incomplet", "sont incomplets"], en: ["is incomplete", "are incomplete"] },
  missing: { fr: ["est manquant", "sont manquants"], en: ["is missing", "are missing"] },
  not_asked: {
    fr: ["n'a pas encore été demandé", "n'ont pas encore été demandés"],
    en: ["has not been asked for yet", "have not been asked for yet"],
  },
};

/** `697 jours ont leur total, leurs heures sont estimées ; 1 est manquant.`; null where every day is complete. */
export function othersOf({ counts }: Pick<QualityAnswer, "counts">, language: Language): string | null {
  const parts = Object.entries(othersNames).flatMap(([state, names]) => {
    const count = Object.entries(counts).find(([name]) => name === state)?.[1] ?? 0;
    return count === 0 ? [] : [counted(count, names[language], language)];
  });
  return parts.length === 0 ? null : `${parts.join(language === "fr" ? "\u202f; " : "; ")}.`;
}

const subjectNames: Readonly<Record<Subject, Text>> = {
  consumption_curve: { fr: "Demi-heures de consommation", en: "Half-hours of consumption" },
  consumption_daily: { fr: "Total de consommation", en: "Total of consumption" },
  production_curve: { fr: "Demi-heures de production", en: "Half-hours of production" },
  production_daily: { fr: "Total de production", en: "Total of production" },
  max_power: { fr: "Puissance maximale", en: "Highest power" },
};
export const subjectName = (subject: Subject): Text => subjectNames[subject];

type Answer = NonNullable<QualityDayAnswer["questions"][number]["answer"]>;
const answerNames: Readonly<Record<Answer, Text>> = {
  complete: { fr: "reçue entière", en: "came whole" },
  partial: { fr: "reçue en partie", en: "came in part" },
  absent: { fr: "rien à donner", en: "nothing to give" },
  refused: { fr: "refusée", en: "refused" },
};
export const answerName = (answer: Answer): Text => answerNames[answer];

/** `14,82`, `14.82` or `14820 Wh` less its unit, as Wh; null where it is no amount of energy. */
export function wattHoursOf(text: string): number | null {
  const plain = text.replace(/[\s\u202f\u00a0]|kwh/gi, "").replace(",", ".");
  if (!/^\d{1,4}(\.\d{1,3})?$/.test(plain)) return null;
  return Math.round(Number(plain) * 1000);
}

/** `16 h 30 sur 24 h`, of the 23, 24 or 25 there are. */
export function presenceOf(
  { minutesPresent, minutesExpected }: Pick<QualityDayAnswer, "minutesPresent" | "minutesExpected">,
  language: Language,
): string {
  const [present, expected] = [minutesPresent, minutesExpected].map((minutes) => lengthOf(minutes));
  return language === "fr" ? `${present} sur ${expected}` : `${present} of ${expected}`;
}

function lengthOf(minutes: number): string {
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)}\u202fh${rest === 0 ? "" : `\u202f${String(rest).padStart(2, "0")}`}`;
}

/** What asking costs of the day's calls. */
export function askCost({ subjects }: Pick<QualityDayAnswer["ask"], "subjects">, language: Language): string {
  const calls = counted(subjects.length, language === "fr" ? ["appel", "appels"] : ["call", "calls"], language);
  if (language === "fr") return `Redemander ce jour coûte ${calls} à la passerelle.`;
  return `Asking for this day again costs ${calls} to the gateway.`;
}
