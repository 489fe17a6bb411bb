import { useState } from "preact/hooks";
import type { EnergyAnswer } from "../../../server/api/energy.ts";
import { useApi } from "../../api/resource.ts";
import { Answer } from "../../kit/answer.tsx";
import { Card } from "../../kit/card.tsx";
import { CheckField } from "../../kit/field.tsx";
import { Problem } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { language, t } from "../../language.ts";
import { EnergyApply } from "./energy-apply.tsx";
import { FlowCard } from "./energy-flow.tsx";
import { EnergyUndo } from "./energy-undo.tsx";
import { HomeFailure } from "./home-failure.tsx";
import { texts } from "./texts.ts";
import { energySentence, isReplaceable } from "./words.ts";

/** What the Energy Dashboard has and could have; adding it, and undoing that. */
export function EnergyDashboard() {
  const known = useApi<EnergyAnswer>("api/energy");
  const reload = (): void => void known.reload();
  if (known.data === null)
    return known.failure ? (
      <HomeFailure failure={known.failure} onRetry={reload} />
    ) : (
      <Skeleton lines={8} label={t(texts.loading)} />
    );
  const review = known.data;
  return (
    <div class="stack">
      <Answer
        sentence={`${t(texts.energyHead)} ${review.homeAssistant}`}
        figures={review.flows.length === 0 ? [] : [energySentence(review.flows, language.value)]}
        unknown={review.flows.length === 0 ? t(texts.energyNone) : undefined}
      >
        {!review.isSetUp && t(texts.energyNotSetUp)}
      </Answer>
      {known.failure && <HomeFailure failure={known.failure} onRetry={reload} />}
      {review.isOldFormat && <Problem text={t(texts.oldFormat)} />}
      <Assistant review={review} onChange={() => known.reload()} />
    </div>
  );
}

interface AssistantProps {
  readonly review: EnergyAnswer;
  readonly onChange: () => Promise<void>;
}

function Assistant({ review, onChange }: AssistantProps) {
  const [replaced, setReplaced] = useState<readonly string[]>([]);
  const [isAnyway, setAnyway] = useState(false);
  const blocking = review.flows.flatMap(({ neighbours }) => neighbours.filter(isReplaceable));
  const replace = blocking.map(({ statisticId }) => statisticId).filter((id) => replaced.includes(id));
  const isChoiceLeft = blocking.some(
    ({ statisticId, relation }) => relation !== "own_total" && !replace.includes(statisticId),
  );
  return (
    <>
      <div class="columns">
        {review.flows.map((flow) => (
          <FlowCard
            key={`${flow.usagePoint} ${flow.flow}`}
            review={flow}
            replaced={replace}
            onReplace={(id, isOn) => setReplaced(isOn ? [...replaced, id] : replaced.filter((one) => one !== id))}
          />
        ))}
      </div>
      {isChoiceLeft && (
        <Card>
          <CheckField label={t(texts.anyway)} hint={t(texts.anywayMore)} value={isAnyway} onChange={setAnyway} />
        </Card>
      )}
      {review.flows.length > 0 && (
        <EnergyApply review={review} replace={replace} isAnyway={isChoiceLeft && isAnyway} onChange={onChange} />
      )}
      <EnergyUndo onChange={onChange} />
    </>
  );
}
