import type postgres from "postgres";
import type { Instant } from "../../domain/units.ts";
import type { ExportConfigRow } from "../../sync/exports/memory.ts";
import { jsonText, lockFor, timestamp } from "./arguments.ts";

/** A row that differs is written, with the moment; the others keep theirs. */
export async function saveExportConfigs(
  sql: postgres.Sql,
  configs: readonly ExportConfigRow[],
  at: Instant,
): Promise<void> {
  await sql.begin(async (tx) => {
    await lockFor(tx, "export_configs");
    await tx`
      insert into export_configs (destination, enabled, interval_minutes, export_data, settings, updated_at)
      select given.destination, given.enabled, given."intervalMinutes", given."exportData", given.settings,
        ${timestamp(tx, at)}
      from json_to_recordset(${jsonText(configs)}::text::json) as given (
        destination text, enabled boolean, "intervalMinutes" integer, "exportData" text[], settings jsonb
      )
      left join lateral (
        select * from export_configs as stored where stored.destination = given.destination limit 1
      ) as former on true
      where (former.enabled, former.interval_minutes, former.export_data, former.settings)
        is distinct from (given.enabled, given."intervalMinutes", given."exportData", given.settings)
      on conflict (destination) do update set enabled = excluded.enabled, interval_minutes = excluded.interval_minutes,
        export_data = excluded.export_data, settings = excluded.settings, updated_at = excluded.updated_at`;
  });
}
