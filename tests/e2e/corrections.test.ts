import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays, clockOn, localDate } from "../../src/domain/calendar.ts";
import { type StepChange, sourceOfPower } from "../../src/simulator/energy-source.ts";
import { scaled } from "../../src/simulator/meter.ts";
import {
  assertMirrors,
  at,
  callsOn,
  countsOf,
  dayOf,
  flat,
  flowIn,
  inquiryOf,
  meterOf,
  run,
  startHome,
} from "../support/scenario.ts";

for (const { age, activationDate } of [
  { age: 5, activationDate: "2026-10-20" },
  { age: 20, activationDate: "2026-10-20" },
  { age: 60, activationDate: "2026-09-01" },
  { age: 200, activationDate: "2026-04-20" },
]) {
  test(`a day corrected after ${age} days is found by reading again, the totals follow and the former value stays`, async (t) => {
    const home = await startHome(t, { points: [flat({ activationDate })] });
    const before = await run(home, "2026-11-21T21:00:00Z");
    const former = await countsOf(home);
    const date = addDays(localDate("2026-11-23"), -age);
    const formerDay = await dayOf(home, date);
    assert.ok(formerDay);
    // From Monday morning on the day reads half as much again.
    meterOf(home).corrections.push(scaled({ flow: "consumption", date, visibleFrom: at("2026-11-23T05:00:00Z") }, 1.5));

    const after = await run(home, "2026-12-01T21:00:00Z");
    await assertMirrors(home, { from: activationDate, to: "2026-11-30" });
    const day = await dayOf(home, date);
    assert.ok(day && day.energyWh > formerDay.energyWh * 1.4, `${formerDay.energyWh} became ${day?.energyWh}`);
    assert.equal(day.quality, "complete");
    // 48 half-hours and one daily value, some of which are as before (a power of 0).
    const { former: kept } = await countsOf(home);
    assert.ok(kept - former.former >= 40 && kept - former.former <= 50, `${kept - former.former} former readings`);

    // The index grew by the ten days since, and by the correction.
    const [indexBefore, indexAfter] = [flowIn(before).index, flowIn(after).index];
    assert.ok(indexBefore && indexAfter);
    let since = 0;
    for (let next = localDate("2026-11-21"); next <= "2026-11-30"; next = addDays(next, 1))
      since += (await dayOf(home, next))?.energyWh ?? Number.NaN;
    assert.equal(indexAfter.energyWh - indexBefore.energyWh, since + day.energyWh - formerDay.energyWh);
  });
}

test("yesterday published at 11:00 arrives within half an hour, asked for about every half-hour until then", async (t) => {
  const home = await startHome(t);
  await run(home, "2026-11-22T06:00:00Z");
  meterOf(home).publication = { at: ({ date }) => clockOn(addDays(date, 1), 11 * 60) };
  // 10:50 in Paris.
  const early = await run(home, "2026-11-23T09:50:00Z");
  assert.equal(flowIn(early).yesterday, null);
  assert.equal(flowIn(early).yesterdayDate, "2026-11-22");
  assert.deepEqual((await inquiryOf(home, "2026-11-22", "consumption_curve"))?.answer, "absent");
  assert.equal(pointLate(early), false);
  const late = await run(home, "2026-11-23T10:30:00Z");
  assert.equal(flowIn(late).yesterday?.date, "2026-11-22");
  const asked = callsOn(home, "2026-11-23", "/detail/batch").length;
  // From 08:00 to 11:30 every 27 minutes: 7 or 8 questions.
  assert.ok(asked >= 5 && asked <= 8, `${asked} questions`);
  assert.deepEqual(home.gateway.control.everBlacklisted("12345678901234"), []);
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-22" });
});

const pointLate = (snapshot: Awaited<ReturnType<typeof run>>) => snapshot.usagePoints[0]?.late;

