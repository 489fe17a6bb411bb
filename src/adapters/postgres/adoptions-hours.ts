import type { Instant } from "../../domain/units.ts";
import type { SeriesHour } from "../../sync/statistics/series.ts";
import { arrayText, batchesOf, type Queries, timestamp } from "./arguments.ts";

interface Brought {
  readonly adoption: number;
  readonly series: number;
}

/** Puts the hours of another tool into a series; those in whose place they come are kept. Returns how many differ. */
export async function putFormerHours(
  tx: Queries,
  { adoption, series, hours }: Brought & { readonly hours: readonly SeriesHour[] },
): Promise<number> {
  let changed = 0;
  for (const batch of batchesOf(hours)) {
    const [row] = await tx<{ changed: number }[]>`
      with differing as materialized (
        select to_timestamp(given.ms / 1000) as starts_at, given.energy, former.amount as former_energy, former.origin,
          former.adoption_id
        from unnest(
          ${arrayText(batch.map(({ start }) => start))}::text::float8[],
          ${arrayText(batch.map(({ amount }) => amount))}::text::bigint[]
        ) as given (ms, energy)
        left join lateral (
          select amount, origin, adoption_id from statistic_hour
          where series_id = ${series} and starts_at = to_timestamp(given.ms / 1000)
          limit 1
        ) as former on true
        where (former.amount, former.adoption_id) is distinct from (given.energy, ${adoption}::integer)
      ), kept as (
        insert into adoption_former_hour (adoption_id, series_id, starts_at, energy, origin, former_adoption_id)
        select ${adoption}, ${series}, starts_at, former_energy, origin, adoption_id from differing
        where former_energy is not null and adoption_id is distinct from ${adoption}::integer
        on conflict (adoption_id, series_id, starts_at) do nothing
      ), put as (
        insert into statistic_hour (series_id, starts_at, amount, origin, adoption_id)
        select ${series}, starts_at, energy, 'former', ${adoption} from differing
        on conflict (series_id, starts_at)
          do update set amount = excluded.amount, origin = excluded.origin, adoption_id = excluded.adoption_id
      )
      select count(*)::integer as changed from differing`;
    changed += row?.changed ?? 0;
  }
  return changed;
}

/**
 * Takes the hours that an adoption brought out of a series, but for those that begin at `except`, and puts back what
 * stood there before. Hours that were derived since stay. Returns how many it took.
 */
export async function removeFormerHours(
  tx: Queries,
  { adoption, series, except }: Brought & { readonly except: readonly Instant[] },
): Promise<number> {
  const kept = new Set<number>(except);
  const gone = (await loadBrought(tx, { adoption, series })).filter((start) => !kept.has(start));
  for (const batch of batchesOf(gone)) {
    const starts = arrayText(batch);
    await tx`
      delete from statistic_hour
      where series_id = ${series} and adoption_id = ${adoption}
        and starts_at = any (array(select to_timestamp(ms / 1000) from unnest(${starts}::text::float8[]) as ms))`;
  }
  if (gone.length > 0) await restoreHours(tx, { adoption, series });
  return gone.length;
}

async function loadBrought(tx: Queries, { adoption, series }: Brought): Promise<readonly number[]> {
  const [row] = await tx<{ starts: string | null }[]>`
    select array_to_json(array_agg((date_part('epoch', starts_at) * 1000)::bigint))::text as starts
    from statistic_hour where series_id = ${series} and adoption_id = ${adoption}`;
  return JSON.parse(row?.starts ?? "[]");
}

/** Hours of an adoption that was itself undone meanwhile do not come back. */
async function restoreHours(tx: Queries, { adoption, series }: Brought): Promise<void> {
  await tx`
    insert into statistic_hour (series_id, starts_at, amount, origin, adoption_id)
    select series_id, starts_at, energy, origin, former_adoption_id from adoption_former_hour
    where adoption_id = ${adoption} and series_id = ${series}
      and not exists (select from adoption where id = former_adoption_id and step = 'undone')
    on conflict (series_id, starts_at) do nothing`;
}

/** Adds a series up anew, and makes it dirty from `dirtyFrom` on unless it was from earlier. */
export async function sumSeries(tx: Queries, series: number, dirtyFrom: Instant | null): Promise<void> {
  await tx`
    update statistic_series set
      total = (select coalesce(sum(amount), 0)::bigint from statistic_hour where series_id = ${series}),
      dirty_from = least(dirty_from, ${timestamp(tx, dirtyFrom)}),
      revision = revision + 1
    where id = ${series}`;
}
