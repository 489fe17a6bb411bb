import type { ComparisonAnswer } from "../../../server/api/compare.ts";
import { useApi } from "../../api/resource.ts";
import { capitalised, money } from "../../format.ts";
import { today, usagePoint } from "../../home.ts";
import { Answer } from "../../kit/answer.tsx";
import { Card } from "../../kit/card.tsx";
import { SelectField } from "../../kit/field.tsx";
import { FailureLine } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { language, t } from "../../language.ts";
import { address, change } from "../../navigation.ts";
import type { Reach } from "../../period.ts";
import { compareTexts } from "./compare-texts.ts";
import { absentReasons, basisLines, offerDetail, signedMoney, verdict } from "./compare-words.ts";
import { Doubts } from "./notes.tsx";
import { PowersCard } from "./powers-card.tsx";
import { texts } from "./texts.ts";
import { WhatIf } from "./what-if.tsx";

/** What the same days would have cost by other plans, other hours, another power. */
export function ComparePart({ reach }: { readonly reach: Reach }) {
  const { annee: year, essai: whatIf } = address.value.params;
  const id = usagePoint.value?.id;
  const days = year === undefined ? {} : daysOf(year, reach, today.value);
  const comparison = useApi<ComparisonAnswer>(id === undefined ? null : `api/compare/${id}`, {
    ...days,
    what_if: whatIf,
  });
  const answer = comparison.data;
  const isStale = answer !== null && comparison.isLoading;
  return (
    <>
      {answer && <Headline answer={answer} />}
      <div class="compare-span">
        <SelectField
          label={t(compareTexts.span)}
          value={year ?? ""}
          options={[{ value: "", label: t(compareTexts.lastYear) }, ...yearsOf(reach)]}
          onChange={(chosen) => change({ annee: chosen === "" ? null : chosen })}
        />
      </div>
      {comparison.failure && <FailureLine failure={comparison.failure} onRetry={() => void comparison.reload()} />}
      {answer === null && comparison.isLoading && <Skeleton lines={12} label={t(texts.loading)} />}
      {answer && (
        <div class="columns" aria-busy={isStale}>
          <Ranking answer={answer} />
          <div class="stack">
            <WhatIf answer={answer} />
            <PowersCard powers={answer.powers} />
          </div>
        </div>
      )}
    </>
  );
}

/** The calendar years that have known days, the latest first. */
function yearsOf({ first, last }: Reach): { value: string; label: string }[] {
  const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
  return Array.from({ length: to - from + 1 }, (_, position) => String(to - position)).map((year) => ({
    value: year,
    label: year,
  }));
}

/** A calendar year as far as it can be known. */
function daysOf(year: string, { first, last }: Reach, now: string): { start: string; end: string } {
  const end = `${year}-12-31`;
  const latest = last < now ? last : now;
  return { start: first > `${year}-01-01` ? first : `${year}-01-01`, end: end > latest ? latest : end };
}

function Headline({ answer }: { readonly answer: ComparisonAnswer }) {
  const { sentence, figure } = verdict(answer, language.value);
  return <Answer sentence={sentence} figures={figure === null ? [] : [figure]} />;
}

function Ranking({ answer }: { readonly answer: ComparisonAnswer }) {
  const spoken = language.value;
  const highest = Math.max(...answer.ranking.map(({ totalEur }) => totalEur), 0.01);
  return (
    <div class="stack">
      <Doubts doubts={answer.planDoubts} />
      <Card title={t(compareTexts.ranking)}>
        <ol class="cost-list plain">
          {answer.ranking.map((offer) => (
            <OfferRow key={`${offer.origin} ${offer.name.fr} ${offer.offpeakHours}`} offer={offer} highest={highest} />
          ))}
        </ol>
        <ul class="chart-key small">
          <li>
            <span class="chart-sample" style={{ background: "var(--tone-cost)" }} />
            {t(compareTexts.energy)}
          </li>
          <li>
            <span class="chart-sample" style={{ background: "var(--tone-cost-low)" }} />
            {t(compareTexts.standing)}
          </li>
        </ul>
      </Card>
      <Card title={t(compareTexts.basis)}>
        {basisLines(answer, spoken).map((line) => (
          <p key={line}>{line}</p>
        ))}
        {answer.absent.length > 0 && (
          <>
            <h3>{t(compareTexts.absent)}</h3>
            <ul class="cost-list">
              {answer.absent.map(({ name, reason }) => (
                <li key={name.fr}>
                  {t(name)} : {t(absentReasons[reason])}.
                </li>
              ))}
            </ul>
          </>
        )}
      </Card>
    </div>
  );
}

interface OfferRowProps {
  readonly offer: ComparisonAnswer["ranking"][number];
  readonly highest: number;
}

function OfferRow({ offer, highest }: OfferRowProps) {
  const spoken = language.value;
  const isOwn = offer.origin === "own";
  const share = (eur: number): string => `${(Math.max(eur, 0) / highest) * 100}%`;
  return (
    <li class={isOwn ? "offer own" : "offer"}>
      <div class="offer-line">
        <span class={isOwn ? "strong" : ""}>
          {t(offer.name)}
          {offer.origin === "what_if" && <span class="muted"> ({t(compareTexts.tried)})</span>}
        </span>
        <span class="strong">{money(offer.totalEur, spoken)}</span>
      </div>
      <div class="offer-bar" aria-hidden="true">
        <span style={{ width: share(offer.energyEur) }} />
        <span style={{ width: share(offer.standingEur) }} />
      </div>
      <div class="offer-line small">
        <span class="muted">{capitalised(offerDetail(offer, spoken))}</span>
        {!isOwn && offer.differenceEur !== null && <span>{signedMoney(offer.differenceEur, spoken)}</span>}
      </div>
    </li>
  );
}
