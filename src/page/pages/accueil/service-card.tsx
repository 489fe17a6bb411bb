import type { OverviewAnswer, UsagePointOverview } from "../../../server/api/overview.ts";
import { FetchNow } from "../../arrival/fetch-now.tsx";
import { ago, capitalised, instantOf, moment, unknownSign, whole } from "../../format.ts";
import { now } from "../../home.ts";
import { Card } from "../../kit/card.tsx";
import { Value } from "../../kit/value.tsx";
import { language, t } from "../../language.ts";
import { hrefOf } from "../../navigation.ts";
import { texts } from "./texts.ts";

interface ServiceCardProps {
  readonly bridge: OverviewAnswer["bridge"];
  readonly point: UsagePointOverview | null;
}

/** How the fetching goes: last answer, next call, what is left of today's calls. */
export function ServiceCard({ bridge, point }: ServiceCardProps) {
  const spoken = language.value;
  const at = now.value;
  const { lastAnswerAt, nextCallAt, budget } = bridge;
  const last = lastAnswerAt === null ? null : ago(instantOf(lastAnswerAt), at, spoken);
  return (
    <Card title={t(texts.service)} side={<a href={hrefOf("qualite")}>{t(texts.quality)}</a>}>
      <dl class="home-facts">
        <dt>{t(texts.lastAnswer)}</dt>
        <dd>
          <Value text={last ?? unknownSign} />
        </dd>
        <dt>{t(texts.nextCall)}</dt>
        <dd>
          <Value text={nextCallAt === null ? unknownSign : capitalised(moment(instantOf(nextCallAt), at, spoken))} />
        </dd>
        <dt>{t(texts.budget)}</dt>
        <dd>{budget === null ? t(texts.none) : `${whole(budget.used, spoken)} / ${whole(budget.allowed, spoken)}`}</dd>
      </dl>
      {point !== null && bridge.problems.length === 0 && <p class="small muted">{t(texts.noProblem)}</p>}
      <FetchNow budget={budget} />
    </Card>
  );
}
