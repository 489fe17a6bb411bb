import { useState } from "preact/hooks";
import type { AdoptionAnswer } from "../../../server/api/adoption.ts";
import { ask } from "../../api/client.ts";
import { capitalised, instantOf, moment } from "../../format.ts";
import { now } from "../../home.ts";
import { Card } from "../../kit/card.tsx";
import { DataTable } from "../../kit/data-table.tsx";
import { Confirm } from "../../kit/dialog.tsx";
import { FailureLine } from "../../kit/problem.tsx";
import { useDoing } from "../../kit/use-doing.ts";
import { language, t } from "../../language.ts";
import { texts } from "./texts.ts";
import { modeOf, toolName } from "./words.ts";

type AdoptionDone = AdoptionAnswer["adoptions"][number];

const steps = {
  saved: texts.stepSaved,
  applied: texts.stepApplied,
  undoing: texts.stepUndoing,
  undone: texts.stepUndone,
} as const;

interface AdoptionsDoneProps {
  readonly adoptions: readonly AdoptionDone[];
  readonly onChange: () => Promise<void>;
}

/** Histories that were taken over, each of which can be given back. */
export function AdoptionsDone({ adoptions, onChange }: AdoptionsDoneProps) {
  const [leaving, setLeaving] = useState<AdoptionDone | null>(null);
  const undoing = useDoing();
  const spoken = language.value;
  const undo = async ({ id }: AdoptionDone): Promise<void> => {
    const isDone = await undoing.run(async () => {
      await ask("api/adoption/undo", { method: "POST", body: { id, confirm: true } });
    });
    setLeaving(null);
    if (isDone) await onChange();
  };
  return (
    <Card title={t(texts.adoptions)} wide>
      {undoing.failure && <FailureLine failure={undoing.failure} />}
      <DataTable<AdoptionDone>
        caption={t(texts.adoptions)}
        rows={adoptions}
        rowKey={({ id }) => String(id)}
        columns={[
          { key: "tool", head: t(texts.tool), cell: ({ tool }) => toolName(tool) },
          { key: "mode", head: t(texts.mode), cell: ({ mode }) => t(modeOf(mode)) },
          { key: "at", head: t(texts.at), cell: ({ at }) => capitalised(moment(instantOf(at), now.value, spoken)) },
          { key: "step", head: t(texts.step), cell: ({ step }) => t(steps[step]) },
          {
            key: "actions",
            head: t(texts.actions),
            cell: (adoption) =>
              adoption.step !== "undone" && (
                <button
                  type="button"
                  class="link-button"
                  aria-label={`${t(texts.giveBack)} : ${toolName(adoption.tool)}`}
                  onClick={() => setLeaving(adoption)}
                >
                  {t(texts.giveBack)}
                </button>
              ),
          },
        ]}
      />
      <Confirm
        title={t(texts.giveBackTitle)}
        isOpen={leaving !== null}
        onClose={() => setLeaving(null)}
        confirmLabel={t(texts.giveBackDo)}
        isBusy={undoing.isBusy}
        onConfirm={() => leaving && void undo(leaving)}
      >
        <p>{t(texts.giveBackMore)}</p>
      </Confirm>
    </Card>
  );
}
