import { SupervisorFailure } from "./adapters/supervisor/failure.ts";
import { fetchMqttService } from "./adapters/supervisor/mqtt-service.ts";
import type { Config, MqttConfig } from "./config/config.ts";
import type { Clock } from "./shared/clock.ts";
import type { Text } from "./shared/language.ts";
import type { Logger } from "./shared/log.ts";

/**
 * Until the Supervisor is asked again whether there is a broker, doubled from one question to the next: after a start of
 * the whole machine it is soon there, and later its user may be installing one.
 */
const firstAskAgainMs = 4_000;
const longestAskAgainMs = 60_000;

/** The config with the broker of Home Assistant's own, where the user named none and the Supervisor knows one. */
export async function withSupervisorBroker(config: Config, log: Logger, signal: AbortSignal): Promise<Config> {
  if (!asksSupervisor(config)) return config;
  try {
    const mqtt = await brokerOf(config, signal);
    if (mqtt !== null) return { ...config, mqtt };
    log.warn(noBroker[config.language]);
  } catch (error) {
    if (!(error instanceof SupervisorFailure)) throw error;
    log.warn({ reason: error.reason }, error.text[config.language]);
  }
  return config;
}

const noBroker: Text = {
  fr: "Aucun serveur MQTT n'est connu du superviseur : les entités attendent. Installez l'application Mosquitto broker, ou remplissez mqtt_broker.",
  en: "The Supervisor knows no MQTT broker: entities wait. Install the Mosquitto broker app, or fill in mqtt_broker.",
};

/** Resolves once the Supervisor knows a broker that `config` still lacks; never where there is nothing to wait for. */
export async function brokerAppears(config: Config, clock: Clock, signal: AbortSignal): Promise<void> {
  if (config.mqtt === null && asksSupervisor(config))
    for (let pauseMs = firstAskAgainMs; !signal.aborted; pauseMs = Math.min(2 * pauseMs, longestAskAgainMs)) {
      await clock.sleep(pauseMs, signal).catch(() => undefined);
      if (!signal.aborted && (await brokerOf(config, signal).catch(() => null)) !== null) return;
    }
  await new Promise<never>(() => undefined);
}

/** For after a refused login: the broker as the Supervisor knows it now; null where it tells none, or is not asked. */
export const renewedBroker = (config: Config, signal: AbortSignal): Promise<MqttConfig | null> =>
  config.supervisor?.mqtt ? brokerOf(config, signal).catch(() => null) : Promise.resolve(null);

const asksSupervisor = ({ mqtt, supervisor }: Config): boolean => mqtt === null && supervisor?.mqtt != null;

async function brokerOf({ supervisor }: Config, signal: AbortSignal): Promise<MqttConfig | null> {
  if (supervisor === null || supervisor.mqtt === null) return null;
  const service = await fetchMqttService(supervisor, signal);
  return service && { ...supervisor.mqtt, ...service };
}
