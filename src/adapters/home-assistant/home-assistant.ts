import type { Clock } from "../../shared/clock.ts";
import { type Logger, registerSecret } from "../../shared/log.ts";
import type { HomeAssistant, HomeAssistantSession } from "../../sync/statistics/recorder.ts";
import { Connection } from "./connection.ts";
import type { Endpoint } from "./endpoint.ts";
import { createPreferences } from "./preferences.ts";
import { requireAdmin, whenReady } from "./readiness.ts";
import { createRecorder } from "./recorder.ts";
import { defaultTiming, type Timing } from "./timing.ts";

export interface HomeAssistantDeps {
  readonly endpoint: Endpoint;
  readonly log: Logger;
  readonly clock: Clock;
  /** Only what differs from the default. */
  readonly timing?: Partial<Timing>;
}

/**
 * Home Assistant over its websocket. Each `open` is one connection and one login: whoever wants another one asks for it,
 * at the pace that the failure calls for. The session ends with the signal that it was opened under.
 */
export function createHomeAssistant({ endpoint, log, clock, timing }: HomeAssistantDeps): HomeAssistant {
  registerSecret(endpoint.token);
  const parts: SessionParts = { endpoint, clock, timing: { ...defaultTiming, ...timing } };
  return {
    url: endpoint.websocketUrl,
    async open(signal) {
      const session = await openSession(parts, signal);
      log.debug({ url: endpoint.websocketUrl, version: session.facts.version }, "Home Assistant session open");
      return session;
    },
  };
}

interface SessionParts {
  readonly endpoint: Endpoint;
  readonly clock: Clock;
  readonly timing: Timing;
}

async function openSession(
  { endpoint, clock, timing }: SessionParts,
  signal: AbortSignal,
): Promise<HomeAssistantSession> {
  const connection = await Connection.open(endpoint, timing, signal);
  try {
    const facts = await whenReady(connection, { endpoint, timing, clock, signal });
    await requireAdmin(connection, endpoint);
    return {
      facts,
      ...createRecorder({ connection, endpoint, timing, clock, signal }),
      ...createPreferences(connection, endpoint),
      close: () => connection.close(),
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}
