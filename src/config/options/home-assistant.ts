import { homeAssistantToken } from "../credential.ts";
import { type HomeAssistantAddress, homeAssistantUrl } from "../home-assistant-url.ts";
import { flag } from "../kinds.ts";
import { option } from "../option.ts";

const ownInApp = {
  fr: "dans l'application : celle du superviseur ; sinon aucune",
  en: "in the app: the Supervisor's; else none",
};

export const homeAssistantOptions = {
  homeassistant_enabled: option<boolean | null>({
    env: ["HOMEASSISTANT_ENABLED"],
    kind: flag,
    fallback: null,
    fallbackText: {
      fr: "true dans l'application, ou dès que homeassistant_url est rempli",
      en: "true in the app, or as soon as homeassistant_url is filled in",
    },
    manifestType: "bool?",
    name: { fr: "Écrire dans Home Assistant", en: "Write to Home Assistant" },
    meaning: {
      fr: "Écrit les statistiques du tableau Énergie dans Home Assistant, heure par heure.",
      en: "Writes the Energy Dashboard's statistics to Home Assistant, hour by hour.",
    },
    advice: {
      fr: "false suspend l'écriture sans rien effacer.",
      en: "false suspends writing and removes nothing.",
    },
  }),
  homeassistant_url: option<HomeAssistantAddress | null>({
    env: ["HOMEASSISTANT_URL"],
    kind: homeAssistantUrl,
    fallback: null,
    fallbackText: ownInApp,
    manifestType: "str?",
    name: { fr: "Adresse de Home Assistant", en: "Address of Home Assistant" },
    meaning: {
      fr: "Adresse de Home Assistant, celle du navigateur jusqu'au port : http://192.168.1.10:8123.",
      en: "Address of Home Assistant, the browser's up to the port: http://192.168.1.10:8123.",
    },
    advice: {
      fr: "À remplir hors de l'application, avec homeassistant_token.",
      en: "Fill it in outside the app, together with homeassistant_token.",
    },
  }),
  homeassistant_token: option<string | null>({
    env: ["HOMEASSISTANT_TOKEN"],
    secret: true,
    fromFile: true,
    kind: homeAssistantToken,
    fallback: null,
    fallbackText: { fr: "dans l'application : celui du superviseur ; sinon aucun", en: ownInApp.en },
    manifestType: "password?",
    name: { fr: "Jeton de Home Assistant", en: "Home Assistant token" },
    meaning: {
      fr: "Jeton d'accès longue durée d'un compte administrateur (votre profil, onglet Sécurité).",
      en: "Long-lived access token of an administrator's account (your profile, Security tab).",
    },
    advice: {
      fr: "À remplacer s'il est révoqué dans Home Assistant.",
      en: "Replace it when it is revoked in Home Assistant.",
    },
  }),
};
