import { useMemo } from "preact/hooks";
import { addDays } from "../../domain/calendar.ts";
import type { LocalDate } from "../../domain/units.ts";
import type { SeriesAnswer, SeriesBucket, SeriesPeriod } from "../../server/api/series.ts";
import { type Query, urlOf } from "../api/client.ts";
import { useApi } from "../api/resource.ts";
import { Chart } from "../charts/chart.tsx";
import { barsOfSeries, stepOfView } from "../charts/series-bars.ts";
import { nameOfPeriod } from "../charts/tones.ts";
import { energy, exactEnergy, money, percent } from "../format.ts";
import { now, today, usagePoint } from "../home.ts";
import { Answer } from "../kit/answer.tsx";
import { Card } from "../kit/card.tsx";
import { type Column, DataTable } from "../kit/data-table.tsx";
import { DateStepper } from "../kit/date-stepper.tsx";
import { FailureLine, Problem } from "../kit/problem.tsx";
import { QualityMark } from "../kit/quality-mark.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { Skeleton } from "../kit/skeleton.tsx";
import { Swipe } from "../kit/swipe.tsx";
import { usePeriod } from "../kit/use-period.ts";
import { Value } from "../kit/value.tsx";
import { language, t } from "../language.ts";
import { address, change, hrefOf } from "../navigation.ts";
import { neighbour, type Period, type Reach, titleOf, within, yearBefore } from "../period.ts";
import { rowNameOf } from "./row-name.ts";
import { texts } from "./texts.ts";
import { comparisonNote, estimatedNote, markOf, missingNote } from "./words.ts";

export interface SeriesViewProps {
  readonly flow: "consumption" | "production";
  readonly reach: Reach;
}

/** The energy of any day, week, month or year: its answer, its bars, its table, and the way down to each bar. */
export function SeriesView({ flow, reach }: SeriesViewProps) {
  const { period, choose, isCompared, compare } = usePeriod(reach);
  const spoken = language.value;
  const id = usagePoint.value?.id;
  const isByHour = address.value.params.pas === "heure";
  const step = period.view === "jour" && isByHour ? "hour" : stepOfView[period.view];
  const span = within(period, reach);
  const path = id === undefined || span === null ? null : `api/series/${id}`;
  const query = { flow, step, start: span?.from, end: span?.to };
  const series = useApi<SeriesAnswer>(path, query);
  const before = useApi<SeriesAnswer>(isCompared && period.view !== "total" ? path : null, beforeOf(period, query));
  const title = titleOf(period, today.value, spoken);
  const shownBefore = isCompared ? before.data : undefined;
  const model = useMemo(
    () =>
      series.data &&
      barsOfSeries(series.data, {
        language: spoken,
        measure: "energy",
        ...(shownBefore === undefined ? {} : { before: shownBefore }),
      }),
    [series.data, shownBefore, spoken],
  );
  return (
    <>
      <Headline series={series.data} before={shownBefore ?? null} title={title} flow={flow} />
      <DateStepper
        period={period}
        reach={reach}
        today={today.value}
        onChange={choose}
        comparison={{ isOn: isCompared, onChange: compare }}
      />
      {series.failure && <FailureLine failure={series.failure} onRetry={() => void series.reload()} />}
      {before.failure && <FailureLine failure={before.failure} onRetry={() => void before.reload()} />}
      <Notes series={series.data} />
      <Card>
        {period.view === "jour" && (
          <Segmented
            label={t(texts.step)}
            options={[
              { value: "half_hour", label: t(texts.halfHours) },
              { value: "hour", label: t(texts.hours) },
            ]}
            value={isByHour ? "hour" : "half_hour"}
            onChange={(chosen) => change({ pas: chosen === "hour" ? "heure" : null })}
          />
        )}
        <div class="series-chart">
          {model && series.data ? (
            <Swipe
              onSwipe={(direction) => {
                const next = neighbour(period, direction, reach);
                if (next) choose(next);
              }}
            >
              <Chart
                model={model}
                title={`${t(texts[flow])}, ${title}`}
                height={300}
                hasTable
                onOpen={(key) => open(key, period)}
              />
            </Swipe>
          ) : (
            series.isLoading && <Skeleton lines={8} label={t(texts.loading)} />
          )}
        </div>
      </Card>
      {series.data && (
        <div class="columns">
          <Card title={t(texts.periods)}>
            <Periods series={series.data} flow={flow} />
          </Card>
          <Card title={title}>
            <Buckets
              series={series.data}
              before={shownBefore ?? null}
              flow={flow}
              csvHref={urlOf(path ?? "", { ...query, format: "csv" })}
              caption={`${t(texts[flow])}, ${title}`}
            />
          </Card>
        </div>
      )}
    </>
  );
}

/** The same days a year before: as many of them, so that both stand side by side. */
function beforeOf(period: Period, query: Query): Query {
  const whole = yearBefore(period);
  const skipped = query.start === undefined ? 0 : daysAfter(period.from, query.start as LocalDate);
  const start = addDays(whole.from, skipped);
  return { ...query, start, end: whole.to };
}

