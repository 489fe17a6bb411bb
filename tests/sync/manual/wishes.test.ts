import assert from "node:assert/strict";
import { test } from "node:test";
import { localDate } from "../../../src/domain/calendar.ts";
import { dayMs, instant } from "../../../src/domain/units.ts";
import { wishFor, wishTask } from "../../../src/sync/manual/wishes.ts";
import type { Candidate } from "../../../src/sync/plan/call.ts";
import { daysOf } from "../../../src/sync/plan/days.ts";
import { plan } from "../../../src/sync/plan/plan.ts";
import { PlanWorld, worldPoint } from "../../support/plan-world.ts";

/** A house whose history is all there, at noon of 30 November 2026, without anything due. */
const settled = (): PlanWorld => new PlanWorld({ start: "2026-11-21T10:00:00Z" }).runUntil("2026-11-30T11:30:00Z");

function wish(world: PlanWorld, date: string, subject: "consumption_curve" | "consumption_daily"): void {
  const key = wishTask(subject, worldPoint);
  const { memory } = world.input().points[0] ?? { memory: new Map() };
  const made = wishFor(localDate(date), key, {
    task: world.tasks.get(key),
    days: daysOf(memory.get(subject)),
    now: world.now,
  });
  assert.ok(made);
  world.tasks.set(key, made);
}

const wished = (world: PlanWorld): Candidate[] => plan(world.input()).due.filter(({ reason }) => reason === "wished");

test("days that the user wants are asked for at once, past the gateway's blacklist, and then no more", () => {
  const world = settled();
  assert.deepEqual(wished(world), []);
  for (const date of ["2026-03-10", "2026-03-13"]) wish(world, date, "consumption_curve");
  wish(world, "2026-03-10", "consumption_daily");
  assert.deepEqual(
    wished(world).map(({ call }) => call),
    [
      {
        kind: "curve",
        usagePoint: worldPoint,
        flow: "consumption",
        period: { from: "2026-03-10", to: "2026-03-13" },
        route: "hole",
      },
      {
        kind: "daily",
        usagePoint: worldPoint,
        flow: "consumption",
        period: { from: "2026-03-10", to: "2026-03-10" },
      },
    ],
  );
  for (const candidate of wished(world)) {
    world.now = instant(world.now + 1000);
    world.answer(candidate);
  }
  assert.deepEqual(wished(world), []);
});

test("days further apart than a week take a call each, the newest first", () => {
  const world = settled();
  for (const date of ["2026-03-10", "2026-03-17"]) wish(world, date, "consumption_curve");
  const [first] = wished(world);
  assert.ok(first && "period" in first.call);
  assert.deepEqual(first.call.period, { from: "2026-03-17", to: "2026-03-17" });
  world.now = instant(world.now + 1000);
  world.answer(first);
  const [second, ...others] = wished(world);
  assert.ok(second && "period" in second.call);
  assert.deepEqual([second.call.period, others], [{ from: "2026-03-10", to: "2026-03-10" }, []]);
});

test("yesterday is asked for with its whole week, and only where a day of it is known", () => {
  const world = settled();
  wish(world, "2026-11-29", "consumption_curve");
  const [call] = wished(world).map((candidate) => candidate.call);
  assert.deepEqual(call, {
    kind: "curve",
    usagePoint: worldPoint,
    flow: "consumption",
    period: { from: "2026-11-23", to: "2026-11-29" },
    route: "recent",
  });
  const silent = new PlanWorld({ start: "2026-11-30T11:30:00Z", publishedAfter: () => null });
  wish(silent, "2026-11-29", "consumption_curve");
  assert.deepEqual(wished(silent), []);
});

test("the official value of yesterday can never be had, nor any before the first day", () => {
  const world = settled();
  wish(world, "2026-11-29", "consumption_daily");
  wish(world, "2015-01-01", "consumption_curve");
  wish(world, "2015-01-01", "consumption_daily");
  assert.deepEqual(wished(world), []);
});

test("a wish waits for the next day's budget, and ends after a week", () => {
  const world = settled();
  wish(world, "2026-03-10", "consumption_curve");
  // 50 calls, of which the last two are kept for what only today can ask.
  world.budget.set("2026-11-30", 48);
  assert.deepEqual(wished(world), []);
  world.budget.set("2026-11-30", 47);
  assert.equal(wished(world).length, 1);
  world.now = instant(world.now + 7 * dayMs);
  assert.deepEqual(wished(world), []);
});

test("more days than two months at once are refused", () => {
  const world = settled();
  const key = wishTask("consumption_curve", worldPoint);
  const full = Array.from({ length: 62 }, (_, day) => new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10));
  const task = { key, askedAt: world.now, succeededAt: null, failures: 0, retryAt: null, detail: full.join(",") };
  const input = { task, days: new Map(), now: world.now };
  assert.equal(wishFor(localDate("2025-06-01"), key, input), null);
  assert.ok(wishFor(localDate("2025-01-01"), key, input));
});
