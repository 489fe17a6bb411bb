import type postgres from "postgres";
import type { EcowattDay, EcowattHour } from "../../domain/ecowatt.ts";
import type { Period } from "../../sync/source.ts";
import { date, jsonText, lastOfEach, lockFor, type Queries } from "./arguments.ts";

/**
 * The signal generated last speaks for its day. On the day itself RTE gives only the hours to come: hours that a later
 * signal leaves out keep their level, and hours that only an earlier one gives are filled in.
 */
export function saveEcowatt(sql: postgres.Sql, given: readonly EcowattDay[]): Promise<{ written: number }> {
  return sql.begin(async (tx) => {
    await lockFor(tx, "ecowatt");
    const days = lastOfEach(given, (day) => day.date);
    const ofDays = await saveDays(tx, days);
    const ofHours = await saveHours(tx, days);
    return { written: ofDays + ofHours };
  });
}

async function saveDays(tx: Queries, days: readonly EcowattDay[]): Promise<number> {
  const given = days.map(({ date, level, message, generatedAt }) => ({ date, level, message, ms: generatedAt }));
  const changed = await tx`
    insert into ecowatt_day (date, level, message, generated_at)
    select given.date, given.level, given.message, to_timestamp(given.ms / 1000)
    from json_to_recordset(${jsonText(given)}::text::json) as given (date date, level smallint, message text, ms float8)
    left join ecowatt_day as former using (date)
    where former.date is null
      or (
        former.generated_at <= to_timestamp(given.ms / 1000)
        and (former.level, former.message, former.generated_at)
          is distinct from (given.level, given.message, to_timestamp(given.ms / 1000))
      )
    on conflict (date) do update
      set level = excluded.level, message = excluded.message, generated_at = excluded.generated_at`;
  return changed.count;
}

/** After `saveDays`, a day's instant equals the given one where the given signal is the latest. */
async function saveHours(tx: Queries, days: readonly EcowattDay[]): Promise<number> {
  const given = days.flatMap((day) => day.hours.map((hour) => ({ ...hour, date: day.date, ms: day.generatedAt })));
  const changed = await tx`
    insert into ecowatt_hour (date, hour, level, decarbonised)
    select given.date, given.hour, given.level, given.decarbonised
    from json_to_recordset(${jsonText(given)}::text::json)
      as given (date date, hour smallint, level smallint, decarbonised boolean, ms float8)
    join ecowatt_day as day using (date)
    left join ecowatt_hour as former using (date, hour)
    where former.date is null
      or (
        day.generated_at = to_timestamp(given.ms / 1000)
        and (former.level, former.decarbonised) is distinct from (given.level, given.decarbonised)
      )
    on conflict (date, hour) do update set level = excluded.level, decarbonised = excluded.decarbonised`;
  return changed.count;
}

type EcowattRow = Omit<EcowattDay, "hours"> & { readonly hours: readonly EcowattHour[] | null };

export async function loadEcowatt(sql: Queries, { from, to }: Period): Promise<readonly EcowattDay[]> {
  const rows = await sql<EcowattRow[]>`
    select date, level, message, generated_at as "generatedAt", (
      select json_agg(json_build_object('hour', hour, 'level', level, 'decarbonised', decarbonised) order by hour)
      from ecowatt_hour where ecowatt_hour.date = ecowatt_day.date
    ) as hours
    from ecowatt_day where date between ${date(sql, from)} and ${date(sql, to)} order by date`;
  return rows.map((row) => ({ ...row, hours: row.hours ?? [] }));
}
