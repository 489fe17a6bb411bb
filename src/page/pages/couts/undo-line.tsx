import { FailureLine, Problem } from "../../kit/problem.tsx";
import { useDoing } from "../../kit/use-doing.ts";
import { t } from "../../language.ts";
import { lastChange, undoChange } from "./plan-saving.ts";
import { planTexts } from "./plan-texts.ts";

/** After a change: that it counts, and the way back. */
export function UndoLine({ usagePoint }: { readonly usagePoint: string }) {
  const { isBusy, failure, run } = useDoing();
  const change = lastChange.value;
  if (change === null) return null;
  const undo = (): void => void run(() => undoChange(usagePoint));
  return (
    <>
      {failure && <FailureLine failure={failure} onRetry={undo} />}
      {change.isUndone ? (
        <Problem text={t(planTexts.undone)} tone="note" />
      ) : (
        <Problem
          text={t(isBusy ? planTexts.saving : planTexts.saved)}
          tone="note"
          action={{ label: t(planTexts.undo), onClick: undo, isBusy }}
        />
      )}
    </>
  );
}
