import { useMemo } from "preact/hooks";
import type { LocalDate } from "../../domain/units.ts";
import type { SeriesAnswer } from "../../server/api/series.ts";
import { Chart } from "../charts/chart.tsx";
import { barsOfSeries } from "../charts/series-bars.ts";
import { clockChangeNote } from "../format.ts";
import { Card } from "../kit/card.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { Swipe } from "../kit/swipe.tsx";
import { areValuesShown, ValuesFold } from "../kit/values-fold.tsx";
import { language, t } from "../language.ts";
import { change } from "../navigation.ts";
import type { View } from "../period.ts";
import { BucketsTable } from "./buckets-table.tsx";
import { wayDown } from "./drill.ts";
import { texts } from "./texts.ts";

export interface ChartCardProps {
  readonly series: SeriesAnswer;
  /** The year before, bucket by bucket; null where nothing is compared. */
  readonly before: SeriesAnswer | null;
  readonly view: View;
  /** Names chart and table. */
  readonly title: string;
  readonly csvHref: string;
  readonly onSwipe: (direction: -1 | 1) => void;
}

/** The bars of a view and, under them, the same figures as a table. */
export function ChartCard({ series, before, view, title, csvHref, onSwipe }: ChartCardProps) {
  const spoken = language.value;
  const way = wayDown(view);
  const hoursNote = view === "jour" ? clockChangeNote(series.start as LocalDate, spoken) : null;
  const model = useMemo(
    () => barsOfSeries(series, { language: spoken, measure: "energy", ...(before === null ? {} : { before }) }),
    [series, before, spoken],
  );
  return (
    <Card>
      {view === "jour" && <StepChoice isByHour={series.step === "hour"} />}
      <Swipe onSwipe={onSwipe}>
        <Chart
          model={model}
          title={title}
          height={300}
          hasTable={areValuesShown.value}
          {...(way && {
            openLabel: t(way.label),
            onOpen: (key: string) => change({ vue: way.view, date: key }),
          })}
        />
      </Swipe>
      <p class="small muted">{t(way ? texts.hint : texts.hintOfHours)}</p>
      {hoursNote !== null && <p class="small muted">{hoursNote}</p>}
      <ValuesFold csvHref={csvHref}>
        <BucketsTable series={series} before={before} view={view} caption={title} />
      </ValuesFold>
    </Card>
  );
}

const StepChoice = ({ isByHour }: { readonly isByHour: boolean }) => (
  <div class="row">
    <Segmented
      label={t(texts.step)}
      options={[
        { value: "half_hour", label: t(texts.halfHours) },
        { value: "hour", label: t(texts.hours) },
      ]}
      value={isByHour ? "hour" : "half_hour"}
      onChange={(chosen) => change({ pas: chosen === "hour" ? "heure" : null })}
    />
  </div>
);
