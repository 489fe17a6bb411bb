import { parisOffsetMs } from "../domain/calendar.ts";
import type { DayQuality } from "../domain/day.ts";
import type { TempoColor } from "../domain/tempo.ts";
import { type Instant, type LocalDate, minuteMs, toKwh, type Wh } from "../domain/units.ts";
import type { Flow } from "../domain/usage-point.ts";
import type { Language, Text } from "../shared/language.ts";
import type { Reason } from "../sync/plan/call.ts";

/** `14,826 kWh` or `14.826 kWh`: exact to the watt-hour. */
export function kwh(energy: Wh, language: Language): string {
  const text = toKwh(energy).toLocaleString(language === "fr" ? "fr-FR" : "en-GB", { minimumFractionDigits: 3 });
  return `${text} kWh`;
}

/** `1 234,57 €` or `€1,234.57`. */
export const euros = (value: number, language: Language): string =>
  value.toLocaleString(language === "fr" ? "fr-FR" : "en-GB", { style: "currency", currency: "EUR" });

export const number = (value: number, language: Language): string =>
  value.toLocaleString(language === "fr" ? "fr-FR" : "en-GB");

const longDate = { fr: format("fr-FR"), en: format("en-GB") } as const;
function format(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
}

/** `jeudi 19 novembre 2026`. */
export const dayInWords = (date: LocalDate, language: Language): string =>
  longDate[language].format(Date.parse(`${date}T00:00:00Z`));

/** `novembre 2026`, `2026`: a month `2026-11` or a year `2026`. */
export function periodInWords(period: string, language: Language): string {
  if (!period.includes("-")) return period;
  const locale = language === "fr" ? "fr-FR" : "en-GB";
  return new Intl.DateTimeFormat(locale, { timeZone: "UTC", month: "long", year: "numeric" }).format(
    Date.parse(`${period}-01T00:00:00Z`),
  );
}

/** What stands between a title and what is said of it: French has a space before it. */
export const colon: Text = { fr: " :", en: ":" };

/** `0 jour`, `1 jour`, `2 jours`; `0 days`, `1 day`: in French nothing is singular. */
export const counted = (count: number, [one, many]: readonly [string, string], language: Language): string =>
  `${number(count, language)} ${count === 1 || (count === 0 && language === "fr") ? one : many}`;

/** `47 %`, `47%`. */
export const percent = (share: number, language: Language): string => (language === "fr" ? `${share} %` : `${share}%`);

export const colorWord: Readonly<Record<TempoColor, Text>> = {
  BLEU: { fr: "bleu", en: "blue" },
  BLANC: { fr: "blanc", en: "white" },
  ROUGE: { fr: "rouge", en: "red" },
};

/** `2026-11-21 08:07` on a Paris clock. */
export const momentOf = (at: Instant): string =>
  new Date(Math.floor((at + parisOffsetMs(at)) / minuteMs) * minuteMs).toISOString().slice(0, 16).replace("T", " ");

export const flowWord: Readonly<Record<Flow, Text>> = {
  consumption: { fr: "consommation", en: "consumption" },
  production: { fr: "production", en: "production" },
};

export const qualityWord: Readonly<Record<DayQuality, Text>> = {
  complete: { fr: "complet", en: "complete" },
  partial: { fr: "partiel", en: "partial" },
  estimated: { fr: "estimé", en: "estimated" },
  disagreeing: { fr: "en désaccord", en: "disagreeing" },
};

export const reasonWord: Readonly<Record<Reason, Text>> = {
  usage_points: { fr: "liste des compteurs", en: "list of meters" },
  usage: { fr: "compteur d'appels", en: "call counter" },
  tempo: { fr: "couleurs Tempo", en: "Tempo colours" },
  contract: { fr: "contrat", en: "contract" },
  yesterday: { fr: "derniers jours par demi-heure", en: "last days by half-hour" },
  ecowatt: { fr: "signaux EcoWatt", en: "EcoWatt signals" },
  recent: { fr: "derniers jours par jour", en: "last days by day" },
  wished: { fr: "jours demandés", en: "wished days" },
  address: { fr: "adresse", en: "address" },
  offers: { fr: "offres des fournisseurs", en: "suppliers' offers" },
  history_daily: { fr: "historique par jour", en: "history by day" },
  history_curve: { fr: "historique par demi-heure", en: "history by half-hour" },
  reread: { fr: "relecture", en: "re-reading" },
  hole: { fr: "jours manquants", en: "missing days" },
};

let startedAs: { readonly program: string; readonly options: string } = { program: "linky-bridge", options: "" };

/** Told once by `main`: how the user started the program, and which options a next command needs to find the same data. */
export function rememberStart(start: {
  readonly viaNpm: boolean;
  readonly dataDir?: string;
  readonly optionsPath?: string;
}): void {
  const options = [
    start.dataDir === undefined ? "" : ` --data-dir ${start.dataDir}`,
    start.optionsPath === undefined ? "" : ` --options ${start.optionsPath}`,
  ];
  startedAs = { program: start.viaNpm ? "npm run linky-bridge --" : "linky-bridge", options: options.join("") };
}

/** A command as this user may type it: `typed("energy apply --yes")`. */
export const typed = (words: string): string => `${startedAs.program} ${words}${startedAs.options}`;
