import type { Instant } from "../../domain/units.ts";
import type { LockedAdoption } from "./adoptions.ts";
import { removeFormerHours, sumSeries } from "./adoptions-hours.ts";
import { type Queries, timestamp } from "./arguments.ts";
import { markEveryDay } from "./statistics-days.ts";

/** Gives the series back what the adoption kept of them; a second time it does nothing. */
export async function revertAdoption(tx: Queries, adoption: LockedAdoption, at: Instant): Promise<void> {
  if (adoption.step === "undone") return;
  const touched = await tx<{ series: number; isCreated: boolean }[]>`
    select series_id as series, former is null as "isCreated" from adoption_series
    where adoption_id = ${adoption.id} order by role`;
  // Those that go give their names free before others take theirs back.
  for (const { series } of touched.filter(({ isCreated }) => isCreated)) await removeSeries(tx, series);
  for (const { series } of touched.filter(({ isCreated }) => !isCreated)) {
    await removeFormerHours(tx, { adoption: adoption.id, series, except: [] });
    await nameAsBefore(tx, adoption.id, series);
    await sumSeries(tx, series, await loadFirstHour(tx, series));
  }
  await markEveryDay(tx, adoption);
  await tx`update adoption set step = 'undone', undone_at = ${timestamp(tx, at)} where id = ${adoption.id}`;
}

/** Its derived hours are derived again wherever they are wanted next. */
async function removeSeries(tx: Queries, series: number): Promise<void> {
  await tx`delete from statistic_hour where series_id = ${series}`;
  await tx`delete from statistic_series where id = ${series}`;
}

async function nameAsBefore(tx: Queries, adoption: number, series: number): Promise<void> {
  await tx`
    update statistic_series set
      statistic_id = former.former ->> 'statisticId',
      name = former.former ->> 'name',
      unit = former.former ->> 'unit',
      base = (former.former ->> 'base')::bigint
    from adoption_series as former
    where former.adoption_id = ${adoption} and former.series_id = ${series} and statistic_series.id = ${series}`;
}

async function loadFirstHour(tx: Queries, series: number): Promise<Instant | null> {
  const [row] = await tx<{ first: Instant | null }[]>`
    select min(starts_at) as first from statistic_hour where series_id = ${series}`;
  return row?.first ?? null;
}
