import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { JobQueue } from "../../../src/simulator/home-assistant/job-queue.ts";

const queue = (failures: unknown[] = []): JobQueue =>
  new JobQueue({ delayMs: 0, rowsPerSecond: null }, (error) => failures.push(error));

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await nextTurn();
};

test("a job waits for its reply to leave, and those behind it wait too", async () => {
  const jobs = queue();
  const done: string[] = [];
  const reply = Promise.withResolvers<void>();
  jobs.push({ rows: 1, ready: reply.promise, run: () => done.push("first") });
  jobs.push({ rows: 1, ready: Promise.resolve(), run: () => done.push("second") });
  await turns(5);
  assert.deepEqual([done, jobs.length], [[], 2]);
  reply.resolve();
  await jobs.settled();
  assert.deepEqual([done, jobs.length], [["first", "second"], 0]);
});

test("a job is never run in the turn in which it was queued", async () => {
  const jobs = queue();
  let isDone = false;
  const run = (): void => {
    isDone = true;
  };
  jobs.push({ rows: 1, ready: Promise.resolve(), run });
  await Promise.resolve();
  assert.equal(isDone, false);
  await jobs.settled();
  assert.equal(isDone, true);
});

test("what is lost is never run, what comes after it is", async () => {
  const jobs = queue();
  const done: string[] = [];
  jobs.push({ rows: 1, ready: new Promise(() => {}), run: () => done.push("lost") });
  await turns(2);
  jobs.lose();
  await jobs.settled();
  jobs.push({ rows: 1, ready: Promise.resolve(), run: () => done.push("later") });
  await jobs.settled();
  assert.deepEqual(done, ["later"]);
});

test("a job that fails is told, and the next one is done", async () => {
  const failures: unknown[] = [];
  const jobs = queue(failures);
  let isDone = false;
  jobs.push({
    rows: 1,
    ready: Promise.resolve(),
    run: () => {
      throw new Error("disk");
    },
  });
  const run = (): void => {
    isDone = true;
  };
  jobs.push({ rows: 1, ready: Promise.resolve(), run });
  await jobs.settled();
  assert.deepEqual([failures.length, isDone], [1, true]);
});
