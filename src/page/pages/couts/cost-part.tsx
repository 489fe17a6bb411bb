import type { LocalDate } from "../../../domain/units.ts";
import type { BillAnswer } from "../../../server/api/bill.ts";
import type { SeriesAnswer } from "../../../server/api/series.ts";
import { urlOf } from "../../api/client.ts";
import { useApi } from "../../api/resource.ts";
import { stepOfView } from "../../charts/series-bars.ts";
import { dayShort, money } from "../../format.ts";
import { today, usagePoint } from "../../home.ts";
import { Answer } from "../../kit/answer.tsx";
import { DateStepper } from "../../kit/date-stepper.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { usePeriod } from "../../kit/use-period.ts";
import { language, t } from "../../language.ts";
import { hrefOf } from "../../navigation.ts";
import { neighbour, type Period, type Reach, titleOf, within } from "../../period.ts";
import { amountOf } from "./bill-words.ts";
import { CostCard } from "./cost-card.tsx";
import { BillNotes } from "./notes.tsx";
import { Outlook } from "./outlook.tsx";
import { texts } from "./texts.ts";
import { useBill } from "./use-bill.ts";

/** The cost of any day, week, month or year: its amount, its bars stacked by price, its table. */
export function CostPart({ reach }: { readonly reach: Reach }) {
  const { period, choose } = usePeriod(reach);
  const { series, csvHref } = useCosts(period, reach);
  const { bill, isAsked } = useBill(period, reach);
  const title = titleOf(period, today.value, language.value);
  const step = (direction: -1 | 1): void => {
    const next = neighbour(period, direction, reach);
    if (next) choose(next);
  };
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
      <div class="cost-chart">
        {series.data ? (
          <CostCard series={series.data} period={period} title={title} csvHref={csvHref} onSwipe={step} />
        ) : (
          series.isLoading && <Skeleton lines={8} label={t(texts.loading)} />
        )}
      </div>
      {bill.data && <Outlook bill={bill.data} />}
    </>
  );
}

/** What is shown in steps that suit it: a day in hours, because prices and explanations are by the hour. */
function useCosts(period: Period, reach: Reach) {
  const span = within(period, reach);
  const id = usagePoint.value?.id;
  const path = id === undefined || span === null ? null : `api/series/${id}`;
  const step = period.view === "jour" ? "hour" : stepOfView[period.view];
  const query = { flow: "consumption", step, start: span?.from, end: span?.to };
  const series = useApi<SeriesAnswer>(path, query);
  return { series, csvHref: path === null ? undefined : urlOf(path, { ...query, format: "csv" }) };
}

interface HeadlineProps {
  readonly title: string;
}

function BillHeadline({ bill, title }: HeadlineProps & { readonly bill: BillAnswer | null }) {
  const spoken = language.value;
  if (bill === null) return <Answer sentence={title} figures={["…"]} />;
  const { eur, sentence } = amountOf(bill, spoken);
  return (
    <Answer
      sentence={titleOfBill(bill, title)}
      figures={[money(eur, spoken)]}
      unknown={eur === null ? t(texts.noPrice) : undefined}
    >
      {sentence}
    </Answer>
  );
}

/** `Novembre 2026, jusqu'au 20 nov. 2026`: a span that goes on is one to date. */
export function titleOfBill({ to, wholeTo }: Pick<BillAnswer, "to" | "wholeTo">, title: string): string {
  return to < wholeTo ? `${title}, ${t(texts.toDate)} ${dayShort(to as LocalDate, language.value)}` : title;
}

function SeriesHeadline({ series, title }: HeadlineProps & { readonly series: SeriesAnswer | null }) {
  if (series === null) return <Answer sentence={title} figures={["…"]} />;
  const { eur, energyWh } = series.total;
  return (
    <Answer
      sentence={title}
      figures={[money(eur, language.value)]}
      unknown={energyWh === null ? t(texts.noDay) : eur === null ? t(texts.noPrice) : undefined}
    >
      {eur === null ? undefined : t(texts.withoutStanding)}
    </Answer>
  );
}
