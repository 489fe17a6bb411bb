import { useState } from "preact/hooks";
import type { BillAnswer } from "../../../server/api/bill.ts";
import { exactEnergy, money, unknownSign } from "../../format.ts";
import { today } from "../../home.ts";
import { Answer } from "../../kit/answer.tsx";
import { Card } from "../../kit/card.tsx";
import { DataTable } from "../../kit/data-table.tsx";
import { DateStepper } from "../../kit/date-stepper.tsx";
import { TextField } from "../../kit/field.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { usePeriod } from "../../kit/use-period.ts";
import { Value } from "../../kit/value.tsx";
import { language, t } from "../../language.ts";
import { address, change } from "../../navigation.ts";
import { type Period, paramsOf, type Reach, titleOf, type View, withView } from "../../period.ts";
import { type BillRow, billRows, isRounded } from "./bill-rows.ts";
import { amountOf, revenueWords, sourcesOf } from "./bill-words.ts";
import { titleOfBill } from "./cost-part.tsx";
import { invoiceSentence, readAmount, reasonTexts } from "./invoice-words.ts";
import { BillNotes } from "./notes.tsx";
import { Outlook } from "./outlook.tsx";
import { texts } from "./texts.ts";
import { useBill } from "./use-bill.ts";

const offered: readonly View[] = ["semaine", "mois", "annee"];

/** The bill of a month or a year, line by line, and an invoice held against it. */
export function BillPart({ reach }: { readonly reach: Reach }) {
  const { period: chosen } = usePeriod(reach);
  // Of a single day or of all of them there is no bill: the month that the reader comes from.
  const period = offered.includes(chosen.view) ? chosen : withView(chosen, "mois", reach);
  const { bill, isAsked, csvHref } = useBill(period, reach);
  return (
    <>
      <Headline bill={bill.data} isAsked={isAsked} period={period} />
      <DateStepper
        period={period}
        reach={reach}
        today={today.value}
        onChange={(next) => change({ ...paramsOf(next), montant: null })}
        offered={offered}
      />
      {bill.failure && <FailureLine failure={bill.failure} onRetry={() => void bill.reload()} />}
      {bill.isLoading && bill.data === null && <Skeleton lines={8} label={t(texts.loading)} />}
      {bill.data && (
        <>
          <BillNotes bill={bill.data} />
          <Card title={t(texts.detail)}>
            <Lines bill={bill.data} csvHref={csvHref} />
          </Card>
          <Outlook bill={bill.data} />
          <div class="columns">
            <InvoiceCard period={period} reach={reach} />
            <Revenue bill={bill.data} />
          </div>
        </>
      )}
    </>
  );
}

interface HeadlineProps {
  readonly bill: BillAnswer | null;
  readonly isAsked: boolean;
  readonly period: Period;
}

function Headline({ bill, isAsked, period }: HeadlineProps) {
  const spoken = language.value;
  const title = titleOf(period, today.value, spoken);
  if (bill === null)
    return (
      <Answer sentence={title} figures={[isAsked ? "…" : unknownSign]} unknown={isAsked ? undefined : t(texts.noDay)} />
    );
  const { eur, sentence } = amountOf(bill, spoken);
  return (
    <Answer
      sentence={titleOfBill(bill, title)}
      figures={[money(eur, spoken)]}
      unknown={eur === null ? t(texts.noPrice) : undefined}
    >
      {sentence}
    </Answer>
  );
}

function Lines({ bill, csvHref }: { readonly bill: BillAnswer; readonly csvHref: string | null }) {
  const spoken = language.value;
  const sources = sourcesOf(bill, spoken);
  const total: BillRow = {
    key: "total",
    name: t(bill.isWhole ? texts.total : texts.known),
    detail: null,
    energyWh: bill.energyWh,
    eur: bill.totalEur ?? bill.energyEur,
    isPart: false,
  };
  return (
    <>
      <DataTable<BillRow>
        caption={t(texts.detail)}
        rows={billRows(bill, spoken)}
        rowKey={({ key }) => key}
        total={total}
        columns={[
          {
            key: "line",
            head: t(texts.line),
            cell: ({ name, detail, isPart }) => (
              <span class={isPart ? "cost-part-line" : ""}>
                {name}
                {detail !== null && <span class="small muted cost-detail">{detail}</span>}
              </span>
            ),
          },
          {
            key: "energy",
            head: t(texts.energy),
            unit: "kWh",
            isNumber: true,
            cell: ({ energyWh }) => (energyWh === null ? "" : exactEnergy(energyWh, spoken)),
          },
          {
            key: "eur",
            head: t(texts.amount),
            isNumber: true,
            cell: ({ eur, isPart }) => (
              <span class={isPart ? "muted" : ""}>
                <Value text={money(eur, spoken)} />
              </span>
            ),
          },
        ]}
        {...(csvHref === null ? {} : { csvHref })}
      />
      {sources.length > 0 && (
        <p class="small muted">
          {t(texts.pricesBy)} {sources.join(", ")}.
        </p>
      )}
      {isRounded(bill) && <p class="small muted">{t(texts.rounded)}</p>}
    </>
  );
}

function Revenue({ bill }: { readonly bill: BillAnswer }) {
  const sentence = revenueWords(bill, language.value);
  if (sentence === null) return null;
  return (
    <Card title={t(texts.revenue)}>
      <p>{sentence}</p>
    </Card>
  );
}

interface InvoiceCardProps {
  readonly period: Period;
  readonly reach: Reach;
}

/** What the supplier asks for, against what the page counts; the amount stands in the address. */
function InvoiceCard({ period, reach }: InvoiceCardProps) {
  const asked = address.value.params.montant;
  const amount = asked === undefined ? null : readAmount(asked);
  const [typed, setTyped] = useState(asked ?? "");
  const [isWrong, setWrong] = useState(asked !== undefined && amount === null);
  const { bill } = useBill(period, reach, amount);
  const submit = (event: Event): void => {
    event.preventDefault();
    const next = readAmount(typed);
    setWrong(next === null);
    change({ montant: next }, { replace: true });
  };
  return (
    <Card title={t(texts.invoice)}>
      <form class="cost-form" onSubmit={submit} noValidate>
        <TextField
          label={t(texts.invoiceAmount)}
          value={typed}
          onChange={setTyped}
          inputMode="decimal"
          unit="€"
          hint={t(texts.invoiceHint)}
          error={isWrong ? t(texts.invoiceWrong) : undefined}
        />
        <button type="submit" class="button">
          {t(texts.check)}
        </button>
      </form>
      <div aria-live="polite">
        {bill.failure && <FailureLine failure={bill.failure} />}
        {bill.isLoading && bill.data === null && <Skeleton lines={2} label={t(texts.loading)} />}
        {amount !== null && bill.data && <InvoiceResult invoice={bill.data.invoice} />}
      </div>
    </Card>
  );
}

function InvoiceResult({ invoice }: { readonly invoice: BillAnswer["invoice"] }) {
  if (invoice === null) return <Problem text={t(texts.invoiceNone)} tone="note" />;
  return (
    <div class="stack">
      <p class="strong">{invoiceSentence(invoice, language.value)}</p>
      {invoice.reasons.length > 0 && (
        <ul class="cost-list">
          {invoice.reasons.map((reason) => (
            <li key={reason}>{t(reasonTexts[reason])}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
