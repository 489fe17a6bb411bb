import { flows } from "../../domain/usage-point.ts";
import type { Text } from "../../shared/language.ts";
import { destinationNames } from "../../sync/exports/destination.ts";

/** What of a metric's labels may be; null: as many as there are meters. No label holds a date or the text of an error. */
export const labelValues = {
  pdl: null,
  type: ["daily", "monthly"],
  color: ["blue", "white", "red"],
  region: ["france"],
  destination: destinationNames,
  status: ["success", "error", "skipped"],
  version: null,
  source: ["gateway"],
  task: ["gateway", "home_assistant", ...destinationNames],
  endpoint: [
    "usage_points",
    "usage",
    "contract",
    "address",
    "consumption_curve",
    "consumption_daily",
    "production_curve",
    "production_daily",
    "max_power",
    "tempo",
    "ecowatt",
    "offers",
  ],
  code: [
    "data",
    "no_data",
    "before_activation",
    "wrong_flow",
    "refused",
    "quota",
    "unauthorized",
    "unavailable",
    "clock",
    "rejected",
  ],
  direction: flows,
  resolution: ["daily", "30min"],
} as const satisfies Readonly<Record<string, readonly string[] | null>>;
export type LabelName = keyof typeof labelValues;

export interface Metric {
  readonly name: string;
  readonly type: "gauge" | "counter" | "histogram";
  readonly labels: readonly LabelName[];
  readonly help: Text;
  /** Upper bounds, of a histogram. */
  readonly buckets?: readonly number[];
}

/**
 * Every metric of `/metrics`, in the order in which it is written. Those that begin with `myelectricaldata_` bear the
 * names that boards already use. A gauge is absent while its value is not known, or too old to be called current.
 */
