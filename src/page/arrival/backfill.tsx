import { capitalised, counted, percent, whole } from "../format.ts";
import { Card } from "../kit/card.tsx";
import { Progress } from "../kit/progress.tsx";
import { language, t } from "../language.ts";
import { knownDaysOf, useSyncState, wantedDaysOf } from "./sync-state.ts";
import { texts } from "./texts.ts";
import { backfillNote } from "./words.ts";

/** The first fetch, while it goes on: how far it is and what it still takes. Keeps the page fresh meanwhile. */
export function Backfill() {
  const state = useSyncState();
  if (state === null) return null;
  const [known, wanted] = [knownDaysOf(state), wantedDaysOf(state)];
  const note = backfillNote(state, language.value);
  if (note === null || wanted === 0 || known >= wanted) return null;
  const spoken = language.value;
  // Something is never nothing: under a hundredth, the days say it better.
  const share = known > 0 && known / wanted < 0.01 ? "" : ` (${percent(known / wanted, spoken)})`;
  const label =
    spoken === "fr"
      ? `${counted(known, ["jour relevé", "jours relevés"], "fr")} sur ${whole(wanted, "fr")}${share}`
      : `${counted(known, ["day", "days"], "en")} of ${whole(wanted, "en")} fetched${share}`;
  return (
    <Card title={t(texts.backfill)}>
      <Progress label={label} value={known} max={wanted} note={`${capitalised(note)}.`} />
    </Card>
  );
}
