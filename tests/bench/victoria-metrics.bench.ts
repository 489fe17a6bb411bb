import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { importBodies } from "../../src/adapters/victoria-metrics/lines.ts";
import { createVictoriaMetrics } from "../../src/adapters/victoria-metrics/victoria-metrics.ts";
import { samplesOf, wiresOf } from "../../src/adapters/victoria-metrics/wire.ts";
import { addDays, boundsOf, daysFromTo, localDate } from "../../src/domain/calendar.ts";
import { instant, minuteMs, usagePointId } from "../../src/domain/units.ts";
import { silentLog } from "../../src/shared/log.ts";
import type { Exporter } from "../../src/sync/exports/exporter.ts";
import type { ExportDay, ExportSeries } from "../../src/sync/exports/series.ts";
import { skipWithoutVictoriaMetrics, startProxy, startVictoriaMetrics } from "../support/victoria-metrics.ts";
import { type BenchResult, rounds, Stopwatch } from "./result.ts";

/** Six years of half-hours: 2,190 days of 48. */
const last = localDate("2026-11-20");
const sixYears = daysFromTo(addDays(last, -2189), last).map(halfHoursOf);
const never = new AbortController().signal;
const naming = { metricNames: "documented", tempoColors: "english" } as const;

/** 48 a day on average, 46 and 50 on the days of a clock change. */
function halfHoursOf(date: ExportDay["date"]): ExportDay {
  const { start, minutes } = boundsOf(date);
  const points = Array.from({ length: minutes / 30 }, (_, position) => ({
    start: instant(start + position * 30 * minuteMs),
    end: instant(start + (position + 1) * 30 * minuteMs),
    value: 100 + ((position * 37) % 900),
    isEstimated: false,
  }));
  return { date, points };
}

/** A series that the server does not know yet. */
let meters = 0;
const newSeries = (): ExportSeries => ({
  kind: "energy",
  usagePoint: usagePointId(String(10_000_000_000_000 + meters++)),
  flow: "consumption",
  step: "half_hour",
});

/**
 * Six years through `add`, read back and compared, against the bare request of the same compressed lines. Both sides make
 * the server show at once what takes it seconds by itself, because waiting is no work.
 */
export async function run(): Promise<BenchResult[]> {
  if (skipWithoutVictoriaMetrics()) return [];
  const server = await startVictoriaMetrics();
  const proxy = await startProxy(server.url);
  try {
    const exporterTo = (writeUrl: string): Exporter =>
      createVictoriaMetrics({
        writeUrl,
        ...naming,
        corrections: "replace",
        clock: flushing(server.flush),
        log: silentLog(),
      });
    const exporter = exporterTo(server.url);
    await exporter.open(never);
    const watch = new Stopwatch();
    for (let round = 0; round <= rounds; round++) {
      const bare = bodiesOf(newSeries());
      await watch.note("bare", () => post(server.url, bare).then(server.flush));
      const series = newSeries();
      await watch.note("add", () => exporter.add({ series, days: sixYears }, never));
      assert.equal(await exporter.holds(series, halfHoursOf(last), never), true);
    }
    const counted = exporterTo(proxy.url);
    const [short, long] = [newSeries(), newSeries()];
    await counted.open(never);
    await counted.add({ series: long, days: sixYears }, never);
    const day = { days: [halfHoursOf(addDays(last, 1))] };
    const costOf = async (series: ExportSeries): Promise<{ requests: number; bytes: number }> => {
      const from = proxy.seen.length;
      await counted.add({ series, ...day }, never);
      const seen = proxy.seen.slice(from);
      return { requests: seen.length, bytes: seen.reduce((sum, { body }) => sum + body.length, 0) };
    };
    await counted.add({ series: short, days: sixYears.slice(-1) }, never);
    const [afterDay, afterYears] = [await costOf(short), await costOf(long)];
    return [
      { name: "VictoriaMetrics: six years of half-hours", value: Math.round(watch.median("add")), unit: "ms" },
      {
        name: "VictoriaMetrics: six years, read back and compared, against the bare request",
        value: watch.ratio("add", "bare"),
        unit: "ratio",
        limit: 3,
      },
      {
        name: "VictoriaMetrics: requests of a day after six years, against after a day",
        value: afterYears.requests / afterDay.requests,
        unit: "ratio",
        limit: 1.5,
      },
      {
        name: "VictoriaMetrics: bytes of a day after six years, against after a day",
        value: Math.round((afterYears.bytes / afterDay.bytes) * 100) / 100,
        unit: "ratio",
        limit: 1.5,
      },
    ];
  } finally {
    await proxy.stop();
    await server.stop();
  }
}

/** The lines that `add` sends of the six years. */
function bodiesOf(series: ExportSeries): readonly string[] {
  const wires = wiresOf(series, naming);
  return [...importBodies(wires.map((wire) => ({ metric: wire.metric, samples: samplesOf(wire, sixYears) })))];
}

async function post(url: string, bodies: readonly string[]): Promise<void> {
  for (const lines of bodies) {
    const body = gzipSync(lines, { level: 1 });
    const response = await fetch(`${url}/api/v1/import`, {
      method: "POST",
      body,
      headers: { "content-encoding": "gzip" },
    });
    assert.equal(response.status, 204);
  }
}

function flushing(flush: () => Promise<void>) {
  let now = boundsOf(addDays(last, 2)).start + 0;
  return {
    now: () => instant(now),
    async sleep(ms: number) {
      now += ms;
      await flush();
    },
  };
}
