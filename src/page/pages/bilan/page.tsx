import { useMemo } from "preact/hooks";
import type { BalanceAnswer } from "../../../server/api/balance.ts";
import { useApi } from "../../api/resource.ts";
import { Chart } from "../../charts/chart.tsx";
import { reachOf, today, usagePoint } from "../../home.ts";
import { Answer } from "../../kit/answer.tsx";
import { Card } from "../../kit/card.tsx";
import { DateStepper } from "../../kit/date-stepper.tsx";
import { EmptyState } from "../../kit/empty-state.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { Swipe } from "../../kit/swipe.tsx";
import { usePeriod } from "../../kit/use-period.ts";
import { areValuesShown, ValuesFold } from "../../kit/values-fold.tsx";
import { language, t } from "../../language.ts";
import { hrefOf, hrefWith } from "../../navigation.ts";
import { neighbour, type Period, periodOf, type Reach, titleOf, within } from "../../period.ts";
import { throughOf } from "../../series/through.ts";
import { extentNote } from "../../series/words.ts";
import { balanceModel, balanceWords, missingNote, stepOfView } from "./balance.ts";
import { BalanceTable, wayDown } from "./balance-table.tsx";
import { MoneyCard, SelfConsumptionCard } from "./side-cards.tsx";
import { texts } from "./texts.ts";

const offered = ["mois", "annee", "total"] as const;

/** What is taken from the grid against what is given to it, by month and year. */
export default function Page() {
  const [consumed, injected] = [reachOf("consumption"), reachOf("production")];
  if (consumed === null || injected === null) return <None />;
  return <Known reach={{ first: earlier(consumed.first, injected.first), last: consumed.last }} />;
}

const earlier = (one: Reach["first"], other: Reach["first"]): Reach["first"] => (one < other ? one : other);

const None = () => (
  <EmptyState
    title={t(texts.none)}
    text={t(texts.noneMore)}
    action={{ label: t(texts.toConsumption), href: hrefOf("consommation") }}
  />
);

/** A link from another page may ask for a day or a week: its month is shown. */
function shownPeriod(period: Period, reach: Reach): Period & { readonly view: (typeof offered)[number] } {
  const view = offered.find((name) => name === period.view) ?? "mois";
  return { ...(view === period.view ? period : periodOf(view, period.from, reach)), view };
}

function Known({ reach }: { readonly reach: Reach }) {
  const chosen = usePeriod(reach, "annee");
  const period = shownPeriod(chosen.period, reach);
  const span = within(period, reach) ?? period;
  const balance = useApi<BalanceAnswer>(`api/balance/${usagePoint.value?.id ?? ""}`, {
    step: stepOfView[period.view],
    start: span.from,
    end: span.to,
  });
  const title = titleOf(period, today.value, language.value);
  return (
    <div class="stack">
      <Headline balance={balance.data} title={title} period={period} span={span} />
      <DateStepper period={period} reach={reach} today={today.value} onChange={chosen.choose} offered={offered} />
      {balance.failure && <FailureLine failure={balance.failure} onRetry={() => void balance.reload()} />}
      {balance.data && (
        <Shown
          balance={balance.data}
          title={`${t(texts.title)}, ${title}`}
          onSwipe={(direction) => {
            const next = neighbour(period, direction, reach);
            if (next) chosen.choose(next);
          }}
        />
      )}
      {balance.data === null && balance.isLoading && (
        <Card>
          <Skeleton lines={12} label={t(texts.loading)} />
        </Card>
      )}
    </div>
  );
}

interface HeadlineProps {
  readonly balance: BalanceAnswer | null;
  readonly title: string;
  readonly period: Period;
  readonly span: Pick<Period, "from" | "to">;
}

function Headline({ balance, title, period, span }: HeadlineProps) {
  if (balance === null) return <Answer sentence={title} figures={["…"]} />;
  const { sentence, figure, unknown, more } = balanceWords(balance.total, title, language.value);
  const through = throughOf("consumption", "production") ?? span.to;
  const extent = extentNote({ period, span, through }, language.value);
  return (
    <Answer sentence={sentence} figures={[figure]} unknown={unknown ?? undefined}>
      <p>{[more, extent].filter((note) => note !== null).join(" ")}</p>
    </Answer>
  );
}

interface ShownProps {
  readonly balance: BalanceAnswer;
  readonly title: string;
  readonly onSwipe: (direction: -1 | 1) => void;
}

function Shown({ balance, title, onSwipe }: ShownProps) {
  const spoken = language.value;
  const model = useMemo(() => balanceModel(balance, spoken), [balance, spoken]);
  const missing = missingNote(balance.total, spoken);
  if (balance.total.consumedWh === null && balance.total.injectedWh === null) return <Nothing />;
  return (
    <>
      {missing !== null && (
        <Problem text={missing} tone="note" action={{ label: t(texts.toQuality), href: hrefOf("qualite") }} />
      )}
      <Card>
        <Swipe onSwipe={onSwipe}>
          <Chart
            model={model}
            title={title}
            height={300}
            hasTable={areValuesShown.value}
            openLabel={t(texts.open)}
            onOpen={(key) => {
              location.hash = wayDown(key, balance.step);
            }}
          />
        </Swipe>
        <p class="small muted">{t(texts.hint)}</p>
        <ValuesFold>
          <BalanceTable balance={balance} caption={title} />
        </ValuesFold>
      </Card>
      <div class="columns">
        <MoneyCard total={balance.total} />
        <SelfConsumptionCard />
      </div>
    </>
  );
}

const Nothing = () => (
  <EmptyState
    title={t(texts.nothing)}
    text={t(texts.nothingMore)}
    action={{ label: t(texts.toLatest), href: hrefWith({ vue: "mois", date: latestMonth() }) }}
  />
);

const latestMonth = (): string | null => throughOf("consumption", "production")?.slice(0, 7) ?? null;
