import type { ComponentChildren } from "preact";
import type { LocalDate } from "../../domain/units.ts";
import type { SeriesAnswer } from "../../server/api/series.ts";
import { today } from "../home.ts";
import { Card } from "../kit/card.tsx";
import { DateStepper } from "../kit/date-stepper.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { FailureLine } from "../kit/problem.tsx";
import { Skeleton } from "../kit/skeleton.tsx";
import { usePeriod } from "../kit/use-period.ts";
import { language, t } from "../language.ts";
import { hrefWith } from "../navigation.ts";
import { neighbour, type Period, periodOf, type Reach, titleOf, within } from "../period.ts";
import { ChartCard } from "./chart-card.tsx";
import { Headline, unknownReason } from "./headline.tsx";
import { Notes } from "./notes.tsx";
import { PeriodsCard } from "./periods-card.tsx";
import { texts } from "./texts.ts";
import { throughOf } from "./through.ts";
import { useSeries } from "./use-series.ts";
import type { KnownDays } from "./words.ts";

export interface SeriesViewProps {
  readonly flow: SeriesAnswer["flow"];
  readonly reach: Reach;
  /** Said under the figure: what it does not hold. */
  readonly remark?: string;
  /** Further cards, beside the tariff periods. */
  readonly cards: (series: SeriesAnswer) => ComponentChildren;
}

/** The energy of any day, week, month or year: its answer, its bars, its table, and the way down to each bar. */
export function SeriesView({ flow, reach, remark, cards }: SeriesViewProps) {
  const { period, choose, isCompared, compare } = usePeriod(reach);
  const span = within(period, reach) ?? period;
  const through = throughOf(flow) ?? reach.last;
  const days: KnownDays = { period, span, through };
  const { series, before, sameDays, failure, retry, csvHref } = useSeries({ flow, days, isCompared });
  const title = titleOf(period, today.value, language.value);
  const isEmpty = series !== null && series.total.energyWh === null;
  const step = (direction: -1 | 1): void => {
    const next = neighbour(period, direction, reach);
    if (next) choose(next);
  };
  return (
    <>
      <Headline title={title} series={series} days={days} before={sameDays} remark={remark} />
      <DateStepper
        period={period}
        reach={reach}
        today={today.value}
        onChange={(next) => choose(known(period, next, { reach, through }))}
        comparison={{ isOn: isCompared, onChange: compare }}
      />
      {failure && <FailureLine failure={failure} onRetry={retry} />}
      {series && <Notes series={series} />}
      {series && !isEmpty && (
        <ChartCard
          series={series}
          before={before}
          view={period.view}
          title={`${t(texts[flow])}, ${title}`}
          csvHref={csvHref}
          onSwipe={step}
        />
      )}
      {isEmpty && <Nothing days={days} />}
      {series === null && failure === null && (
        <Card>
          <Skeleton lines={12} label={t(texts.loading)} />
        </Card>
      )}
      {series && !isEmpty && (
        <div class="columns">
          {flow === "consumption" && <PeriodsCard series={series} />}
          {cards(series)}
        </div>
      )}
    </>
  );
}

/** From a longer view to a day it goes to one that has readings, rather than to today's, which come tomorrow. */
function known(
  from: Period,
  next: Period,
  { reach, through }: { readonly reach: Reach; readonly through: LocalDate },
): Period {
  if (next.view !== "jour" || from.view === "jour" || next.from <= through) return next;
  return periodOf("jour", through, reach);
}

function Nothing({ days }: { readonly days: KnownDays }) {
  const reason = unknownReason(days);
  return (
    <EmptyState
      title={t(reason)}
      text={t(reason === texts.unpublished ? texts.unpublishedMore : texts.nothingMore)}
      action={{ label: t(texts.toLatest), href: hrefWith({ vue: "jour", date: days.through }) }}
    />
  );
}
