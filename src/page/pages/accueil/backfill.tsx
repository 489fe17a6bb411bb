import { signal } from "@preact/signals";
import type { SyncState } from "../../../server/api/sync.ts";
import { useEvents } from "../../api/events.ts";
import { refreshAll } from "../../api/resource.ts";
import { counted, percent } from "../../format.ts";
import { Card } from "../../kit/card.tsx";
import { Progress } from "../../kit/progress.tsx";
import { language, t } from "../../language.ts";
import { texts } from "./texts.ts";
import { backfillNote } from "./words.ts";

/** How the fetching stands, as the service tells it while it goes on. */
const sync = signal<SyncState | null>(null);

/** What is on screen is asked again when readings have arrived, and not for each call of a long history. */
const refreshEveryMs = 5_000;
let refreshedAt = 0;

const handlers = {
  on: (_name: string, content: unknown): void => {
    const former = sync.value;
    const next = content as SyncState;
    sync.value = next;
    const isNews = former !== null && knownDaysOf(former) !== knownDaysOf(next);
    const hasEnded = former?.running === true && !next.running;
    if (!hasEnded && !(isNews && Date.now() - refreshedAt > refreshEveryMs)) return;
    refreshedAt = Date.now();
    void refreshAll();
  },
};

const knownDaysOf = ({ history }: SyncState): number => history.reduce((sum, { knownDays }) => sum + knownDays, 0);
const wantedDaysOf = ({ history }: SyncState): number => history.reduce((sum, { wantedDays }) => sum + wantedDays, 0);

const names = ["sync"];

/** The first fetch, while it goes on: how far it is and what it still takes. Keeps the page fresh meanwhile. */
export function Backfill() {
  useEvents("api/sync/events", names, handlers);
  const state = sync.value;
  if (state === null) return null;
  const [known, wanted] = [knownDaysOf(state), wantedDaysOf(state)];
  const note = backfillNote(state, language.value);
  if (note === null || wanted === 0 || known >= wanted) return null;
  const spoken = language.value;
  const label =
    spoken === "fr"
      ? `${counted(known, ["jour relevé", "jours relevés"], "fr")} sur ${counted(wanted, ["jour", "jours"], "fr")} (${percent(known / wanted, "fr")})`
      : `${counted(known, ["day", "days"], "en")} of ${wanted} fetched (${percent(known / wanted, "en")})`;
  return (
    <Card title={t(texts.backfill)}>
      <Progress label={label} value={known} max={wanted} note={`${note}.`} />
    </Card>
  );
}
