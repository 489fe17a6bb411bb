import { exportKinds } from "../../domain/export-kind.ts";
import { bareCredential } from "../credential.ts";
import { anyText, choice, flag, listOf } from "../kinds.ts";
import { option } from "../option.ts";
import { serviceUrl } from "../service-url.ts";
import { metricLabels, requestHeaders, type TextMap } from "../text-map.ts";
import { exportDataOption, intervalOption, none } from "./destination.ts";

export const metricNameStyles = ["documented", "seed_code", "prometheus"] as const;
export type MetricNameStyle = (typeof metricNameStyles)[number];
export const tempoColorStyles = ["english", "french"] as const;
export type TempoColorStyle = (typeof tempoColorStyles)[number];
export const correctionModes = ["replace", "append"] as const;
export type CorrectionMode = (typeof correctionModes)[number];

const example = "http://192.168.1.10:8428";
const url = serviceUrl(example, "victoriametrics_username, victoriametrics_password");

export const victoriaMetricsOptions = {
  victoriametrics_enabled: option<boolean | null>({
    env: ["VICTORIAMETRICS_ENABLED"],
    kind: flag,
    fallback: null,
    fallbackText: {
      fr: "true dès que victoriametrics_url est rempli",
      en: "true as soon as victoriametrics_url is filled in",
    },
    manifestType: "bool?",
    name: { fr: "Exporter vers VictoriaMetrics", en: "Export to VictoriaMetrics" },
    meaning: {
      fr: "Envoie l'historique et ses corrections à VictoriaMetrics.",
      en: "Sends the history and its corrections to VictoriaMetrics.",
    },
    advice: {
      fr: "false suspend l'envoi sans effacer les autres réglages.",
      en: "false suspends the export and keeps the other settings.",
    },
  }),
  victoriametrics_url: option<string | null>({
    env: ["VICTORIAMETRICS_URL"],
    fromFile: true,
    kind: url,
    fallback: null,
    fallbackText: none,
    manifestType: "str?",
    name: { fr: "Adresse de VictoriaMetrics", en: "Address of VictoriaMetrics" },
    meaning: {
      fr: `Adresse de base où écrire : ${example}, ou http://vminsert:8480/insert/0/prometheus pour une grappe.`,
      en: `Base address to write to: ${example}, or http://vminsert:8480/insert/0/prometheus for a cluster.`,
    },
    advice: {
      fr: "Démarrez VictoriaMetrics avec -retentionPeriod=100y -dedup.minScrapeInterval=1ms.",
      en: "Start VictoriaMetrics with -retentionPeriod=100y -dedup.minScrapeInterval=1ms.",
    },
  }),
  victoriametrics_read_url: option<string | null>({
    env: ["VICTORIAMETRICS_READ_URL"],
    kind: url,
    fallback: null,
    fallbackText: { fr: "celle d'écriture", en: "the one to write to" },
    manifestType: "str?",
    name: { fr: "Adresse de lecture", en: "Address to read from" },
    meaning: {
      fr: "Adresse de base où relire ce qui a été écrit, si elle diffère.",
      en: "Base address to read back from, where it is another one.",
    },
    advice: {
      fr: "Pour une grappe, par exemple http://vmselect:8481/select/0/prometheus.",
      en: "For a cluster, for example http://vmselect:8481/select/0/prometheus.",
    },
  }),
  victoriametrics_delete_url: option<string | null>({
    env: ["VICTORIAMETRICS_DELETE_URL"],
    kind: url,
    fallback: null,
    fallbackText: { fr: "celle d'écriture", en: "the one to write to" },
    manifestType: "str?",
    name: { fr: "Adresse d'effacement", en: "Address to delete at" },
    meaning: {
      fr: "Adresse de base où effacer une série à corriger, si elle diffère.",
      en: "Base address where a series to be corrected is deleted, where it is another one.",
    },
    advice: {
      fr: "Pour une grappe, par exemple http://vmselect:8481/delete/0/prometheus.",
      en: "For a cluster, for example http://vmselect:8481/delete/0/prometheus.",
    },
  }),
  victoriametrics_username: option<string | null>({
    env: ["VICTORIAMETRICS_USERNAME"],
    fromFile: true,
    kind: anyText,
    fallback: null,
    fallbackText: none,
    manifestType: "str?",
    name: { fr: "Utilisateur VictoriaMetrics", en: "VictoriaMetrics user" },
    meaning: { fr: "Nom d'utilisateur de VictoriaMetrics.", en: "User name at VictoriaMetrics." },
    advice: { fr: "À remplir s'il demande une connexion.", en: "Fill it in if it asks for a login." },
  }),
  victoriametrics_password: option<string | null>({
    env: ["VICTORIAMETRICS_PASSWORD"],
    secret: true,
    fromFile: true,
    verbatim: true,
    kind: anyText,
    fallback: null,
    fallbackText: none,
    manifestType: "password?",
    name: { fr: "Mot de passe VictoriaMetrics", en: "VictoriaMetrics password" },
    meaning: { fr: "Mot de passe de cet utilisateur.", en: "Password of that user." },
    advice: {
      fr: "Gardé à la lettre, guillemets et espaces compris.",
      en: "Kept to the letter, quotes and spaces included.",
    },
  }),
  victoriametrics_token: option<string | null>({
    env: ["VICTORIAMETRICS_TOKEN"],
    secret: true,
    fromFile: true,
    kind: bareCredential({ fr: "votre vmauth", en: "your vmauth" }),
    fallback: null,
    fallbackText: none,
    manifestType: "password?",
    name: { fr: "Jeton VictoriaMetrics", en: "VictoriaMetrics token" },
    meaning: { fr: "Jeton porteur (bearer) demandé par vmauth.", en: "Bearer token that vmauth asks for." },
    advice: {
      fr: "À la place du nom d'utilisateur et du mot de passe.",
      en: "Instead of user name and password.",
    },
  }),
  victoriametrics_headers: option<TextMap>({
    env: ["VICTORIAMETRICS_HEADERS"],
    secret: true,
    fromFile: true,
    kind: requestHeaders,
    fallback: {},
    fallbackText: none,
    manifestType: "password?",
    name: { fr: "En-têtes HTTP", en: "HTTP headers" },
    meaning: {
      fr: 'En-têtes ajoutés à chaque demande, en JSON : {"X-Scope-OrgID":"maison"}.',
      en: 'Headers added to each request, in JSON: {"X-Scope-OrgID":"home"}.',
    },
    advice: { fr: "Pour un serveur intermédiaire qui en demande.", en: "For a proxy that asks for some." },
  }),
  victoriametrics_labels: option<TextMap>({
    env: ["VICTORIAMETRICS_LABELS"],
    kind: metricLabels,
    fallback: {},
    fallbackText: none,
    manifestType: "str?",
    name: { fr: "Étiquettes", en: "Labels" },
    meaning: {
      fr: 'Étiquettes ajoutées à chaque série, en JSON : {"maison":"principale"}.',
      en: 'Labels added to each series, in JSON: {"home":"main"}.',
    },
    advice: {
      fr: "Les changer crée d'autres séries, où tout l'historique est renvoyé ; les anciennes restent.",
      en: "Changing them makes other series, to which all history is sent again; the former ones stay.",
    },
  }),
  victoriametrics_delete_auth_key: option<string | null>({
    env: ["VICTORIAMETRICS_DELETE_AUTH_KEY"],
    secret: true,
    fromFile: true,
    kind: anyText,
    fallback: null,
    fallbackText: none,
    manifestType: "password?",
    name: { fr: "Clé d'effacement", en: "Key for deletion" },
    meaning: {
      fr: "Valeur de -deleteAuthKey, si VictoriaMetrics en demande une pour effacer.",
      en: "Value of -deleteAuthKey, where VictoriaMetrics asks for one to delete.",
    },
    advice: {
      fr: "Sans droit d'effacer, mettez victoriametrics_corrections à append.",
      en: "Without the right to delete, set victoriametrics_corrections to append.",
    },
  }),
  victoriametrics_metric_names: option<MetricNameStyle>({
    env: ["VICTORIAMETRICS_METRIC_NAMES"],
    kind: choice(metricNameStyles),
    fallback: "documented",
    manifestType: `list(${metricNameStyles.join("|")})?`,
    name: { fr: "Noms des métriques", en: "Metric names" },
    meaning: {
      fr: "documented : noms de la documentation de MyElectricalData (myelectricaldata_consumption_wh) ; seed_code : ceux que son programme écrivait (electricity_consumption_value_wh) ; prometheus : unités de base (linky_consumption_daily_joules).",
      en: "documented: names of MyElectricalData's documentation (myelectricaldata_consumption_wh); seed_code: those its program wrote (electricity_consumption_value_wh); prometheus: base units (linky_consumption_daily_joules).",
    },
    advice: {
      fr: "À changer pour garder des tableaux Grafana existants.",
      en: "Change it to keep Grafana boards that you have.",
    },
  }),
  victoriametrics_tempo_colors: option<TempoColorStyle>({
    env: ["VICTORIAMETRICS_TEMPO_COLORS"],
    kind: choice(tempoColorStyles),
    fallback: "english",
    manifestType: `list(${tempoColorStyles.join("|")})?`,
    name: { fr: "Couleurs Tempo", en: "Tempo colours" },
    meaning: {
      fr: "Étiquette color : english écrit blue, white, red ; french écrit BLEU, BLANC, ROUGE.",
      en: "Label color: english writes blue, white, red; french writes BLEU, BLANC, ROUGE.",
    },
    advice: { fr: "Celle que vos tableaux Grafana filtrent.", en: "The one that your Grafana boards filter on." },
  }),
  victoriametrics_corrections: option<CorrectionMode>({
    env: ["VICTORIAMETRICS_CORRECTIONS"],
    kind: choice(correctionModes),
    fallback: "replace",
    manifestType: `list(${correctionModes.join("|")})?`,
    name: { fr: "Corrections", en: "Corrections" },
    meaning: {
      fr: "replace efface la série corrigée et la renvoie entière ; append ajoute la valeur, et VictoriaMetrics garde alors la plus grande des deux.",
      en: "replace deletes the corrected series and sends all of it again; append adds the value, of which VictoriaMetrics then keeps the larger one.",
    },
    advice: {
      fr: "append seulement si l'effacement est interdit : une correction à la baisse y est perdue.",
      en: "append only where deletion is forbidden: a correction downwards is lost there.",
    },
  }),
  victoriametrics_interval: intervalOption("VICTORIAMETRICS_INTERVAL"),
  victoriametrics_export_data: exportDataOption("VICTORIAMETRICS_EXPORT_DATA", listOf(exportKinds), exportKinds),
};
