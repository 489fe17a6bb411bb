import { capitalised } from "../format.ts";
import { Card } from "../kit/card.tsx";
import { Progress } from "../kit/progress.tsx";
import { language, t } from "../language.ts";
import { knownDaysOf, useSyncState, wantedDaysOf } from "./sync-state.ts";
import { texts } from "./texts.ts";
import { backfillLabel, backfillNote } from "./words.ts";

/** The first fetch, while it goes on: how far it is and what it still takes. Keeps the page fresh meanwhile. */
export function Backfill() {
  const state = useSyncState();
  if (state === null) return null;
  const [known, wanted] = [knownDaysOf(state), wantedDaysOf(state)];
  const spoken = language.value;
  const note = backfillNote(state, spoken);
  if (note === null || wanted === 0 || known >= wanted) return null;
  return (
    <Card title={t(texts.backfill)}>
      <Progress
        label={backfillLabel({ known, wanted }, spoken)}
        value={known}
        max={wanted}
        note={`${capitalised(note)}.`}
      />
    </Card>
  );
}
