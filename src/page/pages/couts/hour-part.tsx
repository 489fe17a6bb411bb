import { useMemo, useState } from "preact/hooks";
import { dateAt } from "../../../domain/calendar.ts";
import { hourMs, type Instant, instant, type LocalDate } from "../../../domain/units.ts";
import type { ExplanationAnswer } from "../../../server/api/explain.ts";
import type { SeriesAnswer } from "../../../server/api/series.ts";
import { useApi } from "../../api/resource.ts";
import { Chart } from "../../charts/chart.tsx";
import { barsOfSeries } from "../../charts/series-bars.ts";
import { capitalised, clockChangeNote, dayInFull, dayShort, energy, money } from "../../format.ts";
import { usagePoint } from "../../home.ts";
import { Answer } from "../../kit/answer.tsx";
import { Card } from "../../kit/card.tsx";
import { SelectField, TextField } from "../../kit/field.tsx";
import { Icon } from "../../kit/icon.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { language, t } from "../../language.ts";
import { address, change } from "../../navigation.ts";
import type { Reach } from "../../period.ts";
import { askedHour, isBeforeAll } from "./asked-hour.ts";
import { DayStrip } from "./day-strip.tsx";
import { energySentence, hourName, hoursOfDay, sameHourOn, titleOfHour, totalsOf } from "./explain-words.ts";
import { HourFacts } from "./hour-facts.tsx";
import { hourTexts } from "./hour-texts.ts";
import { Doubts } from "./notes.tsx";
import { isDay } from "./plan-draft.ts";
import { texts } from "./texts.ts";

/** Why an hour cost what it did. */
export function HourPart({ reach }: { readonly reach: Reach }) {
  const point = usagePoint.value;
  const through = point?.flows.find(({ flow }) => flow === "consumption")?.through ?? reach.last;
  const asked = { first: reach.first, through: through as LocalDate };
  const { start, isElsewhere } = askedHour(address.value.params, asked);
  const explanation = useApi<ExplanationAnswer>(point === null ? null : `api/explain/${point.id}`, {
    // Without the milliseconds, which are none.
    at: new Date(start).toISOString().replace(".000", ""),
  });
  const answer = explanation.data;
  return (
    <>
      {answer && <Headline answer={answer} />}
      {isElsewhere && <Problem text={t(hourTexts.elsewhere)} tone="note" />}
      <Choice start={start} reach={reach} />
      {explanation.failure && <FailureLine failure={explanation.failure} onRetry={() => void explanation.reload()} />}
      {answer === null && explanation.isLoading && <Skeleton lines={8} label={t(texts.loading)} />}
      {answer && (
        <>
          <Doubts doubts={answer.planDoubts} />
          <div class="columns">
            <Card title={t(hourTexts.why)}>
              <HourFacts answer={answer} />
            </Card>
            <Card title={t(hourTexts.day)}>
              <DayStrip answer={answer} />
            </Card>
          </div>
        </>
      )}
      {point && <HoursAround usagePoint={point.id} date={dateAt(start)} />}
    </>
  );
}

function Headline({ answer }: { readonly answer: ExplanationAnswer }) {
  const spoken = language.value;
  const { energyWh, eur } = totalsOf(answer.parts);
  const [part] = answer.parts;
  const unknown = energyWh === null && part ? energySentence(part, answer, spoken) : undefined;
  return (
    <Answer
      sentence={titleOfHour(answer, spoken)}
      figures={[...(energyWh === null ? [] : [energy(energyWh, spoken)]), money(eur, spoken)]}
      unknown={unknown ?? (eur === null ? t(hourTexts.unknownPrice) : undefined)}
    />
  );
}

interface ChoiceProps {
  readonly start: Instant;
  readonly reach: Reach;
}

const show = (start: Instant): void => change({ heure: new Date(start).toISOString() }, { replace: true });

function Choice({ start, reach }: ChoiceProps) {
  const spoken = language.value;
  const date = dateAt(start);
  // Kept in the field, with what is wrong about it, until another hour is shown: a year comes digit by digit.
  const [refused, refuse] = useState({ typed: "", at: start });
  const typed = refused.at === start && refused.typed !== "" ? refused.typed : null;
  const step = (by: -1 | 1): void => show(instant(start + by * hourMs));
  return (
    <div class="hour-choice">
      <TextField
        label={t(hourTexts.date)}
        type="date"
        value={typed ?? date}
        error={
          typed !== null && isBeforeAll(typed, reach.first)
            ? `${t(hourTexts.beforeAll)} ${dayShort(reach.first, spoken)}.`
            : undefined
        }
        onChange={(next) => {
          // A day without its month, say: the reader is not done.
          if (next === "") return;
          const isKnown = isDay(next) && next >= reach.first;
          refuse({ typed: isKnown ? "" : next, at: start });
          if (isKnown) show(sameHourOn(next as LocalDate, start));
        }}
      />
      <div class="hour-line">
        <button type="button" class="button icon" aria-label={t(hourTexts.previous)} onClick={() => step(-1)}>
          <Icon name="left" />
        </button>
        <SelectField
          label={t(hourTexts.hour)}
          value={String(start)}
          options={hoursOfDay(date).map((hour) => ({
            value: String(hour),
            label: capitalised(hourName(hour, spoken)),
          }))}
          onChange={(chosen) => show(instant(Number(chosen)))}
        />
        <button type="button" class="button icon" aria-label={t(hourTexts.next)} onClick={() => step(1)}>
          <Icon name="right" />
        </button>
      </div>
    </div>
  );
}

interface HoursAroundProps {
  readonly usagePoint: string;
  readonly date: LocalDate;
}

/** The day that the hour is of, to compare it with its neighbours. */
function HoursAround({ usagePoint: id, date }: HoursAroundProps) {
  const spoken = language.value;
  const query = { flow: "consumption", step: "hour", start: date, end: date };
  const series = useApi<SeriesAnswer>(`api/series/${id}`, query);
  const model = useMemo(
    () => series.data && barsOfSeries(series.data, { language: spoken, measure: "money" }),
    [series.data, spoken],
  );
  const title = `${t(hourTexts.around)}, ${dayInFull(date, spoken)}`;
  const hoursNote = clockChangeNote(date, spoken);
  return (
    <Card title={title}>
      <div class="cost-chart hours">
        {series.failure && <FailureLine failure={series.failure} onRetry={() => void series.reload()} />}
        {model ? (
          <Chart
            model={model}
            title={title}
            onOpen={(key) => show(instant(Date.parse(key)))}
            openLabel={t(texts.seeHour)}
          />
        ) : (
          series.isLoading && <Skeleton lines={8} label={t(texts.loading)} />
        )}
      </div>
      {hoursNote !== null && <p class="small muted">{hoursNote}</p>}
    </Card>
  );
}