export const metricReference = [
  {
    name: "myelectricaldata_consumption_wh",
    type: "gauge",
    labels: ["pdl", "type"],
    help: {
      fr: "Énergie soutirée, en Wh : du dernier jour connu (daily) et de son mois jusqu'à ce jour (monthly)",
      en: "Energy consumed, in Wh: of the latest known day (daily), and of its month up to that day (monthly)",
    },
  },
  {
    name: "myelectricaldata_production_wh",
    type: "gauge",
    labels: ["pdl", "type"],
    help: {
      fr: "Énergie injectée, en Wh : du dernier jour connu (daily) et de son mois jusqu'à ce jour (monthly)",
      en: "Energy produced, in Wh: of the latest known day (daily), and of its month up to that day (monthly)",
    },
  },
  {
    name: "myelectricaldata_cost_eur",
    type: "gauge",
    labels: ["pdl", "type"],
    help: {
      fr: "Coût de l'énergie soutirée, en euros et sans abonnement : du dernier jour connu et de son mois",
      en: "Cost of the energy consumed, in euros and without standing charge: of the latest known day, and of its month",
    },
  },
  {
    name: "myelectricaldata_max_power_va",
    type: "gauge",
    labels: ["pdl"],
    help: {
      fr: "Puissance apparente la plus haute du dernier jour connu, en VA",
      en: "Highest apparent power of the latest known day, in VA",
    },
  },
  {
    name: "myelectricaldata_tempo_color",
    type: "gauge",
    labels: ["color"],
    help: {
      fr: "1 pour la couleur Tempo en vigueur (de 6 h à 6 h), 0 pour les deux autres",
      en: "1 for the Tempo colour in force (from 06:00 to 06:00), 0 for the two others",
    },
  },
  {
    name: "myelectricaldata_tempo_remaining",
    type: "gauge",
    labels: ["color"],
    help: {
      fr: "Jours restants de la couleur dans la saison Tempo : ceux qui ne sont pas encore annoncés",
      en: "Days left of the colour in the Tempo season: those not announced yet",
    },
  },
  {
    name: "myelectricaldata_ecowatt_level",
    type: "gauge",
    labels: ["region"],
    help: {
      fr: "Niveau EcoWatt de l'heure en cours : 1 vert, 2 orange, 3 rouge",
      en: "EcoWatt level of the current hour: 1 green, 2 orange, 3 red",
    },
  },
  {
    name: "myelectricaldata_export_total",
    type: "counter",
    labels: ["destination", "status"],
    help: {
      fr: "Exports terminés vers une destination depuis le démarrage",
      en: "Exports to a destination that have ended since the start",
    },
  },
  {
    name: "myelectricaldata_export_records_total",
    type: "counter",
    labels: ["destination"],
    help: {
      fr: "Points apportés à une destination depuis le démarrage",
      en: "Points brought to a destination since the start",
    },
  },
  {
    name: "myelectricaldata_export_duration_seconds",
    type: "gauge",
    labels: ["destination"],
    help: { fr: "Durée du dernier export, en secondes", en: "How long the last export took, in seconds" },
  },
  {
    name: "linky_bridge_export_run_duration_seconds",
    type: "histogram",
    labels: ["destination"],
    buckets: [0.1, 0.5, 1, 5, 30, 120, 600],
    help: { fr: "Durées des exports, en secondes", en: "How long exports take, in seconds" },
  },
  {
    name: "linky_bridge_export_retries_total",
    type: "counter",
    labels: ["destination"],
    help: {
      fr: "Exports qui en refont un qui a échoué, depuis le démarrage",
      en: "Exports that repeat one that failed, since the start",
    },
  },
  {
    name: "linky_bridge_export_waiting_corrections",
    type: "gauge",
    labels: ["destination"],
    help: {
      fr: "Séries dont la correction attend, parce que la destination n'en supporte que peu",
      en: "Series whose correction waits, because the destination bears few of them",
    },
  },
  {
    name: "linky_bridge_export_up",
    type: "gauge",
    labels: ["destination"],
    help: {
      fr: "1 si le dernier export est allé jusqu'au bout, 0 sinon",
      en: "1 where the last export went all the way, else 0",
    },
  },
  {
    name: "linky_bridge_build_info",
    type: "gauge",
    labels: ["version"],
    help: { fr: "Toujours 1 ; la version est une étiquette", en: "Always 1; the version is a label" },
  },
  {
    name: "linky_bridge_sync_total",
    type: "counter",
    labels: ["source", "status"],
    help: {
      fr: "Relèves terminées depuis le démarrage ; error : au moins une demande n'a pas abouti ; skipped : rien n'était à demander",
      en: "Rounds of fetching that have ended since the start; error: at least one request failed; skipped: there was nothing to ask for",
    },
  },
  {
    name: "linky_bridge_sync_duration_seconds",
    type: "gauge",
    labels: ["source"],
    help: {
      fr: "Durée de la dernière relève qui a demandé quelque chose, en secondes",
      en: "How long the last round that asked for anything took, in seconds",
    },
  },
  {
    name: "linky_bridge_last_success_timestamp_seconds",
    type: "gauge",
    labels: ["task"],
    help: {
      fr: "Dernier succès d'une tâche, en secondes depuis 1970 ; une relève en erreur (error) n'en est pas un",
      en: "When a task last succeeded, in seconds since 1970; a round that is an error is no success",
    },
  },
  {
    name: "linky_bridge_last_attempt_timestamp_seconds",
    type: "gauge",
    labels: ["task"],
    help: {
      fr: "Dernier essai d'une tâche, en secondes depuis 1970",
      en: "When a task was last tried, in seconds since 1970",
    },
  },
  {
    name: "linky_bridge_gateway_requests_total",
    type: "counter",
    labels: ["endpoint", "code"],
    help: {
      fr: "Demandes à la passerelle depuis le démarrage, par ce qui est demandé et ce qu'elle en a dit",
      en: "Requests to the gateway since the start, by what is asked for and what it said to it",
    },
  },
  {
    name: "linky_bridge_gateway_quota_remaining",
    type: "gauge",
    labels: [],
    help: {
      fr: "Demandes que la passerelle permet encore aujourd'hui (jour UTC)",
      en: "Requests that the gateway still allows today (UTC day)",
    },
  },
  {
    name: "linky_bridge_missing_days",
    type: "gauge",
    labels: ["pdl", "direction", "resolution"],
    help: {
      fr: "Jours passés sans aucune valeur (daily), ou sans toutes leurs demi-heures (30min)",
      en: "Past days without any value (daily), or without all of their half-hours (30min)",
    },
  },
  {
    name: "linky_bridge_data_latest_timestamp_seconds",
    type: "gauge",
    labels: ["pdl", "direction", "resolution"],
    help: {
      fr: "Fin du dernier jour connu (daily), ou connu à la demi-heure (30min), en secondes depuis 1970",
      en: "End of the latest day that is known (daily), or known by half-hours (30min), in seconds since 1970",
    },
  },
  {
    name: "linky_bridge_corrections_total",
    type: "counter",
    labels: ["direction"],
    help: {
      fr: "Jours dont la passerelle a changé une valeur qu'elle avait donnée, depuis toujours",
      en: "Days of which the gateway changed a value that it had given, ever",
    },
  },
  {
    name: "linky_bridge_mqtt_connected",
    type: "gauge",
    labels: [],
    help: {
      fr: "1 si le serveur MQTT est joint, 0 sinon ; absent si aucun n'est réglé",
      en: "1 while the MQTT broker is reached, else 0; absent where none is set",
    },
  },
  {
    name: "linky_bridge_database_up",
    type: "gauge",
    labels: [],
    help: { fr: "1 si la base de données répond, 0 sinon", en: "1 while the database answers, else 0" },
  },
] as const satisfies readonly Metric[];
export type MetricName = (typeof metricReference)[number]["name"];
