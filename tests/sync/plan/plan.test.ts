import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays, clockOn, localDate, utcDayAt } from "../../../src/domain/calendar.ts";
import { instant, type LocalDate } from "../../../src/domain/units.ts";
import type { Subject } from "../../../src/domain/usage-point.ts";
import { type Candidate, isCounted } from "../../../src/sync/plan/call.ts";
import { plan } from "../../../src/sync/plan/plan.ts";
import { PlanWorld } from "../../support/plan-world.ts";

const known = (world: PlanWorld, subject: Subject) =>
  [...(world.memory.get(subject)?.values() ?? [])].filter((day) => day.has === "all").length;
const reasonsOf = (world: PlanWorld) => world.calls.map(({ candidate }) => candidate.reason);
const curves = (world: PlanWorld): Extract<Candidate["call"], { kind: "curve" }>[] =>
  world.calls.flatMap(({ candidate }) => (candidate.call.kind === "curve" ? [candidate.call] : []));

test("the first day brings three years of days and two years of half-hours, both ways, within the fifty calls", () => {
  const world = new PlanWorld({ start: "2026-11-21T10:00:00Z", hasProduction: true }).runUntil("2026-11-21T23:59:00Z");
  // 729 days of curve; days from 2023-11-21 on: to the day before yesterday 1095, to yesterday 1096.
  assert.equal(known(world, "consumption_curve"), 729);
  assert.equal(known(world, "production_curve"), 729);
  assert.equal(known(world, "consumption_daily"), 1095);
  assert.equal(known(world, "production_daily"), 1096);
  assert.equal(known(world, "max_power"), 1096);
  assert.ok(world.counted() <= 50, `${world.counted()} calls`);
  assert.deepEqual(world.poisoned, []);
});

test("yesterday comes first, the history after it, and each chunk is whole runs of seven days", () => {
  const world = new PlanWorld({ start: "2026-11-21T10:00:00Z" }).runUntil("2026-11-21T23:59:00Z");
  const order = reasonsOf(world);
  assert.ok(order.indexOf("yesterday") < order.indexOf("recent"));
  assert.ok(order.lastIndexOf("yesterday") < order.indexOf("history_daily"));
  assert.ok(order.lastIndexOf("history_daily") < order.indexOf("history_curve"));
  for (const { period, route } of curves(world).filter((call) => call.route === "history")) {
    const days = Math.round((clockOn(period.to, 720) - clockOn(period.from, 720)) / 86_400_000) + 1;
    assert.equal(days % 7, 0, `${route} ${period.from} to ${period.to}`);
    assert.ok(days <= 56);
  }
});

test("nothing is asked before the activation date", () => {
  const world = new PlanWorld({
    start: "2026-11-21T10:00:00Z",
    activation: "2026-05-04",
    hasProduction: true,
  }).runUntil("2026-12-01T10:00:00Z");
  const starts = world.calls.flatMap(({ candidate: { call } }) =>
    "period" in call && call.kind !== "ecowatt" ? [call.period.from] : [],
  );
  assert.equal(starts.sort()[0], "2026-05-04");
  // From 2026-05-04 to yesterday, 2026-11-30: 28 + 30 + 31 + 31 + 30 + 31 + 30 days.
  assert.equal(known(world, "consumption_curve"), 211);
});

test("a meter activated yesterday is asked for yesterday alone, and one activated today for nothing", () => {
  const yesterday = new PlanWorld({ start: "2026-11-21T10:00:00Z", activation: "2026-11-20" }).runUntil(
    "2026-11-21T12:00:00Z",
  );
  assert.deepEqual(
    curves(yesterday).map(({ period }) => period),
    [{ from: "2026-11-20", to: "2026-11-20" }],
  );
  const today = new PlanWorld({ start: "2026-11-21T10:00:00Z", activation: "2026-11-21" }).runUntil(
    "2026-11-21T12:00:00Z",
  );
  assert.deepEqual(curves(today), []);
});

