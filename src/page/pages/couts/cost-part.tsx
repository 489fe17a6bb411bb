import { useMemo } from "preact/hooks";
import type { LocalDate } from "../../../domain/units.ts";
import type { BillAnswer } from "../../../server/api/bill.ts";
import type { SeriesAnswer, SeriesBucket } from "../../../server/api/series.ts";
import { urlOf } from "../../api/client.ts";
import { useApi } from "../../api/resource.ts";
import { Chart } from "../../charts/chart.tsx";
import { barsOfSeries, stepOfView } from "../../charts/series-bars.ts";
import { dayShort, exactEnergy, money, unknownSign } from "../../format.ts";
import { today, usagePoint } from "../../home.ts";
import { Answer } from "../../kit/answer.tsx";
import { Card } from "../../kit/card.tsx";
import { type Column, DataTable } from "../../kit/data-table.tsx";
import { DateStepper } from "../../kit/date-stepper.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { QualityMark } from "../../kit/quality-mark.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { Swipe } from "../../kit/swipe.tsx";
import { usePeriod } from "../../kit/use-period.ts";
import { Value } from "../../kit/value.tsx";
import { language, t } from "../../language.ts";
import { change, go, hrefOf } from "../../navigation.ts";
import { neighbour, type Period, type Reach, titleOf, within } from "../../period.ts";
import { rowNameOf } from "../../series/row-name.ts";
import { markOf } from "../../series/words.ts";
import { amountOf } from "./bill-words.ts";
import { BillNotes } from "./notes.tsx";
import { Outlook } from "./outlook.tsx";
import { texts } from "./texts.ts";
import { useBill } from "./use-bill.ts";

/** The cost of any day, week, month or year: its amount, its bars stacked by price, its table. */
export function CostPart({ reach }: { readonly reach: Reach }) {
  const { period, choose } = usePeriod(reach);
  const spoken = language.value;
  const span = within(period, reach);
  const id = usagePoint.value?.id;
  const step = period.view === "jour" ? "hour" : stepOfView[period.view];
  const path = id === undefined || span === null ? null : `api/series/${id}`;
  const query = { flow: "consumption", step, start: span?.from, end: span?.to };
  const series = useApi<SeriesAnswer>(path, query);
  const { bill, isAsked } = useBill(period, reach);
  const title = titleOf(period, today.value, spoken);
  const model = useMemo(
    () => series.data && barsOfSeries(series.data, { language: spoken, measure: "money" }),
    [series.data, spoken],
  );
  return (
    <>
      {isAsked ? (
        <BillHeadline bill={bill.data} title={title} />
      ) : (
        <SeriesHeadline series={series.data} title={title} />
      )}
      <DateStepper period={period} reach={reach} today={today.value} onChange={choose} />
      {series.failure && <FailureLine failure={series.failure} onRetry={() => void series.reload()} />}
      {bill.failure && <FailureLine failure={bill.failure} onRetry={() => void bill.reload()} />}
      {bill.data && <BillNotes bill={bill.data} />}
      {!isAsked && series.data && series.data.total.unpricedWh > 0 && (
        <Problem
          text={t(texts.noPrice)}
          tone="note"
          action={{ label: t(texts.givePrice), href: hrefOf("couts", { partie: "contrat" }) }}
        />
      )}
      <Card>
        <div class="cost-chart">
          {model ? (
            <Swipe
              onSwipe={(direction) => {
                const next = neighbour(period, direction, reach);
                if (next) choose(next);
              }}
            >
              <Chart
                model={model}
                title={`${t(texts.costOf)}, ${title}`}
                height={300}
                hasTable
                onOpen={(key) => open(key, period)}
              />
            </Swipe>
          ) : (
            series.isLoading && <Skeleton lines={8} label={t(texts.loading)} />
          )}
        </div>
        {period.view === "jour" && <p class="small muted">{t(texts.tapHour)}</p>}
      </Card>
      {bill.data && <Outlook bill={bill.data} />}
      {series.data && (
        <Card title={t(texts.energyOnly)}>
          <Buckets
            series={series.data}
            caption={`${t(texts.costOf)}, ${title}`}
            csvHref={urlOf(path ?? "", { ...query, format: "csv" })}
          />
        </Card>
      )}
    </>
  );
}

/** One step down: from a year to its month, from a month to its day, from a day to why an hour cost what it did. */
function open(key: string, { view }: Period): void {
  if (view === "total") change({ vue: "annee", date: key });
  else if (view === "annee") change({ vue: "mois", date: key });
  else if (view === "jour") go("couts", { partie: "heure", heure: key });
  else change({ vue: "jour", date: key });
}

interface HeadlineProps {
  readonly title: string;
}

function BillHeadline({ bill, title }: HeadlineProps & { readonly bill: BillAnswer | null }) {
  const spoken = language.value;
  if (bill === null) return <Answer sentence={title} figures={["…"]} />;
  const { eur, sentence } = amountOf(bill, spoken);
  const isRunning = bill.to < bill.wholeTo;
  return (
    <Answer
      sentence={isRunning ? `${title}, ${t(texts.toDate)} ${dayShort(bill.to as LocalDate, spoken)}` : title}
      figures={[money(eur, spoken)]}
      unknown={eur === null ? t(texts.noPrice) : undefined}
    >
      {sentence}
    </Answer>
  );
}

function SeriesHeadline({ series, title }: HeadlineProps & { readonly series: SeriesAnswer | null }) {
  const spoken = language.value;
  if (series === null) return <Answer sentence={title} figures={["…"]} />;
  const { eur, energyWh } = series.total;
  return (
    <Answer
      sentence={title}
      figures={[eur === null ? unknownSign : money(eur, spoken)]}
      unknown={energyWh === null ? t(texts.noDay) : eur === null ? t(texts.noPrice) : undefined}
    >
      {eur !== null && t(texts.withoutStanding)}
    </Answer>
  );
}

interface BucketsProps {
  readonly series: SeriesAnswer;
  readonly caption: string;
  readonly csvHref: string;
}

const headOf = { half_hour: texts.hour, hour: texts.hour, day: texts.day, month: texts.month, year: texts.year };

function Buckets({ series, caption, csvHref }: BucketsProps) {
  const spoken = language.value;
  const columns: [Column<SeriesBucket>, ...Column<SeriesBucket>[]] = [
    { key: "name", head: t(headOf[series.step]), cell: (bucket) => rowNameOf(bucket, series.step, spoken) },
    {
      key: "energy",
      head: t(texts.energy),
      unit: "kWh",
      isNumber: true,
      cell: ({ energyWh }) => <Value text={exactEnergy(energyWh, spoken)} />,
    },
    { key: "eur", head: t(texts.cost), isNumber: true, cell: ({ eur }) => <Value text={money(eur, spoken)} /> },
    { key: "quality", head: t(texts.quality), cell: (bucket) => <QualityMark quality={markOf(bucket)} /> },
  ];
  if (series.step === "hour")
    columns[3] = {
      key: "why",
      head: t(texts.seeHour),
      cell: ({ key, start, end }) => (
        <a href={hrefOf("couts", { partie: "heure", heure: key })}>
          {t(texts.seeHour)}
          <span class="hidden-text"> {rowNameOf({ key, start, end } as SeriesBucket, series.step, spoken)}</span>
        </a>
      ),
    };
  return (
    <DataTable<SeriesBucket>
      caption={caption}
      rows={series.buckets}
      rowKey={({ key }) => key}
      columns={columns}
      csvHref={csvHref}
    />
  );
}
