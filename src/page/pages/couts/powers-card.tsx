import type { ComparisonAnswer } from "../../../server/api/compare.ts";
import type { Language } from "../../../shared/language.ts";
import { apparentPower, counted, money, whole } from "../../format.ts";
import { Card } from "../../kit/card.tsx";
import { DataTable } from "../../kit/data-table.tsx";
import { Value } from "../../kit/value.tsx";
import { language, t } from "../../language.ts";
import { compareTexts } from "./compare-texts.ts";
import { powerSentences, signedMoney } from "./compare-words.ts";

type Powers = NonNullable<ComparisonAnswer["powers"]>;

/** Whether the contract is too large or too small, and what another would cost. */
export function PowersCard({ powers }: { readonly powers: ComparisonAnswer["powers"] }) {
  const spoken = language.value;
  return (
    <Card title={t(compareTexts.powers)}>
      {powers === null ? (
        <p class="muted">{t(compareTexts.noPowers)}</p>
      ) : (
        <>
          {powerSentences(powers, spoken).map((line) => (
            <p key={line}>{line}</p>
          ))}
          <Options powers={powers} />
          <p class="small muted">{t(compareTexts.yearlyNote)}</p>
        </>
      )}
    </Card>
  );
}

function Options({ powers: { options, current } }: { readonly powers: Powers }) {
  const spoken = language.value;
  return (
    <DataTable<Powers["options"][number]>
      caption={t(compareTexts.powers)}
      rows={options}
      rowKey={({ kva }) => String(kva)}
      columns={[
        {
          key: "power",
          head: t(compareTexts.power),
          cell: ({ kva, headroomVa }) => (
            <>
              <span class={kva === current?.kva ? "strong" : ""}>
                {whole(kva, spoken)} kVA{kva === current?.kva && `, ${t(compareTexts.current)}`}
              </span>
              <span class="small muted cost-detail">
                {t(compareTexts.headroom)} {apparentPower(headroomVa, spoken).replace("-", "−")}
              </span>
            </>
          ),
        },
        {
          key: "overruns",
          head: t(compareTexts.overruns),
          isNumber: true,
          cell: ({ overruns }) => daysCount(overruns.length, spoken),
        },
        {
          key: "yearly",
          head: t(compareTexts.yearly),
          isNumber: true,
          cell: ({ yearlyEur, yearlyDifferenceEur: eur }) => (
            <>
              <Value text={money(yearlyEur, spoken)} />
              {eur !== null && eur !== 0 && <span class="small muted cost-detail">{signedMoney(eur, spoken)}</span>}
            </>
          ),
        },
      ]}
    />
  );
}

const daysCount = (count: number, spoken: Language): string =>
  counted(count, spoken === "fr" ? ["jour", "jours"] : ["day", "days"], spoken);
