import { shortId } from "../shared/log.ts";
import type { Config } from "./config.ts";

/** The configuration for a log line or a report: no secret, and of a usage point its last four digits. */
export function describeConfig(config: Config): Readonly<Record<string, unknown>> {
  const { gateway, homeAssistant, mqtt, exports } = config;
  return {
    language: config.language,
    timezone: config.timezone,
    logLevel: config.log.level,
    logFormat: config.log.format,
    dataDir: config.dataDir ?? "default",
    gateway: gateway.url,
    clientId: gateway.clientId !== null,
    clientSecret: gateway.clientSecret !== null,
    usagePoints: gateway.usagePoints.length === 0 ? "all" : gateway.usagePoints.map(shortId),
    database: config.database.url === null ? "built-in" : withoutCredentials(config.database.url),
    api: config.server === null ? "off" : `${config.server.host}:${config.server.port}`,
    homeAssistant: homeAssistant === null ? "off" : homeAssistant.websocketUrl,
    tariffPlans: config.tariffPlans.length,
    victoriaMetrics: exports.victoriaMetrics?.writeUrl ?? "off",
    jeedom: exports.jeedom?.url ?? "off",
    homeAssistantStates: exports.states?.apiUrl ?? "off",
    prometheus: config.prometheus === null ? "off" : "/metrics",
    mqtt: mqtt === null ? "off" : mqtt.url,
    ...(mqtt === null
      ? {}
      : {
          mqttLogin: mqtt.username === null ? "anonymous" : mqtt.password === null ? "user" : "user and password",
          mqttTopicPrefix: mqtt.topicPrefix,
          mqttQos: mqtt.qos,
          mqttRetain: mqtt.retain,
          mqttDiscovery: mqtt.discovery.enabled ? mqtt.discovery.prefix : "off",
          mqttExportData: mqtt.exportData,
          mqttStateClass: mqtt.stateClass,
        }),
  };
}

/** Host, port and database only: a user name may say too much, and parameters may hold a password. */
function withoutCredentials(address: string): string {
  const url = URL.parse(address);
  return url === null ? "set" : `${url.protocol}//${url.host}${url.pathname}`;
}
