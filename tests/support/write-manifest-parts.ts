import packageFile from "../../package.json" with { type: "json" };
import { apiPort, webPort } from "../../src/config/options/server.ts";
import type { OptionKey } from "../../src/config/options.ts";
import type { Text } from "../../src/shared/language.ts";

/** Everything of the app's manifest that does not come from the options. Keys: apps/configuration of the developers' docs. */
export const manifestParts = {
  name: "Linky Bridge",
  version: packageFile.version,
  slug: "linky_bridge",
  description: "Votre compteur Linky dans Home Assistant, exact au wattheure près. Your Linky meter, to the watt-hour.",
  arch: ["aarch64", "amd64"],
  stage: "experimental",
  startup: "application",
  boot: "auto",
  // The image brings no init of its own: Docker's reaps what PostgreSQL leaves behind and passes signals on.
  init: true,
  // The first version of Home Assistant that takes `unit_class` and `mean_type` with statistics.
  homeassistant: "2025.11.0",
  homeassistant_api: true,
  services: ["mqtt:want"],
  ingress: true,
  ingress_port: webPort,
  panel_icon: "mdi:flash",
  panel_title: "Linky Bridge",
  // Closed until the user opens them.
  ports: { [`${webPort}/tcp`]: null, [`${apiPort}/tcp`]: null },
  // Where Home Assistant keeps certificates: a home-made authority of a broker may lie there.
  map: [{ type: "ssl", read_only: true }],
  watchdog: `http://[HOST]:[PORT:${apiPort}]/health`,
  apparmor: true,
  backup: "hot",
  // It leaves a dump in /data/backup, and a new installation starts from the newest:
  // files of a running cluster would be torn.
  backup_pre: "/usr/local/bin/linky-bridge backup",
  backup_exclude: ["pg[0-9]*/*", "demo-home/*"],
  // PostgreSQL is given four seconds to end in order, a broker ten to take a goodbye; a slow card needs room beyond both.
  timeout: 60,
  breaking_versions: [],
} as const;

/** What each port is for, as the app's network settings show it. */
export const portTexts: Readonly<Record<keyof typeof manifestParts.ports, Text>> = {
  [`${webPort}/tcp`]: {
    fr: "Page web (inutile pour le menu de Home Assistant ; demande aussi api_host: 0.0.0.0)",
    en: "Web page (not needed for Home Assistant's menu; needs api_host: 0.0.0.0 as well)",
  },
  [`${apiPort}/tcp`]: {
    fr: "API REST (demande aussi api_host: 0.0.0.0)",
    en: "REST API (needs api_host: 0.0.0.0 as well)",
  },
};

/** The defaults that the settings page shows from the start; every other option is shown on demand. */
export const shownDefaults = { client_id: "", client_secret: "", tariff_plans: [] } as const;

/** The order in which a user meets the options. */
export const manifestOrder: readonly OptionKey[] = [
  "client_id",
  "client_secret",
  "usage_points",
  "language",
  "tariff_plans",
  "homeassistant_enabled",
  "mqtt_enabled",
  "mqtt_broker",
  "mqtt_username",
  "mqtt_password",
  "mqtt_ca_cert",
  "mqtt_client_cert",
  "mqtt_client_key",
  "mqtt_topic_prefix",
  "mqtt_qos",
  "mqtt_retain",
  "mqtt_ha_discovery",
  "mqtt_ha_discovery_prefix",
  "mqtt_export_data",
  "state_class",
  "database_url",
  "gateway_url",
  "homeassistant_url",
  "homeassistant_token",
  "api_host",
  "web_password",
  "log_level",
  "log_format",
  "victoriametrics_enabled",
  "victoriametrics_url",
  "victoriametrics_read_url",
  "victoriametrics_delete_url",
  "victoriametrics_username",
  "victoriametrics_password",
  "victoriametrics_token",
  "victoriametrics_headers",
  "victoriametrics_labels",
  "victoriametrics_delete_auth_key",
  "victoriametrics_metric_names",
  "victoriametrics_tempo_colors",
  "victoriametrics_corrections",
  "victoriametrics_interval",
  "victoriametrics_export_data",
  "jeedom_enabled",
  "jeedom_url",
  "jeedom_api_key",
  "jeedom_timezone",
  "jeedom_unit",
  "jeedom_detail_days",
  "jeedom_interval",
  "jeedom_export_data",
  "homeassistant_states_enabled",
  "homeassistant_states_interval",
  "homeassistant_states_export_data",
  "prometheus_enabled",
  "prometheus_meter_label",
];
