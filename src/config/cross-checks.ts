import type { Text } from "../shared/language.ts";
import { exportRules } from "./export-checks.ts";
import type { OptionKey, OptionValues } from "./options.ts";
import { type Fault, type Place, remark } from "./remark.ts";

export interface Read {
  readonly values: OptionValues;
  /** Where an option was set, else where its user would set it. */
  readonly placeOf: (key: OptionKey) => Place;
  /** Options with a fault of their own: nothing more is said about them. */
  readonly faulty: ReadonlySet<OptionKey>;
}

interface Surroundings {
  /** Whether the Supervisor gave a token: Home Assistant needs no other setting then. */
  readonly isApp: boolean;
}

export interface Rule {
  readonly about: OptionKey;
  readonly with?: OptionKey;
  readonly broken: (values: OptionValues, surroundings: Surroundings) => boolean;
  readonly text: Text;
}

const plainTransport = ({ mqtt_broker: broker }: OptionValues): boolean =>
  broker?.scheme === "mqtt" || broker?.scheme === "ws";

/** What options must be to one another. */
const rules: readonly Rule[] = [
  ...exportRules,
  {
    about: "client_secret",
    with: "client_id",
    broken: ({ client_id: id, client_secret: secret }) =>
      id !== null && !id.startsWith("cli_") && secret?.startsWith("cli_") === true,
    text: {
      fr: "l'identifiant et le secret semblent échangés : c'est l'identifiant (client_id) qui commence par cli_ ; mettez chacun à sa place.",
      en: "the id and the secret seem to be swapped: it is the id (client_id) that begins with cli_; put each in its place.",
    },
  },
  {
    about: "client_secret",
    with: "client_id",
    broken: ({ client_id: id, client_secret: secret }) => id !== null && id === secret,
    text: {
      fr: "le secret est le même texte que l'identifiant ; recopiez le secret (client_secret) depuis la page de votre compte MyElectricalData.",
      en: "the secret is the same text as the id; copy the secret (client_secret) from your MyElectricalData account page.",
    },
  },
  {
    about: "homeassistant_url",
    with: "homeassistant_token",
    broken: (values, { isApp }) =>
      wantsHomeAssistant(values) &&
      !isApp &&
      values.homeassistant_url?.viaSupervisor === true &&
      values.homeassistant_token === null,
    text: {
      fr: "c'est l'adresse du superviseur, qui ne répond qu'aux applications de Home Assistant ; écrivez plutôt http://192.168.1.10:8123, avec homeassistant_token.",
      en: "this is the Supervisor's address, which answers apps of Home Assistant only; write http://192.168.1.10:8123 instead, with homeassistant_token.",
    },
  },
  {
    about: "homeassistant_token",
    with: "homeassistant_url",
    broken: (values) =>
      wantsHomeAssistant(values) &&
      values.homeassistant_url?.viaSupervisor === false &&
      values.homeassistant_token === null,
    text: {
      fr: "l'adresse de Home Assistant est donnée sans jeton ; créez un jeton d'accès longue durée avec un compte administrateur (votre profil, onglet Sécurité) et écrivez-le ici.",
      en: "the address of Home Assistant is given without a token; make a long-lived access token with an administrator's account (your profile, Security tab) and write it here.",
    },
  },
  {
    about: "homeassistant_token",
    with: "homeassistant_url",
    broken: (values, { isApp }) =>
      wantsHomeAssistant(values) && isApp && values.homeassistant_url === null && values.homeassistant_token !== null,
    text: {
      fr: "ce jeton est de trop : l'application emploie celui du superviseur ; supprimez-le, ou donnez aussi homeassistant_url.",
      en: "this token is too much: the app uses the Supervisor's; remove it, or give homeassistant_url as well.",
    },
  },
  {
    about: "homeassistant_url",
    with: "homeassistant_token",
    broken: (values, { isApp }) =>
      wantsHomeAssistant(values) && !isApp && values.homeassistant_url === null && values.homeassistant_token !== null,
    text: {
      fr: "un jeton est donné sans l'adresse de Home Assistant ; écrivez par exemple http://192.168.1.10:8123.",
      en: "a token is given without the address of Home Assistant; write for example http://192.168.1.10:8123.",
    },
  },
  {
    about: "homeassistant_url",
    with: "homeassistant_enabled",
    broken: (values, { isApp }) =>
      values.homeassistant_enabled === true &&
      !isApp &&
      values.homeassistant_url === null &&
      values.homeassistant_token === null,
    text: {
      fr: "l'écriture dans Home Assistant est demandée et son adresse manque ; écrivez par exemple http://192.168.1.10:8123, avec homeassistant_token.",
      en: "writing to Home Assistant is asked for and its address is missing; write for example http://192.168.1.10:8123, with homeassistant_token.",
    },
  },
  {
    about: "mqtt_broker",
    with: "mqtt_enabled",
    // In the app the Supervisor is asked for the broker.
    broken: ({ mqtt_enabled: enabled, mqtt_broker: broker }, { isApp }) =>
      enabled === true && broker === null && !isApp,
    text: {
      fr: "la publication MQTT est demandée et l'adresse du serveur manque ; écrivez par exemple mqtt://192.168.1.10:1883.",
      en: "publishing to MQTT is asked for and the broker's address is missing; write for example mqtt://192.168.1.10:1883.",
    },
  },
  {
    about: "mqtt_username",
    with: "mqtt_broker",
    broken: ({ mqtt_username: name, mqtt_broker: broker }) =>
      name !== null && broker !== null && broker.username !== null && broker.username !== name,
    text: {
      fr: "l'adresse du serveur MQTT contient un autre nom d'utilisateur ; ne gardez que l'un des deux.",
      en: "the broker's address holds another user name; keep one of the two.",
    },
  },
  {
    about: "mqtt_password",
    with: "mqtt_broker",
    broken: ({ mqtt_password: password, mqtt_broker: broker }) =>
      password !== null && broker !== null && broker.password !== null && broker.password !== password,
    text: {
      fr: "l'adresse du serveur MQTT contient un autre mot de passe ; ne gardez que l'un des deux.",
      en: "the broker's address holds another password; keep one of the two.",
    },
  },
  {
    // MQTT 3.1.1, 3.1.2.9: the password flag needs the user name flag.
    about: "mqtt_username",
    with: "mqtt_password",
    broken: ({ mqtt_username: name, mqtt_password: password, mqtt_broker: broker }) =>
      broker !== null && (name ?? broker.username) === null && (password ?? broker.password) !== null,
    text: {
      fr: "un mot de passe MQTT est donné sans nom d'utilisateur ; ajoutez le nom, ou supprimez le mot de passe.",
      en: "an MQTT password is given without a user name; add the name, or remove the password.",
    },
  },
  {
    about: "mqtt_client_key",
    with: "mqtt_client_cert",
    broken: ({ mqtt_client_cert: cert, mqtt_client_key: key }) => cert !== null && key === null,
    text: {
      fr: "le certificat client est donné sans sa clé ; ajoutez le chemin du fichier de la clé.",
      en: "the client certificate is given without its key; add the path of the key's file.",
    },
  },
  {
    about: "mqtt_client_cert",
    with: "mqtt_client_key",
    broken: ({ mqtt_client_cert: cert, mqtt_client_key: key }) => cert === null && key !== null,
    text: {
      fr: "la clé est donnée sans le certificat client ; ajoutez le chemin du fichier du certificat.",
      en: "the key is given without the client certificate; add the path of the certificate's file.",
    },
  },
  {
    about: "mqtt_broker",
    with: "mqtt_ca_cert",
    broken: (values) => plainTransport(values) && hasCertificate(values),
    text: {
      fr: "un certificat est donné alors que l'adresse du serveur MQTT n'est pas chiffrée ; écrivez mqtts:// (ou wss://), ou supprimez le certificat.",
      en: "a certificate is given while the broker's address is not encrypted; write mqtts:// (or wss://), or remove the certificate.",
    },
  },
  {
    about: "mqtt_topic_prefix",
    with: "mqtt_ha_discovery_prefix",
    broken: ({ mqtt_topic_prefix: own, mqtt_ha_discovery_prefix: discovery }) => own === discovery,
    text: {
      fr: "le préfixe des sujets est aussi celui de la découverte de Home Assistant ; choisissez-en un autre, par exemple myelectricaldata.",
      en: "the topics' prefix is also Home Assistant's discovery prefix; choose another one, for example myelectricaldata.",
    },
  },
];

