import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays, localDate } from "../../src/domain/calendar.ts";
import type { PublicationOptions } from "../../src/simulator/publication.ts";
import {
  assertMirrors,
  assertNothingTold,
  assertTold,
  at,
  countsOf,
  dayOf,
  flat,
  flowIn,
  inquiryOf,
  meterOf,
  pointIn,
  run,
  solarHouse,
  startHome,
} from "../support/scenario.ts";

const housePoint = "12345678901234";
const answering = (body: object) => ({
  kind: "answer" as const,
  status: 200,
  contentType: "application/json",
  body: JSON.stringify({ success: true, data: null, error: null, timestamp: "2026-11-23T07:00:00.000001", ...body }),
});
const emptyList = { meter_reading: { usage_point_id: housePoint, interval_reading: [] } };

test("empty lists prove nothing: nothing stored is lost, and the days come when the lists are full again", async (t) => {
  const home = await startHome(t, { points: [solarHouse()] });
  await run(home, "2026-11-22T21:00:00Z");
  const before = await countsOf(home);
  const full = home.gateway.control.addFault({
    route: /consumption|production|power/,
    effect: answering({ data: emptyList }),
  });
  const during = await run(home, "2026-11-24T21:00:00Z");
  assert.deepEqual(await countsOf(home), before);
  assert.equal(flowIn(during).yesterday, null);
  assert.equal(flowIn(during).latest?.date, "2026-11-21");
  assert.equal((await inquiryOf(home, "2026-11-23", "consumption_curve"))?.answer, "absent");
  await assertTold(home, "data_late", { fr: /n'a pas encore publié/, en: /has not published/ });
  full();
  await run(home, "2026-11-25T21:00:00Z");
  await assertNothingTold(home);
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-24" });
});

test("a half-failed batch (PARTIAL_DATA) is stored as far as it came, and its holes are asked again", async (t) => {
  const home = await startHome(t);
  await run(home, "2026-11-22T21:00:00Z");
  const point = (hour: number) => ({
    value: "200",
    date: `2026-11-22 ${String(hour).padStart(2, "0")}:00:00`,
    interval_length: "PT60M",
    measure_type: "B",
  });
  const half = Array.from({ length: 12 }, (_, hour) => point(hour));
  const healed = home.gateway.control.addFault({
    route: "/detail/batch",
    times: 1,
    from: at("2026-11-23T07:00:00Z"),
    effect: answering({
      data: { meter_reading: { usage_point_id: housePoint, interval_reading: half } },
      error: { code: "PARTIAL_DATA", message: "7 refusals in a row", field: null },
    }),
  });
  const during = await run(home, "2026-11-23T07:20:00Z");
  // 12 × 200 W of one hour.
  assert.deepEqual(await dayOf(home, "2026-11-22"), { energyWh: 2400, quality: "partial", minutes: 720 });
  assert.equal(flowIn(during).yesterday?.quality, "partial");
  assert.equal((await inquiryOf(home, "2026-11-22", "consumption_curve"))?.answer, "partial");
  // The six days before it that the answer left out keep what they have.
  assert.equal((await dayOf(home, "2026-11-20"))?.quality, "complete");
  healed();
  await run(home, "2026-11-24T21:00:00Z");
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-23" });
  // The twelve invented hours are among the former readings.
  assert.ok((await countsOf(home)).former >= 12);
});

/** Without curve where `isCollected` says so; the daily values come at eight. */
const collectedWhere = (isCollected: (date: string) => boolean): PublicationOptions => ({
  at: ({ date, measure }) => (measure === "curve" && !isCollected(date) ? null : undefined),
});

test("hourly collection switched off: days go on one day later as estimates; switched on again, half-hours come back", async (t) => {
  const home = await startHome(t);
  await run(home, "2026-11-22T21:00:00Z");
  const before = await countsOf(home);
  meterOf(home).publication = collectedWhere((date) => date < "2026-11-22" || date > "2026-12-06");
  const off = await run(home, "2026-12-05T21:00:00Z");
  await assertTold(home, "no_load_curve", { fr: /Activez la collecte horaire/, en: /Switch on the hourly collection/ });
  assert.equal(off.bridge.problems[0]?.since, at("2026-11-21T23:00:00Z"));
  // Of the 4th in the evening of the 5th nothing can be read yet, which is not late.
  assert.equal(flowIn(off).latest?.date, "2026-12-03");
  assert.equal(pointIn(off).late, false);
  assert.equal(flowIn(off).latest?.quality, "estimated");
  assert.equal((await countsOf(home)).slots, before.slots);
  assert.deepEqual(home.gateway.control.everBlacklisted(housePoint), []);
  const on = await run(home, "2026-12-12T21:00:00Z");
  await assertNothingTold(home);
  assert.equal(flowIn(on).yesterday?.date, "2026-12-11");
  assert.equal(flowIn(on).yesterday?.quality, "complete");
  assert.equal((await dayOf(home, "2026-11-30"))?.quality, "estimated");
  await assertMirrors(home, { from: "2026-10-20", to: "2026-12-11" });
});

test("hourly collection never switched on: days come all the same, nothing is late, and few calls are spent", async (t) => {
  const home = await startHome(t, { points: [flat({ meter: { curveCollectedFrom: null } })] });
  const snapshot = await run(home, "2026-11-28T21:00:00Z");
  await assertTold(home, "no_load_curve", { fr: /courbe de charge/, en: /load curve/ });
  assert.equal(flowIn(snapshot).latest?.date, "2026-11-26");
  assert.equal(pointIn(snapshot).late, false);
  // 20 October to 26 November.
  assert.equal((await home.audit.countReadings())[0]?.dailyReadings, 12 + 26);
  const curves = home.gateway.control.calls.filter(
    (call) => call.path.includes("/detail") && call.at > at("2026-11-23T00:00:00Z"),
  );
  assert.ok(curves.length <= 12, `${curves.length} questions in six days`);
  assert.deepEqual(home.gateway.control.everBlacklisted(housePoint), []);
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-27" });
});

test("a curve collected only since some months is found to its first day, and older days are estimates", async (t) => {
  const home = await startHome(t, {
    points: [flat({ activationDate: "2025-06-01", meter: { curveCollectedFrom: "2026-08-14" } })],
  });
  await run(home, "2026-11-22T21:00:00Z");
  await assertNothingTold(home);
  assert.equal((await dayOf(home, "2026-08-14"))?.quality, "complete");
  assert.equal((await dayOf(home, "2026-08-13"))?.quality, "estimated");
  // Where the curve ends cannot be known before it is asked: only days without any may be hidden by that.
  assert.ok(home.gateway.control.everBlacklisted(housePoint).every((date) => date < "2026-08-14"));
  await assertMirrors(home, { from: "2025-06-01", to: "2026-11-21" });
});

for (const { flow, activationDate } of [
  { flow: "consumption", activationDate: "2026-04-11" },
  { flow: "production", activationDate: "2026-02-19" },
] as const) {
  test(`an activation date that nobody tells (${flow}): its first day is found by halving, in the shape of each route`, async (t) => {
    const house = flow === "consumption" ? flat : solarHouse;
    const home = await startHome(t, { points: [house({ activationDate, listed: { activationDate: null } })] });
    // The contract is refused, for ever.
    home.gateway.control.addFault({
      route: "/enedis/contract/",
      effect: { kind: "enedis", refusal: { code: "no_data_found", text: "no measure found for this usage point" } },
    });
    const snapshot = await run(home, "2026-11-24T21:00:00Z");
    await assertNothingTold(home);
    assert.equal(flowIn(snapshot, flow).index?.from, activationDate);
    assert.equal(await dayOf(home, addDays(localDate(activationDate), -1), flow), null);
    assert.equal((await dayOf(home, activationDate, flow))?.quality, "complete");
    const [power] = await home.database.sql<{ first: string }[]>`select min(date) as first from max_power`;
    assert.equal(power?.first, activationDate);
    assert.deepEqual(home.gateway.control.everBlacklisted(housePoint), []);
    await assertMirrors(home, { from: activationDate, to: "2026-11-23" });
  });
}

test("a meter whose consent begins later than its activation is read from there on", async (t) => {
  const home = await startHome(t, {
    points: [flat({ activationDate: "2026-03-01", meter: { consentFrom: "2026-09-10" } })],
  });
  const snapshot = await run(home, "2026-11-24T21:00:00Z");
  await assertNothingTold(home);
  assert.equal(flowIn(snapshot).yesterday?.date, "2026-11-23");
  assert.equal(flowIn(snapshot).index?.from, "2026-09-10");
  await assertMirrors(home, { from: "2026-09-10", to: "2026-11-23" });
});
