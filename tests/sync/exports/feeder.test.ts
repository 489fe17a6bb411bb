import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { type TestContext, test } from "node:test";
import { type Instant, instant } from "../../../src/domain/units.ts";
import type { Clock } from "../../../src/shared/clock.ts";
import { createLog } from "../../../src/shared/log.ts";
import { secondaryExport } from "../../../src/sync/diagnostics/exports.ts";
import type { Brought, RunRequest } from "../../../src/sync/exports/destination.ts";
import { ExportFailure, type ExportRetry } from "../../../src/sync/exports/exporter.ts";
import { ExportFeeder } from "../../../src/sync/exports/feeder.ts";
import { exportFate, exportProblems } from "../../../src/sync/exports/outcome.ts";
import type { MemoryStore, TaskMemory } from "../../../src/sync/store.ts";
import { MemoryOfExports } from "../../support/export-memory.ts";

const start = instant(Date.UTC(2026, 10, 21, 8));
const minute = 60_000;

/** Time that only the test moves; whoever sleeps until then wakes. */
class MovedClock implements Clock {
  #now = start;
  #sleepers: { readonly at: number; readonly wake: () => void }[] = [];

  now(): Instant {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      this.#sleepers.push({ at: this.#now + ms, wake: resolve });
    });
  }

  /** Moves on to `at`, waking each sleeper at its time, and lets what they began come to rest. */
  async moveTo(at: number): Promise<void> {
    for (;;) {
      const next = this.#sleepers.filter((sleeper) => sleeper.at <= at).sort((one, other) => one.at - other.at)[0];
      if (next === undefined) break;
      this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== next);
      this.#now = instant(Math.max(this.#now, next.at));
      next.wake();
      await rest();
    }
    this.#now = instant(at);
    await rest();
  }
}

const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
const text = { fr: "La boîte est éteinte.", en: "The box is off." };
const failure = (retry: ExportRetry, reason = "unreachable", retryAfterMs: number | null = null): ExportFailure =>
  new ExportFailure(reason, text, { retry, retryAfterMs });

class World {
  readonly clock = new MovedClock();
  readonly memory = new MemoryOfExports();
  intervalMs = 60 * minute;
  readonly tasks = new Map<string, TaskMemory>();
  /** What was said from `info` on. */
  readonly said: string[] = [];
  isMomentary = false;
  readonly requests: (RunRequest & { readonly at: Instant })[] = [];
  /** What the destination does, run after run; the last for all that follow. */
  answers: ((request: RunRequest) => Promise<Brought>)[] = [async () => ({ records: 0, waitingCorrections: 0 })];

  readonly destination = {
    name: "jeedom",
    title: { fr: "Jeedom", en: "Jeedom" },
    address: "http://box",
    test: async () => [],
    run: (request: RunRequest) => {
      this.requests.push({ ...request, at: this.clock.now() });
      const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
      return answer?.(request) ?? Promise.reject(new Error("nothing to answer"));
    },
  } as const;

  readonly store: MemoryStore = {
    loadTasks: async () => this.tasks,
    saveTask: async (task) => void this.tasks.set(task.key, task),
    loadDayMemory: async () => new Map(),
  };

  feeder(t: TestContext, holder = "one"): ExportFeeder {
    const feeder = new ExportFeeder({
      destination: { ...this.destination, isMomentary: this.isMomentary },
      memory: this.memory,
      store: this.store,
      clock: this.clock,
      log: createLog(
        { level: "info", format: "text" },
        new PassThrough().on("data", (line) => void this.said.push(String(line))),
      ),
      language: "fr",
      intervalMs: this.intervalMs,
      holder,
    });
    t.after(() => feeder.close());
    return feeder;
  }

  logs = async () =>
    (await this.memory.loadExportLogs({ destination: null, beforeId: null, limit: 50 }))
      .map(({ status, records, error }) => [status, records, error] as const)
      .reverse();

  minutes = (): number[] => this.requests.map(({ at }) => (at - start) / minute);
  codes = (): string[] => exportProblems(this.tasks, ["jeedom"], "fr").map(({ code }) => code);
}

const brings = (records: number) => async (request: RunRequest) => {
  request.onBrought(records);
  return { records, waitingCorrections: 0 };
};
const fails = (error: Error) => async () => Promise.reject(error);

