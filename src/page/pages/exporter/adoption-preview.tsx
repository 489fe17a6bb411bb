import type { AdoptionPreview } from "../../../server/api/adoption.ts";
import { capitalised, energy, monthInFull, whole } from "../../format.ts";
import { DataTable } from "../../kit/data-table.tsx";
import { Problem } from "../../kit/problem.tsx";
import { language, t } from "../../language.ts";
import { IdList } from "./id-list.tsx";
import { texts } from "./texts.ts";
import { previewSentence, roleName } from "./words.ts";

type PreviewedSeries = AdoptionPreview["series"][number];
type PreviewedMonth = AdoptionPreview["months"][number];

/** What taking a history over would change: rows, energy month by month, the Energy Dashboard. */
export function AdoptionPreviewView({ preview }: { readonly preview: AdoptionPreview }) {
  const spoken = language.value;
  const { series, months, dashboard } = preview;
  const differing = months.filter(({ formerWh, afterWh }) => formerWh !== afterWh);
  return (
    <section class="stack" aria-label={t(texts.previewHead)}>
      <h3>{t(texts.previewHead)}</h3>
      <p>{previewSentence(preview, spoken)}</p>
      <DataTable<PreviewedSeries>
        caption={t(texts.previewHead)}
        rows={series}
        rowKey={({ statisticId }) => statisticId}
        columns={[
          {
            key: "series",
            head: t(texts.seriesName),
            cell: ({ role, statisticId }) => <span title={statisticId}>{t(roleName(role))}</span>,
          },
          { key: "rows", head: t(texts.rowsNow), isNumber: true, cell: ({ rows }) => whole(rows, spoken) },
          {
            key: "changed",
            head: t(texts.rowsChanged),
            isNumber: true,
            cell: ({ changedRows }) => whole(changedRows, spoken),
          },
          { key: "new", head: t(texts.rowsNew), isNumber: true, cell: ({ newRows }) => whole(newRows, spoken) },
        ]}
      />
      {differing.length > 0 && (
        <DataTable<PreviewedMonth>
          caption={t(texts.month)}
          rows={differing}
          rowKey={({ name }) => name}
          columns={[
            { key: "month", head: t(texts.month), cell: ({ name }) => capitalised(monthInFull(name, spoken)) },
            { key: "before", head: t(texts.before), isNumber: true, cell: ({ formerWh }) => energy(formerWh, spoken) },
            { key: "after", head: t(texts.after), isNumber: true, cell: ({ afterWh }) => energy(afterWh, spoken) },
            {
              key: "difference",
              head: t(texts.difference),
              isNumber: true,
              cell: ({ formerWh, afterWh }) => energy(afterWh - formerWh, spoken),
            },
          ]}
        />
      )}
      {dashboard && (
        <>
          <IdList title={texts.applyAdds} ids={dashboard.added} />
          <IdList title={texts.applyRemoves} ids={dashboard.replaced} />
          {dashboard.dropsPrice && <Problem text={t(texts.dropsPrice)} />}
        </>
      )}
    </section>
  );
}
