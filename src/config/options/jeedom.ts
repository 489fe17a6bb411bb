import { exportKinds } from "../../domain/export-kind.ts";
import { bareCredential } from "../credential.ts";
import { choice, flag, listOf, wholeNumber } from "../kinds.ts";
import { option } from "../option.ts";
import { serviceUrl } from "../service-url.ts";
import { timeZoneName } from "../time-zone.ts";
import { exportDataOption, intervalOption, none } from "./destination.ts";

export const jeedomUnits = ["kWh", "Wh"] as const;
export type JeedomUnit = (typeof jeedomUnits)[number];
const unitNames = ["kwh", "wh"] as const;
const unitOf = { kwh: "kWh", wh: "Wh" } as const satisfies Readonly<Record<(typeof unitNames)[number], JeedomUnit>>;

/** Calls of a first export: 48 a day, one after the other. */
const detailDays = { from: 0, to: 1_100 };

export const jeedomOptions = {
  jeedom_enabled: option<boolean | null>({
    env: ["JEEDOM_ENABLED"],
    kind: flag,
    fallback: null,
    fallbackText: { fr: "true dès que jeedom_url est rempli", en: "true as soon as jeedom_url is filled in" },
    manifestType: "bool?",
    name: { fr: "Exporter vers Jeedom", en: "Export to Jeedom" },
    meaning: {
      fr: "Crée les équipements dans Jeedom et y écrit l'historique et les valeurs du moment.",
      en: "Makes the equipment in Jeedom and writes history and current values to it.",
    },
    advice: {
      fr: "false suspend l'envoi sans effacer les autres réglages.",
      en: "false suspends the export and keeps the other settings.",
    },
  }),
  jeedom_url: option<string | null>({
    env: ["JEEDOM_URL"],
    fromFile: true,
    kind: serviceUrl("http://192.168.1.10", "jeedom_api_key"),
    fallback: null,
    fallbackText: none,
    manifestType: "str?",
    name: { fr: "Adresse de Jeedom", en: "Address of Jeedom" },
    meaning: {
      fr: "Adresse de Jeedom, celle du navigateur : http://192.168.1.10.",
      en: "Address of Jeedom, the browser's: http://192.168.1.10.",
    },
    advice: {
      fr: "L'adresse locale plutôt que celle du DNS Jeedom, qui peut bannir.",
      en: "The local address rather than Jeedom's DNS, which may ban.",
    },
  }),
  jeedom_api_key: option<string | null>({
    env: ["JEEDOM_API_KEY"],
    secret: true,
    fromFile: true,
    kind: bareCredential({ fr: "votre Jeedom", en: "your Jeedom" }),
    fallback: null,
    fallbackText: none,
    manifestType: "password?",
    name: { fr: "Clé API de Jeedom", en: "Jeedom API key" },
    meaning: {
      fr: "Clé API du plugin Virtuel (Réglages, Système, Configuration, API).",
      en: "API key of the plugin Virtuel (Settings, System, Configuration, API).",
    },
    advice: {
      fr: "Celle du plugin Virtuel, non restreinte, plutôt que la clé générale.",
      en: "That of the plugin Virtuel, unrestricted, rather than the general one.",
    },
  }),
  jeedom_timezone: option<string | null>({
    env: ["JEEDOM_TIMEZONE"],
    kind: timeZoneName,
    fallback: null,
    fallbackText: { fr: "celle que Jeedom indique, sinon Europe/Paris", en: "the one Jeedom tells, else Europe/Paris" },
    manifestType: "str?",
    name: { fr: "Fuseau horaire de Jeedom", en: "Time zone of Jeedom" },
    meaning: {
      fr: "Fuseau dans lequel Jeedom date son historique, par exemple Europe/Brussels.",
      en: "Zone in which Jeedom dates its history, for example Europe/Brussels.",
    },
    advice: {
      fr: "À remplir seulement si la clé ne peut pas le lire.",
      en: "Fill it in only where the key may not read it.",
    },
  }),
  jeedom_unit: option<JeedomUnit>({
    env: ["JEEDOM_UNIT"],
    kind: choice(unitNames).transform((name) => unitOf[name]),
    fallback: "kWh",
    manifestType: `list(${jeedomUnits.join("|")})?`,
    name: { fr: "Unité dans Jeedom", en: "Unit in Jeedom" },
    meaning: { fr: "Unité de l'énergie : kWh ou Wh.", en: "Unit of energy: kWh or Wh." },
    advice: {
      fr: "À choisir avant le premier export ; la changer renvoie l'historique.",
      en: "Choose it before the first export; changing it sends the history again.",
    },
  }),
  jeedom_detail_days: option<number>({
    env: ["JEEDOM_DETAIL_DAYS"],
    kind: wholeNumber(detailDays),
    fallback: 30,
    manifestType: `int(${detailDays.from},${detailDays.to})?`,
    name: { fr: "Jours de demi-heures", en: "Days of half-hours" },
    meaning: {
      fr: "Combien de jours passés sont envoyés demi-heure par demi-heure.",
      en: "How many past days are sent half-hour by half-hour.",
    },
    advice: {
      fr: "Chaque jour demande 48 appels à Jeedom la première fois.",
      en: "Each day takes 48 calls to Jeedom the first time.",
    },
  }),
  jeedom_interval: intervalOption("JEEDOM_INTERVAL"),
  jeedom_export_data: exportDataOption("JEEDOM_EXPORT_DATA", listOf(exportKinds), exportKinds),
};