test("a day that never comes is missing and not zero, is asked ever more rarely, and hides no other day", async (t) => {
  const home = await startHome(t);
  const lost = localDate("2026-11-22");
  meterOf(home).holes.push({ flow: "consumption", date: lost, dailyToo: true });
  await run(home, "2026-11-23T21:00:00Z");
  assert.equal(await dayOf(home, lost), null);
  assert.equal(home.snapshot.bridge.problems[0]?.code, "data_late");
  const snapshot = await run(home, "2026-12-20T21:00:00Z");
  assert.equal(await dayOf(home, lost), null);
  assert.deepEqual(home.snapshot.bridge.problems, []);
  assert.equal(flowIn(snapshot).month?.missingDays, 0);
  assert.equal(flowIn(snapshot).year?.missingDays, 1);
  assert.equal(flowIn(snapshot).year?.quality, "partial");
  // The last ten days: it was asked at most twice by a question of its own.
  const own = home.gateway.control.calls.filter(
    (call) =>
      call.at > at("2026-12-10T00:00:00Z") && call.path.includes("/consumption/detail/1") && call.query.start === lost,
  );
  assert.ok(own.length <= 2, `${own.length} questions of its own`);
  assert.deepEqual(home.gateway.control.everBlacklisted("12345678901234"), []);
  await assertMirrors(home, { from: "2026-10-20", to: "2026-12-19" });
});

test("a whole missing day that is filled twelve days later is found within a week, and the total is whole again", async (t) => {
  const home = await startHome(t);
  const lost = localDate("2026-11-22");
  meterOf(home).holes.push({ flow: "consumption", date: lost, dailyToo: true, filledAt: at("2026-12-04T06:00:00Z") });
  const without = await run(home, "2026-12-03T21:00:00Z");
  assert.equal(flowIn(without).year?.missingDays, 1);
  assert.equal(await dayOf(home, lost), null);
  const found = await run(home, "2026-12-11T21:00:00Z");
  assert.equal((await dayOf(home, lost))?.quality, "complete");
  assert.equal(flowIn(found).year?.missingDays, 0);
  assert.equal(flowIn(found).year?.quality, "complete");
  await assertMirrors(home, { from: "2026-10-20", to: "2026-12-10" });
});

test("a partial day counts as partial, then as estimated with its daily value, and as complete once its slots have come", async (t) => {
  const home = await startHome(t);
  const date = localDate("2026-11-22");
  meterOf(home).holes.push({
    flow: "consumption",
    date,
    fromMinutes: 600,
    toMinutes: 720,
    filledAt: at("2026-11-26T06:00:00Z"),
  });
  const first = await run(home, "2026-11-23T11:30:00Z");
  // 24 h less 2 h.
  assert.deepEqual(flowIn(first).yesterday?.quality, "partial");
  assert.equal((await dayOf(home, date))?.minutes, 1320);
  assert.equal((await inquiryOf(home, date, "consumption_curve"))?.answer, "partial");
  await run(home, "2026-11-24T21:00:00Z");
  assert.equal((await dayOf(home, date))?.quality, "estimated");
  await run(home, "2026-11-26T21:00:00Z");
  assert.deepEqual([(await dayOf(home, date))?.quality, (await dayOf(home, date))?.minutes], ["complete", 1440]);
  assert.deepEqual(await inquiryOf(home, date, "consumption_curve"), { answer: "complete", tries: 0 });
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-25" });
});

test("a meter that changes its step from 30 to 60 and to 10 minutes inside a day keeps every watt-hour", async (t) => {
  const changes: StepChange[] = [
    { from: at("2026-11-19T09:00:00Z"), minutes: 60 },
    { from: at("2026-11-19T15:00:00Z"), minutes: 10 },
    { from: at("2026-11-22T11:00:00Z"), minutes: 30 },
  ];
  // 10 W more each hour: any shift of a slot would show.
  const load = ({ start }: { start: number }) => 120 + ((start / 3_600_000) % 24) * 60;
  const consumption = sourceOfPower(load, { changes });
  const home = await startHome(t, { points: [flat({ meter: { consumption } })] });
  await run(home, "2026-11-24T21:00:00Z");
  // The 19th in Paris: 00:00 to 10:00 in half-hours, to 16:00 in hours, to 24:00 in tens: 20 + 6 + 48 slots.
  const [day] = await home.store.loadDayInputs(home.snapshot.usagePoints[0]?.id ?? assert.fail(), "consumption", {
    from: localDate("2026-11-19"),
    to: localDate("2026-11-19"),
  });
  assert.equal(day?.slots.length, 74);
  assert.equal((await dayOf(home, "2026-11-19"))?.quality, "complete");
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-23" });
});