const wantsHomeAssistant = ({ homeassistant_enabled: enabled }: OptionValues): boolean => enabled !== false;

export const hasCertificate = (values: OptionValues): boolean =>
  values.mqtt_ca_cert !== null || values.mqtt_client_cert !== null || values.mqtt_client_key !== null;

const missing: Readonly<Record<"client_id" | "client_secret", Text>> = {
  client_id: {
    fr: "l'identifiant client manque ; recopiez-le depuis la page de votre compte MyElectricalData, ou essayez « npm run demo » sans compte.",
    en: 'the client id is missing; copy it from your MyElectricalData account page, or try "npm run demo" without an account.',
  },
  client_secret: {
    fr: "le secret client manque ; recopiez-le depuis la page de votre compte MyElectricalData, ou essayez « npm run demo » sans compte.",
    en: 'the client secret is missing; copy it from your MyElectricalData account page, or try "npm run demo" without an account.',
  },
};

/** Faults between options; at most one is reported about each. */
export function crossCheck(
  { values, placeOf, faulty }: Read,
  { requireCredentials, ...surroundings }: Surroundings & { readonly requireCredentials: boolean },
): readonly Fault[] {
  const spoken = new Set(faulty);
  const faults: Fault[] = [];
  const report = (key: OptionKey, text: Text): void => {
    spoken.add(key);
    faults.push(remark(placeOf(key), text));
  };
  if (requireCredentials)
    for (const key of ["client_id", "client_secret"] as const)
      if (values[key] === null && !spoken.has(key)) report(key, missing[key]);
  for (const rule of rules) {
    if (spoken.has(rule.about) || (rule.with !== undefined && faulty.has(rule.with))) continue;
    if (rule.broken(values, surroundings)) report(rule.about, rule.text);
  }
  return faults;
}
