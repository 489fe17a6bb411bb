import { addDays } from "../../domain/calendar.ts";
import type { ProfileAnswer, ProfileView } from "../../server/api/profile.ts";
import type { Language, Text } from "../../shared/language.ts";
import type { LinesModel } from "../charts/model.ts";
import type { Tone } from "../charts/tones.ts";
import { capitalised, counted, power, timeOf } from "../format.ts";
import type { Span } from "./compared.ts";
import { texts } from "./texts.ts";

export type ProfileKind = "week" | "season";

/** The API averages so many days at a time. */
const mostDays = 366;

/** What of the span an average day can be made of: its latest year. */
export function latestYearOf({ from, to }: Span): Span {
  const first = addDays(to, 1 - mostDays);
  return { from: from < first ? first : from, to };
}

interface Shown {
  readonly label: Text;
  readonly tone: Tone;
  readonly view: ProfileView;
}

function shownOf(answer: ProfileAnswer, kind: ProfileKind): Shown[] {
  const all: readonly (readonly [Text, Tone, ProfileView | null])[] =
    kind === "week"
      ? [
          [texts.weekday, "power", answer.weekday],
          [texts.saturday, "cost", answer.saturday],
          [texts.sunday, "production", answer.sunday],
        ]
      : [
          [texts.winter, "power", answer.winter.all],
          [texts.summer, "production", answer.summer.all],
        ];
  return all.flatMap(([label, tone, view]) => (view === null ? [] : [{ label, tone, view }]));
}

export interface ProfileOptions {
  readonly kind: ProfileKind;
  readonly language: Language;
}

/** Mean power in kW by the clock, a line for each kind of day that has any. */
export function profileModel(answer: ProfileAnswer, { kind, language }: ProfileOptions): LinesModel {
  const shown = shownOf(answer, kind);
  const count = answer.step === "hour" ? 24 : 48;
  const minutes = 1440 / count;
  return {
    kind: "lines",
    unit: "kW",
    format: (value) => power(value === null ? null : Math.round(value * 1000), language),
    places: Array.from({ length: count }, (_, position) => {
      const [from, to] = [position * minutes, (position + 1) * minutes].map((at) => timeOf(at, language));
      return {
        key: String(position),
        label: from ?? "",
        title: capitalised(language === "fr" ? `de ${from} à ${to}` : `${from} to ${to}`),
      };
    }),
    lines: shown.map(({ label, tone, view }) => ({
      tone,
      label: label[language],
      values: view.meanW.map((mean) => (mean === null ? null : mean / 1000)),
      isStepped: true,
    })),
  };
}

/** `Moyenne de 261 jours complets : …` */
export function profileNote(answer: ProfileAnswer, { kind, language }: ProfileOptions): string {
  const words = language === "fr" ? (["jour", "jours"] as const) : (["day", "days"] as const);
  const parts = shownOf(answer, kind).map(
    ({ label, view }) => `${label[language].toLocaleLowerCase()} : ${counted(view.days, words, language)}`,
  );
  return language === "fr"
    ? `Moyenne des journées complètes (${parts.join(", ")}).`
    : `Mean of the complete days (${parts.join(", ").replaceAll(" :", ":")}).`;
}
