import type { Instant } from "../../domain/units.ts";
import type { AdoptedSeries } from "../../sync/adoption/store.ts";
import type { SeriesHour, SeriesKey } from "../../sync/statistics/series.ts";
import type { LockedAdoption } from "./adoptions.ts";
import { putFormerHours, removeFormerHours, sumSeries } from "./adoptions-hours.ts";
import { jsonText, type Queries } from "./arguments.ts";
import { markEveryDay } from "./statistics-days.ts";

/**
 * | step | what it does |
 * |---|---|
 * | saved | gives the series their names, bases and former hours; keeps what they were |
 * | applied | the same, in place of the hours of the first time; what they were before it stays kept |
 * | undoing, undone | fails: what is being taken back cannot be applied |
 */
export async function applyAdoption(
  tx: Queries,
  adoption: LockedAdoption,
  series: readonly AdoptedSeries[],
): Promise<void> {
  const { id, usagePoint, flow, step } = adoption;
  if (step === "undoing" || step === "undone") throw new RangeError(`The adoption ${id} is ${step}`);
  let changed = 0;
  for (const one of series) {
    const { key } = one;
    if (key.usagePoint !== usagePoint || key.flow !== flow)
      throw new RangeError(`The adoption ${id} is not about the series ${key.role} of ${key.usagePoint}`);
    changed += await applySeries(tx, adoption, one);
  }
  changed += await forgetOthers(tx, id, series);
  if (step === "applied" && changed === 0) return;
  await tx`update adoption set step = 'applied' where id = ${id} and step <> 'applied'`;
  await markEveryDay(tx, adoption);
}

async function applySeries(tx: Queries, adoption: LockedAdoption, one: AdoptedSeries): Promise<number> {
  const { id, isChanged } = await nameSeries(tx, adoption, one);
  const derived = await loadDerivedStarts(tx, adoption, one.key);
  const hours = one.hours.filter(({ start }) => !derived.has(start));
  const removed = await removeFormerHours(tx, { adoption: adoption.id, series: id, except: startsOf(hours) });
  const put = await putFormerHours(tx, { adoption: adoption.id, series: id, hours });
  const changed = removed + put;
  if (isChanged || changed > 0) await sumSeries(tx, id, one.dirtyFrom);
  // Under another name, or upon another base, Home Assistant knows nothing yet of the hours that are the bridge's own.
  if (isChanged) await soilOwnHours(tx, adoption.id, id);
  return changed + Number(isChanged);
}

const startsOf = (hours: readonly SeriesHour[]): readonly Instant[] => hours.map(({ start }) => start);

interface Former {
  readonly id: number;
  readonly statisticId: string;
  readonly name: string;
  readonly unit: string;
  /** As text, because JSON has no bigint. */
  readonly base: string;
}

/** Creates or renames a series. What it was before the adoption is kept the first time alone. */
async function nameSeries(
  tx: Queries,
  { id: adoption, usagePoint, flow }: LockedAdoption,
  { key, name, base }: AdoptedSeries,
): Promise<{ readonly id: number; readonly isChanged: boolean }> {
  const [former] = await tx<Former[]>`
    select id, statistic_id as "statisticId", name, unit, base::text as base from statistic_series
    where usage_point_id = ${usagePoint} and flow = ${flow}::flow and measure = ${key.measure} and role = ${key.role}`;
  const [series] = await tx<{ id: number }[]>`
    insert into statistic_series (usage_point_id, flow, measure, role, statistic_id, name, unit, base)
    select ${usagePoint}, ${flow}::flow, ${key.measure}, ${key.role}, ${name.statisticId}, ${name.name}, ${name.unit}, ${String(base)}::bigint
    where not exists (
      select from statistic_series
      where usage_point_id = ${usagePoint} and flow = ${flow}::flow and measure = ${key.measure} and role = ${key.role}
        and (statistic_id, name, unit, base) = (${name.statisticId}, ${name.name}, ${name.unit}, ${String(base)}::bigint)
    )
    on conflict (usage_point_id, flow, measure, role) do update set
      statistic_id = excluded.statistic_id, name = excluded.name, unit = excluded.unit, base = excluded.base
    returning id`;
  const id = series?.id ?? former?.id;
  if (id === undefined) throw new Error(`The series ${key.role} was not stored`);
  await tx`
    insert into adoption_series (adoption_id, measure, role, series_id, former)
    select ${adoption}, ${key.measure}, ${key.role}, ${id}, ${former ? jsonText(former) : null}::text::json
    where not exists (
      select from adoption_series where adoption_id = ${adoption} and measure = ${key.measure} and role = ${key.role}
    )`;
  return { id, isChanged: series !== undefined };
}

/** Series of the first time that are no longer told lose the hours that it brought them. */
async function forgetOthers(tx: Queries, adoption: number, series: readonly AdoptedSeries[]): Promise<number> {
  const known = await tx<(Pick<SeriesKey, "measure" | "role"> & { id: number })[]>`
    select series_id as id, measure, role from adoption_series where adoption_id = ${adoption} order by measure, role`;
  const told = new Set(series.map(({ key: { measure, role } }) => `${measure} ${role}`));
  let removed = 0;
  for (const { id, measure, role } of known) {
    if (told.has(`${measure} ${role}`)) continue;
    const changed = await removeFormerHours(tx, { adoption, series: id, except: [] });
    if (changed > 0) await sumSeries(tx, id, null);
    removed += changed;
  }
  return removed;
}

/**
 * The periods share out one energy, or its cost, of which the total tells the whole: a derived hour of one stands for all
 * of them.
 */
async function loadDerivedStarts(tx: Queries, { usagePoint, flow }: LockedAdoption, { measure, role }: SeriesKey) {
  const [row] = await tx<{ starts: string | null }[]>`
    select array_to_json(array_agg((date_part('epoch', starts_at) * 1000)::bigint))::text as starts
    from statistic_series
    cross join lateral (
      select starts_at from statistic_hour where series_id = id and origin <> 'former' and amount <> 0 offset 0
    ) as hour
    where usage_point_id = ${usagePoint} and flow = ${flow}::flow and measure = ${measure}
      and (role = 'total') = ${role === "total"}`;
  return new Set<number>(JSON.parse(row?.starts ?? "[]"));
}

async function soilOwnHours(tx: Queries, adoption: number, series: number): Promise<void> {
  await tx`
    update statistic_series set dirty_from = own.starts_at
    from (
      select min(starts_at) as starts_at from statistic_hour
      where series_id = ${series} and adoption_id is distinct from ${adoption}
    ) as own
    where id = ${series} and own.starts_at is not null and (dirty_from is null or own.starts_at < dirty_from)`;
}
