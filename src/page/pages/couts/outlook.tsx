import type { BillAnswer } from "../../../server/api/bill.ts";
import { capitalised, monthInFull } from "../../format.ts";
import { Card } from "../../kit/card.tsx";
import { language, t } from "../../language.ts";
import { contractYearWords, projectionWords } from "./bill-words.ts";
import { texts } from "./texts.ts";

/** How the month may end, and what the year of contract has cost so far. */
export function Outlook({ bill }: { readonly bill: BillAnswer }) {
  const spoken = language.value;
  const projection = bill.projection && projectionWords(bill.projection, spoken);
  const year = bill.contractYear && contractYearWords(bill.contractYear, spoken);
  if (!projection && !year) return null;
  return (
    <div class="columns">
      {projection && bill.projection && (
        <Card title={`${t(texts.projection)}, ${monthInFull(bill.projection.month, spoken)}`}>
          <div class="cost-summary">
            <p class="row between">
              <span>{t(texts.projectionOf)}</span>
              <span class="figure">{projection.expected}</span>
            </p>
            <p>{projection.range}</p>
            <p class="small muted">{capitalised(projection.basis)}</p>
          </div>
        </Card>
      )}
      {year && (
        <Card title={t(texts.contractYear)}>
          <div class="cost-summary">
            <p class="row between">
              <span>{t(texts.soFar)}</span>
              <span class="figure">{year.amount}</span>
            </p>
            <p class="small muted">{year.basis}</p>
          </div>
        </Card>
      )}
    </div>
  );
}
