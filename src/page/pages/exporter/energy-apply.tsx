import { useState } from "preact/hooks";
import type { EnergyAnswer, EnergyApplied } from "../../../server/api/energy.ts";
import { ask } from "../../api/client.ts";
import { Confirm } from "../../kit/dialog.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { useDoing } from "../../kit/use-doing.ts";
import { t } from "../../language.ts";
import { IdList } from "./id-list.tsx";
import { texts } from "./texts.ts";
import { planOf } from "./words.ts";

interface EnergyApplyProps {
  readonly review: EnergyAnswer;
  readonly replace: readonly string[];
  readonly isAnyway: boolean;
  readonly onChange: () => Promise<void>;
}

/** Adding what is proposed, once it was read what that changes. */
export function EnergyApply({ review, replace, isAnyway, onChange }: EnergyApplyProps) {
  const [isAsked, setAsked] = useState(false);
  const [outcome, setOutcome] = useState<EnergyApplied | null>(null);
  const applying = useDoing();
  const plan = planOf(review.flows, replace, isAnyway);
  const isNothing = plan.add.length + plan.complete.length + plan.remove.length === 0;
  const apply = async (): Promise<void> => {
    await applying.run(async () => {
      const body = { confirm: true, digest: review.digest, replace, anyway: isAnyway };
      setOutcome(await ask<EnergyApplied>("api/energy/apply", { method: "POST", body }));
    });
    setAsked(false);
    await onChange();
  };
  return (
    <>
      {applying.failure && <FailureLine failure={applying.failure} />}
      {outcome && <Outcome outcome={outcome} />}
      {!isNothing && (
        <div>
          <button type="button" class="button main" onClick={() => setAsked(true)}>
            {t(texts.apply)}
          </button>
        </div>
      )}
      <Confirm
        title={t(texts.applyTitle)}
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        confirmLabel={t(texts.apply)}
        isBusy={applying.isBusy}
        onConfirm={() => void apply()}
      >
        <IdList title={texts.applyAdds} ids={plan.add} />
        <IdList title={texts.applyCosts} ids={plan.complete} />
        <IdList title={texts.applyRemoves} ids={plan.remove} />
        <p>{t(texts.applyUndo)}</p>
      </Confirm>
    </>
  );
}

const Outcome = ({ outcome: { change, leftOut, moneyLost } }: { readonly outcome: EnergyApplied }) => (
  <>
    <Problem tone="note" text={t(change === null ? texts.nothingDone : texts.applied)} />
    <IdList title={texts.leftOut} ids={leftOut} />
    <IdList title={texts.moneyLost} ids={moneyLost} />
  </>
);
