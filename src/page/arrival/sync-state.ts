import { signal } from "@preact/signals";
import type { SyncState } from "../../server/api/sync.ts";
import { useEvents } from "../api/events.ts";
import { refreshAll } from "../api/resource.ts";

/** How the fetching stands, as the service tells it while it goes on; null before it has said anything. */
const sync = signal<SyncState | null>(null);

/** What is on screen is asked again when readings have arrived, and not for each call of a long history. */
const refreshEveryMs = 5_000;
let refreshedAt = 0;

export const knownDaysOf = ({ history }: SyncState): number =>
  history.reduce((sum, { knownDays }) => sum + knownDays, 0);
export const wantedDaysOf = ({ history }: SyncState): number =>
  history.reduce((sum, { wantedDays }) => sum + wantedDays, 0);

const handlers = {
  on: (_name: string, content: unknown): void => {
    const former = sync.value;
    const next = content as SyncState;
    sync.value = next;
    const isNews =
      former !== null && (knownDaysOf(former) !== knownDaysOf(next) || former.history.length !== next.history.length);
    const hasEnded = former?.running === true && !next.running;
    if (!hasEnded && !(isNews && Date.now() - refreshedAt > refreshEveryMs)) return;
    refreshedAt = Date.now();
    void refreshAll();
  },
};

const names = ["sync"];

/** Follows the fetching, and keeps what is on screen fresh meanwhile. */
export function useSyncState(): SyncState | null {
  useEvents("api/sync/events", names, handlers);
  return sync.value;
}
