import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { test } from "node:test";
import { type Instant, instant, minuteMs } from "../../src/domain/units.ts";
import type { Clock } from "../../src/shared/clock.ts";
import { createLog } from "../../src/shared/log.ts";
import { solarHome } from "../../src/simulator/homes.ts";
import { createService, nextWake, type PassEnd } from "../../src/sync/service.ts";
import { nothingSaid } from "../../src/sync/statistics/plans.ts";
import { HomeRun, housePoint } from "../support/home-run.ts";
import { testDatabase } from "../support/test-database.ts";

const at = (text: string) => instant(Date.parse(text));

/** The home's clock, which stops the service at its first waking after `end`. */
const clockUntil = (
  end: Instant,
  { home, stop }: { readonly home: HomeRun; readonly stop: AbortController },
): Clock => ({
  now: () => home.clock.now(),
  async sleep(ms, signal) {
    await home.clock.sleep(ms, signal);
    if (home.clock.now() > end) stop.abort();
  },
});

test("the loop wakes for the next call, the next price or at the turn of the hour, whichever comes first", () => {
  const now = at("2026-11-21T10:20:00Z");
  assert.equal(nextWake(now, at("2026-11-21T10:35:00Z")), at("2026-11-21T10:35:00Z"));
  assert.equal(nextWake(now, at("2026-11-21T16:00:00Z")), at("2026-11-21T11:00:00Z"));
  assert.equal(nextWake(now, null), at("2026-11-21T11:00:00Z"));
  assert.equal(nextWake(now, at("2026-11-21T10:00:00Z")), now);
  assert.equal(nextWake(now, null, at("2026-11-21T10:54:00Z")), at("2026-11-21T10:54:00Z"));
  assert.equal(nextWake(now, at("2026-11-21T10:35:00Z"), at("2026-11-21T10:54:00Z")), at("2026-11-21T10:35:00Z"));
  assert.equal(nextWake(now, null, at("2026-11-21T21:54:00Z")), at("2026-11-21T11:00:00Z"));
});

test("the service publishes at the minute at which the price changes", async (t) => {
  const home = new HomeRun(await testDatabase(t), {
    start: "2026-11-21T21:40:00Z",
    points: [solarHome({ usagePointId: housePoint, seed: 7, name: "Maison" })],
    plans: [{ ...nothingSaid, plan: "HC_HP", offpeakHours: "22H54-6H54" }],
  });
  const stop = new AbortController();
  const periods: string[] = [];
  const service = createService({
    ...home.deps,
    clock: clockUntil(at("2026-11-21T22:10:00Z"), { home, stop }),
    sinks: [
      {
        name: "memory",
        async publish({ usagePoints: [point] }) {
          const clock = new Date(home.clock.now()).toISOString().slice(11, 16);
          if (point && periods.at(-1)?.slice(6) !== point.tariff?.period)
            periods.push(`${clock} ${point.tariff?.period}`);
        },
      },
    ],
  });
  await service.run(stop.signal);
  // 22:54 in Paris.
  assert.deepEqual(periods, ["21:40 hp", "21:54 hc"]);
});

test("a failing store is waited for ever longer, and the loop goes on when it is back", async (t) => {
  const home = new HomeRun(await testDatabase(t), {
    start: "2026-11-21T10:00:00Z",
    points: [solarHome({ usagePointId: housePoint, seed: 7, name: "Maison" })],
  });
  const stop = new AbortController();
  const waits: number[] = [];
  let broken = 3;
  const service = createService({
    ...home.deps,
    clock: {
      now: () => home.clock.now(),
      async sleep(ms, signal) {
        if (ms > 1000) waits.push(ms);
        await home.clock.sleep(ms, signal);
        if (home.clock.now() > at("2026-11-21T11:30:00Z")) stop.abort();
      },
    },
    store: {
      ...home.store,
      loadTasks: () => (broken-- > 0 ? Promise.reject(new Error("connection lost")) : home.store.loadTasks()),
    },
  });
  await service.run(stop.signal);
  assert.deepEqual(waits.slice(0, 3), [5_000, 10_000, 20_000]);
  assert.equal(service.lastPass()?.snapshot.usagePoints[0]?.flows[0]?.latest?.date, "2026-11-20");
  assert.equal(home.snapshot.usagePoints.length, 1);
  assert.deepEqual(await home.faults(), []);
});