test("a run with the first pass, then one an interval, whatever passes come in between", async (t) => {
  const world = new World();
  world.answers = [brings(7), brings(0)];
  const feeder = world.feeder(t);
  await feeder.settle();
  await feeder.settle();
  assert.deepEqual(world.minutes(), [0]);
  assert.equal(feeder.nextAt, start + 60 * minute);
  await world.clock.moveTo(start + 150 * minute);
  assert.deepEqual(world.minutes(), [0, 60, 120]);
  assert.deepEqual(await world.logs(), [
    ["success", 7, null],
    ["success", 0, null],
    ["success", 0, null],
  ]);
});

test("a start exports at once, whatever the process before it did: settings may be others", async (t) => {
  const world = new World();
  await world.feeder(t).settle();
  await world.clock.moveTo(start + 10 * minute);
  const second = world.feeder(t);
  await second.settle();
  assert.deepEqual(world.minutes(), [0, 10]);
  assert.equal(second.nextAt, start + 70 * minute);
});

test("each run that brought something is told; of values of the moment the first one, and the first after an outage", async (t) => {
  const told = async (isMomentary: boolean): Promise<string[]> => {
    const world = new World();
    world.isMomentary = isMomentary;
    world.answers = [brings(7), brings(2), brings(0), fails(failure("hourly")), brings(3), brings(4)];
    world.answers.push(fails(failure("hourly")), brings(0));
    const feeder = world.feeder(t);
    for (let run = 0; run < 8; run++) await feeder.runNow();
    await rest();
    return world.said.map((line) => line.replace(/^\S+ \S+ /, "").trim());
  };
  const trouble = "WARN La boîte est éteinte.  reason=unreachable";
  const exported = (records: number): string => `exported  records=${records}`;
  const over = "exporting works again";
  assert.deepEqual(
    await told(false),
    [exported(7), exported(2), trouble, over, exported(3), exported(4), trouble, over],
    "the end of an outage is told even where nothing was left to bring",
  );
  assert.deepEqual(await told(true), [exported(7), trouble, over, exported(3), trouble, over]);
});

test("what was brought is looked for after each start, after a failure, when asked, and once a day", async (t) => {
  const world = new World();
  const feeder = world.feeder(t);
  await feeder.settle();
  await world.clock.moveTo(start + 60 * minute);
  await feeder.runNow();
  assert.deepEqual(
    world.requests.map(({ isCheck, isForced }) => [isCheck, isForced]),
    [
      [true, false],
      [false, false],
      [true, true],
    ],
  );
  await world.clock.moveTo(start + 26 * 60 * minute);
  const checks = world.requests.filter(({ isCheck }) => isCheck).map(({ at }) => (at - start) / minute);
  assert.deepEqual(checks, [0, 60, 60 + 24 * 60]);
});

test("an outage is retried ever more rarely, never more rarely than the interval, and told once it lasts", async (t) => {
  const world = new World();
  world.answers = [fails(failure("soon"))];
  const feeder = world.feeder(t);
  await feeder.settle();
  assert.deepEqual(world.codes(), [], "a single failure may be a hiccup");
  await world.clock.moveTo(start + 15_000);
  assert.deepEqual(world.codes(), ["export_jeedom"]);
  // 15 s, 30 s, 1, 2, 4… min after each other, at most an hour.
  await world.clock.moveTo(start + 32 * minute);
  assert.deepEqual(world.minutes(), [0, 0.25, 0.75, 1.75, 3.75, 7.75, 15.75, 31.75]);
  world.answers = [brings(3)];
  await world.clock.moveTo(start + 64 * minute);
  assert.deepEqual(world.minutes().at(-1), 63.75);
  assert.deepEqual(world.codes(), []);
  assert.deepEqual((await world.logs()).at(-1), ["success", 3, null]);
});

test("asked to hurry, it runs with the next pass and looks for what it brought", async (t) => {
  const world = new World();
  const feeder = world.feeder(t);
  await feeder.settle();
  await world.clock.moveTo(start + minute);
  feeder.hasten();
  await feeder.settle();
  assert.deepEqual(
    world.requests.map(({ at, isCheck, isForced }) => [(at - start) / minute, isCheck, isForced]),
    [
      [0, true, false],
      [1, true, false],
    ],
  );
  assert.equal(feeder.nextAt, start + 61 * minute);
});

