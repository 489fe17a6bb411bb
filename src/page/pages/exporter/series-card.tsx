import type { StatisticsAnswer } from "../../../server/api/statistics.ts";
import { useApi } from "../../api/resource.ts";
import { capitalised, energy, instantOf, moment, money, unknownSign } from "../../format.ts";
import { now, usagePoints } from "../../home.ts";
import { Card } from "../../kit/card.tsx";
import { DataTable } from "../../kit/data-table.tsx";
import { Problem } from "../../kit/problem.tsx";
import { Value } from "../../kit/value.tsx";
import { language, t } from "../../language.ts";
import { texts } from "./texts.ts";
import { type SeriesState, seriesState, shownSeriesName } from "./words.ts";

/** The series that stand in Home Assistant, and how far each is written. */
export function SeriesCard() {
  const { data } = useApi<StatisticsAnswer>("api/statistics");
  if (data === null || data.series.length === 0) return null;
  const spoken = language.value;
  const meters = new Map((usagePoints.value ?? []).map(({ id, name }) => [id, name]));
  return (
    <Card title={t(texts.series)} wide>
      {data.problems.map((problem) => (
        <Problem key={`${problem.code} ${problem.usagePoint}`} text={t(problem)} />
      ))}
      <p class="small muted">{t(texts.seriesMore)}</p>
      <DataTable<SeriesState>
        caption={t(texts.series)}
        rows={data.series}
        rowKey={({ statisticId }) => statisticId}
        columns={[
          {
            key: "name",
            head: t(texts.seriesName),
            cell: (series) => (
              <>
                <span title={series.statisticId}>{shownSeriesName(series, meters.get(series.usagePoint) ?? null)}</span>
                {/* Under its name: a column more would not fit a phone. */}
                <span class="small muted series-state">{t(texts[seriesState(series)])}</span>
              </>
            ),
          },
          {
            key: "last",
            head: t(texts.seriesThrough),
            cell: ({ lastHour }) => (
              <Value
                text={lastHour === null ? unknownSign : capitalised(moment(instantOf(lastHour), now.value, spoken))}
                reason={t(texts.seriesEmpty)}
              />
            ),
          },
          {
            key: "total",
            head: t(texts.seriesTotal),
            isNumber: true,
            cell: ({ measure, energyWh, totalEur }) => (
              <Value text={measure === "energy" ? energy(energyWh, spoken) : money(totalEur, spoken)} />
            ),
          },
        ]}
      />
    </Card>
  );
}
