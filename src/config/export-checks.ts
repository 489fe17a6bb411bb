import type { Rule } from "./cross-checks.ts";

/** What the options of the secondary destinations must be to one another. */
export const exportRules: readonly Rule[] = [
  {
    about: "victoriametrics_url",
    with: "victoriametrics_enabled",
    broken: (values) => values.victoriametrics_enabled === true && values.victoriametrics_url === null,
    text: {
      fr: "l'export vers VictoriaMetrics est demandé et son adresse manque ; écrivez par exemple http://192.168.1.10:8428.",
      en: "the export to VictoriaMetrics is asked for and its address is missing; write for example http://192.168.1.10:8428.",
    },
  },
  {
    about: "victoriametrics_password",
    with: "victoriametrics_username",
    broken: (values) => (values.victoriametrics_username === null) !== (values.victoriametrics_password === null),
    text: {
      fr: "le nom d'utilisateur et le mot de passe de VictoriaMetrics vont ensemble ; donnez les deux, ou aucun.",
      en: "user name and password of VictoriaMetrics go together; give both, or neither.",
    },
  },
  {
    about: "victoriametrics_token",
    with: "victoriametrics_username",
    broken: (values) => values.victoriametrics_token !== null && values.victoriametrics_username !== null,
    text: {
      fr: "un jeton est donné avec un nom d'utilisateur ; ne gardez que l'un des deux.",
      en: "a token is given together with a user name; keep one of the two.",
    },
  },
  {
    about: "victoriametrics_headers",
    with: "victoriametrics_token",
    broken: (values) =>
      Object.keys(values.victoriametrics_headers).some((name) => name.toLowerCase() === "authorization") &&
      (values.victoriametrics_token !== null || values.victoriametrics_username !== null),
    text: {
      fr: "l'en-tête Authorization est donné en plus d'un jeton ou d'un nom d'utilisateur ; n'en gardez qu'un.",
      en: "the header Authorization is given beside a token or a user name; keep one of them.",
    },
  },
  {
    about: "jeedom_url",
    with: "jeedom_enabled",
    broken: (values) => values.jeedom_enabled === true && values.jeedom_url === null,
    text: {
      fr: "l'export vers Jeedom est demandé et son adresse manque ; écrivez par exemple http://192.168.1.10, avec jeedom_api_key.",
      en: "the export to Jeedom is asked for and its address is missing; write for example http://192.168.1.10, with jeedom_api_key.",
    },
  },
  {
    about: "jeedom_api_key",
    with: "jeedom_url",
    broken: (values) => values.jeedom_enabled !== false && values.jeedom_url !== null && values.jeedom_api_key === null,
    text: {
      fr: "l'adresse de Jeedom est donnée sans clé ; copiez la clé API du plugin Virtuel (Réglages, Système, Configuration, API).",
      en: "the address of Jeedom is given without a key; copy the API key of the plugin Virtuel (Settings, System, Configuration, API).",
    },
  },
  {
    about: "jeedom_url",
    with: "jeedom_api_key",
    broken: (values) => values.jeedom_enabled !== false && values.jeedom_url === null && values.jeedom_api_key !== null,
    text: {
      fr: "une clé de Jeedom est donnée sans son adresse ; écrivez par exemple http://192.168.1.10.",
      en: "a key of Jeedom is given without its address; write for example http://192.168.1.10.",
    },
  },
  {
    about: "homeassistant_url",
    with: "homeassistant_states_enabled",
    broken: (values, { isApp }) => values.homeassistant_states_enabled && !isApp && values.homeassistant_url === null,
    text: {
      fr: "l'écriture d'états est demandée (homeassistant_states_enabled) et l'adresse de Home Assistant manque ; écrivez par exemple http://192.168.1.10:8123, avec homeassistant_token.",
      en: "writing states is asked for (homeassistant_states_enabled) and the address of Home Assistant is missing; write for example http://192.168.1.10:8123, with homeassistant_token.",
    },
  },
];
