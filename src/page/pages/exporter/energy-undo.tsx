import { useState } from "preact/hooks";
import type { EnergyUndone } from "../../../server/api/energy.ts";
import { ask } from "../../api/client.ts";
import { Confirm } from "../../kit/dialog.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { useDoing } from "../../kit/use-doing.ts";
import { t } from "../../language.ts";
import { texts } from "./texts.ts";

/** Giving the dashboard back as it was; where somebody changed it since, only upon insisting. */
export function EnergyUndo({ onChange }: { readonly onChange: () => Promise<void> }) {
  const [isAsked, setAsked] = useState(false);
  const [outcome, setOutcome] = useState<EnergyUndone | null>(null);
  const undoing = useDoing();
  const isChangedSince = undoing.failure?.code === "changed_since";
  const undo = async (anyway: boolean): Promise<void> => {
    const isDone = await undoing.run(async () => {
      setOutcome(null);
      setOutcome(await ask<EnergyUndone>("api/energy/undo", { method: "POST", body: { confirm: true, anyway } }));
    });
    if (!isDone) return;
    setAsked(false);
    await onChange();
  };
  return (
    <>
      {outcome && <Problem tone="note" text={t(outcome.wasUndone ? texts.undoneAlready : texts.undone)} />}
      <div>
        <button type="button" class="button" onClick={() => setAsked(true)}>
          {t(texts.undo)}
        </button>
      </div>
      <Confirm
        title={t(texts.undoTitle)}
        isOpen={isAsked}
        onClose={() => {
          setAsked(false);
          undoing.forget();
        }}
        confirmLabel={t(isChangedSince ? texts.undoAnyway : texts.undoDo)}
        isDangerous={isChangedSince}
        isBusy={undoing.isBusy}
        onConfirm={() => void undo(isChangedSince)}
      >
        <p>{t(texts.undoMore)}</p>
        {undoing.failure && <FailureLine failure={undoing.failure} />}
      </Confirm>
    </>
  );
}
