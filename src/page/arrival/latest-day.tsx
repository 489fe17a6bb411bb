import "./latest-day.css";
import { useMemo } from "preact/hooks";
import { addDays } from "../../domain/calendar.ts";
import type { LocalDate } from "../../domain/units.ts";
import type { FlowOverview, UsagePointOverview } from "../../server/api/overview.ts";
import type { SeriesAnswer } from "../../server/api/series.ts";
import { useApi } from "../api/resource.ts";
import { Chart } from "../charts/chart.tsx";
import { barsOfSeries } from "../charts/series-bars.ts";
import { dayInFull, energy, money } from "../format.ts";
import { now, today } from "../home.ts";
import { Answer } from "../kit/answer.tsx";
import { Card } from "../kit/card.tsx";
import { FailureLine } from "../kit/problem.tsx";
import { language, t } from "../language.ts";
import { go, hrefOf } from "../navigation.ts";
import { texts } from "./texts.ts";
import { dayName, freshness } from "./words.ts";

/** Two weeks fit a phone, and show the weekend that is compared with the last one. */
const shownDays = 14;

interface LatestDayProps {
  readonly point: UsagePointOverview;
  readonly flow: FlowOverview;
}

/** The answer people come for: the latest day, what it cost, and the days that led to it. */
export function LatestDay({ point, flow }: LatestDayProps) {
  const { latest } = flow;
  const spoken = language.value;
  const isConsumption = flow.flow === "consumption";
  if (latest === null) return <Answer sentence={t(texts.noReading)} figures={["—"]} unknown={t(texts.notYet)} />;
  const cost = isConsumption && point.costs.latest?.period === latest.date ? point.costs.latest.eur : null;
  const title = t(isConsumption ? texts.consumed : texts.injected);
  const date = latest.date as LocalDate;
  const page = isConsumption ? "consommation" : "production";
  return (
    <Card title={title} side={<a href={hrefOf(page, { vue: "jour", date })}>{t(texts.seeAll)}</a>}>
      <Answer
        sentence={dayName(date, today.value, spoken)}
        figures={[energy(latest.energyWh, spoken), ...(cost === null ? [] : [money(cost, spoken)])]}
      >
        {freshness(latest, now.value, spoken)} {flow.yesterday === null && `${t(texts.notYet)}`}
      </Answer>
      <Days point={point} flow={flow.flow} last={date} title={title} page={page} />
    </Card>
  );
}

interface DaysProps {
  readonly point: UsagePointOverview;
  readonly flow: FlowOverview["flow"];
  readonly last: LocalDate;
  readonly title: string;
  readonly page: string;
}

function Days({ point, flow, last, title, page }: DaysProps) {
  const spoken = language.value;
  const span = { start: addDays(last, 1 - shownDays), end: last };
  const series = useApi<SeriesAnswer>(`api/series/${point.id}`, { flow, step: "day", ...span });
  const model = useMemo(
    () => series.data && barsOfSeries(series.data, { language: spoken, measure: "energy" }),
    [series.data, spoken],
  );
  if (series.failure) return <FailureLine failure={series.failure} onRetry={() => void series.reload()} />;
  const named = `${title}, ${dayInFull(span.start, spoken)} – ${dayInFull(last, spoken)}`;
  return (
    <div class="latest-days">
      {model && (
        <Chart model={model} title={named} height={180} onOpen={(key) => go(page, { vue: "jour", date: key })} />
      )}
    </div>
  );
}
