import { type BrokerAddress, brokerAddress } from "../broker-url.ts";
import { anyText, choice, flag, listOf, path, topicPrefix } from "../kinds.ts";
import { option } from "../option.ts";

export const mqttExportKinds = [
  "consumption_daily",
  "consumption_monthly",
  "consumption_detail",
  "production_daily",
  "tempo",
  "ecowatt",
] as const;
export type MqttExportKind = (typeof mqttExportKinds)[number];

export const stateClassModes = ["auto", "always", "never"] as const;
export type StateClassMode = (typeof stateClassModes)[number];

export type Qos = 0 | 1 | 2;

const none = { fr: "aucun", en: "none" };
const qosNames = ["0", "1", "2"] as const;
const qosLevels = { "0": 0, "1": 1, "2": 2 } as const satisfies Readonly<Record<string, Qos>>;

export const mqttOptions = {
  mqtt_enabled: option<boolean | null>({
    env: ["MQTT_ENABLED"],
    kind: flag,
    fallback: null,
    fallbackText: { fr: "true dès que mqtt_broker est rempli", en: "true as soon as mqtt_broker is filled in" },
    manifestType: "bool?",
    name: { fr: "Publier sur MQTT", en: "Publish to MQTT" },
    meaning: { fr: "Publie les valeurs sur le serveur MQTT.", en: "Publishes the values to the MQTT broker." },
    advice: {
      fr: "false suspend la publication sans effacer les autres réglages.",
      en: "false suspends publishing and keeps the other settings.",
    },
  }),
  mqtt_broker: option<BrokerAddress | null>({
    env: ["MQTT_BROKER"],
    flag: "--mqtt",
    flagCommand: "demo",
    fromFile: true,
    kind: brokerAddress,
    fallback: null,
    fallbackText: none,
    manifestType: "str?",
    name: { fr: "Serveur MQTT", en: "MQTT broker" },
    meaning: {
      fr: "Adresse du serveur MQTT : machine, machine:port ou mqtt://, mqtts://, ws://, wss:// suivi de la machine.",
      en: "Address of the MQTT broker: host, host:port or mqtt://, mqtts://, ws://, wss:// followed by the host.",
    },
    advice: {
      fr: "Celle du serveur que Home Assistant utilise ; port 1883 par défaut, 8883 avec TLS.",
      en: "That of the broker Home Assistant uses; port 1883 by default, 8883 with TLS.",
    },
  }),
  mqtt_username: option<string | null>({
    env: ["MQTT_USERNAME"],
    fromFile: true,
    kind: anyText,
    fallback: null,
    fallbackText: none,
    manifestType: "str?",
    name: { fr: "Utilisateur MQTT", en: "MQTT user" },
    meaning: { fr: "Nom d'utilisateur sur le serveur MQTT.", en: "User name on the MQTT broker." },
    advice: {
      fr: "À remplir si le serveur MQTT demande une connexion, ce qui est l'usage.",
      en: "Fill it in if the broker asks for a login, as most do.",
    },
  }),
  mqtt_password: option<string | null>({
    env: ["MQTT_PASSWORD"],
    secret: true,
    fromFile: true,
    verbatim: true,
    kind: anyText,
    fallback: null,
    fallbackText: none,
    manifestType: "password?",
    name: { fr: "Mot de passe MQTT", en: "MQTT password" },
    meaning: { fr: "Mot de passe de cet utilisateur.", en: "Password of that user." },
    advice: {
      fr: "Gardé à la lettre, guillemets et espaces compris.",
      en: "Kept to the letter, quotes and spaces included.",
    },
  }),
  mqtt_topic_prefix: option<string>({
    env: ["MQTT_TOPIC_PREFIX"],
    kind: topicPrefix,
    fallback: "myelectricaldata",
    manifestType: "str?",
    name: { fr: "Préfixe des sujets", en: "Topic prefix" },
    meaning: { fr: "Début de tous les sujets MQTT publiés.", en: "Beginning of every published MQTT topic." },
    advice: {
      fr: "À changer si un autre programme publie déjà sous ce préfixe.",
      en: "Change it if another program already publishes under this prefix.",
    },
  }),
  mqtt_qos: option<Qos>({
    env: ["MQTT_QOS"],
    kind: choice(qosNames).transform((name) => qosLevels[name]),
    fallback: 1,
    manifestType: "int(0,2)?",
    name: { fr: "Qualité de service", en: "Quality of service" },
    meaning: { fr: "Qualité de service MQTT : 0, 1 ou 2.", en: "MQTT quality of service: 0, 1 or 2." },
    advice: { fr: "1 convient partout.", en: "1 suits everyone." },
  }),
  mqtt_retain: option<boolean>({
    env: ["MQTT_RETAIN"],
    kind: flag,
    fallback: true,
    manifestType: "bool?",
    name: { fr: "Messages conservés", en: "Retained messages" },
    meaning: {
      fr: "Le serveur MQTT garde la dernière valeur de chaque sujet.",
      en: "The broker keeps the last value of each topic.",
    },
    advice: {
      fr: "Sans cela, les entités restent vides après un redémarrage de Home Assistant jusqu'à la prochaine publication.",
      en: "Without it, entities stay empty after a restart of Home Assistant until the next publication.",
    },
  }),
  mqtt_ha_discovery: option<boolean>({
    env: ["MQTT_HA_DISCOVERY"],
    kind: flag,
    fallback: true,
    manifestType: "bool?",
    name: { fr: "Découverte Home Assistant", en: "Home Assistant discovery" },
    meaning: {
      fr: "Annonce les appareils et entités à Home Assistant.",
      en: "Announces devices and entities to Home Assistant.",
    },
    advice: {
      fr: "false si vous n'utilisez que les sujets MQTT.",
      en: "false if you use the MQTT topics only.",
    },
  }),
  mqtt_ha_discovery_prefix: option<string>({
    env: ["MQTT_HA_DISCOVERY_PREFIX"],
    kind: topicPrefix,
    fallback: "homeassistant",
    manifestType: "str?",
    name: { fr: "Préfixe de découverte", en: "Discovery prefix" },
    meaning: {
      fr: "Préfixe sous lequel Home Assistant attend les annonces.",
      en: "Prefix under which Home Assistant expects announcements.",
    },
    advice: {
      fr: "À changer seulement si vous l'avez changé dans l'intégration MQTT de Home Assistant.",
      en: "Change it only if you changed it in Home Assistant's MQTT integration.",
    },
  }),
  mqtt_ca_cert: option<string | null>({
    env: ["MQTT_CA_CERT"],
    kind: path,
    fallback: null,
    fallbackText: { fr: "autorités du système", en: "the system's authorities" },
    manifestType: "str?",
    name: { fr: "Certificat d'autorité", en: "CA certificate" },
    meaning: {
      fr: "Fichier PEM de l'autorité qui a signé le certificat du serveur MQTT.",
      en: "PEM file of the authority that signed the broker's certificate.",
    },
    advice: {
      fr: "À remplir quand le certificat est fait maison ; une adresse sans protocole passe alors en mqtts://.",
      en: "Fill it in when the certificate is home-made; an address without a scheme then becomes mqtts://.",
    },
  }),
  mqtt_client_cert: option<string | null>({
    env: ["MQTT_CLIENT_CERT"],
    kind: path,
    fallback: null,
    fallbackText: none,
    manifestType: "str?",
    name: { fr: "Certificat client", en: "Client certificate" },
    meaning: {
      fr: "Fichier PEM du certificat client, avec mqtt_client_key.",
      en: "PEM file of the client certificate, with mqtt_client_key.",
    },
    advice: {
      fr: "Seulement si le serveur MQTT exige un certificat de ses clients.",
      en: "Only if the broker demands a certificate of its clients.",
    },
  }),
  mqtt_client_key: option<string | null>({
    env: ["MQTT_CLIENT_KEY"],
    kind: path,
    fallback: null,
    fallbackText: none,
    manifestType: "str?",
    name: { fr: "Clé du certificat client", en: "Client key" },
    meaning: {
      fr: "Fichier PEM de la clé du certificat client.",
      en: "PEM file of the client certificate's key.",
    },
    advice: { fr: "Va avec mqtt_client_cert.", en: "Goes with mqtt_client_cert." },
  }),
  mqtt_export_data: option<readonly MqttExportKind[]>({
    env: ["MQTT_EXPORT_DATA"],
    kind: listOf(mqttExportKinds),
    allowed: mqttExportKinds,
    fallback: mqttExportKinds,
    fallbackText: { fr: "tout", en: "everything" },
    manifestType: "str?",
    name: { fr: "Données publiées", en: "Published data" },
    meaning: {
      fr: `Ce qui est publié, séparé par des virgules : ${mqttExportKinds.join(", ")}.`,
      en: `What is published, separated by commas: ${mqttExportKinds.join(", ")}.`,
    },
    advice: { fr: "À raccourcir pour avoir moins d'entités.", en: "Shorten it to have fewer entities." },
  }),
  state_class: option<StateClassMode>({
    env: ["LINKY_STATE_CLASS"],
    kind: choice(stateClassModes),
    fallback: "auto",
    manifestType: "list(auto|always|never)?",
    name: { fr: "Classe d'état des totaux", en: "State class of totals" },
    meaning: {
      fr: "Si les totaux du jour, du mois et de l'année portent un state_class : auto, always ou never.",
      en: "Whether daily, monthly and yearly totals carry a state_class: auto, always or never.",
    },
    advice: {
      fr: "never si vous ne voulez pas de statistiques de ces totaux ; l'index du tableau Énergie n'est pas concerné.",
      en: "never if you want no statistics of these totals; the Energy Dashboard's index is not concerned.",
    },
  }),
};
