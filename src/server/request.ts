import type { HomeAssistantSession } from "../sync/statistics/recorder.ts";
import type { StatisticsDeps } from "../sync/statistics/run.ts";
import { apiErrors } from "./errors.ts";
import type { ServerParts } from "./parts.ts";

/** @throws ApiError unless the caller confirmed. */
export function requireConfirmation({ confirm }: { readonly confirm: boolean }): void {
  if (!confirm) throw apiErrors.notConfirmed();
}

/** Runs `use` on one open session of Home Assistant. @throws ApiError where none is set, HomeAssistantFailure */
export async function withHome<T>(
  { statistics }: Pick<ServerParts, "statistics">,
  signal: AbortSignal,
  use: (session: HomeAssistantSession, statistics: StatisticsDeps) => Promise<T>,
): Promise<T> {
  if (statistics === null) throw apiErrors.homeAssistantOff();
  const session = await statistics.homeAssistant.open(signal);
  try {
    return await use(session, statistics);
  } finally {
    await session.close();
  }
}
