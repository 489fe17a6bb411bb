import assert from "node:assert/strict";
import { test } from "node:test";
import { localDate } from "../../../src/domain/calendar.ts";
import { dayMs } from "../../../src/domain/units.ts";
import { BringWorld } from "./bring-world.ts";

/** Two months, of which the first days. */
function filled(): BringWorld {
  const world = new BringWorld();
  world.reader.put({ "2026-10-30": 1, "2026-10-31": 2, "2026-11-01": 3, "2026-11-02": 4 });
  return world;
}

/** Brought once, so that only what changes afterwards is of interest. */
async function brought(): Promise<BringWorld> {
  const world = filled();
  await world.run();
  return world;
}

test("the first run brings all that there is, oldest first", async () => {
  const world = filled();
  const { records, told, isCorrectionWaiting, calls } = await world.run();
  assert.deepEqual([records, told, isCorrectionWaiting], [4, 4, false]);
  assert.deepEqual(calls, ["add 2026-10-30..2026-11-02 (4)"]);
  assert.deepEqual(world.held(), { "2026-10-30": 1, "2026-10-31": 2, "2026-11-01": 3, "2026-11-02": 4 });
  assert.equal((await world.sent()).correctedAt, null);
});

test("the second run brings nothing, looks at no day and remembers nothing anew", async () => {
  const world = await brought();
  const { records, calls } = await world.run();
  assert.deepEqual([records, calls, world.reader.looked, world.saved], [0, [], [], []]);
});

test("where nothing is known nothing is brought", async () => {
  const world = new BringWorld();
  const { records, calls } = await world.run({ isForced: true, isCheck: true });
  assert.deepEqual([records, calls, world.saved], [0, [], []]);
});

test("a new day is brought alone, and its month alone is looked at", async () => {
  const world = await brought();
  world.reader.put({ "2026-11-03": [5, 6] });
  const { records, told, calls } = await world.run();
  assert.deepEqual([records, told, calls], [2, 2, ["add 2026-11-03"]]);
  assert.deepEqual([world.reader.looked, world.saved], [["2026-11"], ["2026-11"]]);
  assert.deepEqual(world.held(), world.wanted());
});

test("a value that is corrected upwards or downwards replaces the former one", async () => {
  for (const value of [1_000, 0, -1]) {
    const world = await brought();
    world.reader.put({ "2026-10-31": value });
    const { records, told, calls } = await world.run();
    assert.deepEqual([records, told, calls], [1, 1, ["correct 2026-10-31"]]);
    assert.deepEqual(world.held(), { "2026-10-30": 1, "2026-10-31": value, "2026-11-01": 3, "2026-11-02": 4 });
    assert.equal((await world.sent()).correctedAt, world.now);
    assert.deepEqual((await world.run()).calls, []);
  }
});

test("a day of which half-hours come later is corrected, and a new day beside it is added first", async () => {
  const world = await brought();
  world.reader.put({ "2026-11-02": [4, 4], "2026-11-03": 5 });
  const { records, calls } = await world.run();
  assert.deepEqual([records, calls], [3, ["add 2026-11-03", "correct 2026-11-02"]]);
  assert.deepEqual(world.held(), world.wanted());
});

test("sums of a month are rewritten from the corrected day to the last one, and no other month", async () => {
  const world = new BringWorld();
  world.reader.put({ "2026-10-31": 9, "2026-11-01": 10, "2026-11-02": 30, "2026-11-03": 60 });
  await world.run();
  // 2 November holds 25 and not 20; 40 are new on the 4th.
  world.reader.put({ "2026-11-02": 35, "2026-11-03": 65, "2026-11-04": 105 });
  const { calls } = await world.run();
  assert.deepEqual(calls, ["add 2026-11-04", "correct 2026-11-02..2026-11-03 (2)"]);
  assert.deepEqual(world.held(), world.wanted());
  assert.deepEqual(world.reader.looked.includes("2026-10"), true, "the whole series is read to be rewritten");
  assert.deepEqual((await world.run()).calls, []);
});

test("a day that is no longer known goes from the destination", async () => {
  const world = await brought();
  world.reader.remove("2026-10-31");
  assert.deepEqual((await world.run()).calls, ["correct nothing"]);
  assert.deepEqual(world.held(), { "2026-10-30": 1, "2026-11-01": 3, "2026-11-02": 4 });
  assert.deepEqual((await world.run()).calls, []);
});

test("so does the last day of a month, and comes back when it is known again", async () => {
  const world = new BringWorld();
  world.reader.put({ "2026-09-05": 1, "2026-11-01": 3 });
  await world.run();
  world.reader.remove("2026-09-05");
  assert.deepEqual((await world.run()).calls, ["correct nothing"]);
  assert.deepEqual(world.held(), { "2026-11-01": 3 });
  assert.deepEqual((await world.run()).calls, []);
  assert.deepEqual(world.saved, []);
  world.reader.put({ "2026-09-05": 1 });
  assert.deepEqual((await world.run()).calls, ["add 2026-09-05"]);
});

