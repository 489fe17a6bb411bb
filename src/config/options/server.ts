import { hostName, wholeNumber } from "../kinds.ts";
import { option } from "../option.ts";

/** Where the API listens unless told otherwise. */
export const apiPort = 8181;
/** Where the page that Home Assistant's menu shows listens inside the app. */
export const webPort = 8100;

export const serverOptions = {
  api_port: option<number>({
    env: ["API_PORT"],
    kind: wholeNumber({ from: 0, to: 65_535 }),
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
  web_port: option<number | null>({
    env: ["LINKY_WEB_PORT"],
    kind: wholeNumber({ from: 0, to: 65_535 }),
    fallback: null,
    fallbackText: { fr: `${webPort} dans l'application, sinon aucun`, en: `${webPort} in the app, else none` },
    manifestType: "int(0,65535)?",
    name: { fr: "Port de la page", en: "Port of the page" },
    meaning: {
      fr: "Second port, qui répond comme celui de l'API : la page que montre le menu de Home Assistant ; 0 le désactive.",
      en: "A second port that answers like the API's: the page that Home Assistant's menu shows; 0 switches it off.",
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
      fr: "0.0.0.0 l'ouvre à tout le réseau, sans mot de passe : qui l'atteint peut lire votre consommation et changer le tableau Énergie.",
      en: "0.0.0.0 opens it to the whole network, without a password: whoever reaches it can read your consumption and change the Energy Dashboard.",
    },
  }),
};
