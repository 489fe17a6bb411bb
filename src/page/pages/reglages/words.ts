import { exportKinds, exportKindTexts } from "../../../domain/export-kind.ts";
import type { Setting } from "../../../server/api/settings.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { decimal, thinSpace, whole } from "../../format/amounts.ts";
import { capitalised } from "../../format/dates.ts";

/** What was typed or chosen and is not kept yet, by the option's key: as its control holds it. */
export type Draft = Readonly<Record<string, string | readonly string[]>>;

/** Where the value that counts is set: `Réglé dans cette page`. */
export function sourceOf({ source, environment, isSet, value, fallback }: Setting): Text {
  const names = environment[0] ?? "";
  switch (source) {
    case "page":
      return { fr: "Réglé dans cette page", en: "Set in this page" };
    case "environment":
      return { fr: `Réglé par l'environnement (${names})`, en: `Set by the environment (${names})` };
    case "options":
      return { fr: "Réglé dans les options de l'application", en: "Set in the app's options" };
    case "commandLine":
      return {
        fr: "Fixé par la commande de démarrage : ne se change pas ici",
        en: "Fixed by the command that started it: cannot be changed here",
      };
    case "default":
      return isSet || value !== null
        ? { fr: "Valeur par défaut", en: "Default value" }
        : { fr: `Non rempli : ${spoken(fallback.fr, "fr")}`, en: `Not filled in: ${spoken(fallback.en, "en")}` };
    default:
      return source satisfies never;
  }
}

/** `true` is no French, and neither is the name of an option: what is to be filled in is an address. */
export function spoken(text: string, language: Language): string {
  const [yes, no] = language === "fr" ? ["oui", "non"] : ["yes", "no"];
  return text
    .replaceAll("`", "")
    .replace(
      /\b[a-z_]+_(?:url|broker) (est rempli|is filled in)\b/,
      language === "fr" ? "l'adresse est donnée" : "the address is given",
    )
    .replace(/\btrue\b/g, yes)
    .replace(/\bfalse\b/g, no);
}

/** What it does; of a choice without the list of its codes, which stands below in words. */
export function meaningOf({ type, meaning }: Setting): Text {
  if (type !== "choice" && type !== "choices") return meaning;
  const short = (text: string): string => text.replace(/ ?: .*$/, ".").replace(/, séparé.*$|, separated.*$/, ".");
  return { fr: short(meaning.fr), en: short(meaning.en) };
}

/** Whether the page may change it: the command line leaves no say to anybody else. */
export const isOpen = ({ isSettable, source }: Setting): boolean => isSettable && source !== "commandLine";

/** The value in force as a control holds it. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** What a control holds as the API takes it; a number that cannot be read is left to the API's own sentence. */
export function typedValue(type: Setting["type"], text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  if (type === "boolean") return trimmed === "true";
  if (type !== "number") return trimmed;
  const number = Number(trimmed.replace(",", "."));
  return Number.isFinite(number) ? number : trimmed;
}

