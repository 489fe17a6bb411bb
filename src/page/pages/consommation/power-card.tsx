import { useMemo } from "preact/hooks";
import type { LocalDate } from "../../../domain/units.ts";
import type { PowerAnswer } from "../../../server/api/power.ts";
import { useApi } from "../../api/resource.ts";
import { Chart } from "../../charts/chart.tsx";
import { Answer } from "../../kit/answer.tsx";
import { Card } from "../../kit/card.tsx";
import { FailureLine } from "../../kit/problem.tsx";
import { language, t } from "../../language.ts";
import { powerModel, powerSentence } from "./power.ts";
import { texts } from "./texts.ts";

interface PowerCardProps {
  readonly usagePoint: string;
  readonly span: { readonly from: LocalDate; readonly to: LocalDate };
}

/** The highest power of each day against the subscribed one: whether the contract is too large or too small. */
export function PowerCard({ usagePoint, span }: PowerCardProps) {
  const spoken = language.value;
  const power = useApi<PowerAnswer>(`api/power/${usagePoint}`, { start: span.from, end: span.to });
  const model = useMemo(() => power.data && powerModel(power.data, spoken), [power.data, spoken]);
  return (
    <Card title={t(texts.power)}>
      {power.failure && <FailureLine failure={power.failure} onRetry={() => void power.reload()} />}
      {power.data && model && power.data.highest ? (
        <>
          <Answer {...powerSentence(power.data, spoken)} />
          <Chart model={model} title={t(texts.power)} height={220} />
        </>
      ) : (
        <p class="muted">{t(power.isLoading ? texts.loading : texts.noPower)}</p>
      )}
    </Card>
  );
}
