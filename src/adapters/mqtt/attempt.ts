import type { Text } from "../../shared/language.ts";
import { MqttFailure } from "./failure.ts";
import { type BrokerSettings, newClientId, openLink } from "./link.ts";
import { defaultTiming } from "./timing.ts";

/** Connects as the service would, publishes nothing, and leaves; why it could not, or null. */
export async function tryBroker(broker: BrokerSettings, signal: AbortSignal): Promise<Text | null> {
  try {
    const link = await openLink(broker, { clientId: newClientId(), will: null, timing: defaultTiming, signal });
    await link.end();
    return null;
  } catch (error) {
    if (error instanceof MqttFailure) return error.text;
    throw error;
  }
}
