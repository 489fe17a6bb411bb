import assert from "node:assert/strict";
import { after, before, suite, type TestContext, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { addDays, daysFromTo, localDate } from "../../../src/domain/calendar.ts";
import { dayMs, instant } from "../../../src/domain/units.ts";
import { silentLog } from "../../../src/shared/log.ts";
import { bringSeries, type SeriesOutcome } from "../../../src/sync/exports/bring.ts";
import type { Exporter } from "../../../src/sync/exports/exporter.ts";
import type { ExportDay, ExportReader, ExportSeries } from "../../../src/sync/exports/series.ts";
import { dailySeries, halfHourSeries, halfHours, shownOf, wholeDay } from "../../contracts/exporter.ts";
import { MemoryOfExports } from "../../support/export-memory.ts";
import {
  skipWithoutVictoriaMetrics,
  startVictoriaMetrics,
  type VictoriaMetricsServer,
} from "../../support/victoria-metrics.ts";
import { documentedSelector, now, openWorld, type World } from "./world.ts";

const never = new AbortController().signal;

/** Days of one series as a store would give them; whoever changes them changes the marks. */
class LiteralReader implements ExportReader {
  known: readonly ExportDay[];
  constructor(days: readonly ExportDay[]) {
    this.known = days;
  }
  list = async () => [];
  async marks() {
    const months = [...new Set(this.known.map(({ date }) => date.slice(0, 7)))].sort();
    return new Map(months.map((month) => [month, JSON.stringify(this.#of(month))]));
  }
  days = async (_series: ExportSeries, month: string) => this.#of(month);
  #of = (month: string): ExportDay[] => this.known.filter(({ date }) => date.startsWith(month));
}

class Run {
  readonly reader: LiteralReader;
  readonly memory = new MemoryOfExports();
  readonly series: ExportSeries;
  /** Days since the first run. */
  #day = 0;

  constructor(series: ExportSeries, days: readonly ExportDay[]) {
    this.series = series;
    this.reader = new LiteralReader(days);
  }

  /** One run a day later than the one before, as a process that has just started, or `exporter`'s. */
  async run(exporter: Exporter, { isCheck = false } = {}): Promise<SeriesOutcome> {
    const at = instant(now + this.#day * dayMs);
    const today = addDays(localDate("2026-11-21"), this.#day++);
    await exporter.open(never);
    return bringSeries(
      this.series,
      { destination: "victoriametrics", exporter, reader: this.reader, memory: this.memory, log: silentLog() },
      { now: at, today, isForced: false, isCheck, onBrought: () => undefined },
      never,
    );
  }
}

const history = daysFromTo(localDate("2026-09-01"), localDate("2026-11-20")).map((date, position) =>
  wholeDay(date, 1000 + position),
);
const imports = ({ proxy }: World) => proxy.seen.filter(({ path }) => path === "/api/v1/import");
const deletions = ({ proxy }: World) => proxy.seen.filter(({ path }) => path.endsWith("/delete_series"));

for (const [name, flags] of [
  ["with dedup", ["-retentionPeriod=100y", "-dedup.minScrapeInterval=1ms"]],
  ["that keeps duplicates", ["-retentionPeriod=100y"]],
] as const)
  suite(`the engine over VictoriaMetrics ${name}`, { skip: skipWithoutVictoriaMetrics() }, () => {
    let server: VictoriaMetricsServer;
    before(async () => {
      server = await startVictoriaMetrics(flags);
    });
    after(() => server.stop());
    const open = (t: TestContext): Promise<World> => openWorld(t, server);

    test("the first run brings all, and the second sends nothing", async (t) => {
      const world = await open(t);
      const run = new Run(dailySeries, history);
      const exporter = world.exporter();
      assert.equal((await run.run(exporter)).records, 81);
      assert.deepEqual(await world.read(dailySeries), shownOf(history));
      const sent = world.proxy.seen.length;
      assert.equal((await run.run(exporter)).records, 0);
      assert.deepEqual(
        world.proxy.seen.slice(sent).map(({ path }) => path),
        ["/metrics"],
      );
    });

    test("a day more is one line more, whatever the history", async (t) => {
      const world = await open(t);
      const run = new Run(dailySeries, history);
      const exporter = world.exporter();
      await run.run(exporter);
      run.reader.known = [...history, wholeDay("2026-11-21", 12345)];
      const sentBefore = imports(world).length;
      assert.equal((await run.run(exporter)).records, 1);
      const lines = imports(world)
        .slice(sentBefore)
        .map(({ body }) => gunzipSync(body).toString());
      // Midnight in Paris, winter: 23:00 UTC of the day before.
      assert.deepEqual(lines, [
        `{"metric":{"__name__":"myelectricaldata_consumption_wh","pdl":"12345678901234","type":"daily"},"values":[12345],"timestamps":[${Date.parse("2026-11-20T23:00:00Z")}]}\n`,
      ]);
      assert.deepEqual(await world.read(dailySeries), shownOf(run.reader.known));
    });

    test("an old day is corrected downwards by one deletion, and the next correction is to wait a day", async (t) => {
      const world = await open(t);
      const run = new Run(dailySeries, history);
      const exporter = world.exporter();
      await run.run(exporter);
      const [, ...rest] = history;
      run.reader.known = [wholeDay("2026-09-01", 3), ...rest];
      assert.equal((await run.run(exporter)).records, 1);
      assert.deepEqual(await world.read(dailySeries), shownOf(run.reader.known));
      assert.equal(deletions(world).length, 1);
      assert.equal(exporter.correctionEveryMs, dayMs);
    });

    test("a day that the store no longer has goes away", async (t) => {
      const world = await open(t);
      const run = new Run(dailySeries, history);
      await run.run(world.exporter());
      run.reader.known = history.filter(({ date }) => date !== "2026-10-10");
      await run.run(world.exporter());
      assert.deepEqual(await world.read(dailySeries), shownOf(run.reader.known));
    });

    test("what is lost there is found by the next check, and sent again", async (t) => {
      const world = await open(t);
      const run = new Run(dailySeries, history);
      await run.run(world.exporter());
      await world.server.clear();
      assert.equal((await run.run(world.exporter(), { isCheck: true })).records, 81);
      assert.deepEqual(await world.read(dailySeries), shownOf(history));
    });

    test("both clock changes keep their 46 and 50 half-hours, two of them at the same clock time", async (t) => {
      const world = await open(t);
      const days = [halfHours("2026-03-29", 100), halfHours("2026-10-25", 200)];
      await new Run(halfHourSeries, days).run(world.exporter());
      const shown = await world.read(halfHourSeries);
      assert.equal(shown.length, 46 + 50);
      assert.deepEqual(shown, shownOf(days));
      // 02:30 of the summer and of the winter clock: the 6th and the 8th half-hour of the 50.
      const repeated = ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"].map(
        (at) => shown.find(({ start }) => start === Date.parse(at))?.value,
      );
      assert.deepEqual(repeated, [205, 207]);
    });

    test("a first export over other values that stand there replaces them", async (t) => {
      const world = await open(t);
      const [first, second] = history.slice(-2);
      const metric = { __name__: "myelectricaldata_consumption_wh", pdl: "12345678901234", type: "daily" };
      const at = (day: ExportDay | undefined): number => day?.points[0]?.start ?? 0;
      await world.server.write({ metric, values: [9_000_000, 1080], timestamps: [at(first), at(second)] });
      // Larger values win on any current server; on this one the latest sample may. Twice told, neither may stay.
      await world.server.write({ metric, values: [8_000_000], timestamps: [at(first)] });
      const run = new Run(dailySeries, history.slice(-2));
      await run.run(world.exporter());
      assert.deepEqual(await world.read(dailySeries), shownOf(history.slice(-2)));
      assert.equal((await run.run(world.exporter())).records, 0);
    });

    test("values that somebody sent twice before count once after a first export", async (t) => {
      const world = await open(t);
      const days = history.slice(-2);
      const metric = { __name__: "myelectricaldata_consumption_wh", pdl: "12345678901234", type: "daily" };
      const { start = 0, value = 0 } = days[0]?.points[0] ?? {};
      await world.server.write({ metric, values: [value], timestamps: [start] });
      await world.server.write({ metric, values: [value], timestamps: [start] });
      await new Run(dailySeries, days).run(world.exporter());
      assert.deepEqual(await world.read(dailySeries), shownOf(days));
    });

    test("stopped between the deletion and the import that other values made necessary, all of it is brought again", async (t) => {
      const world = await open(t);
      const run = new Run(dailySeries, history);
      await run.run(world.exporter());
      const metric = { __name__: "myelectricaldata_consumption_wh", pdl: "12345678901234", type: "daily" };
      const { start = 0 } = wholeDay("2026-11-21", 5).points[0] ?? {};
      await world.server.write({ metric, values: [9_000_000], timestamps: [start] });
      run.reader.known = [...history, wholeDay("2026-11-21", 5)];
      let isDeleted = false;
      world.proxy.onRequest = ({ path }) => {
        isDeleted ||= path.endsWith("/delete_series");
        return isDeleted && path === "/api/v1/import" ? { instead: { status: 503 } } : undefined;
      };
      const first = await run.run(world.exporter()).catch((error: unknown) => error);
      // With dedup this server keeps one or the other of two samples; without, it keeps both, which is a conflict.
      if (name === "that keeps duplicates") assert.ok(first instanceof Error);
      world.proxy.onRequest = null;
      await run.run(world.exporter());
      assert.deepEqual(await world.read(dailySeries), shownOf(run.reader.known));
    });

    test("a series of somebody else that bears one label more stays as it is", async (t) => {
      const world = await open(t);
      const run = new Run(dailySeries, history);
      await run.run(world.exporter());
      const metric = {
        __name__: "myelectricaldata_consumption_wh",
        pdl: "12345678901234",
        type: "daily",
        site: "other",
      };
      await world.server.write({ metric, values: [5], timestamps: [now - 40 * dayMs] });
      run.reader.known = history.map((day) => (day.date === "2026-09-15" ? wholeDay(day.date, 1) : day));
      await run.run(world.exporter());
      const all = await world.server.read(documentedSelector(dailySeries));
      assert.deepEqual(all.map(({ metric: { site = "" }, values }) => [site, values.length]).sort(), [
        ["", 81],
        ["other", 1],
      ]);
    });

    test("values from before the store's first day are not deleted for a correction", async (t) => {
      const world = await open(t);
      const metric = { __name__: "myelectricaldata_consumption_wh", pdl: "12345678901234", type: "daily" };
      const old = Date.parse("2020-01-01T23:00:00Z");
      await world.server.write({ metric, values: [777], timestamps: [old] });
      const run = new Run(dailySeries, history);
      await run.run(world.exporter());
      run.reader.known = history.map((day) => (day.date === "2026-09-15" ? wholeDay(day.date, 5000) : day));
      await run.run(world.exporter());
      assert.equal(deletions(world).length, 0);
      const shown = await world.read(dailySeries);
      assert.deepEqual(shown[0], { start: old, value: 777 });
      assert.ok(shown.some(({ value }) => value === 5000));
    });

    test("an answer that is lost doubles nothing", async (t) => {
      const world = await open(t);
      const run = new Run(dailySeries, history);
      const exporter = world.exporter({ timeoutMs: 300 });
      world.proxy.onRequest = ({ path }) => ({ loseAnswer: path === "/api/v1/import" });
      await assert.rejects(run.run(exporter), { name: "ExportFailure", reason: "unreachable", retry: "soon" });
      world.proxy.onRequest = null;
      const sentBefore = imports(world).length;
      await run.run(exporter);
      assert.equal(imports(world).length, sentBefore, "all was there already: nothing is sent again");
      assert.deepEqual(await world.read(dailySeries), shownOf(history));
    });

    test("appended corrections send the changed day alone, delete nothing, and are not looked at again", async (t) => {
      const world = await open(t);
      const run = new Run(dailySeries, history);
      const settings = { corrections: "append" } as const;
      await run.run(world.exporter(settings));
      run.reader.known = history.map((day) => (day.date === "2026-09-15" ? wholeDay(day.date, 5000) : day));
      const sentBefore = imports(world).length;
      assert.equal((await run.run(world.exporter(settings))).records, 1);
      assert.equal(imports(world).length, sentBefore + 1);
      assert.equal(deletions(world).length, 0);
      assert.ok((await world.read(dailySeries)).some(({ value }) => value === 5000));
      assert.equal((await run.run(world.exporter(settings), { isCheck: true })).records, 0);
    });
  });
