import { useState } from "preact/hooks";
import type { ExportsAnswer } from "../../../server/api/diagnostics.ts";
import type { SyncState } from "../../../server/api/sync.ts";
import { ask } from "../../api/client.ts";
import { refreshAll, useApi } from "../../api/resource.ts";
import { Trial } from "../../connection/trial.tsx";
import { capitalised, instantOf, moment } from "../../format.ts";
import { now } from "../../home.ts";
import { Answer } from "../../kit/answer.tsx";
import { Card } from "../../kit/card.tsx";
import { Facts } from "../../kit/facts.tsx";
import { Icon } from "../../kit/icon.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { useDoing } from "../../kit/use-doing.ts";
import { language, t } from "../../language.ts";
import { hrefOf } from "../../navigation.ts";
import { awaitRun, useFollowing } from "./following.ts";
import { PrometheusCard } from "./prometheus-card.tsx";
import { RunNow } from "./run-now.tsx";
import { Running } from "./running.tsx";
import { RunsCard } from "./runs-card.tsx";
import { SeriesCard } from "./series-card.tsx";
import { texts } from "./texts.ts";
import { connectionOf, destinationsSentence, type Export, exportStates, settingsPart } from "./words.ts";

/** Every destination that the API tells of, and how it fares. */
export function Destinations() {
  const known = useApi<ExportsAnswer>("api/exports");
  useFollowing(known.data?.exports, known.reload);
  if (known.data === null)
    return known.failure ? (
      <FailureLine failure={known.failure} onRetry={() => void known.reload()} />
    ) : (
      <Skeleton lines={8} label={t(texts.loading)} />
    );
  const { exports } = known.data;
  return (
    <div class="stack">
      <Headline exports={exports} />
      {known.failure && <FailureLine failure={known.failure} onRetry={() => void known.reload()} />}
      <SendNow />
      <div class="columns">
        {exports.map((one) => (
          <Destination key={one.destination} export={one} />
        ))}
        <PrometheusCard />
      </div>
      <RunsCard exports={exports} />
      <SeriesCard />
    </div>
  );
}

function Headline({ exports }: { readonly exports: readonly Export[] }) {
  const spoken = language.value;
  const sentence = destinationsSentence(exports, spoken);
  const last = exports
    .flatMap(({ lastSuccessAt }) => lastSuccessAt ?? [])
    .toSorted()
    .at(-1);
  return (
    <Answer sentence={t(texts.where)} figures={[sentence ?? t(exportStates.off)]}>
      {last !== undefined && `${t(texts.lastSuccess)} ${moment(instantOf(last), now.value, spoken)}.`}
    </Answer>
  );
}

function SendNow() {
  const sync = useApi<SyncState>("api/sync");
  const [isAsked, setAsked] = useState(false);
  const sending = useDoing();
  const send = (): Promise<boolean> =>
    sending.run(async () => {
      setAsked(false);
      await ask("api/sync", { method: "POST", body: {} });
      setAsked(true);
      awaitRun();
      await refreshAll();
    });
  return (
    <>
      <div class="row">
        <button
          type="button"
          class="button main"
          disabled={sending.isBusy || sync.data?.canRequest !== true}
          onClick={() => void send()}
        >
          {t(texts.sendNow)}
        </button>
        <a class="button" href={hrefOf("reglages", { partie: "diagnostic", vers: "journal" })}>
          {t(texts.log)}
        </a>
        <span class="small muted" role="status">
          {isAsked ? t(texts.asked) : t(texts.sendMore)}
        </span>
      </div>
      {sending.failure && <FailureLine failure={sending.failure} />}
    </>
  );
}

const stateIcons = { off: "close", waiting: "more", up: "check", down: "warning" } as const;

function Destination({ export: one }: { readonly export: Export }) {
  const spoken = language.value;
  const { destination, name, state, address, lastSuccessAt, fedWith, problem, running } = one;
  const at = (instant: string): string => moment(instantOf(instant), now.value, spoken);
  const connection = connectionOf(destination);
  const part = settingsPart(destination);
  const settings = (
    <a class="button" href={hrefOf("reglages", { partie: part })} aria-label={`${t(texts.settings)} : ${t(name)}`}>
      {t(texts.settings)}
    </a>
  );
  return (
    <Card
      title={t(name)}
      side={
        <span class={`export-state ${state}`}>
          <Icon name={stateIcons[state]} />
          {capitalised(t(exportStates[state]))}
        </span>
      }
    >
      {problem && (
        <Problem
          tone="bad"
          text={`${t(problem)}${problem.since === null ? "" : ` (${t(texts.since)} ${at(problem.since)})`}`}
        />
      )}
      {state !== "off" && (
        <Facts
          facts={[
            ...(address === null ? [] : [{ name: t(texts.address), value: address }]),
            {
              name: t(texts.lastSuccess),
              value: lastSuccessAt === null ? t(texts.never) : capitalised(at(lastSuccessAt)),
            },
          ]}
        />
      )}
      <Running running={running} />
      {fedWith.length > 0 && (
        <div>
          <p class="muted">{t(texts.fedWith)}</p>
          <ul class="export-list">
            {fedWith.map((text) => (
              <li key={text.fr}>{t(text)}</li>
            ))}
          </ul>
        </div>
      )}
      {connection !== null && state !== "off" ? (
        <Trial connection={connection} name={t(name)}>
          {settings}
          <RunNow destination={destination} name={t(name)} />
        </Trial>
      ) : (
        <div>{settings}</div>
      )}
    </Card>
  );
}
