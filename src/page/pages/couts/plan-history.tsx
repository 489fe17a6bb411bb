import type { PlansAnswer } from "../../../server/api/plans.ts";
import { nameOfPeriod } from "../../charts/tones.ts";
import { capitalised, price, unknownSign } from "../../format.ts";
import { Card } from "../../kit/card.tsx";
import { Icon } from "../../kit/icon.tsx";
import { Value } from "../../kit/value.tsx";
import { language, t } from "../../language.ts";
import { planTexts } from "./plan-texts.ts";
import { monthly, originName, planTitle, validity } from "./plan-words.ts";

type Span = PlansAnswer["spans"][number];

/** Each plan with its prices as long as they held, the latest first. */
export const PlanHistory = ({ spans }: { readonly spans: readonly Span[] }) => (
  <Card title={t(planTexts.history)}>
    <div>
      {spans.toReversed().map((span) => (
        <Held key={span.start} span={span} />
      ))}
    </div>
  </Card>
);

function Held({ span }: { readonly span: Span }) {
  const spoken = language.value;
  const { start, end, origin, prices, standing } = span;
  return (
    <details class="plan">
      <summary>
        <span>
          <span class="strong">{capitalised(validity(start, end, spoken))}</span>
          <span class="cost-detail">
            {planTitle(span, spoken)}
            <span class="muted">, {originName(origin, spoken)}</span>
          </span>
        </span>
        <Icon name="right" />
      </summary>
      <ul class="cost-list plain">
        {prices.map(({ period, eurPerKwh }) => (
          <li key={period} class="row between">
            <span>{t(nameOfPeriod(period))}</span>
            <Value text={price(eurPerKwh, spoken)} />
          </li>
        ))}
        <li class="row between">
          <span>{t(planTexts.standing)}</span>
          <Value text={standing === null ? unknownSign : monthly(standing.eurPerMonth, spoken)} />
        </li>
      </ul>
    </details>
  );
}