test("yesterday is there within half an hour of its publication, whatever the hour until two o'clock", () => {
  for (const minutes of [480, 495, 545, 599, 660, 780]) {
    const world = new PlanWorld({
      start: "2026-10-01T10:00:00Z",
      hasProduction: true,
      publishedAfter: () => minutes,
    }).runUntil("2026-11-05T23:00:00Z");
    for (const subject of ["consumption_curve", "production_curve"])
      for (const day of ["2026-10-20", "2026-10-25", "2026-11-03"]) {
        const found = world.foundAt.get(`${subject} ${day}`);
        const published = clockOn(addDays(localDate(day), 1), minutes);
        assert.ok(found !== undefined && found - published <= 30 * 60_000, `${subject} ${day} published at ${minutes}`);
      }
  }
});

test("a season with late, missing and next-day publications stays under fifteen calls a day and hides no date", () => {
  // Of a hundred days: one never published, four a day late, three at 11:00, the others between 08:00 and 10:00.
  const draw = (text: string, modulo: number) => {
    let hash = 7;
    for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619) >>> 0;
    return (hash >>> 8) % modulo;
  };
  const publishedAfter = (date: LocalDate): number | null => {
    const luck = draw(date, 100);
    if (luck === 0) return null;
    if (luck <= 4) return 1440 + 480;
    return luck <= 7 ? 660 : 480 + draw(`${date}!`, 120);
  };
  const world = new PlanWorld({ start: "2026-09-01T10:00:00Z", hasProduction: true, publishedAfter }).runUntil(
    "2026-12-10T10:00:00Z",
  );
  const perDay = new Map<string, number>();
  for (const { at, candidate } of world.calls)
    if (isCounted(candidate.call)) perDay.set(utcDayAt(at), (perDay.get(utcDayAt(at)) ?? 0) + 1);
  perDay.delete("2026-09-01");
  const counts = [...perDay.values()];
  assert.ok(Math.max(...counts) <= 50);
  assert.ok(counts.reduce((sum, count) => sum + count, 0) / counts.length <= 15);
  assert.deepEqual(world.poisoned, []);
});

test("a curve that was never collected is probed by a route that hides nothing, ever more rarely", () => {
  const world = new PlanWorld({
    start: "2026-06-01T10:00:00Z",
    publishedAfter: (_date, subject) => (subject === "consumption_curve" ? null : 480),
  }).runUntil("2026-12-01T10:00:00Z");
  assert.deepEqual(world.poisoned, []);
  const asked = curves(world).map((call) => call.route);
  assert.deepEqual([...new Set(asked)], ["hole"]);
  const inMonth = (month: string) =>
    world.calls.filter(({ at, candidate }) => candidate.call.kind === "curve" && utcDayAt(at).startsWith(month)).length;
  assert.ok(inMonth("2026-11") <= 10, `${inMonth("2026-11")} in November`);
  assert.ok(inMonth("2026-11") >= 4, `${inMonth("2026-11")} in November`);
  assert.ok(known(world, "consumption_daily") > 1000, `${known(world, "consumption_daily")} days`);
});

test("when collection begins, the curve is found again", () => {
  const world = new PlanWorld({
    start: "2026-06-01T10:00:00Z",
    publishedAfter: (date, subject) => (subject === "consumption_curve" && date < "2026-08-10" ? null : 480),
  }).runUntil("2026-08-25T20:00:00Z");
  assert.equal(world.memory.get("consumption_curve")?.get(localDate("2026-08-24"))?.has, "all");
  assert.equal(world.memory.get("consumption_curve")?.get(localDate("2026-08-10"))?.has, "all");
  assert.deepEqual(world.poisoned, []);
});

test("a day that does not exist is asked again ever more rarely, and never given up", () => {
  const world = new PlanWorld({
    start: "2026-01-05T10:00:00Z",
    publishedAfter: (date) => (date === "2026-02-10" ? null : 480),
  }).runUntil("2026-12-20T10:00:00Z");
  const times = world.calls
    .filter(
      ({ candidate: { call, reason } }) =>
        call.kind === "curve" &&
        reason === "hole" &&
        call.period.from <= "2026-02-10" &&
        call.period.to >= "2026-02-10",
    )
    .map(({ at }) => Math.round(at / 86_400_000));
  const gaps = times.slice(1).map((time, i) => time - (times[i] as number));
  assert.ok(times.length >= 5 && times.length <= 12, `asked ${times.length} times`);
  assert.ok(
    (gaps.at(-1) as number) >= 30 && gaps.every((gap, i) => i === 0 || gap >= (gaps[i - 1] as number) - 1),
    gaps.join(" "),
  );
});

