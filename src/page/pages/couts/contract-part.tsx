import type { PlansAnswer } from "../../../server/api/plans.ts";
import type { Language } from "../../../shared/language.ts";
import { useApi } from "../../api/resource.ts";
import { nameOfPeriod } from "../../charts/tones.ts";
import { capitalised, price as priceText, unknownSign } from "../../format.ts";
import { today, usagePoint } from "../../home.ts";
import { Answer } from "../../kit/answer.tsx";
import { Card } from "../../kit/card.tsx";
import { DataTable } from "../../kit/data-table.tsx";
import { EmptyState } from "../../kit/empty-state.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { Value } from "../../kit/value.tsx";
import { language, t } from "../../language.ts";
import { address, hrefWith } from "../../navigation.ts";
import { Doubts } from "./notes.tsx";
import { editionIn } from "./plan-edition.ts";
import { PlanEditor } from "./plan-editor.tsx";
import { PlanHistory } from "./plan-history.tsx";
import { windowsText } from "./plan-names.ts";
import { PlanRemoval } from "./plan-removal.tsx";
import { planTexts } from "./plan-texts.ts";
import { lacksPrice, monthly, originName, planTitle, spanOn, validity } from "./plan-words.ts";
import { Said } from "./said.tsx";
import { sourceLabel } from "./source-words.ts";
import { texts } from "./texts.ts";
import { UndoLine } from "./undo-line.tsx";

/** The dated plans and prices that every cost rests on, who says so, and how to say otherwise. */
export function ContractPart() {
  const id = usagePoint.value?.id;
  const plans = useApi<PlansAnswer>(id === undefined ? null : `api/plans/${id}`);
  if (id === undefined) return <EmptyState title={t(planTexts.none)} text={t(planTexts.noneMore)} />;
  return (
    <>
      {plans.failure && <FailureLine failure={plans.failure} onRetry={() => void plans.reload()} />}
      {plans.data === null && plans.isLoading && <Skeleton lines={10} label={t(texts.loading)} />}
      <UndoLine usagePoint={id} />
      {plans.data && <Known plans={plans.data} />}
    </>
  );
}

function Known({ plans }: { readonly plans: PlansAnswer }) {
  const edition = editionIn(address.value.params.edition, plans.said.length);
  if (edition?.kind === "remove") return <PlanRemoval plans={plans} position={edition.position} />;
  if (edition)
    return <PlanEditor key={`${plans.usagePoint} ${address.value.params.edition}`} plans={plans} edition={edition} />;
  const current = spanOn(plans.spans, today.value);
  return (
    <>
      <Headline current={current} />
      <Doubts doubts={plans.doubts.map(({ code, text }) => ({ code, text }) as Doubt)} />
      {current && lacksPrice(current) && (
        <Problem
          text={t(planTexts.lacksPrice)}
          action={{ label: t(planTexts.givePrice), href: hrefWith({ edition: "nouvelle" }) }}
        />
      )}
      {plans.offer && plans.offer.suspicious.length > 0 && <Problem text={t(planTexts.unusedOffer)} tone="note" />}
      <p>
        <a class="button main" href={hrefWith({ edition: "nouvelle" })}>
          {t(planTexts.change)}
        </a>
      </p>
      <div class="columns">
        {current && <Prices current={current} />}
        <div class="stack">
          <Said plans={plans} />
          <Buyback plans={plans} />
        </div>
      </div>
      {plans.spans.length > 0 && <PlanHistory spans={plans.spans} />}
    </>
  );
}

type Doubt = Parameters<typeof Doubts>[0]["doubts"][number];
type Span = PlansAnswer["spans"][number];

function Headline({ current }: { readonly current: Span | null }) {
  const spoken = language.value;
  if (current === null)
    return <Answer sentence={t(planTexts.unknown)} figures={[]} unknown={t(planTexts.unknownMore)} />;
  const { standing, offpeakHours, origin, start, end } = current;
  const facts = [
    originName(origin, spoken),
    ...(standing === null ? [] : [`${t(planTexts.standing).toLowerCase()} ${monthly(standing.eurPerMonth, spoken)}`]),
    ...(offpeakHours === null ? [] : [`${t(planTexts.hours).toLowerCase()} ${windowsText(offpeakHours, spoken)}`]),
    validity(start, end, spoken),
  ];
  return (
    <Answer sentence={t(planTexts.now)} figures={[planTitle(current, spoken)]}>
      {capitalised(`${facts.join(", ")}.`)}
    </Answer>
  );
}

interface Priced {
  readonly key: string;
  readonly name: string;
  readonly price: string;
  readonly source: string | null;
}

function Prices({ current }: { readonly current: Span }) {
  const rows = pricedRows(current, language.value);
  const sources = new Set(rows.map(({ source }) => source));
  const [only] = sources.size === 1 ? sources : [null];
  return (
    <Card title={t(planTexts.prices)}>
      <DataTable<Priced>
        caption={t(planTexts.prices)}
        rows={rows}
        rowKey={({ key }) => key}
        columns={[
          {
            key: "period",
            head: t(planTexts.period),
            cell: ({ name, source }) => (
              <>
                {name}
                {source !== null && !only && <span class="small muted cost-detail">{source}</span>}
              </>
            ),
          },
          { key: "price", head: t(planTexts.price), isNumber: true, cell: ({ price }) => <Value text={price} /> },
        ]}
      />
      {only && <p class="small muted">{`${t(planTexts.source)} ${only}.`}</p>}
    </Card>
  );
}

const pricedRows = ({ prices, standing }: Span, spoken: Language): Priced[] => [
  ...prices.map(({ period, eurPerKwh, source }) => ({
    key: period,
    name: nameOfPeriod(period)[spoken],
    price: priceText(eurPerKwh, spoken),
    source: source && sourceLabel(source, spoken),
  })),
  {
    key: "standing",
    name: planTexts.standing[spoken],
    price: standing === null ? unknownSign : monthly(standing.eurPerMonth, spoken),
    source: standing && sourceLabel(standing.source, spoken),
  },
];

/** What injected energy earns, for meters that inject. */
function Buyback({ plans }: { readonly plans: PlansAnswer }) {
  const spoken = language.value;
  if (plans.buyback.length === 0) return null;
  return (
    <Card title={t(planTexts.buyback)}>
      <ul class="cost-list plain">
        {plans.buyback.map(({ start, end, eurPerKwh, sale }) => (
          <li key={start}>
            {eurPerKwh === null
              ? t(planTexts.buybackUnknown)
              : `${priceText(eurPerKwh, spoken)}, ${t(sale === "total" ? planTexts.wholeSale : planTexts.surplus)}, ${validity(start, end, spoken)}`}
          </li>
        ))}
      </ul>
    </Card>
  );
}
