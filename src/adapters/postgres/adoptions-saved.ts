import type { Instant } from "../../domain/units.ts";
import type { SavedSeries } from "../../sync/adoption/store.ts";
import type { StatisticMetadata, StatisticRow } from "../../sync/statistics/recorder.ts";
import { arrayText, batchesOf, jsonText, type Queries } from "./arguments.ts";

export async function saveSeries(tx: Queries, adoption: number, saved: readonly SavedSeries[]): Promise<void> {
  for (const [position, { statisticId, metadata, rows }] of saved.entries()) {
    const text = metadata === null ? null : jsonText(metadata);
    await tx`
      insert into adoption_saved_series (adoption_id, position, statistic_id, metadata)
      values (${adoption}, ${position}, ${statisticId}, ${text}::text::json)`;
    let part = 0;
    for (const batch of batchesOf(rows)) await savePart(tx, { adoption, position, part: part++, rows: batch });
  }
}

interface Part {
  readonly adoption: number;
  readonly position: number;
  readonly part: number;
  readonly rows: readonly StatisticRow[];
}

/** A double is written and read with the digits that tell it from its neighbours: every value comes back the same. */
async function savePart(tx: Queries, { adoption, position, part, rows }: Part): Promise<void> {
  const column = (name: keyof StatisticRow): string => arrayText(rows.map((row) => row[name]));
  await tx`
    insert into adoption_saved_rows (adoption_id, position, part, starts_at, state, sum, mean, min, max, last_reset)
    select ${adoption}, ${position}, ${part},
      array(select to_timestamp(ms / 1000) from unnest(${column("start")}::text::float8[]) with ordinality as each (ms, n)
        order by n),
      ${column("state")}::text::float8[], ${column("sum")}::text::float8[], ${column("mean")}::text::float8[],
      ${column("min")}::text::float8[], ${column("max")}::text::float8[],
      array(select to_timestamp(ms / 1000) from unnest(${column("lastReset")}::text::float8[])
        with ordinality as each (ms, n) order by n)`;
}

interface SavedRow {
  readonly position: number;
  readonly statisticId: string;
  readonly metadata: StatisticMetadata | null;
}

export async function loadSavedSeries(sql: Queries, adoption: number): Promise<readonly SavedSeries[]> {
  const saved = await sql<SavedRow[]>`
    select position, statistic_id as "statisticId", metadata
    from adoption_saved_series where adoption_id = ${adoption} order by position`;
  const series: SavedSeries[] = [];
  for (const { position, statisticId, metadata } of saved)
    series.push({ statisticId, metadata, rows: await loadRows(sql, adoption, position) });
  return series;
}

type PackedRows = Readonly<Record<keyof StatisticRow, string>>;

async function loadRows(sql: Queries, adoption: number, position: number): Promise<readonly StatisticRow[]> {
  const parts = await sql<PackedRows[]>`
    select
      array_to_json(array(select (date_part('epoch', at) * 1000)::bigint
        from unnest(starts_at) with ordinality as each (at, n) order by n))::text as start,
      array_to_json(state)::text as state, array_to_json(sum)::text as sum, array_to_json(mean)::text as mean,
      array_to_json(min)::text as min, array_to_json(max)::text as max,
      array_to_json(array(select (date_part('epoch', at) * 1000)::bigint
        from unnest(last_reset) with ordinality as each (at, n) order by n))::text as "lastReset"
    from adoption_saved_rows where adoption_id = ${adoption} and position = ${position} order by part`;
  return parts.flatMap(unpacked);
}

function unpacked(packed: PackedRows): readonly StatisticRow[] {
  const starts: readonly Instant[] = JSON.parse(packed.start);
  const numbers = (name: keyof PackedRows): readonly (number | null)[] => JSON.parse(packed[name]);
  const [state, sum, mean] = [numbers("state"), numbers("sum"), numbers("mean")];
  const [min, max] = [numbers("min"), numbers("max")];
  const lastReset: readonly (Instant | null)[] = JSON.parse(packed.lastReset);
  return starts.map((start, place) => ({
    start,
    state: state[place] ?? null,
    sum: sum[place] ?? null,
    mean: mean[place] ?? null,
    min: min[place] ?? null,
    max: max[place] ?? null,
    lastReset: lastReset[place] ?? null,
  }));
}