const daysAfter = (from: LocalDate, date: LocalDate): number =>
  Math.round((Date.parse(date) - Date.parse(from)) / 86_400_000);

/** One step down: from a year to its month, from a month to its day. */
function open(key: string, { view }: Period): void {
  if (view === "total") change({ vue: "annee", date: key });
  else if (view === "annee") change({ vue: "mois", date: key });
  else if (view !== "jour") change({ vue: "jour", date: key });
}

interface HeadlineProps {
  readonly series: SeriesAnswer | null;
  readonly before: SeriesAnswer | null;
  readonly title: string;
  readonly flow: SeriesViewProps["flow"];
}

function Headline({ series, before, title }: HeadlineProps) {
  const spoken = language.value;
  if (series === null) return <Answer sentence={title} figures={["…"]} />;
  const { total } = series;
  const isToday = series.end >= today.value || Date.parse(series.end) > now.value - 2 * 86_400_000;
  return (
    <Answer
      sentence={title}
      figures={[energy(total.energyWh, spoken), ...(total.eur === null ? [] : [money(total.eur, spoken)])]}
      unknown={total.energyWh === null ? t(isToday ? texts.unpublished : texts.nothing) : undefined}
    >
      {before && comparisonNote(total, before.total, spoken)}
    </Answer>
  );
}

function Notes({ series }: { readonly series: SeriesAnswer | null }) {
  if (series === null || series.total.energyWh === null) return null;
  const spoken = language.value;
  const missing = missingNote(series.total, spoken);
  const estimated = estimatedNote(series.total, spoken);
  return (
    <>
      {missing !== null && (
        <Problem
          text={missing}
          tone="note"
          action={{ label: t(texts.toQuality), href: hrefOf("qualite", { flux: series.flow }) }}
        />
      )}
      {estimated !== null && <Problem text={estimated} tone="note" />}
    </>
  );
}

interface PeriodsProps {
  readonly series: SeriesAnswer;
  readonly flow: SeriesViewProps["flow"];
}

/** How the energy of the span is parted among the prices. */
function Periods({ series: { total }, flow }: PeriodsProps) {
  const spoken = language.value;
  return (
    <DataTable<SeriesPeriod>
      caption={t(texts.periods)}
      rows={total.periods}
      rowKey={({ period }) => period ?? ""}
      columns={[
        {
          key: "period",
          head: t(texts.period),
          cell: ({ period }) => t(flow === "production" ? texts.production : nameOfPeriod(period)),
        },
        {
          key: "energy",
          head: t(texts.energy),
          unit: "kWh",
          isNumber: true,
          cell: ({ energyWh }) => exactEnergy(energyWh, spoken),
        },
        {
          key: "share",
          head: t(texts.share),
          isNumber: true,
          cell: ({ energyWh }) => percent(total.energyWh ? energyWh / total.energyWh : null, spoken),
        },
        {
          key: "eur",
          head: t(flow === "production" ? texts.revenue : texts.cost),
          isNumber: true,
          cell: ({ eur }) => <Value text={money(eur, spoken)} />,
        },
      ]}
    />
  );
}

interface BucketsProps extends PeriodsProps {
  readonly before: SeriesAnswer | null;
  readonly csvHref: string;
  readonly caption: string;
}

interface Row {
  readonly bucket: SeriesBucket;
  readonly before: SeriesBucket | undefined;
}

function Buckets({ series, before, flow, csvHref, caption }: BucketsProps) {
  const spoken = language.value;
  const rows = series.buckets.map((bucket, position): Row => ({ bucket, before: before?.buckets[position] }));
  const named = { half_hour: texts.hour, hour: texts.hour, day: texts.day, month: texts.month, year: texts.year };
  const columns: [Column<Row>, ...Column<Row>[]] = [
    { key: "name", head: t(named[series.step]), cell: ({ bucket }) => rowNameOf(bucket, series.step, spoken) },
    {
      key: "energy",
      head: t(texts.energy),
      unit: "kWh",
      isNumber: true,
      cell: ({ bucket }) => <Value text={exactEnergy(bucket.energyWh, spoken)} />,
    },
  ];
  if (before)
    columns.push({
      key: "before",
      head: t(texts.before),
      unit: "kWh",
      isNumber: true,
      cell: (row) => <Value text={exactEnergy(row.before?.energyWh ?? null, spoken)} />,
    });
  columns.push(
    {
      key: "eur",
      head: t(flow === "production" ? texts.revenue : texts.cost),
      isNumber: true,
      cell: ({ bucket }) => <Value text={money(bucket.eur, spoken)} />,
    },
    { key: "quality", head: t(texts.quality), cell: ({ bucket }) => <QualityMark quality={markOf(bucket)} /> },
  );
  return (
    <DataTable<Row>
      caption={caption}
      rows={rows}
      rowKey={({ bucket }) => bucket.key}
      columns={columns}
      csvHref={csvHref}
    />
  );
}
