import type { BalanceAnswer } from "../../../server/api/balance.ts";
import { money } from "../../format.ts";
import { ActionButton } from "../../kit/action.tsx";
import { Card } from "../../kit/card.tsx";
import { DataTable } from "../../kit/data-table.tsx";
import { Value } from "../../kit/value.tsx";
import { language, t } from "../../language.ts";
import { hrefOf } from "../../navigation.ts";
import { texts } from "./texts.ts";

interface Item {
  readonly name: string;
  readonly eur: number | null;
  readonly reason?: string;
}

/** What the energy cost, and what it earned. */
export function MoneyCard({ total }: { readonly total: BalanceAnswer["total"] }) {
  const items: readonly Item[] = [
    { name: t(texts.costOf), eur: total.costEur },
    { name: t(texts.revenueOf), eur: total.revenueEur, reason: t(texts.noPrice) },
  ];
  return (
    <Card title={t(texts.money)}>
      <DataTable<Item>
        caption={t(texts.money)}
        rows={items}
        rowKey={({ name }) => name}
        columns={[
          { key: "name", head: t(texts.moneyOf), cell: ({ name }) => name },
          {
            key: "eur",
            head: t(texts.amount),
            isNumber: true,
            cell: ({ eur, reason }) => <Value text={money(eur, language.value)} reason={reason} />,
          },
        ]}
      />
      {total.revenueEur === null && total.injectedWh !== null && (
        <p class="row small">
          <span class="muted">{t(texts.noPrice)}</span>
          <ActionButton
            style="link-button"
            action={{ label: t(texts.setPrice), href: hrefOf("couts", { partie: "contrat" }) }}
          />
        </p>
      )}
      <p class="small muted">{t(texts.standing)}</p>
    </Card>
  );
}

/** What the grid's meter cannot know, why, and what can. */
export const SelfConsumptionCard = () => (
  <Card title={t(texts.self)}>
    <p class="strong">{t(texts.selfUnknown)}</p>
    <p class="muted">{t(texts.selfWhy)}</p>
    <p class="muted">{t(texts.selfHow)}</p>
  </Card>
);
