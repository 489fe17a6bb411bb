import { useMemo } from "preact/hooks";
import type { PowerAnswer } from "../../../server/api/power.ts";
import { useApi } from "../../api/resource.ts";
import { Chart } from "../../charts/chart.tsx";
import { Answer } from "../../kit/answer.tsx";
import { Card } from "../../kit/card.tsx";
import { FailureLine } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { language, t } from "../../language.ts";
import { change } from "../../navigation.ts";
import type { Span } from "../../series/compared.ts";
import { powerModel, powerSentence } from "./power.ts";
import { texts } from "./texts.ts";

interface PowerCardProps {
  readonly usagePoint: string;
  readonly span: Span;
}

/** The highest power of each day against the subscribed one: whether the contract is too large or too small. */
export function PowerCard({ usagePoint, span }: PowerCardProps) {
  const spoken = language.value;
  const isOneDay = span.from === span.to;
  const title = t(isOneDay ? texts.powerOfDay : texts.power);
  const power = useApi<PowerAnswer>(`api/power/${usagePoint}`, { start: span.from, end: span.to });
  const model = useMemo(() => power.data && powerModel(power.data, spoken), [power.data, spoken]);
  return (
    <Card title={title} wide={!isOneDay}>
      {power.failure && <FailureLine failure={power.failure} onRetry={() => void power.reload()} />}
      {power.data === null && power.isLoading && <Skeleton lines={isOneDay ? 3 : 8} label={t(texts.loading)} />}
      {power.data?.highest && <Answer {...powerSentence(power.data, spoken)} />}
      {power.data?.highest && model && !isOneDay && (
        <Chart
          model={model}
          title={title}
          height={220}
          openLabel={t(texts.seeDay)}
          onOpen={(date) => change({ vue: "jour", date })}
        />
      )}
      {power.data?.highest === null && <p class="muted">{t(isOneDay ? texts.noPowerOfDay : texts.noPower)}</p>}
    </Card>
  );
}
