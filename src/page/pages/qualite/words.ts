import type { DayState } from "../../../domain/day-state.ts";
import type { Subject } from "../../../domain/usage-point.ts";
import type { QualityAnswer, QualityDayAnswer } from "../../../server/api/quality.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { counted, whole } from "../../format.ts";
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
