import { useState } from "preact/hooks";
import { hourMs, instant, type LocalDate } from "../../../domain/units.ts";
import type { AskAnswer, QualityDayAnswer } from "../../../server/api/quality.ts";
import { ask, failureFrom } from "../../api/client.ts";
import type { Failure } from "../../api/failure.ts";
import { refreshAll, useApi } from "../../api/resource.ts";
import {
  capitalised,
  dayInFullWithYear,
  energy,
  exactEnergy,
  instantOf,
  interval,
  moment,
  whole,
} from "../../format.ts";
import { now } from "../../home.ts";
import { Answer } from "../../kit/answer.tsx";
import { Card } from "../../kit/card.tsx";
import { DataTable } from "../../kit/data-table.tsx";
import { Confirm } from "../../kit/dialog.tsx";
import { Facts } from "../../kit/facts.tsx";
import { Icon } from "../../kit/icon.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { kitTexts } from "../../kit/texts.ts";
import { Value } from "../../kit/value.tsx";
import { language, t } from "../../language.ts";
import { change } from "../../navigation.ts";
import { texts } from "./texts.ts";
import { TypeValue } from "./type-value.tsx";
import { answerName, askCost, presenceOf, stateNames, subjectName } from "./words.ts";

interface DayWhyProps {
  readonly usagePoint: string;
  readonly flow: "consumption" | "production";
  readonly date: LocalDate;
}

/** Why a day is what it is: its figures, its hours, what was asked, what it was before; and what can be done. */
export function DayWhy({ usagePoint, flow, date }: DayWhyProps) {
  const path = `api/quality/${usagePoint}/${date}`;
  const why = useApi<QualityDayAnswer>(path, { flow });
  const day = why.data;
  const spoken = language.value;
  return (
    <Card
      title={capitalised(dayInFullWithYear(date, spoken))}
      side={
        <button type="button" class="button icon" aria-label={t(kitTexts.close)} onClick={() => change({ jour: null })}>
          <Icon name="close" />
        </button>
      }
    >
      {why.failure && <FailureLine failure={why.failure} onRetry={() => void why.reload()} />}
      {day === null && why.isLoading && <Skeleton lines={6} label={t(texts.loading)} />}
      {day && (
        <>
          <Answer sentence={t(stateNames[day.state])} figures={[energy(day.energyWh, spoken)]}>
            {t(day)}
          </Answer>
          <Actions day={day} path={path} />
          <div class="columns">
            <Figures day={day} />
            <Questions day={day} />
          </div>
          <Hours day={day} />
          {day.former.length > 0 && <Former day={day} />}
        </>
      )}
    </Card>
  );
}

interface DayProps {
  readonly day: QualityDayAnswer;
}

function Actions({ day, path }: DayProps & { readonly path: string }) {
  const [state, setState] = useState<"idle" | "busy">("idle");
  const spoken = language.value;
  const [told, setTold] = useState<AskAnswer | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isTaking, setTaking] = useState(false);
  const run = async (action: () => Promise<void>): Promise<void> => {
    setState("busy");
    setFailure(null);
    try {
      await action();
      await refreshAll();
    } catch (error) {
      setFailure(failureFrom(error));
    } finally {
      setState("idle");
    }
  };
  const askAgain = () =>
    run(async () => setTold(await ask<AskAnswer>(`${path}/ask`, { method: "POST", body: { flow: day.flow } })));
  const takeBack = () =>
    run(async () => {
      await ask(path, { method: "DELETE", query: { flow: day.flow, confirm: true } });
      setTaking(false);
    });
  return (
    <>
      <div class="row">
        <button
          type="button"
          class="button"
          disabled={state === "busy" || !day.ask.isPossible}
          onClick={() => void askAgain()}
        >
          {t(texts.ask)}
        </button>
        {day.type.isPossible && <TypeValue path={path} flow={day.flow} />}
        {day.typedWh !== null && (
          <button type="button" class="button" onClick={() => setTaking(true)}>
            {t(texts.takeBack)}
          </button>
        )}
      </div>
      {day.ask.isPossible && told === null && <p class="small muted">{askCost(day.ask, spoken)}</p>}
      {!day.ask.isPossible && day.ask.reason && <p class="small muted">{t(day.ask.reason)}</p>}
      {told && <Problem text={t(told)} tone="note" />}
      {failure && <FailureLine failure={failure} />}
      <Confirm
        title={t(texts.takeBack)}
        isOpen={isTaking}
        onClose={() => setTaking(false)}
        confirmLabel={t(texts.takeBack)}
        onConfirm={() => void takeBack()}
        isBusy={state === "busy"}
      >
        <p>{t(texts.takeBackMore)}</p>
      </Confirm>
    </>
  );
}

