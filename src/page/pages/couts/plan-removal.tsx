import { useMemo } from "preact/hooks";
import type { PlansAnswer } from "../../../server/api/plans.ts";
import { Card } from "../../kit/card.tsx";
import { language, t } from "../../language.ts";
import { hrefWith } from "../../navigation.ts";
import { withoutEntry } from "./plan-draft.ts";
import { PlanProposal } from "./plan-proposal.tsx";
import { planTexts } from "./plan-texts.ts";
import { entryWords } from "./plan-words.ts";

interface PlanRemovalProps {
  readonly plans: PlansAnswer;
  readonly position: number;
}

/** What would hold without one of the user's entries; then doing without it. */
export function PlanRemoval({ plans: { said, usagePoint }, position }: PlanRemovalProps) {
  const left = useMemo(() => withoutEntry(said, position), [said, position]);
  const entry = said[position];
  if (entry === undefined) return null;
  const { title, detail } = entryWords(entry, language.value);
  return (
    <Card title={t(planTexts.removal)}>
      <p>
        <span class="strong">{title}</span>
        <span class="cost-detail small muted">{detail}</span>
      </p>
      <PlanProposal
        plans={left}
        usagePoint={usagePoint}
        isForAll={entry.usage_point === undefined}
        saveLabel={t(planTexts.remove)}
      />
      <p>
        <a class="button" href={hrefWith({ edition: null })}>
          {t(planTexts.cancel)}
        </a>
      </p>
    </Card>
  );
}