test("so does all of a month of which some days were too old to be brought", async () => {
  const world = new BringWorld();
  world.reader.put({ "2026-10-30": 1, "2026-10-31": 2, "2026-11-01": 3 });
  world.destination.oldestDate = localDate("2026-10-31");
  await world.run();
  world.reader.remove("2026-10-30");
  world.reader.remove("2026-10-31");
  await world.run();
  assert.deepEqual(world.held(), { "2026-11-01": 3 });
  assert.deepEqual((await world.run()).calls, []);
});

test("a correction waits after another one, while new days do not, and comes when its time has come", async () => {
  const world = await brought();
  world.destination.correctionEveryMs = dayMs;
  world.reader.put({ "2026-10-30": 11 });
  // The first one does not wait.
  assert.deepEqual((await world.run()).calls, ["correct 2026-10-30"]);
  world.later(0.5);
  world.reader.put({ "2026-11-02": 44, "2026-11-03": 5 });
  const waiting = await world.run();
  assert.deepEqual([waiting.calls, waiting.isCorrectionWaiting], [["add 2026-11-03"], true]);
  assert.equal(world.held()["2026-11-02"], 4);
  const again = await world.run();
  assert.deepEqual([again.calls, again.isCorrectionWaiting, world.saved], [[], true, []]);
  world.later(0.5);
  const made = await world.run();
  assert.deepEqual([made.calls, made.isCorrectionWaiting], [["correct 2026-11-02"], false]);
  assert.deepEqual(world.held(), world.wanted());
});

test("a correction that waits is made at once when somebody asks for it", async () => {
  const world = await brought();
  world.destination.correctionEveryMs = dayMs;
  world.reader.put({ "2026-10-30": 11 });
  await world.run();
  world.reader.put({ "2026-10-30": 12 });
  assert.deepEqual((await world.run()).calls, []);
  assert.deepEqual((await world.run({ isForced: true })).calls, ["correct 2026-10-30"]);
});

test("a correction that is taken back while it waits is none", async () => {
  const world = await brought();
  world.destination.correctionEveryMs = dayMs;
  world.reader.put({ "2026-10-30": 11 });
  await world.run();
  world.reader.put({ "2026-11-02": 44 });
  await world.run();
  world.reader.put({ "2026-11-02": 4 });
  const { calls, isCorrectionWaiting } = await world.run({ isForced: true });
  assert.deepEqual([calls, isCorrectionWaiting], [[], false]);
  assert.deepEqual(world.held(), world.wanted());
});

test("killed after the destination has it and before it is remembered, it is brought again", async () => {
  const world = filled();
  world.killBeforeSave = true;
  await assert.rejects(world.run(), /killed/);
  assert.deepEqual(world.held(), world.wanted());
  world.killBeforeSave = false;
  assert.deepEqual((await world.run()).calls, ["add 2026-10-30..2026-11-02 (4)"]);
  assert.deepEqual((await world.run()).calls, []);
});

test("killed in the same place, and corrected before the next run, the corrected value stands there", async () => {
  const world = filled();
  world.killBeforeSave = true;
  await assert.rejects(world.run(), /killed/);
  world.killBeforeSave = false;
  world.reader.put({ "2026-11-01": 33 });
  await world.run();
  assert.deepEqual(world.held(), world.wanted());
  assert.equal((await world.sent()).correctedAt, world.now);
  assert.deepEqual((await world.run()).calls, []);
});

test("killed between a correction and its memory, it is made again", async () => {
  const world = await brought();
  world.reader.put({ "2026-10-31": 22 });
  world.destination.onWritten = () => {
    world.killBeforeSave = true;
  };
  await assert.rejects(world.run(), /killed/);
  world.killBeforeSave = false;
  world.destination.onWritten = () => {};
  assert.deepEqual((await world.run()).calls, ["correct 2026-10-31"]);
  assert.deepEqual((await world.run()).calls, []);
});

test("a destination that no longer has the newest day is brought all of it, but only when it is looked for", async () => {
  const world = await brought();
  world.destination.lose();
  assert.deepEqual((await world.run()).calls, []);
  const { records, calls } = await world.run({ isCheck: true });
  assert.deepEqual(calls, ["holds 2026-11-02", "add 2026-10-30..2026-11-02 (4)"]);
  assert.equal(records, 4);
  assert.deepEqual(world.held(), world.wanted());
  assert.deepEqual((await world.run({ isCheck: true })).calls, ["holds 2026-11-02", "holds 2026-10-31"]);
});

test("a loss is noticed also where new days have followed it", async () => {
  const world = filled();
  world.reader.remove("2026-11-01");
  world.reader.remove("2026-11-02");
  await world.run();
  world.destination.lose();
  world.reader.put({ "2026-11-01": 3 });
  assert.deepEqual((await world.run()).calls, ["add 2026-11-01"]);
  await world.run({ isCheck: true });
  assert.deepEqual(world.held(), world.wanted());
});