test("a full disk is told once in the user's language, and nothing is asked before there is room again", async (t) => {
  const home = new HomeRun(await testDatabase(t), {
    start: "2026-11-21T10:00:00Z",
    points: [solarHome({ usagePointId: housePoint, seed: 7, name: "Maison" })],
  });
  const stop = new AbortController();
  const lines: string[] = [];
  const log = createLog({ level: "info", format: "text" }, lineStream(lines));
  const isFull = () => home.clock.now() < at("2026-11-21T10:10:00Z");
  const full = () => (isFull() ? Promise.reject(new Error("disk full")) : Promise.resolve());
  const text = { fr: "Le disque est plein.", en: "The disk is full." };
  const troubles: (string | undefined)[] = [];
  const service = createService({
    ...home.deps,
    log,
    clock: {
      now: () => home.clock.now(),
      async sleep(ms, signal) {
        if (ms > 1000) troubles.push(service.trouble()?.code);
        await home.clock.sleep(ms, signal);
        if (!isFull() && service.lastPass()) stop.abort();
      },
    },
    store: { ...home.store, saveTask: (task) => full().then(() => home.store.saveTask(task)) },
    storage: {
      explain: (error) =>
        error instanceof Error && error.message === "disk full" ? { code: "disk_full", text, detail: "" } : null,
      probe: full,
    },
  });
  await service.run(stop.signal);
  assert.equal(lines.filter((line) => line.includes("Le disque est plein.")).length, 1, lines.join(""));
  assert.equal(lines.filter((line) => line.includes("enregistre de nouveau")).length, 1, lines.join(""));
  assert.equal(home.gateway.control.calls.filter((call) => call.at < at("2026-11-21T10:10:00Z")).length, 1);
  // Of ten minutes: after 5, 10, 20 and 40 s, then every minute, until the disk has room.
  assert.equal(troubles.filter((code) => code === "disk_full").length, 13);
  assert.equal(service.trouble(), null);
  assert.deepEqual(await home.faults(), []);
});

test("the end of each round tells how many of its calls brought nothing of what they asked for", async (t) => {
  const home = new HomeRun(await testDatabase(t), {
    start: "2026-11-21T10:00:00Z",
    points: [solarHome({ usagePointId: housePoint, seed: 7, name: "Maison" })],
  });
  const back = at("2026-11-21T12:00:00Z");
  home.gateway.control.addFault({
    route: "/",
    effect: { kind: "drop", when: "before" },
    from: at("2026-11-21T09:00:00Z"),
    until: back,
  });
  const stop = new AbortController();
  const ends: PassEnd[] = [];
  const service = createService({
    ...home.deps,
    clock: clockUntil(at("2026-11-21T14:00:00Z"), { home, stop }),
    onPass: (end) => ends.push(end),
  });
  await service.run(stop.signal);
  const asking = (isDown: boolean) =>
    ends.flatMap(({ startedAt, result }) =>
      result && result.calls > 0 && startedAt < back === isDown ? [result] : [],
    );
  assert.ok(asking(true).length > 1);
  // A gateway that is gone is asked once in a round.
  for (const { calls, failed } of asking(true)) assert.deepEqual({ calls, failed }, { calls: 1, failed: 1 });
  assert.ok(asking(false).length > 0);
  for (const { failed } of asking(false)) assert.equal(failed, 0);
  const idle = ends.filter(({ result }) => result?.calls === 0);
  assert.ok(idle.length > 0 && idle.every(({ result }) => result?.failed === 0), "the hour turns without a call");
});

