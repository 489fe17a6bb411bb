import { tryBroker } from "./adapters/mqtt/attempt.ts";
import { buildHomeAssistant, buildSource } from "./compose.ts";
import type { Config } from "./config/config.ts";
import { destinationFindings } from "./export-parts.ts";
import type { Clock } from "./shared/clock.ts";
import type { Logger } from "./shared/log.ts";
import { withSupervisorBroker } from "./supervisor-broker.ts";
import { brokerFinding } from "./sync/checks/broker.ts";
import type { Finding } from "./sync/checks/finding.ts";
import { gatewayFindings } from "./sync/checks/gateway.ts";
import { homeAssistantFinding } from "./sync/checks/home-assistant.ts";
import type { DestinationName } from "./sync/exports/destination.ts";
import type { Store } from "./sync/store.ts";

type ConnectionName = "gateway" | "mqtt" | "homeassistant" | DestinationName;

export interface TrialParts {
  readonly config: Config;
  readonly store: Pick<Store, "loadBudget" | "takeBudget">;
  readonly log: Logger;
  readonly clock: Clock;
}

/** Tries one connection with a config that need not be the one in force; changes nothing on either side. */
export async function tryConnection(
  name: ConnectionName,
  { config, store, log, clock }: TrialParts,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const parts = { config, log: log.child({ component: "trial" }), clock };
  switch (name) {
    case "gateway":
      return gatewayFindings({ url: config.gateway.url, source: buildSource(parts, store) }, signal);
    case "mqtt": {
      const { mqtt } = await withSupervisorBroker(config, log, signal);
      const attempt = mqtt && { url: mqtt.url, connect: () => tryBroker(mqtt, signal) };
      return [await brokerFinding(attempt, { homeAssistant: config.homeAssistant !== null })];
    }
    case "homeassistant":
      return [await homeAssistantFinding(buildHomeAssistant(parts), signal)];
    case "victoriametrics":
    case "jeedom":
    case "homeassistant_states":
      return destinationFindings(name, parts, signal);
  }
}
