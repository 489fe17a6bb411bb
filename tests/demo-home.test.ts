import assert from "node:assert/strict";
import { suite, type TestContext, test } from "node:test";
import { createDemoHome, type DemoProgram } from "../src/demo-home.ts";
import { DemoTrouble } from "../src/demo-trouble.ts";
import type { DemoHome } from "../src/server/demo.ts";
import { silentLog } from "../src/shared/log.ts";

const hourMs = 3_600_000;
const url = "http://127.0.0.1:40123";

/** The programs that were begun, moved by hand. */
class Programs {
  readonly #all: {
    readonly ready: PromiseWithResolvers<string>;
    readonly ended: PromiseWithResolvers<void>;
    isStopped: boolean;
  }[] = [];
  /** Thrown in the place of the next one. */
  trouble: Error | null = null;

  readonly launch = async (): Promise<DemoProgram> => {
    if (this.trouble) throw this.trouble;
    const program = { ready: Promise.withResolvers<string>(), ended: Promise.withResolvers<void>(), isStopped: false };
    this.#all.push(program);
    const stop = async (): Promise<void> => {
      await settled();
      program.isStopped = true;
    };
    return { ready: program.ready.promise, ended: program.ended.promise, stop };
  };

  get stopped(): readonly boolean[] {
    return this.#all.map(({ isStopped }) => isStopped);
  }

  get latest() {
    return this.#all.at(-1) ?? assert.fail("none was begun");
  }
}

/** Lets everything that waits for nothing but promises happen. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

function home(t: TestContext): { readonly demo: DemoHome; readonly programs: Programs } {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const programs = new Programs();
  const demo = createDemoHome({ launch: programs.launch, tidy: async () => undefined, log: silentLog() });
  return { demo, programs };
}

async function running(t: TestContext) {
  const { demo, programs } = home(t);
  demo.start();
  await settled();
  programs.latest.ready.resolve(url);
  await settled();
  assert.deepEqual([demo.status(), demo.visit()], [{ state: "running", problem: null }, url]);
  return { demo, programs };
}

const off = { state: "off", problem: null };

suite("a demonstration home", () => {
  test("is begun once, however often it is asked for, and shown when it answers", async (t) => {
    const { demo, programs } = home(t);
    assert.deepEqual([demo.status(), demo.visit()], [off, null]);
    demo.start();
    demo.start();
    await settled();
    assert.deepEqual([demo.status(), demo.visit()], [{ state: "starting", problem: null }, null]);
    programs.latest.ready.resolve(url);
    await settled();
    demo.start();
    assert.deepEqual([demo.status().state, demo.visit(), programs.stopped], ["running", url, [false]]);
  });

  test("is gone when it is stopped, also on its way; the next one waits for that", async (t) => {
    const { demo, programs } = await running(t);
    const stopped = demo.stop();
    assert.deepEqual([demo.status(), demo.visit(), programs.stopped], [off, null, [false]]);
    demo.start();
    assert.equal(demo.status().state, "starting");
    await stopped;
    assert.deepEqual(programs.stopped.slice(0, 1), [true]);
    await settled();
    assert.deepEqual(programs.stopped, [true, false]);
    await demo.stop();
    assert.deepEqual([demo.status(), programs.stopped], [off, [true, true]]);
  });

  test("ends an hour after the last request", async (t) => {
    const { demo, programs } = await running(t);
    t.mock.timers.tick(hourMs - 1);
    demo.visit();
    t.mock.timers.tick(hourMs - 1);
    assert.equal(demo.status().state, "running");
    t.mock.timers.tick(1);
    assert.deepEqual(demo.status(), off);
    await demo.stop();
    assert.deepEqual(programs.stopped, [true]);
  });

  test("tells what keeps it from starting, until it is asked for again", async (t) => {
    const { demo, programs } = home(t);
    const text = { fr: "Plus de place.", en: "No room." };
    programs.trouble = new DemoTrouble("no_room", text);
    demo.start();
    await settled();
    const { state, problem } = demo.status();
    assert.deepEqual([state, problem?.code, problem?.text], ["off", "no_room", text]);
    programs.trouble = null;
    demo.start();
    await settled();
    assert.deepEqual(demo.status(), { state: "starting", problem: null });
    programs.latest.ready.reject(new Error("gone"));
    await settled();
    await settled();
    assert.deepEqual([demo.status().state, demo.status().problem?.code], ["off", "failed"]);
    assert.deepEqual(programs.stopped, [true]);
  });

  test("is given up when it does not answer in three minutes", async (t) => {
    const { demo, programs } = home(t);
    demo.start();
    await settled();
    t.mock.timers.tick(3 * 60_000 - 1);
    await settled();
    assert.equal(demo.status().state, "starting");
    t.mock.timers.tick(1);
    await settled();
    await settled();
    assert.deepEqual([demo.status().problem?.code, programs.stopped], ["too_slow", [true]]);
  });

  test("that ends by itself is off and says so", async (t) => {
    const { demo, programs } = await running(t);
    programs.latest.ended.resolve();
    await settled();
    await settled();
    assert.deepEqual([demo.status().state, demo.status().problem?.code], ["off", "failed"]);
  });
});
