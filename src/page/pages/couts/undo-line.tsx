import { useState } from "preact/hooks";
import { failureFrom } from "../../api/client.ts";
import type { Failure } from "../../api/failure.ts";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { t } from "../../language.ts";
import { lastChange, undoChange } from "./plan-saving.ts";
import { planTexts } from "./plan-texts.ts";

/** After a change: that it counts, and the way back. */
export function UndoLine({ usagePoint }: { readonly usagePoint: string }) {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const change = lastChange.value;
  if (change === null) return null;
  const undo = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await undoChange(usagePoint);
    } catch (error) {
      setFailure(failureFrom(error));
    }
    setBusy(false);
  };
  return (
    <>
      {failure && <FailureLine failure={failure} onRetry={() => void undo()} />}
      {change.isUndone ? (
        <Problem text={t(planTexts.undone)} tone="note" />
      ) : (
        <Problem
          text={t(isBusy ? planTexts.saving : planTexts.saved)}
          tone="note"
          action={{ label: t(planTexts.undo), onClick: () => void undo(), isBusy }}
        />
      )}
    </>
  );
}
