import { type Language, languages } from "../../shared/language.ts";
import { type LogLevel, logLevels } from "../../shared/log.ts";
import { choice, path } from "../kinds.ts";
import { option } from "../option.ts";

export const logFormats = ["text", "json"] as const;
export type LogFormat = (typeof logFormats)[number];

export const generalOptions = {
  language: option<Language>({
    env: ["LINKY_LANGUAGE"],
    flag: "--language",
    kind: choice(languages),
    fallback: "fr",
    manifestType: "list(fr|en)?",
    name: { fr: "Langue", en: "Language" },
    meaning: {
      fr: "Langue des noms d'entités, des messages et de l'aide : fr ou en.",
      en: "Language of entity names, messages and help: fr or en.",
    },
    advice: {
      fr: "À changer si vous préférez l'anglais ; les identifiants d'entités restent les mêmes.",
      en: "Change it if you prefer English; entity ids stay the same.",
    },
  }),
  log_level: option<LogLevel>({
    env: ["LINKY_LOG_LEVEL"],
    kind: choice(logLevels),
    fallback: "info",
    manifestType: `list(${logLevels.join("|")})?`,
    name: { fr: "Niveau du journal", en: "Log level" },
    meaning: {
      fr: `Détail du journal : ${logLevels.join(", ")}.`,
      en: `How much is logged: ${logLevels.join(", ")}.`,
    },
    advice: {
      fr: "debug montre chaque requête : utile le temps de comprendre un problème.",
      en: "debug shows each request: useful while you look into a problem.",
    },
  }),
  log_format: option<LogFormat>({
    env: ["LINKY_LOG_FORMAT"],
    kind: choice(logFormats),
    fallback: "text",
    manifestType: "list(text|json)?",
    name: { fr: "Format du journal", en: "Log format" },
    meaning: {
      fr: "text : une ligne lisible par étape ; json : un objet par ligne.",
      en: "text: one readable line a step; json: one object a line.",
    },
    advice: {
      fr: "json si un collecteur (Loki, Elasticsearch…) lit le journal.",
      en: "json if a collector (Loki, Elasticsearch…) reads the log.",
    },
  }),
  data_dir: option<string | null>({
    env: ["LINKY_DATA_DIR"],
    flag: "--data-dir",
    kind: path,
    fallback: null,
    fallbackText: {
      fr: "/data si /data/options.json existe ; /var/lib/linky-bridge pour root ; sinon ~/.local/share/linky-bridge",
      en: "/data if /data/options.json exists; /var/lib/linky-bridge for root; else ~/.local/share/linky-bridge",
    },
    manifestType: "str?",
    name: { fr: "Dossier des données", en: "Data directory" },
    meaning: {
      fr: "Dossier de la base PostgreSQL intégrée.",
      en: "Directory of the built-in PostgreSQL database.",
    },
    advice: {
      fr: "À changer pour garder l'historique sur un autre disque ; déplacez alors aussi son contenu.",
      en: "Change it to keep the history on another disk; move its content along.",
    },
  }),
};
