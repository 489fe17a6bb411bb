import { hostName, kind, wholeNumber } from "../kinds.ts";
import { option } from "../option.ts";
import { refuse } from "../remark.ts";

/** Where the API listens unless told otherwise. */
export const apiPort = 8181;
/** Where the page listens: inside the app it is what Home Assistant's menu shows. */
export const webPort = 8100;

const webPassword = kind((raw) =>
  [...raw].length >= 8
    ? raw
    : refuse(
        "le mot de passe est trop court ; écrivez 8 caractères au moins.",
        "the password is too short; write 8 characters at least.",
      ),
);

/** Random text, or several of them, the newest first. */
const secretKeys = kind((raw) => {
  const keys = raw.split(",").map((key) => key.trim());
  if (keys.every((key) => key.length >= 32)) return keys.join(",");
  return refuse(
    "la clé est trop courte : 32 caractères au moins, par exemple la réponse de openssl rand -hex 32.",
    "the key is too short: 32 characters at least, for example the answer of openssl rand -hex 32.",
  );
});

export const serverOptions = {
  api_port: option<number>({
    env: ["API_PORT"],
    // 0, which switches it off, is no example to follow.
    kind: wholeNumber({ from: 0, to: 65_535, example: apiPort }),
    fallback: apiPort,
    manifestType: "int(0,65535)?",
    name: { fr: "Port de l'API", en: "Port of the API" },
    meaning: {
      fr: "Port de l'API REST ; 0 la désactive.",
      en: "Port of the REST API; 0 switches it off.",
    },
    advice: {
      fr: "À changer si un autre programme tient déjà ce port.",
      en: "Change it if another program already holds that port.",
    },
  }),
  web_port: option<number>({
    env: ["LINKY_WEB_PORT"],
    kind: wholeNumber({ from: 0, to: 65_535, example: webPort }),
    fallback: webPort,
    manifestType: "int(0,65535)?",
    name: { fr: "Port de la page", en: "Port of the page" },
    meaning: {
      fr: "Port de la page, qui répond comme celui de l'API ; le menu de Home Assistant la montre. 0 le désactive.",
      en: "Port of the page, which answers like the API's; Home Assistant's menu shows it. 0 switches it off.",
    },
    advice: {
      fr: "À changer si un autre programme tient déjà ce port.",
      en: "Change it if another program already holds that port.",
    },
  }),
  api_host: option<string | null>({
    env: ["API_HOST"],
    kind: hostName,
    fallback: null,
    fallbackText: {
      fr: "`127.0.0.1` ; dans l'application, le superviseur seul est servi",
      en: "`127.0.0.1`; in the app, the Supervisor alone is served",
    },
    manifestType: "str?",
    name: { fr: "Adresse d'écoute de l'API", en: "Address the API listens on" },
    meaning: {
      fr: "Adresse ou nom de machine sur lequel l'API écoute.",
      en: "Address or host name on which the API listens.",
    },
    advice: {
      fr: "0.0.0.0 l'ouvre à tout le réseau ; un mot de passe (ou un jeton) y est alors demandé.",
      en: "0.0.0.0 opens it to the whole network; a password (or a token) is then asked for.",
    },
  }),
  web_password: option<string | null>({
    env: ["LINKY_PASSWORD"],
    secret: true,
    fromFile: true,
    verbatim: true,
    kind: webPassword,
    fallback: null,
    fallbackText: { fr: "choisi à la première visite", en: "chosen at the first visit" },
    manifestType: "password?",
    name: { fr: "Mot de passe de la page", en: "Password of the page" },
    meaning: {
      fr: "Mot de passe de la page et de l'API pour qui ne vient pas de Home Assistant, 8 caractères au moins.",
      en: "Password of the page and the API for whoever does not come from Home Assistant, 8 characters at least.",
    },
    advice: {
      fr: "Sans lui, le journal montre un code pour la première visite. Une nouvelle valeur remplace le mot de passe choisi dans la page.",
      en: "Without it, the log shows a code for the first visit. A new value replaces the password chosen in the page.",
    },
  }),
  secret_key: option<string | null>({
    env: ["LINKY_SECRET_KEY"],
    secret: true,
    fromFile: true,
    kind: secretKeys,
    fallback: null,
    fallbackText: {
      fr: "fichier secret.key du dossier des données, fait au premier besoin",
      en: "file secret.key of the data directory, made when first needed",
    },
    manifestType: "password?",
    name: { fr: "Clé des secrets", en: "Key of secrets" },
    meaning: {
      fr: "Clé qui chiffre dans la base les secrets donnés dans la page, 32 caractères au moins.",
      en: "Key that encrypts, in the database, the secrets given in the page, 32 characters at least.",
    },
    advice: {
      fr: "Pour garder la clé hors du disque. Nouvelle clé : écrivez-la devant l'ancienne, séparées par une virgule, puis linky-bridge secrets rotate.",
      en: "To keep the key off the disk. A new key: write it before the former one, separated by a comma, then linky-bridge secrets rotate.",
    },
  }),
};