test("a ban is waited for, to its end", async (t) => {
  const world = new World();
  world.answers = [fails(failure("soon", "banned", 10 * minute)), brings(1)];
  await world.feeder(t).settle();
  await world.clock.moveTo(start + 9.9 * minute);
  assert.deepEqual(world.minutes(), [0]);
  await world.clock.moveTo(start + 10 * minute);
  assert.deepEqual(world.minutes(), [0, 10]);
});

test("what only other settings can help is not tried again by itself, only when asked", async (t) => {
  const world = new World();
  world.answers = [fails(failure("settings", "key_refused"))];
  const feeder = world.feeder(t);
  await feeder.settle();
  assert.deepEqual(world.codes(), ["export_jeedom"]);
  assert.equal(exportFate(world.tasks, "jeedom")?.trouble?.text.fr, text.fr);
  await world.clock.moveTo(start + 48 * 60 * minute);
  await feeder.settle();
  assert.deepEqual([world.minutes(), feeder.nextAt], [[0], null]);
  const run = await feeder.runNow();
  assert.deepEqual([run?.status, run?.problem], ["failed", text]);
});

test("what was brought before a failure counts, and is told as a part", async (t) => {
  const world = new World();
  world.answers = [
    async (request) => {
      request.onBrought(40);
      throw failure("soon");
    },
  ];
  const run = await world.feeder(t).runNow();
  assert.deepEqual([run?.status, run?.records], ["partial", 40]);
  assert.deepEqual(await world.logs(), [["partial", 40, text.fr]]);
});

test("while it runs it tells how far it is, and nothing once it has ended", async (t) => {
  const world = new World();
  const gate = Promise.withResolvers<Brought>();
  world.answers = [
    (request) => {
      request.onBrought(40);
      request.onShare?.(0.25);
      request.onBrought(2);
      return gate.promise;
    },
    fails(failure("soon")),
  ];
  const feeder = world.feeder(t);
  assert.equal(feeder.running, null);
  const run = feeder.runNow();
  await rest();
  assert.deepEqual(feeder.running, { startedAt: start, records: 42, share: 0.25 });
  gate.resolve({ records: 42, waitingCorrections: 0 });
  await run;
  assert.equal(feeder.running, null);
  await feeder.runNow();
  assert.equal(feeder.running, null);
});

test("a mistake of ours loses nothing, is tried again, and is logged without its words", async (t) => {
  const world = new World();
  world.answers = [fails(new TypeError("x is not a function")), brings(2)];
  const run = await world.feeder(t).runNow();
  assert.equal(run?.status, "failed");
  assert.match(run?.problem?.fr ?? "", /raison imprévue/);
  await world.clock.moveTo(start + 60 * minute);
  assert.deepEqual((await world.logs()).at(-1), ["success", 2, null]);
});

test("another process that exports is left alone, and looked for a minute later", async (t) => {
  const world = new World();
  const until = instant(start + 5 * minute);
  await world.memory.claimExport({ destination: "jeedom", holder: "another", now: start, until });
  const feeder = world.feeder(t);
  assert.equal(await feeder.runNow(), null);
  await world.memory.releaseExport("jeedom", "another");
  await world.clock.moveTo(start + minute);
  assert.deepEqual(world.minutes(), [1]);
});

test("asked for while a run is under way, another one follows it", async (t) => {
  const world = new World();
  const gate = Promise.withResolvers<Brought>();
  world.answers = [() => gate.promise, brings(1)];
  const feeder = world.feeder(t);
  const first = feeder.settle();
  await rest();
  const second = feeder.runNow();
  gate.resolve({ records: 0, waitingCorrections: 0 });
  await first;
  assert.equal((await second)?.records, 1);
  assert.deepEqual(
    world.requests.map(({ isForced }) => isForced),
    [false, true],
  );
});

