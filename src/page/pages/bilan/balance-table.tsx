import type { BalanceAnswer, BalanceBucket } from "../../../server/api/balance.ts";
import { exactEnergy, money } from "../../format.ts";
import { type Column, DataTable } from "../../kit/data-table.tsx";
import { Value } from "../../kit/value.tsx";
import { language, t } from "../../language.ts";
import { hrefOf, hrefWith } from "../../navigation.ts";
import { rowNameOf } from "../../series/row-name.ts";
import { texts } from "./texts.ts";

type Row = BalanceBucket | (BalanceAnswer["total"] & { readonly key: null });

/** The bars as lines, and their sum; the name of each leads one step down. */
export function BalanceTable({ balance, caption }: { readonly balance: BalanceAnswer; readonly caption: string }) {
  const { step, buckets, total } = balance;
  const columns: readonly Column<Row>[] = [
    energyColumn("consumed", ({ consumedWh }) => consumedWh),
    energyColumn("injected", ({ injectedWh }) => injectedWh),
    energyColumn("net", ({ netWh }) => netWh),
    moneyColumn("cost", ({ costEur }) => costEur),
    ...(total.revenueEur === null ? [] : [moneyColumn("revenue", ({ revenueEur }) => revenueEur)]),
  ];
  return (
    <DataTable<Row>
      caption={caption}
      rows={buckets}
      rowKey={({ key }) => key ?? "total"}
      total={{ ...total, key: null }}
      columns={[{ key: "name", head: t(texts[step]), cell: (row) => <Name row={row} step={step} /> }, ...columns]}
    />
  );
}

function Name({ row, step }: { readonly row: Row; readonly step: BalanceAnswer["step"] }) {
  if (row.key === null) return <span>{t(texts.total)}</span>;
  return <a href={wayDown(row.key, step)}>{rowNameOf(row, step, language.value)}</a>;
}

/** A day has no balance of its own worth a page: its half-hours stand with the consumption. */
export const wayDown = (key: string, step: BalanceAnswer["step"]): string =>
  step === "day"
    ? hrefOf("consommation", { vue: "jour", date: key })
    : hrefWith({ vue: step === "year" ? "annee" : "mois", date: key });

const energyColumn = (key: "consumed" | "injected" | "net", amountOf: (row: Row) => number | null): Column<Row> => ({
  key,
  head: t(texts[key]),
  unit: "kWh",
  isNumber: true,
  cell: (row) => <Value text={exactEnergy(amountOf(row), language.value)} />,
});

const moneyColumn = (key: "cost" | "revenue", amountOf: (row: Row) => number | null): Column<Row> => ({
  key,
  head: t(texts[key]),
  isNumber: true,
  cell: (row) => <Value text={money(amountOf(row), language.value)} />,
});