function Figures({ day }: DayProps) {
  const spoken = language.value;
  const facts = [
    [texts.value, energy(day.energyWh, spoken)],
    [texts.official, energy(day.officialWh, spoken)],
    ...(day.typedWh === null ? [] : [[texts.typedValue, energy(day.typedWh, spoken)] as const]),
    [texts.slots, energy(day.slotsWh, spoken)],
    ...(day.differenceWh === null || day.differenceWh === 0
      ? []
      : [[texts.difference, energy(day.differenceWh, spoken)] as const]),
    [texts.presence, presenceOf(day, spoken)],
  ] as const;
  return <Facts facts={facts.map(([name, value]) => ({ name: t(name), value: <Value text={value} /> }))} />;
}

function Questions({ day }: DayProps) {
  const spoken = language.value;
  const at = (iso: string | null): string | null => iso && moment(instantOf(iso), now.value, spoken);
  return (
    <section class="stack" aria-label={t(texts.questions)}>
      <h3>{t(texts.questions)}</h3>
      <DataTable<QualityDayAnswer["questions"][number]>
        caption={t(texts.questions)}
        rows={day.questions}
        rowKey={({ subject }) => subject}
        columns={[
          { key: "subject", head: t(texts.subject), cell: ({ subject }) => t(subjectName(subject)) },
          { key: "asked", head: t(texts.askedAt), cell: ({ askedAt }) => at(askedAt) ?? t(texts.never) },
          {
            key: "answer",
            head: t(texts.answer),
            cell: ({ answer }) => <Value text={answer === null ? "—" : t(answerName(answer))} />,
          },
          { key: "next", head: t(texts.next), cell: ({ nextAt }) => at(nextAt) ?? t(texts.notPlanned) },
        ]}
      />
    </section>
  );
}

function Hours({ day }: DayProps) {
  const spoken = language.value;
  return (
    <details>
      <summary>{t(texts.hours)}</summary>
      <DataTable<QualityDayAnswer["hours"][number]>
        caption={t(texts.hours)}
        rows={day.hours}
        rowKey={({ start }) => start}
        columns={[
          {
            key: "hour",
            head: t(texts.hour),
            cell: ({ start }) => {
              const from = instantOf(start);
              return capitalised(interval({ start: from, end: instant(from + hourMs) }, spoken));
            },
          },
          {
            key: "energy",
            head: t(texts.energy),
            unit: "kWh",
            isNumber: true,
            cell: ({ energyWh }) => <Value text={exactEnergy(energyWh, spoken)} />,
          },
          {
            key: "minutes",
            head: t(texts.minutes),
            isNumber: true,
            cell: ({ minutesPresent }) => whole(minutesPresent, spoken),
          },
        ]}
      />
    </details>
  );
}

function Former({ day }: DayProps) {
  const spoken = language.value;
  return (
    <details>
      <summary>
        {t(texts.former)} ({whole(day.formerCount, spoken)})
      </summary>
      <DataTable<QualityDayAnswer["former"][number]>
        caption={t(texts.former)}
        rows={day.former}
        rowKey={({ replacedAt, start }) => `${replacedAt} ${start}`}
        columns={[
          {
            key: "what",
            head: t(texts.hour),
            cell: ({ start, minutes }) => {
              if (start === null || minutes === null) return t(texts.wholeDay);
              const from = instantOf(start);
              return interval({ start: from, end: instant(from + minutes * 60_000) }, spoken);
            },
          },
          { key: "was", head: t(texts.was), isNumber: true, cell: ({ energyWh }) => energy(energyWh, spoken) },
          {
            key: "when",
            head: t(texts.replacedAt),
            cell: ({ replacedAt }) => moment(instantOf(replacedAt), now.value, spoken),
          },
        ]}
      />
    </details>
  );
}
