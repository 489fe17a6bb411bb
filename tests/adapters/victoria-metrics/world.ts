import type { TestContext } from "node:test";
import type { VictoriaMetricsSettings } from "../../../src/adapters/victoria-metrics/settings.ts";
import { createVictoriaMetrics } from "../../../src/adapters/victoria-metrics/victoria-metrics.ts";
import { silentLog } from "../../../src/shared/log.ts";
import type { Exporter } from "../../../src/sync/exports/exporter.ts";
import type { ExportSeries } from "../../../src/sync/exports/series.ts";
import type { Shown } from "../../contracts/exporter.ts";
import {
  type FaultyProxy,
  flushingClock,
  startProxy,
  type VictoriaMetricsServer,
} from "../../support/victoria-metrics.ts";

export const now = Date.parse("2026-11-21T08:00:00Z");

export interface World {
  readonly server: VictoriaMetricsServer;
  readonly proxy: FaultyProxy;
  exporter(settings?: Partial<VictoriaMetricsSettings>): Exporter;
  read(series: ExportSeries): Promise<readonly Shown[]>;
}

/** An empty server behind a proxy. Tests of one file share the server and clean it. */
export async function openWorld(t: TestContext, server: VictoriaMetricsServer): Promise<World> {
  await server.clear();
  const proxy = await startProxy(server.url);
  t.after(() => proxy.stop());
  return {
    server,
    proxy,
    exporter: (settings = {}) =>
      createVictoriaMetrics({
        writeUrl: proxy.url,
        metricNames: "documented",
        tempoColors: "english",
        corrections: "replace",
        timeoutMs: 5_000,
        clock: flushingClock(server, now, proxy),
        log: silentLog(),
        ...settings,
      }),
    read: async (series) => (await server.read(documentedSelector(series))).flatMap(shown),
  };
}

/** The documented name of an energy series, written out rather than asked of the adapter. */
export function documentedSelector(series: ExportSeries): string {
  if (series.kind !== "energy") throw new Error(`no energy: ${series.kind}`);
  const type = { day: "daily", month: "monthly", half_hour: "30min" }[series.step];
  return `{__name__="myelectricaldata_${series.flow}_wh",pdl="${series.usagePoint}",type="${type}"}`;
}

const shown = ({ timestamps, values }: { timestamps: readonly number[]; values: readonly number[] }): Shown[] =>
  timestamps.map((start, position) => ({ start, value: values[position] ?? Number.NaN }));