test("without an activation date the first day is found by halving", () => {
  const world = new PlanWorld({ start: "2026-11-21T10:00:00Z", activation: null });
  assert.equal(world.point.activationDate, null);
  world.tasks.set("frontier:max_power:12345678901234", {
    key: "frontier:max_power:12345678901234",
    askedAt: world.now,
    succeededAt: world.now,
    failures: 0,
    retryAt: null,
    detail: "2025-11-21",
  });
  const power = plan(world.input()).due.find(({ call }) => call.kind === "max_power");
  // Refused from 2025-11-21; to yesterday, 2026-11-20, are 365 days: the start lies 183 days on.
  assert.deepEqual(power && "period" in power.call && power.call.period, { from: "2026-05-23", to: "2026-11-20" });
});

test("the day's last calls are kept for yesterday", () => {
  const world = new PlanWorld({ start: "2026-11-21T05:00:00Z", hasProduction: true });
  world.budget.set("2026-11-21", 40);
  world.runUntil("2026-11-21T12:00:00Z");
  assert.equal(world.memory.get("consumption_curve")?.get(localDate("2026-11-20"))?.has, "all");
  assert.equal(world.memory.get("production_curve")?.get(localDate("2026-11-20"))?.has, "all");
  assert.ok((world.budget.get("2026-11-21") ?? 0) <= 50);
});

test("a used up budget waits for midnight UTC, and what is not counted goes on", () => {
  const world = new PlanWorld({ start: "2026-11-21T07:30:00Z", withTempo: true });
  world.budget.set("2026-11-21", 50);
  world.runUntil("2026-11-21T23:59:00Z");
  assert.equal(world.counted("2026-11-21"), 0);
  assert.ok(reasonsOf(world).includes("tempo"));
  world.runUntil("2026-11-22T00:30:00Z");
  assert.ok(world.counted("2026-11-22") > 0);
});

test("Tempo is asked for every quarter of an hour from six, only until tomorrow is known", () => {
  const world = new PlanWorld({ start: "2026-11-18T20:00:00Z", withTempo: true }).runUntil("2026-11-21T05:00:00Z");
  const asked = world.calls.filter(
    ({ at, candidate }) => candidate.reason === "tempo" && utcDayAt(at) === "2026-11-20",
  );
  // Tomorrow appears at 10:45; from 06:00 on that is at most 21 questions, and none after the answer.
  const minutes = asked.map(({ at }) => (at - clockOn(localDate("2026-11-20"), 0)) / 60_000);
  assert.ok((minutes[0] as number) >= 360 && (minutes[0] as number) < 375);
  assert.ok((minutes.at(-1) as number) >= 645 && (minutes.at(-1) as number) < 661);
  assert.ok(minutes.slice(1).every((minute, i) => Math.abs(minute - (minutes[i] as number) - 15) < 0.1));
});

test("EcoWatt costs one or two calls on a calm day", () => {
  const world = new PlanWorld({ start: "2026-11-09T10:00:00Z" }).runUntil("2026-11-23T10:00:00Z");
  const perDay = ["2026-11-16", "2026-11-17", "2026-11-20", "2026-11-21"].map(
    (day) => world.calls.filter(({ at, candidate }) => candidate.reason === "ecowatt" && utcDayAt(at) === day).length,
  );
  // The 20th is a Friday.
  assert.deepEqual(perDay, [1, 1, 2, 1]);
});

test("a failing source is spared, and a failing call has its own patience", () => {
  const world = new PlanWorld({ start: "2026-11-21T10:00:00Z" });
  world.tasks.set("source", {
    key: "source",
    askedAt: world.now,
    succeededAt: null,
    failures: 2,
    retryAt: instant(world.now + 120_000),
    detail: "unavailable: 502",
  });
  const spared = plan(world.input());
  assert.deepEqual(spared.due, []);
  assert.equal(spared.next?.dueAt, world.now + 120_000);
  // The button tries it all the same, once.
  assert.ok(plan({ ...world.input(), requestedAt: instant(world.now + 1) }).due.length > 0);
  assert.deepEqual(plan({ ...world.input(), requestedAt: world.now }).due, []);
});

