import { useEffect, useState } from "preact/hooks";
import type { PlanEntry, PlanPreviewAnswer } from "../../../server/api/plans.ts";
import { ask, failureFrom } from "../../api/client.ts";
import type { Failure } from "../../api/failure.ts";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { useDoing } from "../../kit/use-doing.ts";
import { language, t } from "../../language.ts";
import { change } from "../../navigation.ts";
import { withoutPlace } from "./plan-faults.ts";
import { savePlans } from "./plan-saving.ts";
import { planTexts } from "./plan-texts.ts";
import { effectWords } from "./plan-words.ts";
import { texts } from "./texts.ts";

export interface ProposalProps {
  /** All entries, as they would be kept. */
  readonly plans: readonly PlanEntry[];
  readonly usagePoint: string;
  /** Whether the change is about every meter. */
  readonly isForAll: boolean;
  readonly saveLabel: string;
  /** Once it is kept. */
  readonly onSaved?: () => void;
}

/** What a change would do, before it is kept; then keeping it. */
export function PlanProposal({ plans, usagePoint, isForAll, saveLabel, onSaved }: ProposalProps) {
  const [preview, setPreview] = useState<PlanPreviewAnswer | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const saving = useDoing();
  useEffect(() => {
    const request = new AbortController();
    setPreview(null);
    setFailure(null);
    const body = isForAll ? { plans } : { plans, usagePoint };
    ask<PlanPreviewAnswer>("api/plans/preview", { method: "POST", body, signal: request.signal }).then(
      setPreview,
      (error: unknown) => setFailure(failureFrom(error)),
    );
    return () => request.abort();
  }, [plans, usagePoint, isForAll]);
  const save = async (): Promise<void> => {
    if (!(await saving.run(() => savePlans(plans, usagePoint)))) return;
    onSaved?.();
    change({ edition: null }, { replace: true });
  };
  return (
    <section class="stack" aria-live="polite" aria-label={t(planTexts.effect)}>
      <h3>{t(planTexts.effect)}</h3>
      {failure && <FailureLine failure={failure} />}
      {saving.failure && <FailureLine failure={saving.failure} />}
      {preview === null && failure === null && <Skeleton lines={3} label={t(texts.loading)} />}
      {preview && <Effects preview={preview} />}
      {preview?.isValid && (
        <div class="row">
          <button type="button" class="button main" disabled={saving.isBusy} onClick={() => void save()}>
            {saving.isBusy ? t(planTexts.saving) : saveLabel}
          </button>
        </div>
      )}
    </section>
  );
}

function Effects({ preview: { faults, effects } }: { readonly preview: PlanPreviewAnswer }) {
  const spoken = language.value;
  return (
    <>
      {faults.map((fault) => (
        <Problem key={fault.fr} text={t(withoutPlace(fault))} tone="bad" />
      ))}
      {effects.map((effect) => (
        <div key={effect.usagePoint} class="cost-summary">
          {effects.length > 1 && <p class="strong">{effect.name ?? effect.usagePoint}</p>}
          {effectWords(effect, spoken).map((line, position) => (
            <p key={line} class={position === 0 ? "strong" : ""}>
              {line}
            </p>
          ))}
          {effect.doubts.map(({ code, fr, en }) => (
            <Problem key={code} text={t({ fr, en })} />
          ))}
        </div>
      ))}
    </>
  );
}