test("closed in the middle, it says so and begins nothing new", async (t) => {
  const world = new World();
  const feeder = world.feeder(t);
  world.answers = [
    () =>
      new Promise((_resolve, reject) => {
        setTimeout(() => reject(new Error("aborted")), 20);
      }),
  ];
  const running = feeder.settle();
  await rest();
  await feeder.close();
  await running;
  assert.match((await world.logs())[0]?.[2] ?? "", /Interrompu par l'arrêt/);
  await world.clock.moveTo(start + 24 * 60 * minute);
  assert.equal(world.requests.length, 1);
  assert.deepEqual(world.codes(), []);
});

test("the memory of an outage writes nothing while it stays the same", async (t) => {
  const world = new World();
  const saved: string[] = [];
  const set = world.tasks.set.bind(world.tasks);
  world.tasks.set = (key, task) => {
    saved.push(`${key} ${task.failures}`);
    return set(key, task);
  };
  world.answers = [fails(failure("hourly", "retention_too_short"))];
  const feeder = world.feeder(t);
  for (const _ of [1, 2, 3, 4]) await feeder.runNow();
  world.answers = [brings(0)];
  for (const _ of [1, 2, 3]) await feeder.runNow();
  assert.deepEqual(saved, ["export:jeedom 1", "export:jeedom 2", "export:jeedom 0"]);
});

test("a destination that is no longer set is nobody's problem", async (t) => {
  const world = new World();
  world.answers = [fails(failure("settings", "key_refused"))];
  await world.feeder(t).settle();
  assert.deepEqual(exportProblems(world.tasks, ["victoriametrics"], "fr"), []);
});

test("quiet runs minutes after each other are one line an hour; one that was asked for is always told", async (t) => {
  const world = new World();
  world.intervalMs = 5 * minute;
  world.answers = [brings(4), brings(0)];
  const feeder = world.feeder(t);
  await feeder.settle();
  await world.clock.moveTo(start + 61 * minute);
  assert.equal(world.requests.length, 13);
  assert.deepEqual(await world.logs(), [
    ["success", 4, null],
    ["success", 0, null],
  ]);
  await feeder.runNow();
  assert.equal((await world.logs()).length, 3);
});

test("logs of more than a year ago go", async (t) => {
  const world = new World();
  const old = await world.memory.beginExport("jeedom", instant(start - 400 * 24 * 60 * minute));
  await world.memory.endExport(old, { status: "success", records: 1, error: null, at: start });
  await world.feeder(t).runNow();
  assert.deepEqual(await world.logs(), [["success", 0, null]]);
});

test("the last success is the end of the latest run that went well, as in the log, also when it found nothing", async (t) => {
  const world = new World();
  world.intervalMs = 5 * minute;
  // The run that brings something takes three minutes.
  const slowly = async (request: RunRequest): Promise<Brought> => {
    await world.clock.moveTo(start + 3 * minute);
    return brings(4)(request);
  };
  world.answers = [slowly, brings(0)];
  const feeder = world.feeder(t);
  const port = secondaryExport("jeedom", feeder, { store: world.store, kinds: [] });
  const lastSuccess = async (): Promise<number | null> => (await port.status()).lastSuccessAt;
  const remembered = () => exportFate(world.tasks, "jeedom")?.succeededAt;
  await feeder.settle();
  const [log] = await world.memory.loadExportLogs({ destination: "jeedom", beforeId: null, limit: 1 });
  assert.deepEqual(
    [await lastSuccess(), remembered(), log?.completedAt],
    [start + 3 * minute, start + 3 * minute, start + 3 * minute],
  );
  // The next begins five minutes after the first one began, and ends at once; it is not worth a row of its own.
  await world.clock.moveTo(start + 5 * minute);
  assert.deepEqual([await lastSuccess(), remembered()], [start + 5 * minute, start + 3 * minute]);
  // 3 + 60 minutes: the next run after that is that of minute 65.
  await world.clock.moveTo(start + 69 * minute);
  assert.deepEqual([await lastSuccess(), remembered()], [start + 65 * minute, start + 65 * minute]);
  // Two quiet runs later it fails: what is remembered then is when it last went well.
  await world.clock.moveTo(start + 75 * minute);
  world.answers = [fails(failure("hourly", "retention_too_short"))];
  await world.clock.moveTo(start + 80 * minute);
  assert.equal((await port.status()).state, "down");
  assert.deepEqual([await lastSuccess(), remembered()], [start + 75 * minute, start + 75 * minute]);
});
