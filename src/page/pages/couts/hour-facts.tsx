import type { ComponentChildren } from "preact";
import type { ExplanationAnswer } from "../../../server/api/explain.ts";
import { capitalised } from "../../format.ts";
import { Problem } from "../../kit/problem.tsx";
import { TempoChip, tempoName } from "../../kit/tempo-chip.tsx";
import { language, t } from "../../language.ts";
import { hrefOf } from "../../navigation.ts";
import {
  costSentence,
  energySentence,
  gapSentence,
  isForContract,
  periodSentence,
  planSentence,
  priceSentence,
  tempoSentence,
} from "./explain-words.ts";
import { hourTexts } from "./hour-texts.ts";
import { texts } from "./texts.ts";

/** From the plan to the cost, step by step; once for each price that the hour falls under. */
export function HourFacts({ answer }: { readonly answer: ExplanationAnswer }) {
  const spoken = language.value;
  const { tempo, parts } = answer;
  return (
    <>
      <dl class="hour-facts">
        <Fact name={t(hourTexts.plan)}>{planSentence(answer, spoken)}</Fact>
        {tempo && (
          <Fact name={t(hourTexts.tempo)}>
            <span class="row hour-tempo">
              <TempoChip color={tempo.color} />
              <span>
                {capitalised(t(tempoName(tempo.color)))}. {tempoSentence(answer, spoken)}
              </span>
            </span>
          </Fact>
        )}
        {parts.map((part) => (
          <PartFacts key={part.spans[0]?.start ?? part.period} part={part} answer={answer} />
        ))}
      </dl>
      {parts.length > 1 && <p class="small muted">{t(hourTexts.cut)}</p>}
    </>
  );
}

interface PartFactsProps {
  readonly part: ExplanationAnswer["parts"][number];
  readonly answer: ExplanationAnswer;
}

function PartFacts({ part, answer }: PartFactsProps) {
  const spoken = language.value;
  const cost = costSentence(part, spoken);
  return (
    <>
      <Fact name={t(hourTexts.period)}>{periodSentence(part, answer, spoken)}</Fact>
      <Fact name={t(hourTexts.energy)}>{energySentence(part, answer, spoken)}</Fact>
      <Fact name={t(hourTexts.price)}>
        {priceSentence(part, spoken) ?? (
          <>
            {t(hourTexts.unknownPrice)}
            {part.gap && (
              <Problem
                text={gapSentence(part.gap, spoken)}
                tone="note"
                {...(isForContract(part.gap)
                  ? { action: { label: t(texts.giveContract), href: hrefOf("couts", { partie: "contrat" }) } }
                  : {})}
              />
            )}
          </>
        )}
      </Fact>
      {cost !== null && (
        <Fact name={t(hourTexts.cost)}>
          <span class="strong">{cost}</span>
        </Fact>
      )}
    </>
  );
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
