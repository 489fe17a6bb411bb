import type { SeriesAnswer, SeriesBucket } from "../../server/api/series.ts";
import { paired } from "../charts/paired.ts";
import { isPending } from "../charts/series-bars.ts";
import { exactEnergy, money, unknownSign } from "../format.ts";
import { type Column, DataTable } from "../kit/data-table.tsx";
import { QualityMark } from "../kit/quality-mark.tsx";
import { kitTexts } from "../kit/texts.ts";
import { Value } from "../kit/value.tsx";
import { language, t } from "../language.ts";
import { hrefWith } from "../navigation.ts";
import type { View } from "../period.ts";
import { wayDown } from "./drill.ts";
import { periodsNote, rowNameOf } from "./row-name.ts";
import { texts } from "./texts.ts";
import { markOf } from "./words.ts";

export interface BucketsTableProps {
  readonly series: SeriesAnswer;
  /** The year before, bucket by bucket; null where nothing is compared. */
  readonly before: SeriesAnswer | null;
  readonly view: View;
  readonly caption: string;
}

interface Row {
  readonly bucket: SeriesBucket;
  readonly before: SeriesBucket | undefined;
}

const heads = { half_hour: texts.hour, hour: texts.hour, day: texts.day, month: texts.month, year: texts.year };

/** The bars as lines; the name of each leads one step down. */
export function BucketsTable({ series, before, view, caption }: BucketsTableProps) {
  const others = paired(series, before);
  const rows = series.buckets.map((bucket, position): Row => ({ bucket, before: others[position] }));
  const isAllMeasured = series.buckets.every((bucket) => isPending(bucket) || markOf(bucket) === "complete");
  return (
    <>
      <DataTable<Row>
        caption={caption}
        rows={rows}
        rowKey={({ bucket }) => bucket.key}
        columns={[
          { key: "name", head: t(heads[series.step]), cell: ({ bucket }) => <Name {...{ bucket, series, view }} /> },
          energyColumn(),
          ...(before === null ? [] : [beforeColumn()]),
          ...(series.total.eur === null ? [] : [moneyColumn(series.flow)]),
          ...(isAllMeasured ? [] : [qualityColumn()]),
        ]}
      />
      {isAllMeasured && <p class="small muted">{t(texts.allMeasured)}</p>}
    </>
  );
}

function Name({ bucket, series, view }: Pick<BucketsTableProps, "series" | "view"> & Pick<Row, "bucket">) {
  const name = rowNameOf(bucket, series.step, language.value);
  const way = wayDown(view);
  const note = periodsNote(bucket, series.flow, language.value);
  return (
    <>
      {way === null ? <span>{name}</span> : <a href={hrefWith({ vue: way.view, date: bucket.key })}>{name}</a>}
      {note !== "" && <div class="small muted">{note}</div>}
    </>
  );
}

const energyColumn = (): Column<Row> => ({
  key: "energy",
  head: t(texts.energy),
  unit: "kWh",
  isNumber: true,
  cell: ({ bucket }) => <Value text={exactEnergy(bucket.energyWh, language.value)} reason={reasonOf(bucket)} />,
});

const beforeColumn = (): Column<Row> => ({
  key: "before",
  head: t(texts.before),
  unit: "kWh",
  isNumber: true,
  cell: ({ before }) => <Value text={exactEnergy(before?.energyWh ?? null, language.value)} />,
});

const moneyColumn = (flow: SeriesAnswer["flow"]): Column<Row> => ({
  key: "eur",
  head: t(flow === "production" ? texts.revenue : texts.cost),
  isNumber: true,
  cell: ({ bucket }) => <Value text={money(bucket.eur, language.value)} reason={reasonOf(bucket)} />,
});

const qualityColumn = (): Column<Row> => ({
  key: "quality",
  head: t(texts.quality),
  cell: ({ bucket }) =>
    isPending(bucket) ? (
      <Value text={unknownSign} reason={reasonOf(bucket)} />
    ) : (
      <QualityMark quality={markOf(bucket)} />
    ),
});

const reasonOf = (bucket: SeriesBucket): string | undefined => (isPending(bucket) ? t(kitTexts.pending) : undefined);
