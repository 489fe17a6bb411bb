import assert from "node:assert/strict";
import { test } from "node:test";
import { instant } from "../../../src/domain/units.ts";
import { silentLog } from "../../../src/shared/log.ts";
import { type Exporter, ExportFailure, type ExportRetry } from "../../../src/sync/exports/exporter.ts";
import type { ExportDay, ExportSeries } from "../../../src/sync/exports/series.ts";
import { seriesDestination } from "../../../src/sync/exports/series-destination.ts";
import { MemoryOfExports } from "../../support/export-memory.ts";
import { day, KnownSeries } from "../../support/known-series.ts";

const now = instant(Date.UTC(2026, 10, 21, 11));
const { signal } = new AbortController();
const colours = ["BLEU", "BLANC", "ROUGE"] as const;
const all = colours.map((color): ExportSeries => ({ kind: "tempo_remaining", color }));
const text = { fr: "Refusé.", en: "Refused." };
const failure = (retry: ExportRetry) => new ExportFailure("refused", text, { retry });

/** Three series of one day each, and an exporter that notes what it is asked. */
function world(own: Partial<Exporter> = {}) {
  const calls: string[] = [];
  const reader = new KnownSeries();
  const put = (...days: readonly ExportDay[]): void => {
    for (const series of all) reader.know(series, ...days);
  };
  const nameOf = (series: ExportSeries): string => (series.kind === "tempo_remaining" ? series.color : series.kind);
  const exporter: Exporter = {
    target: "test",
    takes: () => true,
    oldest: () => null,
    test: async () => [],
    open: async () => void calls.push("open"),
    add: async ({ series }) => void calls.push(`add ${nameOf(series)}`),
    correct: async ({ series }) => void calls.push(`correct ${nameOf(series)}`),
    holds: async () => true,
    ...own,
  };
  const title = { fr: "Essai", en: "Trial" };
  const destination = seriesDestination({
    name: "jeedom",
    title,
    address: "http://there",
    kinds: ["tempo"],
    exporter,
    reader,
    memory: new MemoryOfExports(),
    clock: { now: () => now },
    log: silentLog(),
  });
  let brought = 0;
  const onBrought = (records: number): void => {
    brought += records;
  };
  const shares: number[] = [];
  const onShare = (share: number): void => void shares.push(share);
  const run = () => destination.run({ snapshot: null, isForced: false, isCheck: false, onBrought, onShare }, signal);
  return { calls, put, run, brought: () => brought, nameOf, shares };
}

test("each series is brought, one after the other, and what was brought is told", async () => {
  const { calls, put, run, brought } = world();
  put(day("2026-11-20", 7));
  assert.deepEqual(await run(), { records: 3, waitingCorrections: 0 });
  assert.deepEqual([calls, brought()], [["open", "add BLEU", "add BLANC", "add ROUGE"], 3]);
  calls.length = 0;
  assert.deepEqual(await run(), { records: 0, waitingCorrections: 0 });
  assert.deepEqual(calls, ["open"]);
});

test("how far it is is told month by month and series by series, whatever is lacking", async () => {
  const { put, run, shares } = world();
  put(day("2026-10-31", 7), day("2026-11-01", 7));
  await run();
  // Three series of two months each: nothing yet, the half of one, all of it.
  const sixths = [0, 1, 2, 2, 3, 4, 4, 5, 6];
  assert.deepEqual(
    shares.map((share) => Math.round(share * 6_000)),
    sixths.map((sixth) => sixth * 1_000),
  );
  shares.length = 0;
  await run();
  assert.equal(shares.at(-1), 1);
});

test("as many at a time as the exporter bears", async () => {
  let under = 0;
  let most = 0;
  const add = async (): Promise<void> => {
    most = Math.max(most, ++under);
    await new Promise((resolve) => setImmediate(resolve));
    under--;
  };
  const serial = world({ add });
  serial.put(day("2026-11-20", 7));
  await serial.run();
  assert.equal(most, 1);
  const parallel = world({ add, parallel: 2 });
  parallel.put(day("2026-11-20", 7));
  await parallel.run();
  assert.equal(most, 2);
});

test("an outage ends the run: the series behind it are not tried", async () => {
  const tried: string[] = [];
  const { put, run, nameOf } = world({
    add: async ({ series }) => {
      tried.push(nameOf(series));
      throw failure("soon");
    },
  });
  put(day("2026-11-20", 7));
  await assert.rejects(run(), /Refused/);
  assert.deepEqual(tried, ["BLEU"]);
});

test("a series' newest value is told before the next series is brought", async () => {
  const told: unknown[] = [];
  const { put, run, nameOf } = world({
    add: async ({ series }) => void told.push(`add ${nameOf(series)}`),
    conclude: async ({ series, point }) => void told.push(`${nameOf(series)} is ${point.value}`),
  });
  put(day("2026-11-20", 7));
  await run();
  assert.deepEqual(told, ["add BLEU", "BLEU is 7", "add BLANC", "BLANC is 7", "add ROUGE", "ROUGE is 7"]);
});

test("a correction that is refused keeps nothing else from being brought, and is told at the end", async () => {
  const corrected: string[] = [];
  const { calls, put, run, nameOf } = world({
    correct: async ({ series }) => {
      corrected.push(nameOf(series));
      throw failure("hourly");
    },
  });
  put(day("2026-11-19", 7));
  await run();
  calls.length = 0;
  put(day("2026-11-19", 8), day("2026-11-20", 9));
  await assert.rejects(run(), /Refused/);
  assert.deepEqual(calls, ["open", "add BLEU", "add BLANC", "add ROUGE"]);
  assert.deepEqual(corrected, ["BLEU", "BLANC", "ROUGE"]);
  // Nothing is remembered of a correction that was not made: it is tried again, and nothing else is sent twice.
  calls.length = 0;
  await assert.rejects(run(), /Refused/);
  assert.deepEqual([calls, corrected.length], [["open"], 6]);
});
