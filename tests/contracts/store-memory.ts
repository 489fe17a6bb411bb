import assert from "node:assert/strict";
import { test } from "node:test";
import { voltAmperes } from "../../src/domain/units.ts";
import type { DayMemory, Store, TaskMemory } from "../../src/sync/store.ts";
import type { OpenStore } from "./store.ts";
import {
  answered,
  at,
  curve,
  daily,
  day,
  derive,
  home,
  monday,
  other,
  slotsOn,
  tuesday,
  withUsagePoints,
} from "./store-builders.ts";

const curveMemory = async (store: Store): Promise<readonly DayMemory[]> =>
  (await store.loadDayMemory(home)).get("consumption_curve") ?? [];

export function memoryContract(open: OpenStore): void {
  test("a usage point never asked remembers no day of any subject", async (t) => {
    const store = await withUsagePoints(await open(t));
    await store.ingestDaily(daily({ "2026-01-02": 5 }, { usagePoint: other }));
    const memory = await store.loadDayMemory(home);
    assert.deepEqual(
      [...memory].map(([subject, days]) => [subject, days.length]),
      [
        ["consumption_curve", 0],
        ["consumption_daily", 0],
        ["production_curve", 0],
        ["production_daily", 0],
        ["max_power", 0],
      ],
    );
  });

  test("each day remembers its last question, under its own subject", async (t) => {
    const store = await withUsagePoints(await open(t));
    const asked = { usagePoint: home, at: monday };
    await store.ingestCurve({ ...asked, flow: "production", slots: [], answers: answered("refused", "2026-01-02") });
    await store.ingestDaily({ ...daily({}), answers: answered("absent", "2026-01-03") });
    const peak = { date: day("2026-01-04"), at: at("2026-01-04T10:00:00Z"), powerVa: voltAmperes(10) };
    await store.ingestMaxPower({ ...asked, readings: [peak], answers: answered("complete", "2026-01-04") });
    const memory = await store.loadDayMemory(home);
    const none = { has: "none", disagreeingSince: null, askedAt: monday, tries: 1 };
    assert.deepEqual(memory.get("production_curve"), [{ ...none, date: "2026-01-02", answer: "refused" }]);
    assert.deepEqual(memory.get("consumption_daily"), [{ ...none, date: "2026-01-03", answer: "absent" }]);
    const complete = { has: "all", disagreeingSince: null, askedAt: monday, answer: "complete", tries: 0 };
    assert.deepEqual(memory.get("max_power"), [{ ...complete, date: "2026-01-04" }]);
    assert.deepEqual(memory.get("consumption_curve"), []);
  });

  test("a day has all of its curve when its own length is covered: 23, 24 or 25 hours", async (t) => {
    const store = await withUsagePoints(await open(t));
    const slots = [
      ...slotsOn("2025-10-25", 1),
      // The 25th hour is missing.
      ...slotsOn("2025-10-26", 1).slice(0, 48),
      ...slotsOn("2026-03-28", 1).slice(0, 46),
      ...slotsOn("2026-03-29", 1),
    ];
    await store.ingestCurve(curve(slots));
    const expected = [
      ["2025-10-25", "all"],
      ["2025-10-26", "some"],
      ["2026-03-28", "some"],
      ["2026-03-29", "all"],
    ];
    // Before and after they are derived.
    assert.deepEqual(
      (await curveMemory(store)).map(({ date, has }) => [date, has]),
      expected,
    );
    await derive(store, { from: "2025-01-01", to: "2026-12-31" }, monday);
    assert.deepEqual(
      (await curveMemory(store)).map(({ date, has }) => [date, has]),
      expected,
    );
  });

  test("data that came without a question is held all the same, and a daily value is no curve", async (t) => {
    const store = await withUsagePoints(await open(t));
    await store.ingestDaily(daily({ "2026-01-02": 5 }));
    await derive(store, { from: "2026-01-02", to: "2026-01-02" }, monday);
    const memory = await store.loadDayMemory(home);
    const unasked = { disagreeingSince: null, askedAt: null, answer: null, tries: 0 };
    assert.deepEqual(memory.get("consumption_daily"), [{ ...unasked, date: "2026-01-02", has: "all" }]);
    assert.deepEqual(memory.get("consumption_curve"), []);
  });

  test("a day whose slots contradict its daily value says so under its curve", async (t) => {
    const store = await withUsagePoints(await open(t));
    await store.ingestCurve(curve([...slotsOn("2026-01-02", 100), ...slotsOn("2026-01-03", 100)]));
    await store.ingestDaily(daily({ "2026-01-02": 2401, "2026-01-03": 2400 }));
    await derive(store, { from: "2026-01-02", to: "2026-01-03" }, monday);
    assert.deepEqual(
      (await curveMemory(store)).map(({ date, disagreeingSince }) => [date, disagreeingSince]),
      [
        ["2026-01-02", monday],
        ["2026-01-03", null],
      ],
    );
  });

  test("tries count the questions without a complete answer, each question once", async (t) => {
    const store = await withUsagePoints(await open(t));
    const tries = async () => (await curveMemory(store))[0]?.tries;
    const ask = (answer: "absent" | "partial" | "complete", when: typeof monday) =>
      store.ingestCurve(curve([], { answers: answered(answer, "2026-01-02"), at: when }));
    await ask("absent", monday);
    assert.equal(await tries(), 1);
    // The same question told again after a crash.
    await ask("absent", monday);
    assert.equal(await tries(), 1);
    await ask("partial", tuesday);
    assert.equal(await tries(), 2);
    await ask("complete", at("2026-04-01T00:00:00Z"));
    assert.equal(await tries(), 0);
    await ask("absent", at("2026-04-02T00:00:00Z"));
    assert.equal(await tries(), 1);
  });

  test("a task is remembered under its key, and replaced", async (t) => {
    const store = await open(t);
    const failed = {
      key: "tempo",
      askedAt: monday,
      succeededAt: null,
      failures: 3,
      retryAt: tuesday,
      detail: "HTTP 502",
    };
    const fine = {
      key: "usage_points",
      askedAt: monday,
      succeededAt: monday,
      failures: 0,
      retryAt: null,
      detail: null,
    };
    await store.saveTask(failed);
    await store.saveTask(fine);
    await store.saveTask({ ...failed, failures: 4 });
    assert.deepEqual(
      await store.loadTasks(),
      new Map<string, TaskMemory>([
        ["tempo", { ...failed, failures: 4 }],
        ["usage_points", fine],
      ]),
    );
  });

  test("a task is changed and acted on only where it stands as it was seen", async (t) => {
    const store = await open(t);
    const task: TaskMemory = {
      key: "told:price",
      askedAt: monday,
      succeededAt: null,
      failures: 0,
      retryAt: null,
      detail: "187100",
    };
    const dearer = { ...task, askedAt: tuesday, detail: "201000" };
    const acts: string[] = [];
    const change = (from: string) => store.changeTask(dearer, from, async () => void acts.push(from));
    const stands = async () => (await store.loadTasks()).get(task.key);
    assert.equal(await change("187100"), false);
    await store.saveTask(task);
    assert.equal(await change(""), false);
    const failing = store.changeTask(dearer, "187100", () => Promise.reject(new Error("the broker is gone")));
    await assert.rejects(failing, /the broker is gone/);
    assert.deepEqual([acts, await stands()], [[], task]);
    assert.equal(await change("187100"), true);
    assert.equal(await change("187100"), false);
    assert.deepEqual([acts, await stands()], [["187100"], dearer]);
  });
}
