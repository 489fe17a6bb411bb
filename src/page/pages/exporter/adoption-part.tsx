import { useState } from "preact/hooks";
import type { AdoptionAnswer } from "../../../server/api/adoption.ts";
import { useApi } from "../../api/resource.ts";
import { EmptyState } from "../../kit/empty-state.tsx";
import { Problem } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { t } from "../../language.ts";
import { AdoptionsDone } from "./adoptions-done.tsx";
import { HistoryCard } from "./history-card.tsx";
import { HomeFailure } from "./home-failure.tsx";
import { texts } from "./texts.ts";

/** What other tools left in Home Assistant: taking it over, and giving it back. */
export function Adoption() {
  const known = useApi<AdoptionAnswer>("api/adoption");
  const [note, setNote] = useState<"adoptDone" | "givenBack" | null>(null);
  const reload = (): void => void known.reload();
  if (known.data === null)
    return known.failure ? (
      <HomeFailure failure={known.failure} onRetry={reload} />
    ) : (
      <Skeleton lines={8} label={t(texts.loading)} />
    );
  const { found, adoptions } = known.data;
  const changed = async (next: "adoptDone" | "givenBack"): Promise<void> => {
    setNote(next);
    await known.reload();
  };
  return (
    <div class="stack">
      <p>{t(texts.adoptMore)}</p>
      {known.failure && <HomeFailure failure={known.failure} onRetry={reload} />}
      {note !== null && <Problem tone="note" text={t(texts[note])} />}
      {found.length === 0 && <EmptyState title={t(texts.adoptNone)} text={t(texts.adoptNoneMore)} />}
      <div class="columns">
        {found.map((history) => (
          <HistoryCard
            key={`${history.tool} ${history.usagePoint} ${history.flow}`}
            history={history}
            onChange={() => changed("adoptDone")}
          />
        ))}
      </div>
      {adoptions.length > 0 && <AdoptionsDone adoptions={adoptions} onChange={() => changed("givenBack")} />}
    </div>
  );
}
