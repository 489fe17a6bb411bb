import type { ColorConsumption, TempoConsumptionAnswer } from "../../../server/api/tempo.ts";
import { useApi } from "../../api/resource.ts";
import { capitalised, energy, exactEnergy, money, whole } from "../../format.ts";
import { Card } from "../../kit/card.tsx";
import { DataTable } from "../../kit/data-table.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { tempoName } from "../../kit/tempo-chip.tsx";
import { Value } from "../../kit/value.tsx";
import { language, t } from "../../language.ts";
import { texts } from "./texts.ts";
import { unknownNote } from "./words.ts";

interface ByColorProps {
  readonly usagePoint: string;
  readonly season: string;
}

/** What the household used and paid on the days of each colour. */
export function ByColor({ usagePoint, season }: ByColorProps) {
  const spoken = language.value;
  const used = useApi<TempoConsumptionAnswer>(`api/tempo/consumption/${usagePoint}`, { season });
  const answer = used.data;
  const isEmpty = answer?.colors.every(({ energyWh }) => energyWh === 0) ?? true;
  const unknown = answer && unknownNote(answer, spoken);
  return (
    <Card title={t(texts.consumption)}>
      {used.failure && <FailureLine failure={used.failure} onRetry={() => void used.reload()} />}
      {answer === null && used.isLoading && <Skeleton lines={4} label={t(texts.loading)} />}
      {answer && isEmpty && <p class="muted">{t(texts.noConsumption)}</p>}
      {answer && !isEmpty && (
        <DataTable<ColorConsumption>
          caption={t(texts.consumption)}
          rows={answer.colors}
          rowKey={({ color }) => color}
          columns={[
            { key: "color", head: t(texts.color), cell: ({ color }) => capitalised(t(tempoName(color))) },
            { key: "days", head: t(texts.days), isNumber: true, cell: ({ days }) => whole(days, spoken) },
            {
              key: "hc",
              head: t(texts.hc),
              unit: "kWh",
              isNumber: true,
              cell: ({ hc }) => exactEnergy(hc.energyWh, spoken),
            },
            {
              key: "hp",
              head: t(texts.hp),
              unit: "kWh",
              isNumber: true,
              cell: ({ hp }) => exactEnergy(hp.energyWh, spoken),
            },
            {
              key: "average",
              head: t(texts.average),
              isNumber: true,
              cell: ({ averagePerDayWh }) => <Value text={energy(averagePerDayWh, spoken)} />,
            },
            { key: "eur", head: t(texts.cost), isNumber: true, cell: ({ eur }) => <Value text={money(eur, spoken)} /> },
          ]}
        />
      )}
      {unknown && <Problem text={unknown} tone="note" />}
      {answer?.isHypothetical && !isEmpty && <p class="small muted">{t(texts.hypothetical)}</p>}
    </Card>
  );
}