test("a request during the wait for the gateway does not postpone the next call, whose time the log tells", async (t) => {
  const home = new HomeRun(await testDatabase(t), {
    start: "2026-11-21T10:00:00Z",
    points: [solarHome({ usagePointId: housePoint, seed: 7, name: "Maison" })],
  });
  home.gateway.control.addFault({
    route: "/",
    effect: { kind: "drop", when: "before" },
    from: at("2026-11-21T09:00:00Z"),
    until: at("2026-11-21T12:00:00Z"),
  });
  const stop = new AbortController();
  const lines: string[] = [];
  const rounds: string[] = [];
  let isAsked = false;
  const service = createService({
    ...home.deps,
    log: createLog({ level: "info", format: "text", language: "fr" }, lineStream(lines)),
    clock: {
      now: () => home.clock.now(),
      async sleep(ms, signal) {
        if (!isAsked && home.clock.now() >= at("2026-11-21T10:23:00Z")) {
          isAsked = true;
          await home.clock.sleep(7 * minuteMs, signal);
          return service.request();
        }
        await home.clock.sleep(ms, signal);
        if (home.clock.now() > at("2026-11-21T10:55:00Z")) stop.abort();
      },
    },
    onPass: ({ startedAt, result }) => {
      if (result && result.calls > 0) rounds.push(new Date(startedAt).toISOString().slice(11, 16));
    },
  });
  await service.run(stop.signal);
  // 1, 2, 5, 15 and 30 min after each other; the one asked for at 10:30 leaves that of 10:53 where it was.
  assert.deepEqual(rounds, ["10:00", "10:01", "10:03", "10:08", "10:23", "10:30", "10:53"]);
  const [told = ""] = lines.filter((line) => line.includes("ne répond pas ; les appels sont repris"));
  assert.match(told, /problem=gateway_unreachable next=2026-11-21T11:01:00$/m, "Paris time, an hour ahead of UTC");
});

function lineStream(lines: string[]): Writable {
  return new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(line.toString());
      done();
    },
  });
}

test("a request wakes the loop at once", async (t) => {
  const home = new HomeRun(await testDatabase(t), {
    start: "2026-11-21T10:00:00Z",
    points: [solarHome({ usagePointId: housePoint, seed: 7, name: "Maison" })],
  });
  await home.until("2026-11-21T18:00:00Z", { callsOnly: true });
  const stop = new AbortController();
  const passes: number[] = [];
  const never = (signal?: AbortSignal) =>
    new Promise<void>((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
  const service = createService({
    ...home.deps,
    clock: { now: () => home.clock.now(), sleep: (ms, signal) => (ms > 1000 ? never(signal) : Promise.resolve()) },
    sinks: [
      {
        name: "counting",
        async publish() {
          passes.push(passes.length);
          if (passes.length === 1) setTimeout(() => service.request(), 20);
          if (passes.length >= 2) setTimeout(() => stop.abort(), 20);
        },
      },
    ],
  });
  await service.run(stop.signal);
  assert.ok(passes.length >= 2);
});

test("what came of a round that was asked for is told once it is over, and not of the others", async (t) => {
  const home = new HomeRun(await testDatabase(t), {
    start: "2026-11-21T10:00:00Z",
    points: [solarHome({ usagePointId: housePoint, seed: 7, name: "Maison" })],
  });
  const stop = new AbortController();
  const told: ReturnType<typeof service.lastAsked>[] = [];
  let sleeps = 0;
  let isBroken = false;
  const service = createService({
    ...home.deps,
    store: {
      ...home.deps.store,
      loadTasks: () => (isBroken ? Promise.reject(new Error("no store")) : home.deps.store.loadTasks()),
    },
    clock: {
      now: () => home.clock.now(),
      async sleep(ms, signal) {
        if (ms <= home.deps.pauseMs) return home.clock.sleep(ms, signal);
        told.push(service.lastAsked());
        sleeps++;
        isBroken = sleeps === 2;
        if (sleeps < 3) service.request();
        else stop.abort();
      },
    },
  });
  await service.run(stop.signal);
  const [first, asked, failed] = told;
  assert.equal(first, null, "the round of the start was asked for by nobody");
  // All was asked a moment ago, and a press asks nothing again so soon.
  assert.deepEqual([asked?.result?.calls, asked?.result?.written], [0, 0]);
  assert.deepEqual(failed, { endedAt: home.clock.now(), result: null });
});