/** The changes of a draft as the API takes them: a secret that was left empty is kept as it is. */
export const changesOf = (draft: Draft, settings: readonly Setting[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    settings.flatMap(({ key, type, isSecret }) => {
      const held = draft[key];
      if (held === undefined) return [];
      const value = typeof held !== "string" ? (held.length === 0 ? null : held) : typedValue(type, held);
      return value === null && isSecret ? [] : [[key, value]];
    }),
  );

/** An option whose value was sent and is not answered yet: it is set in the page from now on, unless it was emptied. */
export const asSent = (setting: Setting, sent: Draft): Setting =>
  (sent[setting.key]?.length ?? 0) > 0 ? { ...setting, source: "page" } : setting;

const units: Readonly<Record<Language, readonly string[]>> = {
  fr: ["octets", "ko", "Mo", "Go"],
  en: ["bytes", "kB", "MB", "GB"],
};

/** `12,4 Mo`: of a file. */
export function size(bytes: number, language: Language): string {
  const step = bytes < 1000 ? 0 : bytes < 999_950 ? 1 : bytes < 999_950_000 ? 2 : 3;
  const value = bytes / 1000 ** step;
  return `${step === 0 ? whole(value, language) : decimal(value, 1, language)}${thinSpace}${units[language][step]}`;
}

/** The choices of options, as people call them; what is not here is its own name. */
const choiceNames: Readonly<Record<string, Text>> = {
  "language fr": { fr: "Français", en: "French" },
  "language en": { fr: "Anglais", en: "English" },
  "log_level trace": { fr: "Tout, jusqu'au contenu des échanges", en: "Everything, down to what is exchanged" },
  "log_level debug": { fr: "Détaillé", en: "Detailed" },
  "log_level info": { fr: "Normal", en: "Normal" },
  "log_level warn": { fr: "Ennuis seulement", en: "Troubles only" },
  "log_level error": { fr: "Erreurs seulement", en: "Errors only" },
  "log_level silent": { fr: "Rien", en: "Nothing" },
  "state_class auto": { fr: "Automatique", en: "Automatic" },
  "state_class always": { fr: "Toujours", en: "Always" },
  "state_class never": { fr: "Jamais", en: "Never" },
  "victoriametrics_metric_names documented": {
    fr: "Ceux de la documentation de MyElectricalData (myelectricaldata_consumption_wh)",
    en: "Those of MyElectricalData's documentation (myelectricaldata_consumption_wh)",
  },
  "victoriametrics_metric_names seed_code": {
    fr: "Ceux que son programme écrivait (electricity_consumption_value_wh)",
    en: "Those its program wrote (electricity_consumption_value_wh)",
  },
  "victoriametrics_metric_names prometheus": {
    fr: "Unités de base (linky_consumption_daily_joules)",
    en: "Base units (linky_consumption_daily_joules)",
  },
  "victoriametrics_tempo_colors english": { fr: "blue, white, red", en: "blue, white, red" },
  "victoriametrics_tempo_colors french": { fr: "BLEU, BLANC, ROUGE", en: "BLEU, BLANC, ROUGE" },
  "victoriametrics_corrections replace": { fr: "Réécrire la série", en: "Write the series again" },
  "victoriametrics_corrections append": { fr: "Ajouter la nouvelle valeur", en: "Add the new value" },
  "prometheus_meter_label full": { fr: "Le numéro entier", en: "The whole number" },
  "prometheus_meter_label last4": { fr: "Ses quatre derniers chiffres", en: "Its last four digits" },
  "prometheus_meter_label alias": { fr: "Un alias : meter_1, meter_2", en: "An alias: meter_1, meter_2" },
  "mqtt_export_data consumption_daily": { fr: "Consommation du jour", en: "Daily consumption" },
  "mqtt_export_data consumption_monthly": {
    fr: "Consommation du mois et de l'année",
    en: "Monthly and yearly consumption",
  },
  "mqtt_export_data consumption_detail": { fr: "Index et puissance maximale", en: "Index and highest power" },
  "mqtt_export_data production_daily": { fr: "Production du jour", en: "Daily production" },
  "mqtt_export_data tempo": { fr: "Couleurs Tempo", en: "Tempo colours" },
  "mqtt_export_data ecowatt": { fr: "Signaux EcoWatt", en: "EcoWatt signals" },
};

export const choiceName = (key: string, choice: string): Text =>
  choiceNames[`${key} ${choice}`] ?? kindName(key, choice) ?? { fr: choice, en: choice };

/** What a secondary destination is brought. */
function kindName(key: string, choice: string): Text | null {
  const kind = key.endsWith("_export_data") ? exportKinds.find((known) => known === choice) : undefined;
  if (kind === undefined) return null;
  const { fr, en } = exportKindTexts[kind];
  return { fr: capitalised(fr), en: capitalised(en) };
}
