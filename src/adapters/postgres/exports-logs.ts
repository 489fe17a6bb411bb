import type { Instant } from "../../domain/units.ts";
import type { ExportLog, ExportMemory } from "../../sync/exports/memory.ts";
import { type Queries, rowsOf, timestamp } from "./arguments.ts";

export async function beginExport(sql: Queries, destination: string, at: Instant): Promise<number> {
  const [row] = await sql<{ id: number }[]>`
    insert into export_logs (destination, status, started_at) values (${destination}, 'running', ${timestamp(sql, at)})
    returning id`;
  if (row === undefined) throw new Error("An inserted row was not returned");
  return row.id;
}

export async function endExport(
  sql: Queries,
  id: number,
  { status, records, error, at }: Parameters<ExportMemory["endExport"]>[1],
): Promise<void> {
  await sql`
    update export_logs
    set status = ${status}, records_exported = ${records}, error_message = ${error}, completed_at = ${timestamp(sql, at)}
    where id = ${id}`;
}

export const loadExportLogs = (
  sql: Queries,
  { destination, beforeId, limit }: Parameters<ExportMemory["loadExportLogs"]>[0],
): Promise<readonly ExportLog[]> =>
  rowsOf(sql<ExportLog[]>`
    select id, destination, status, records_exported as records, error_message as error, started_at as "startedAt",
      completed_at as "completedAt"
    from export_logs
    where ${destination === null ? sql`true` : sql`destination = ${destination}`}
      and ${beforeId === null ? sql`true` : sql`id < ${beforeId}`}
    order by id desc limit ${limit}`);

export async function forgetExportLogs(sql: Queries, before: Instant): Promise<void> {
  await sql`delete from export_logs where started_at < ${timestamp(sql, before)}`;
}
