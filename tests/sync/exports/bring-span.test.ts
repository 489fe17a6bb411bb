import assert from "node:assert/strict";
import { test } from "node:test";
import { localDate } from "../../../src/domain/calendar.ts";
import { type Instant, instant, type LocalDate } from "../../../src/domain/units.ts";
import { silentLog } from "../../../src/shared/log.ts";
import { bringSeries } from "../../../src/sync/exports/bring.ts";
import type { ExportBatch, Exporter } from "../../../src/sync/exports/exporter.ts";
import type { ExportSeries } from "../../../src/sync/exports/series.ts";
import { MemoryOfExports } from "../../support/export-memory.ts";
import { day, KnownSeries, slots } from "../../support/known-series.ts";

const series: ExportSeries = { kind: "ecowatt" };

/** A destination that notes what it is brought, between days that a test moves. */
class Noting implements Exporter {
  readonly target = "noting";
  readonly added: string[] = [];
  readonly corrected: string[] = [];
  from: LocalDate | null = null;
  to: LocalDate | null = null;
  pointsPerStep = 1000;
  steps = 0;

  takes = () => true;
  oldest = () => this.from;
  latest = () => this.to;
  test = async () => [];
  open = async () => undefined;
  conclude = async () => undefined;
  holds = async () => true;
  async add({ days }: ExportBatch) {
    this.steps++;
    this.added.push(...days.map(({ date }) => date));
  }
  async correct({ days }: ExportBatch) {
    this.corrected.push(...days.map(({ date }) => date));
  }
}

function start() {
  const exporter = new Noting();
  const reader = new KnownSeries();
  const memory = new MemoryOfExports();
  const saved: unknown[] = [];
  const save = memory.saveSent.bind(memory);
  memory.saveSent = (...given) => {
    saved.push(given);
    return save(...given);
  };
  const deps = { destination: "d", exporter, reader, memory, log: silentLog() };
  const bring = (now: Instant = instant(Date.parse("2026-11-21T08:00:00Z")), isCheck = false) =>
    bringSeries(
      series,
      deps,
      { now, today: localDate("2026-11-21"), isForced: false, isCheck, onBrought: () => undefined },
      new AbortController().signal,
    );
  return { exporter, reader, saved, bring };
}

test("days after the latest wait, and come in when it moves, whatever was remembered of their month", async () => {
  const { exporter, reader, saved, bring } = start();
  exporter.to = localDate("2026-11-20");
  reader.know(series, day("2026-11-20", 1), day("2026-11-21", 2), day("2026-12-01", 3));
  await bring();
  assert.deepEqual(exporter.added, ["2026-11-20"]);
  assert.equal(saved.length, 1);
  await bring();
  // Nothing new to remember either.
  assert.equal(saved.length, 1);
  exporter.to = localDate("2026-12-01");
  await bring();
  assert.deepEqual(exporter.added, ["2026-11-20", "2026-11-21", "2026-12-01"]);
  assert.deepEqual(exporter.corrected, []);
});

test("a forecast that changes while it waits is no correction; one that was brought is", async () => {
  const { exporter, reader, bring } = start();
  exporter.to = localDate("2026-11-20");
  reader.know(series, day("2026-11-20", 1), day("2026-11-21", 2));
  await bring();
  reader.know(series, day("2026-11-21", 3));
  await bring();
  assert.deepEqual(exporter.corrected, []);
  reader.know(series, day("2026-11-20", 4));
  await bring();
  assert.deepEqual(exporter.corrected, ["2026-11-20"]);
});

test("a span that is widened brings the rest of a month that was begun", async () => {
  const { exporter, reader, bring } = start();
  exporter.from = localDate("2026-11-20");
  reader.know(series, day("2026-10-31", 1), day("2026-11-19", 2), day("2026-11-20", 3));
  await bring();
  assert.deepEqual(exporter.added, ["2026-11-20"]);
  exporter.from = null;
  await bring();
  assert.deepEqual(exporter.added, ["2026-11-20", "2026-10-31", "2026-11-19"]);
});

test("a day that grows too old is left as it is", async () => {
  const { exporter, reader, bring } = start();
  reader.know(series, day("2026-11-01", 1), day("2026-11-20", 2));
  await bring();
  exporter.from = localDate("2026-11-10");
  reader.know(series, day("2026-11-01", 9), day("2026-11-20", 2));
  await bring();
  assert.deepEqual(exporter.corrected, []);
});

test("a destination may ask for small steps", async () => {
  const { exporter, reader, bring } = start();
  exporter.pointsPerStep = 1;
  reader.know(series, day("2026-09-01", 1), day("2026-10-01", 1), day("2026-11-01", 1));
  await bring();
  assert.equal(exporter.steps, 3);
});

test("what holds now and what follows it are told in every run of a series that changes with the clock", async () => {
  const { reader, bring } = start();
  reader.know(
    series,
    slots("2026-11-30", 60, (hour) => hour),
    slots("2026-12-01", 60, (hour) => 100 + hour),
  );
  const values = async (now: string) => {
    const { newest } = await bring(instant(Date.parse(now)));
    return newest && [newest.point.value, newest.next?.value ?? null];
  };
  // 08:59 and 09:00 in Paris, then the last hour of the month, and after all of them.
  assert.deepEqual(await values("2026-11-30T07:59:00Z"), [8, 9]);
  assert.deepEqual(await values("2026-11-30T08:00:00Z"), [9, 10]);
  assert.deepEqual(await values("2026-11-30T22:30:00Z"), [23, 100]);
  assert.deepEqual(await values("2026-12-05T00:00:00Z"), [123, null]);
  assert.equal(await values("2026-11-01T00:00:00Z"), null);
});
