import PQueue from "p-queue";
import { z } from "zod";
import type { Clock } from "../../shared/clock.ts";
import type { Recorder, Span, StatisticMetadata, StatisticRow, WrittenRow } from "../../sync/statistics/recorder.ts";
import type { Connection, Fields } from "./connection.ts";
import type { Endpoint } from "./endpoint.ts";
import { failure, refusal } from "./failure.ts";
import { isoUtc, readRows, rowTypes, writtenMetadata, writtenRows } from "./rows.ts";
import type { Timing } from "./timing.ts";
import { type Window, windowsOf } from "./windows.ts";

export interface RecorderDeps {
  readonly connection: Connection;
  readonly endpoint: Endpoint;
  readonly timing: Timing;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const listed = z.array(
  z
    .looseObject({
      statistic_id: z.string(),
      source: z.string(),
      name: z.string().nullish(),
      statistics_unit_of_measurement: z.string().nullish(),
      unit_class: z.string().nullish(),
      has_sum: z.boolean(),
    })
    .transform(
      (entry): StatisticMetadata => ({
        statisticId: entry.statistic_id,
        source: entry.source,
        name: entry.name ?? null,
        unit: entry.statistics_unit_of_measurement ?? null,
        unitClass: entry.unit_class ?? null,
        hasSum: entry.has_sum,
      }),
    ),
);

/** Home Assistant's recorder behind one connection. Writes go one at a time, reads as they come. */
export function createRecorder(deps: RecorderDeps): Recorder {
  const writes = new PQueue({ concurrency: 1 });
  return {
    listStatistics: () => loadMetadata(deps, "recorder/list_statistic_ids"),
    loadRows: (statisticIds, span) => loadRows(deps, statisticIds, span),
    importRows: (metadata, rows) => writes.add(() => importRows(deps, metadata, rows)),
    clearSeries: (statisticId) => writes.add(() => clearSeries(deps, statisticId)),
  };
}

async function loadMetadata(
  { connection, endpoint, timing }: RecorderDeps,
  type: string,
  fields: Fields = {},
): Promise<readonly StatisticMetadata[]> {
  const parsed = listed.safeParse(await connection.command(type, fields, timing.longCommandMs));
  if (parsed.success) return parsed.data;
  throw failure("not_understood", { url: endpoint.websocketUrl, detail: type }, parsed.error);
}

async function loadRows(deps: RecorderDeps, statisticIds: readonly string[], span: Span) {
  const rows = new Map<string, StatisticRow[]>();
  for (const { ids, units } of await byUnit(deps, [...new Set(statisticIds)]))
    for (const window of windowsOf(span, { ids: ids.length, now: deps.clock.now() }))
      for (const [id, more] of await readWindow(deps, { ids, units, window })) {
        const known = rows.get(id);
        if (known === undefined) rows.set(id, [...more]);
        else for (const row of more) known.push(row);
      }
  return rows;
}

interface UnitGroup {
  readonly ids: readonly string[];
  /** Null: Home Assistant's answer is in the unit stored anyway. */
  readonly units: Fields | null;
}

/**
 * Values of an entity come in the unit that its user chose to see unless another one is asked for; those of an external
 * id in the unit stored.
 */
async function byUnit(deps: RecorderDeps, ids: readonly string[]): Promise<readonly UnitGroup[]> {
  const external = ids.filter((id) => id.includes(":"));
  const entities = ids.filter((id) => !id.includes(":"));
  const groups = new Map<string | null, string[]>([[null, external]]);
  const metadata =
    entities.length === 0
      ? []
      : await loadMetadata(deps, "recorder/get_statistics_metadata", { statistic_ids: entities });
  for (const { statisticId, unit, unitClass } of metadata) {
    const key = unitClass === "energy" ? unit : null;
    groups.set(key, [...(groups.get(key) ?? []), statisticId]);
  }
  return [...groups]
    .filter(([, members]) => members.length > 0)
    .map(([unit, members]) => ({ ids: members, units: unit === null ? null : { energy: unit } }));
}

async function readWindow(
  { connection, endpoint, timing }: RecorderDeps,
  { ids, units, window }: UnitGroup & { readonly window: Window },
) {
  const type = "recorder/statistics_during_period";
  const fields = {
    start_time: isoUtc(window.from),
    ...(window.before === null ? {} : { end_time: isoUtc(window.before) }),
    statistic_ids: ids,
    period: "hour",
    types: rowTypes,
    ...(units === null ? {} : { units }),
  };
  const rows = readRows(await connection.command(type, fields, timing.longCommandMs));
  if (rows !== null) return rows;
  throw failure("not_understood", { url: endpoint.websocketUrl, detail: type });
}

async function importRows(
  { connection, timing }: RecorderDeps,
  metadata: StatisticMetadata,
  rows: readonly WrittenRow[],
): Promise<void> {
  const fields = { metadata: writtenMetadata(metadata), stats: writtenRows(rows) };
  await connection.command("recorder/import_statistics", fields, timing.longCommandMs);
}

/** `timeout` means that the recorder is behind, not that it gave up: the removal stays in its queue. */
async function clearSeries(deps: RecorderDeps, statisticId: string): Promise<void> {
  const { connection, endpoint, timing } = deps;
  const type = "recorder/clear_statistics";
  const outcome = await connection.request(type, { statistic_ids: [statisticId] }, timing.longCommandMs);
  if (!("error" in outcome)) return;
  if (outcome.error.code !== "timeout") throw refusal(type, outcome.error, endpoint);
  await untilGone(deps, statisticId);
}

async function untilGone(deps: RecorderDeps, statisticId: string): Promise<void> {
  const { timing, clock, signal, endpoint } = deps;
  for (let waitedMs = 0; waitedMs <= timing.goneMs; waitedMs += timing.gonePauseMs) {
    await clock.sleep(timing.gonePauseMs, signal);
    const left = await loadMetadata(deps, "recorder/get_statistics_metadata", { statistic_ids: [statisticId] });
    if (left.length === 0) return;
  }
  throw failure("busy", { url: endpoint.websocketUrl, detail: statisticId });
}