test("refused credentials are spared, and others are tried at once", () => {
  const world = new PlanWorld({ start: "2026-11-21T10:00:00Z" });
  const refused = (credentials: string) => {
    const detail = `unauthorized ${credentials}: Invalid authentication credentials`;
    world.tasks.set("source", {
      key: "source",
      askedAt: world.now,
      succeededAt: null,
      failures: 1,
      retryAt: instant(world.now + 3_600_000),
      detail,
    });
    return plan(world.input()).due.length;
  };
  assert.equal(refused("a1b2"), 0);
  assert.ok(refused("c3d4") > 0);
});

test("another account's list of meters is asked for at once", () => {
  const world = new PlanWorld({ start: "2026-11-21T10:00:00Z" }).runUntil("2026-11-21T12:00:00Z");
  const list = (account: string) =>
    plan({ ...world.input(), account }).due.filter(({ reason }) => reason === "usage_points").length;
  assert.deepEqual([list("cli_test"), list("cli_other")], [0, 1]);
});

test("a long answer that fails is asked for in shorter pieces", () => {
  const world = new PlanWorld({ start: "2026-11-21T10:00:00Z" }).runUntil("2026-11-21T10:00:08Z");
  const chunkOf = (failures: number) => {
    world.tasks.set("consumption_curve:12345678901234", {
      key: "consumption_curve:12345678901234",
      askedAt: world.now,
      succeededAt: null,
      failures,
      retryAt: null,
      detail: null,
    });
    const found = plan(world.input()).due.find(({ reason }) => reason === "history_curve");
    assert.ok(found?.call.kind === "curve");
    return Math.round((clockOn(found.call.period.to, 720) - clockOn(found.call.period.from, 720)) / 86_400_000) + 1;
  };
  assert.deepEqual([0, 1, 2, 3, 9].map(chunkOf), [56, 28, 14, 7, 7]);
});

test("the button brings forward what is lacking, once", () => {
  const world = new PlanWorld({ start: "2026-11-15T10:00:00Z", publishedAfter: () => 1380 }).runUntil(
    "2026-11-21T09:10:00Z",
  );
  assert.deepEqual(plan(world.input()).due, []);
  world.requestedAt = world.now;
  const forward = plan(world.input()).due.map(({ reason }) => reason);
  assert.ok(forward.includes("yesterday") && forward.includes("tempo"), forward.join(" "));
  for (const candidate of plan(world.input()).due) world.answer(candidate);
  assert.deepEqual(plan(world.input()).due, []);
});

test("a meter that is switched off, or no longer listed, is left in peace", () => {
  const world = new PlanWorld({ start: "2026-11-21T10:00:00Z" });
  world.point = { ...world.point, isActive: false };
  assert.ok(plan(world.input()).due.every(({ call }) => !("usagePoint" in call)));
});

test("offers are asked once a day, after yesterday and the first of the history, before the half-hours of years", () => {
  const world = new PlanWorld({ start: "2026-11-21T10:00:00Z" }).runUntil("2026-11-24T23:00:00Z");
  const order = reasonsOf(world);
  const first = order.indexOf("offers");
  assert.ok(order.indexOf("yesterday") < first && order.indexOf("history_daily") < first);
  assert.ok(first < order.indexOf("history_curve"));
  const asked = world.calls.filter(({ candidate }) => candidate.reason === "offers");
  assert.deepEqual(
    asked.map(({ at }) => utcDayAt(at)),
    ["2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24"],
  );
  assert.equal(
    asked.some(({ candidate }) => isCounted(candidate.call)),
    false,
  );
  for (const { at } of asked.slice(1)) {
    const morning = world.calls.find(
      (call) => utcDayAt(call.at) === utcDayAt(at) && call.candidate.reason === "yesterday",
    );
    assert.ok(morning && morning.at < at);
  }
});

test("without any meter no offer is asked for, nor before the first day of one is known or asked", () => {
  const world = new PlanWorld({ start: "2026-11-21T10:00:00Z" });
  const { due, next } = plan(world.input());
  assert.equal(
    [...due, next].some((candidate) => candidate?.reason === "offers"),
    false,
  );
});
