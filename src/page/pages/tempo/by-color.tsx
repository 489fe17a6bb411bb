import type { TempoColor } from "../../../domain/tempo.ts";
import type { ColorConsumption, TempoConsumptionAnswer } from "../../../server/api/tempo.ts";
import { useApi } from "../../api/resource.ts";
import { exactEnergy, money, unknownSign, whole } from "../../format.ts";
import { Card } from "../../kit/card.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { Value } from "../../kit/value.tsx";
import { language, t } from "../../language.ts";
import { type ColorRow, ColorTable } from "./color-table.tsx";
import { texts } from "./texts.ts";
import { isUnused, unknownNote } from "./words.ts";

interface ByColorProps {
  readonly usagePoint: string;
  readonly season: string;
}

/** What the household used and paid on the days of each colour. */
export function ByColor({ usagePoint, season }: ByColorProps) {
  const used = useApi<TempoConsumptionAnswer>(`api/tempo/consumption/${usagePoint}`, { season });
  const answer = used.data;
  const unknown = answer && unknownNote(answer, language.value);
  return (
    <Card title={t(texts.consumption)}>
      {used.failure && <FailureLine failure={used.failure} onRetry={() => void used.reload()} />}
      {answer === null && used.isLoading && <Skeleton lines={8} label={t(texts.loading)} />}
      {answer && isUnused(answer) && <p class="muted">{t(texts.noConsumption)}</p>}
      {answer && !isUnused(answer) && <ColorTable caption={t(texts.consumption)} rows={rowsOf(answer)} />}
      {unknown && <Problem text={unknown} tone="note" />}
      {answer?.isHypothetical && !isUnused(answer) && <p class="small muted">{t(texts.hypothetical)}</p>}
    </Card>
  );
}

function rowsOf({ colors }: TempoConsumptionAnswer): readonly ColorRow[] {
  const spoken = language.value;
  const cellOf = (written: (of: ColorConsumption) => string) => (color: TempoColor) => {
    const of = colors.find((one) => one.color === color);
    return <Value text={of === undefined ? unknownSign : written(of)} />;
  };
  const kwh = "kWh";
  return [
    { key: "days", name: t(texts.wholeDays), cell: cellOf(({ days }) => whole(days, spoken)) },
    { key: "hc", name: t(texts.hc), unit: kwh, cell: cellOf(({ hc }) => exactEnergy(hc.energyWh, spoken)) },
    { key: "hp", name: t(texts.hp), unit: kwh, cell: cellOf(({ hp }) => exactEnergy(hp.energyWh, spoken)) },
    {
      key: "average",
      name: t(texts.average),
      unit: kwh,
      cell: cellOf(({ averagePerDayWh }) => exactEnergy(averagePerDayWh, spoken)),
    },
    { key: "hcEur", name: t(texts.hcCost), cell: cellOf(({ hc }) => money(hc.eur, spoken)) },
    { key: "hpEur", name: t(texts.hpCost), cell: cellOf(({ hp }) => money(hp.eur, spoken)) },
    { key: "eur", name: t(texts.cost), cell: cellOf(({ eur }) => money(eur, spoken)) },
  ];
}
