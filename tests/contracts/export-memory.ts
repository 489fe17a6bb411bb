import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type Instant, instant, minuteMs } from "../../src/domain/units.ts";
import type { ExportMemory, SentMonth } from "../../src/sync/exports/memory.ts";
import { day, monday, tuesday } from "./store-builders.ts";

/** Gives a memory with nothing in it; released when the test ends. */
export type OpenExportMemory = (t: TestContext) => Promise<ExportMemory>;

export const place = { destination: "jeedom", target: "http://box.home", series: "ecowatt" } as const;
export const march: SentMonth = { mark: "1", days: { [day("2026-03-01")]: "a", [day("2026-03-02")]: "b" } };
const april: SentMonth = { mark: "2", days: { [day("2026-04-01")]: "c" } };
const never = { months: new Map<string, SentMonth>(), correctedAt: null };
const later = (at: Instant, minutes: number): Instant => instant(at + minutes * minuteMs);

/** What every memory of the exports does. */
export function exportMemoryContract(open: OpenExportMemory): void {
  sentContract(open);
  claimContract(open);
  logContract(open);
}

function sentContract(open: OpenExportMemory): void {
  test("nothing was brought to a destination that nothing is remembered of", async (t) => {
    const memory = await open(t);
    assert.deepEqual(await memory.loadSent(place), never);
    await memory.saveSent(place, new Map(), null);
    await memory.forgetSent(place);
    assert.deepEqual(await memory.loadSent(place), never);
  });

  test("what was brought is remembered month by month, and a month that is named replaces the former", async (t) => {
    const memory = await open(t);
    await memory.saveSent(place, new Map([["2026-03", march]]), null);
    await memory.saveSent(place, new Map([["2026-04", april]]), null);
    const known = await memory.loadSent(place);
    assert.deepEqual(known, {
      months: new Map(Object.entries({ "2026-03": march, "2026-04": april })),
      correctedAt: null,
    });
    const shorter = { mark: "3", days: { [day("2026-03-02")]: "z" } };
    const empty = { mark: "4", days: {} };
    await memory.saveSent(place, new Map(Object.entries({ "2026-03": shorter, "2026-05": empty })), null);
    assert.deepEqual(
      (await memory.loadSent(place)).months,
      new Map(Object.entries({ "2026-03": shorter, "2026-04": april, "2026-05": empty })),
    );
  });

  test("the moment of a correction stays until the next one", async (t) => {
    const memory = await open(t);
    await memory.saveSent(place, new Map([["2026-03", march]]), monday);
    assert.equal((await memory.loadSent(place)).correctedAt, monday);
    await memory.saveSent(place, new Map([["2026-04", april]]), null);
    assert.equal((await memory.loadSent(place)).correctedAt, monday);
    await memory.saveSent(place, new Map(), tuesday);
    assert.equal((await memory.loadSent(place)).correctedAt, tuesday);
  });

  test("destinations, targets and series are remembered apart, and forgotten apart", async (t) => {
    const memory = await open(t);
    const others = [
      { ...place, destination: "victoriametrics" },
      { ...place, target: "http://box.home, dates of the past" },
      { ...place, series: "tempo_color" },
    ];
    for (const [position, each] of [place, ...others].entries())
      await memory.saveSent(each, new Map([["2026-03", { ...march, mark: String(position) }]]), null);
    await memory.forgetSent(place);
    assert.deepEqual(await memory.loadSent(place), never);
    for (const [position, each] of others.entries())
      assert.equal((await memory.loadSent(each)).months.get("2026-03")?.mark, String(position + 1));
  });
}

function claimContract(open: OpenExportMemory): void {
  const by = (holder: string, now: Instant, until: Instant) => ({ destination: "jeedom", holder, now, until });

  test("a destination has one holder at a time, until it lets go or its time is over", async (t) => {
    const memory = await open(t);
    assert.equal(await memory.claimExport(by("one", monday, later(monday, 10))), true);
    assert.equal(await memory.claimExport(by("two", later(monday, 9), later(monday, 19))), false);
    assert.equal(await memory.claimExport({ ...by("two", monday, tuesday), destination: "victoriametrics" }), true);
    // Renewed, and now held beyond the first claim's end.
    assert.equal(await memory.claimExport(by("one", later(monday, 9), later(monday, 19))), true);
    assert.equal(await memory.claimExport(by("two", later(monday, 10), later(monday, 20))), false);
    assert.equal(await memory.claimExport(by("two", later(monday, 19), later(monday, 29))), true);
    await memory.releaseExport("jeedom", "one");
    assert.equal(await memory.claimExport(by("one", later(monday, 20), later(monday, 30))), false);
    await memory.releaseExport("jeedom", "two");
    assert.equal(await memory.claimExport(by("one", later(monday, 20), later(monday, 30))), true);
  });

  test("a claim made under a clock that was far ahead holds nobody up", async (t) => {
    const memory = await open(t);
    await memory.claimExport(by("one", tuesday, later(tuesday, 10)));
    assert.equal(await memory.claimExport(by("two", monday, later(monday, 10))), true);
  });
}

function logContract(open: OpenExportMemory): void {
  const all = { destination: null, beforeId: null, limit: 100 };

  test("a run is there while it lasts, and with its end afterwards", async (t) => {
    const memory = await open(t);
    const id = await memory.beginExport("jeedom", monday);
    const running = { id, destination: "jeedom", records: 0, error: null, startedAt: monday, completedAt: null };
    assert.deepEqual(await memory.loadExportLogs(all), [{ ...running, status: "running" }]);
    await memory.endExport(id, { status: "partial", records: 1_461, error: "Jeedom ne répond pas.", at: tuesday });
    const ended = {
      ...running,
      status: "partial",
      records: 1_461,
      error: "Jeedom ne répond pas.",
      completedAt: tuesday,
    };
    assert.deepEqual(await memory.loadExportLogs(all), [ended]);
  });

  test("runs come the latest first, by pages, of one destination or of all", async (t) => {
    const memory = await open(t);
    const ids: number[] = [];
    for (const destination of ["jeedom", "victoriametrics", "jeedom", "jeedom"])
      ids.push(await memory.beginExport(destination, monday));
    const [first = 0, second = 0, third = 0, fourth = 0] = ids;
    const found = async (filter: { destination?: string; beforeId?: number; limit?: number }) =>
      idsOf(await memory.loadExportLogs({ ...all, ...filter }));
    assert.deepEqual(await found({}), [fourth, third, second, first]);
    assert.deepEqual(await found({ destination: "jeedom", limit: 2 }), [fourth, third]);
    assert.deepEqual(await found({ destination: "jeedom", beforeId: third, limit: 2 }), [first]);
    assert.deepEqual(await found({ beforeId: third, limit: 1 }), [second]);
  });

  test("logs of runs that began before a moment are forgotten, and no other", async (t) => {
    const memory = await open(t);
    await memory.beginExport("jeedom", monday);
    const kept = await memory.beginExport("jeedom", tuesday);
    await memory.forgetExportLogs(tuesday);
    assert.deepEqual(await memory.loadExportLogs(all).then(idsOf), [kept]);
  });
}

const idsOf = (logs: readonly { readonly id: number }[]): number[] => logs.map(({ id }) => id);
