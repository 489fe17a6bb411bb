import "./page.css";
import { daysFromTo } from "../../../domain/calendar.ts";
import { type DayState, dayStates } from "../../../domain/day-state.ts";
import type { LocalDate } from "../../../domain/units.ts";
import type { QualityAnswer } from "../../../server/api/quality.ts";
import { urlOf } from "../../api/client.ts";
import { useApi } from "../../api/resource.ts";
import { usagePoint } from "../../home.ts";
import { Answer } from "../../kit/answer.tsx";
import { Card } from "../../kit/card.tsx";
import { DayCalendar, type DayKind } from "../../kit/day-calendar.tsx";
import { EmptyState } from "../../kit/empty-state.tsx";
import { Icon } from "../../kit/icon.tsx";
import { FailureLine } from "../../kit/problem.tsx";
import { Segmented } from "../../kit/segmented.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { language, t } from "../../language.ts";
import { address, change } from "../../navigation.ts";
import { DayWhy } from "./day-why.tsx";
import { texts } from "./texts.ts";
import { completeness, headline, othersOf, shareOf, stateNames } from "./words.ts";

type Flow = "consumption" | "production";

/** How far each day is known, why, and what can be done about it. */
export default function Page() {
  const point = usagePoint.value;
  if (point === null) return <EmptyState title={t(texts.none)} text={t(texts.noneMore)} />;
  const { params } = address.value;
  const flow: Flow = params.flux === "production" && point.hasProduction ? "production" : "consumption";
  return <Days key={`${point.id} ${flow}`} usagePoint={point.id} flow={flow} hasProduction={point.hasProduction} />;
}

interface DaysProps {
  readonly usagePoint: string;
  readonly flow: Flow;
  readonly hasProduction: boolean;
}

function Days({ usagePoint: id, flow, hasProduction }: DaysProps) {
  const path = `api/quality/${id}`;
  const quality = useApi<QualityAnswer>(path, { flow });
  const answer = quality.data;
  const { params } = address.value;
  const chosen = params.jour as LocalDate | undefined;
  return (
    <div class="stack">
      {answer && <Headline answer={answer} />}
      {hasProduction && (
        <Segmented
          label={t(texts.flow)}
          options={[
            { value: "consumption", label: t(texts.consumption) },
            { value: "production", label: t(texts.production) },
          ]}
          value={flow}
          onChange={(next) => change({ flux: next, jour: null })}
        />
      )}
      {quality.failure && <FailureLine failure={quality.failure} onRetry={() => void quality.reload()} />}
      {answer === null && quality.isLoading && <Skeleton lines={8} label={t(texts.loading)} />}
      {chosen !== undefined && <DayWhy usagePoint={id} flow={flow} date={chosen} />}
      {answer && (answer.states.length === 0 || answer.firstDay === null) && (
        <EmptyState title={t(texts.none)} text={t(texts.noneMore)} />
      )}
      {answer && answer.states.length > 0 && (
        <Year answer={answer} chosen={chosen ?? null} csvHref={urlOf(path, { flow, format: "csv" })} />
      )}
    </div>
  );
}

function Headline({ answer }: { readonly answer: QualityAnswer }) {
  const { complete, all } = completeness(answer);
  if (all === 0) return null;
  const spoken = language.value;
  return (
    <Answer sentence={headline(answer, spoken)} figures={[shareOf(complete, all, spoken)]}>
      {othersOf(answer, spoken)}
    </Answer>
  );
}

interface YearProps {
  readonly answer: QualityAnswer;
  readonly chosen: LocalDate | null;
  readonly csvHref: string;
}

/** A year at a time, the latest first. */
function Year({ answer, chosen, csvHref }: YearProps) {
  const [firstYear, lastYear] = [answer.start, answer.end].map((date) => Number(date.slice(0, 4)));
  const asked = Number(address.value.params.annee ?? chosen?.slice(0, 4) ?? lastYear);
  const year = Math.min(Math.max(asked, firstYear ?? asked), lastYear ?? asked);
  const days = daysFromTo(answer.start as LocalDate, answer.end as LocalDate).flatMap((date, position) => {
    const kind = answer.states[position];
    return kind !== undefined && date.startsWith(`${year}-`) ? [{ date, kind }] : [];
  });
  const step = (by: -1 | 1): void => change({ annee: String(year + by), jour: null });
  const isFirst = year === firstYear;
  const isLast = year === lastYear;
  return (
    <Card
      title={`${t(texts.calendar)}, ${year}`}
      side={
        <span class="row">
          <button
            type="button"
            class="button icon"
            aria-label={t(texts.previousYear)}
            aria-disabled={isFirst}
            onClick={() => !isFirst && step(-1)}
          >
            <Icon name="left" />
          </button>
          <button
            type="button"
            class="button icon"
            aria-label={t(texts.nextYear)}
            aria-disabled={isLast}
            onClick={() => !isLast && step(1)}
          >
            <Icon name="right" />
          </button>
        </span>
      }
    >
      <p class="small muted">{t(texts.choose)}</p>
      <DayCalendar
        label={t(texts.calendar)}
        days={days}
        kinds={kinds()}
        selected={chosen}
        isNewestFirst
        onSelect={(date) => change({ jour: date, annee: null })}
      />
      <div class="row">
        <a class="button" href={csvHref} download>
          <Icon name="download" />
          {t(texts.csv)}
        </a>
      </div>
    </Card>
  );
}

const signs: Readonly<Record<DayState, string>> = {
  complete: "✓",
  corrected: "↻",
  disagreeing: "≠",
  estimated: "≈",
  typed: "✎",
  partial: "½",
  missing: "—",
  pending: "?",
  not_asked: "…",
  before_first_day: "·",
};

const styles: Readonly<Record<DayState, string>> = {
  complete: "quality-complete",
  corrected: "quality-corrected",
  disagreeing: "quality-warn",
  estimated: "estimated",
  typed: "estimated",
  partial: "quality-warn",
  missing: "missing",
  pending: "pending",
  not_asked: "pending",
  before_first_day: "missing",
};

const kinds = (): Readonly<Record<DayState, DayKind>> =>
  Object.fromEntries(
    dayStates.map((state) => [state, { name: t(stateNames[state]), sign: signs[state], style: styles[state] }]),
  ) as Record<DayState, DayKind>;
