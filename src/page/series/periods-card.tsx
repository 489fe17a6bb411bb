import type { SeriesAnswer, SeriesPeriod } from "../../server/api/series.ts";
import { nameOfPeriod } from "../charts/tones.ts";
import { exactEnergy, money, percent } from "../format.ts";
import { Card } from "../kit/card.tsx";
import { DataTable } from "../kit/data-table.tsx";
import { Value } from "../kit/value.tsx";
import { language, t } from "../language.ts";
import { unbroken } from "./row-name.ts";
import { texts } from "./texts.ts";

/** How the energy of the span is parted among the prices. Nothing where there is but one. */
export function PeriodsCard({ series: { total } }: { readonly series: SeriesAnswer }) {
  const spoken = language.value;
  if (total.periods.length < 2) return null;
  return (
    <Card title={t(texts.periods)}>
      <DataTable<SeriesPeriod>
        caption={t(texts.periods)}
        rows={total.periods}
        rowKey={({ period }) => period ?? ""}
        columns={[
          { key: "period", head: t(texts.period), cell: ({ period }) => unbroken(t(nameOfPeriod(period))) },
          {
            key: "energy",
            head: t(texts.energy),
            unit: "kWh",
            isNumber: true,
            cell: ({ energyWh }) => exactEnergy(energyWh, spoken),
          },
          {
            key: "share",
            head: t(texts.share),
            isNumber: true,
            cell: ({ energyWh }) => <Value text={percent(total.energyWh ? energyWh / total.energyWh : null, spoken)} />,
          },
          {
            key: "eur",
            head: t(texts.cost),
            isNumber: true,
            cell: ({ eur }) => <Value text={money(eur, spoken)} />,
          },
        ]}
      />
    </Card>
  );
}