test("a day that is too old to be brought any more is not looked for", async () => {
  const world = await brought();
  world.destination.oldestDate = localDate("2026-11-01");
  world.destination.held.delete(localDate("2026-10-31"));
  assert.deepEqual((await world.run({ isCheck: true })).calls, ["holds 2026-11-02"]);
});

test("what is looked for is the newest day that is still as it was brought", async () => {
  const world = await brought();
  world.reader.put({ "2026-11-02": 44, "2026-11-03": 5 });
  assert.deepEqual((await world.run({ isCheck: true })).calls, [
    "holds 2026-11-01",
    "holds 2026-10-31",
    "add 2026-11-03",
    "correct 2026-11-02",
  ]);
});

test("another target is brought all of it, and the former one is remembered", async () => {
  const world = await brought();
  const former = world.destination.held;
  world.destination.held = new Map();
  world.destination.target = "elsewhere";
  assert.deepEqual((await world.run()).calls, ["add 2026-10-30..2026-11-02 (4)"]);
  world.destination.held = former;
  world.destination.target = "fake";
  assert.deepEqual((await world.run()).calls, []);
});

test("days before the oldest are not brought, and those brought before it moved on are left alone", async () => {
  const world = filled();
  world.destination.oldestDate = localDate("2026-10-31");
  assert.deepEqual((await world.run()).calls, ["add 2026-10-31..2026-11-02 (3)"]);
  world.destination.oldestDate = localDate("2026-11-02");
  world.reader.put({ "2026-10-30": 11, "2026-11-01": 33, "2026-11-03": 5 });
  assert.deepEqual((await world.run()).calls, ["add 2026-11-03"]);
  assert.deepEqual(world.held(), { "2026-10-31": 2, "2026-11-01": 3, "2026-11-02": 4, "2026-11-03": 5 });
  world.reader.put({ "2026-11-02": 44 });
  assert.deepEqual((await world.run()).calls, ["correct 2026-11-02"]);
  assert.equal(world.held()["2026-11-01"], 3);
});

test("an oldest day that moves back lets the days come that were left out", async () => {
  const world = filled();
  world.destination.oldestDate = localDate("2026-10-31");
  await world.run();
  world.destination.oldestDate = null;
  assert.deepEqual((await world.run()).calls, ["add 2026-10-30"]);
  assert.deepEqual(world.held(), world.wanted());
  assert.deepEqual((await world.run()).calls, []);
});

test("days to come wait until they are there", async () => {
  const world = filled();
  world.destination.latestDate = localDate("2026-11-01");
  assert.deepEqual((await world.run()).calls, ["add 2026-10-30..2026-11-01 (3)"]);
  assert.deepEqual((await world.run()).calls, []);
  world.destination.latestDate = localDate("2026-11-02");
  assert.deepEqual((await world.run()).calls, ["add 2026-11-02"]);
});

test("a long history is brought in steps, each remembered before the next", async () => {
  const world = new BringWorld();
  const points = Array.from({ length: 1_500 }, (_, position) => position);
  const days: Record<string, readonly number[]> = {};
  for (let month = 1; month <= 12; month++) days[`2025-${String(month).padStart(2, "0")}-10`] = points;
  for (let month = 1; month <= 4; month++) days[`2026-${String(month).padStart(2, "0")}-10`] = points;
  world.reader.put(days);
  let steps = 0;
  world.destination.onWritten = () => {
    steps++;
    if (steps === 2) world.killBeforeSave = true;
  };
  // 14 × 1,500 = 21,000 points are the first step, for 13 are 19,500.
  await assert.rejects(world.run(), /killed/);
  assert.deepEqual(world.destination.calls, ["add 2025-01-10..2026-02-10 (14)", "add 2026-03-10..2026-04-10 (2)"]);
  world.killBeforeSave = false;
  assert.deepEqual((await world.run()).calls, ["add 2026-03-10..2026-04-10 (2)"]);
});

test("a destination may ask for smaller steps", async () => {
  const world = filled();
  world.destination.pointsPerStep = 2;
  assert.deepEqual((await world.run()).calls, ["add 2026-10-30..2026-10-31 (2)", "add 2026-11-01..2026-11-02 (2)"]);
  assert.deepEqual((await world.run()).calls, []);
});

test("a run that is aborted before it began reads no day", async () => {
  const world = filled();
  await assert.rejects(world.run({}, AbortSignal.abort(new Error("the service stops"))), /the service stops/);
  assert.deepEqual([world.reader.looked, world.destination.calls], [[], []]);
});

test("aborted between two steps, what was brought stays known and the rest comes with the next run", async () => {
  const world = filled();
  world.destination.pointsPerStep = 1;
  const aborting = new AbortController();
  world.destination.onWritten = () => aborting.abort(new Error("the service stops"));
  await assert.rejects(world.run({}, aborting.signal), /the service stops/);
  assert.deepEqual(Object.keys((await world.sent()).months.get("2026-10")?.days ?? {}), ["2026-10-30", "2026-10-31"]);
  world.destination.onWritten = () => {};
  assert.deepEqual((await world.run()).calls, ["add 2026-11-01..2026-11-02 (2)"]);
});
