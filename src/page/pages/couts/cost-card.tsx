import { useMemo } from "preact/hooks";
import type { SeriesAnswer, SeriesBucket } from "../../../server/api/series.ts";
import { Chart } from "../../charts/chart.tsx";
import { barsOfSeries, isPending } from "../../charts/series-bars.ts";
import { exactEnergy, money } from "../../format.ts";
import { Card } from "../../kit/card.tsx";
import { DataTable } from "../../kit/data-table.tsx";
import { QualityMark } from "../../kit/quality-mark.tsx";
import { Swipe } from "../../kit/swipe.tsx";
import { kitTexts } from "../../kit/texts.ts";
import { Value } from "../../kit/value.tsx";
import { areValuesShown, ValuesFold } from "../../kit/values-fold.tsx";
import { language, t } from "../../language.ts";
import { hrefWith } from "../../navigation.ts";
import type { Period } from "../../period.ts";
import { wayDown } from "../../series/drill.ts";
import { rowNameOf } from "../../series/row-name.ts";
import { markOf } from "../../series/words.ts";
import { texts } from "./texts.ts";

export interface CostCardProps {
  readonly series: SeriesAnswer;
  readonly period: Period;
  readonly title: string;
  readonly csvHref: string | undefined;
  readonly onSwipe: (direction: -1 | 1) => void;
}

/** The cost of each step, stacked by price; each leads one step down, an hour to why it cost what it did. */
export function CostCard({ series, period, title, csvHref, onSwipe }: CostCardProps) {
  const spoken = language.value;
  const model = useMemo(() => barsOfSeries(series, { language: spoken, measure: "money" }), [series, spoken]);
  const name = `${t(texts.costOf)}, ${title}`;
  const isDay = period.view === "jour";
  return (
    <Card title={t(texts.energyOnly)}>
      <Swipe onSwipe={onSwipe}>
        <Chart
          model={model}
          title={name}
          height={300}
          hasTable={areValuesShown.value}
          onOpen={(key) => {
            location.hash = wayOf(key, period);
          }}
          openLabel={t(wayDown(period.view)?.label ?? texts.seeHour)}
        />
      </Swipe>
      {isDay && <p class="small muted">{t(texts.tapHour)}</p>}
      <ValuesFold csvHref={csvHref}>
        <Steps series={series} period={period} caption={name} />
      </ValuesFold>
    </Card>
  );
}

/** One step down: from a year to its month, from a month to its day, from a day to an hour explained. */
function wayOf(key: string, { view }: Period): string {
  const way = wayDown(view);
  return hrefWith(way === null ? { partie: "heure", heure: key } : { vue: way.view, date: key });
}

interface StepsProps {
  readonly series: SeriesAnswer;
  readonly period: Period;
  readonly caption: string;
}

const heads = { half_hour: texts.hour, hour: texts.hour, day: texts.day, month: texts.month, year: texts.year };

function Steps({ series, period, caption }: StepsProps) {
  const spoken = language.value;
  return (
    <DataTable<SeriesBucket>
      caption={caption}
      rows={series.buckets}
      rowKey={({ key }) => key}
      columns={[
        {
          key: "name",
          head: t(heads[series.step]),
          cell: (bucket) => (
            <>
              <a href={wayOf(bucket.key, period)}>{rowNameOf(bucket, series.step, spoken)}</a>
              {!isPending(bucket) && markOf(bucket) !== "complete" && (
                <span class="cost-detail">
                  <QualityMark quality={markOf(bucket)} />
                </span>
              )}
            </>
          ),
        },
        {
          key: "energy",
          head: t(texts.energy),
          unit: "kWh",
          isNumber: true,
          cell: (bucket) => <Value text={exactEnergy(bucket.energyWh, spoken)} reason={reasonOf(bucket)} />,
        },
        {
          key: "eur",
          head: t(texts.cost),
          isNumber: true,
          cell: (bucket) => <Value text={money(bucket.eur, spoken)} reason={reasonOf(bucket)} />,
        },
      ]}
    />
  );
}

const reasonOf = (bucket: SeriesBucket): string | undefined => (isPending(bucket) ? t(kitTexts.pending) : undefined);
