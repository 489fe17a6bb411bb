import "./page.css";
import { addDays } from "../../../domain/calendar.ts";
import type { LocalDate } from "../../../domain/units.ts";
import type { EcowattAnswer, EcowattDayView } from "../../../server/api/ecowatt.ts";
import { useApi } from "../../api/resource.ts";
import { capitalised } from "../../format.ts";
import { now, overview, today } from "../../home.ts";
import { Card } from "../../kit/card.tsx";
import { DayCalendar, type DayKind } from "../../kit/day-calendar.tsx";
import { EcowattCell } from "../../kit/ecowatt-cell.tsx";
import { ecowattName, ecowattSign } from "../../kit/ecowatt-names.ts";
import { EmptyState } from "../../kit/empty-state.tsx";
import { FailureLine } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { language, t } from "../../language.ts";
import { texts } from "./texts.ts";
import {
  dayTitle,
  type HistoryKind,
  historyOf,
  hourLabel,
  hoursOf,
  isNow,
  lowered,
  meaningOf,
  nowSentence,
  outlookOf,
  tickOf,
} from "./words.ts";

/** RTE tells today and the three days after it. */
const shownDays = [0, 1, 2, 3] as const;
/** A year of past days. */
const historyDays = 365;

/** The grid now, in the hours to come, and on the days behind. */
export default function Page() {
  const signals = useApi<EcowattAnswer>("api/ecowatt", {
    start: addDays(today.value, -historyDays),
    end: addDays(today.value, 3),
  });
  const days = signals.data?.days ?? [];
  if (signals.data === null && signals.isLoading) return <Skeleton lines={8} label={t(texts.loading)} />;
  return (
    <div class="stack">
      {signals.failure && <FailureLine failure={signals.failure} onRetry={() => void signals.reload()} />}
      {signals.data && days.length === 0 && <EmptyState title={t(texts.none)} text={t(texts.noneMore)} />}
      {days.length > 0 && (
        <>
          <Headline />
          <Card title={t(texts.forecast)}>
            {shownDays.map((by) => {
              const date = addDays(today.value, by);
              return <Day key={date} date={date} day={days.find((day) => day.date === date)} />;
            })}
            <Key />
          </Card>
          <History days={days} />
        </>
      )}
    </div>
  );
}

function Headline() {
  const ecowatt = overview.value?.ecowatt;
  if (!ecowatt) return null;
  const { current, forecast } = ecowatt;
  const outlook = outlookOf(forecast, now.value, language.value);
  if (!current) return <p class="muted">{t(texts.unknownNow)}</p>;
  return (
    <div class="row ecowatt-now">
      <EcowattCell level={current.level} isDecarbonised={current.decarbonised} />
      <div>
        <p class="strong">{nowSentence(current, language.value)}</p>
        <p class="small muted">{outlook}</p>
      </div>
    </div>
  );
}

interface DayProps {
  readonly date: LocalDate;
  readonly day: EcowattDayView | undefined;
}

function Day({ date, day }: DayProps) {
  const spoken = language.value;
  const title = dayTitle(date, today.value, spoken);
  return (
    <section class="ecowatt-day" aria-label={title}>
      <h3>{title}</h3>
      {day === undefined ? (
        <p class="small muted">{t(texts.notPublished)}</p>
      ) : (
        <p class="small muted" lang="fr">
          {day.message}
        </p>
      )}
      <ol class="ecowatt-hours" aria-label={t(texts.hours)}>
        {hoursOf(date, day).map((hour) => (
          <li key={hour.at}>
            <EcowattCell
              level={hour.level}
              label={hourLabel(hour, spoken)}
              isNow={isNow(hour, now.value)}
              isDecarbonised={hour.decarbonised}
            />
            <span class="small muted" aria-hidden="true">
              {tickOf(hour, spoken)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

const Key = () => (
  <ul class="ecowatt-key small" aria-label={t(texts.key)}>
    {([1, 2, 3] as const).map((level) => (
      <li key={level} class="row">
        <EcowattCell level={level} />
        {capitalised(t(ecowattName(level)))}, {lowered(t(meaningOf(level)))}
      </li>
    ))}
    <li class="row">
      <EcowattCell level={1} isDecarbonised />
      {capitalised(t(texts.decarbonised))}
    </li>
    <li class="row">
      <EcowattCell level={null} />
      {capitalised(t(texts.noSignal))}
    </li>
  </ul>
);

function History({ days }: { readonly days: readonly EcowattDayView[] }) {
  const past = historyOf(days, addDays(today.value, -1));
  if (past.length === 0) return null;
  return (
    <Card title={t(texts.history)}>
      <DayCalendar label={t(texts.history)} days={past} kinds={kinds()} isNewestFirst />
    </Card>
  );
}

const kinds = (): Readonly<Record<HistoryKind, DayKind>> => ({
  green: { name: t(texts.green), sign: ecowattSign(1), style: "ecowatt-green" },
  orange: { name: t(texts.orange), sign: ecowattSign(2), style: "ecowatt-orange" },
  red: { name: t(texts.red), sign: ecowattSign(3), style: "ecowatt-red" },
  unknown: { name: t(texts.unknown), sign: ecowattSign(null), style: "missing" },
});
