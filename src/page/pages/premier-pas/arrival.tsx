import type { OverviewAnswer, SinkView } from "../../../server/api/overview.ts";
import { Backfill } from "../../arrival/backfill.tsx";
import { LatestDay } from "../../arrival/latest-day.tsx";
import { Problems } from "../../arrival/problems.tsx";
import { Card } from "../../kit/card.tsx";
import { Facts } from "../../kit/facts.tsx";
import { Named } from "../../kit/named.tsx";
import { t } from "../../language.ts";
import { hrefOf } from "../../navigation.ts";
import { firstKnown, stageOf } from "./stage.ts";
import { texts } from "./texts.ts";

/** The first readings as they come, until the first chart is there; and what is linked. */
export function Arrival({ overview }: { readonly overview: OverviewAnswer }) {
  const stage = stageOf(overview);
  const known = firstKnown(overview);
  return (
    <>
      <p class="strong" role="status">
        {t(texts[stage])}
      </p>
      <Problems />
      {stage === "asking" && <progress class="first-progress" aria-label={t(texts.asking)} />}
      <Backfill />
      {known && <LatestDay {...known} />}
      {stage === "there" && (
        <div class="stack">
          <p>{t(texts.thereMore)}</p>
          <div>
            <a class="button main" href={hrefOf("accueil")}>
              {t(texts.openHome)}
            </a>
          </div>
        </div>
      )}
      <Linked overview={overview} />
    </>
  );
}

const sinkStates = {
  off: texts.sinkOff,
  waiting: texts.sinkWaiting,
  up: texts.sinkUp,
  down: texts.sinkDown,
} as const;

/** The gateway and every destination with a word; what is wrong in a sentence. */
function Linked({ overview: { bridge, sinks } }: { readonly overview: OverviewAnswer }) {
  const gateway = t(bridge.lastAnswerAt === null ? texts.gatewaySilent : texts.gatewayAnswers);
  return (
    <Card title={t(texts.linked)} side={<a href={hrefOf("reglages")}>{t(texts.settings)}</a>}>
      <Facts
        facts={[
          { name: t(texts.hopGateway), value: gateway },
          ...sinks.map((sink) => ({ name: t(sink.label), value: t(sinkStates[sink.state]) })),
        ]}
      />
      {sinks.map((sink) => sink.problem && <Trouble key={sink.name} problem={sink.problem} />)}
    </Card>
  );
}

const Trouble = ({ problem }: { readonly problem: NonNullable<SinkView["problem"]> }) => (
  <p class="small muted">
    <Named text={t(problem)} />
  </p>
);
