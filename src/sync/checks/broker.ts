import type { Text } from "../../shared/language.ts";
import { type Finding, fails, works } from "./finding.ts";

/** A broker that is set: its address without credentials, and an attempt to connect; null when that went well. */
export interface BrokerAttempt {
  readonly url: string;
  readonly connect: () => Promise<Text | null>;
}

/** Whether the broker lets us in; or, where none is set, what that means beside `homeAssistant`. */
export async function brokerFinding(
  broker: BrokerAttempt | null,
  { homeAssistant }: { readonly homeAssistant: boolean },
): Promise<Finding> {
  if (broker === null) return homeAssistant ? onlyStatistics : nothing;
  const problem = await broker.connect();
  if (problem === null)
    return works(`MQTT : ${broker.url} accepte la connexion.`, `MQTT: ${broker.url} accepts the connection.`);
  return fails(`MQTT : ${problem.fr}`, `MQTT: ${problem.en}`);
}

const onlyStatistics = works(
  "MQTT : aucun serveur n'est réglé, seules les statistiques vont dans Home Assistant. Pour les entités, donnez MQTT_BROKER, par exemple mqtt://192.168.1.10.",
  "MQTT: no broker is set, only statistics go to Home Assistant. For entities set MQTT_BROKER, mqtt://192.168.1.10 for instance.",
);
const nothing = fails(
  "MQTT : aucun serveur n'est réglé, rien ne peut paraître dans Home Assistant. Donnez MQTT_BROKER, par exemple mqtt://192.168.1.10.",
  "MQTT: no broker is set, nothing can appear in Home Assistant. Set MQTT_BROKER, mqtt://192.168.1.10 for instance.",
);
