import type { SyncState } from "../../server/api/sync.ts";
import { ask } from "../api/client.ts";

const pauseMs = 1_000;
/** A round of a long history goes on for longer; what it brings is seen as it arrives. */
const followedMs = 600_000;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pauseMs));

/**
 * Asks for a round of calls, tells `onAsked` once it is promised, and resolves when it is over.
 *
 * @returns null where it goes on for too long, or nobody waits for it any more
 * @throws Failure where it cannot be asked for
 */
export async function askRound(onAsked: () => void, signal: AbortSignal): Promise<SyncState | null> {
  const former = await ask<SyncState>("api/sync", { signal });
  await ask("api/sync", { method: "POST", body: {}, signal });
  onAsked();
  for (const begun = Date.now(); Date.now() - begun < followedMs; ) {
    await pause();
    if (signal.aborted) return null;
    // While the service is away there is no answer, and another process has been asked for nothing.
    const state = await ask<SyncState>("api/sync", { signal }).catch(() => null);
    if (state?.lastAsked && state.lastAsked.endedAt !== former.lastAsked?.endedAt) return state;
  }
  return null;
}
