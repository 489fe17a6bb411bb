import assert from "node:assert/strict";
import { test } from "node:test";
import { localDate } from "../../src/domain/calendar.ts";
import { usagePointId } from "../../src/domain/units.ts";
import { producerPoint } from "../../src/simulator/homes.ts";
import { scaled } from "../../src/simulator/meter.ts";
import {
  assertMirrors,
  assertNothingTold,
  callsOn,
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

test("what panels do not give at night is zero and known, slot by slot", async (t) => {
  const home = await startHome(t, { points: [solarHouse()] });
  const snapshot = await run(home, "2026-11-22T21:00:00Z");
  const [day] = await home.store.loadDayInputs(pointIn(snapshot).id, "production", {
    from: localDate("2026-11-20"),
    to: localDate("2026-11-20"),
  });
  // Before 06:00 in Paris, in November: twelve half-hours of 0 W, held like any other.
  assert.deepEqual(
    day?.slots.slice(0, 12).map((slot) => slot.powerW),
    new Array(12).fill(0),
  );
  assert.equal((await dayOf(home, "2026-11-20", "production"))?.quality, "complete");
  await assertNothingTold(home);
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-21" });
});

test("a production day of 0 Wh is a known day of 0 Wh, published as 0", async (t) => {
  const home = await startHome(t, { points: [solarHouse()] });
  // Snow on the panels, on the last two days.
  for (const date of ["2026-11-20", "2026-11-21"])
    meterOf(home).corrections.push(
      scaled({ flow: "production", date: localDate(date), visibleFrom: home.clock.now() }, 0),
    );
  const snapshot = await run(home, "2026-11-22T21:00:00Z");
  assert.deepEqual(await dayOf(home, "2026-11-21", "production"), { energyWh: 0, quality: "complete", minutes: 1440 });
  assert.equal(flowIn(snapshot, "production").yesterday?.energyWh, 0);
  const payload = JSON.parse(
    home.messages().get(`myelectricaldata/${pointIn(snapshot).id}/production/yesterday`) ?? "",
  );
  assert.equal(payload.value, 0);
  assert.deepEqual(await inquiryOf(home, "2026-11-21", "production_daily"), { answer: "complete", tries: 0 });
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-21" });
});

test("a list that announces production where there is none: told by no figure, asked once a month, in nobody's way", async (t) => {
  const home = await startHome(t, { points: [flat({ listed: { hasProduction: true } })] });
  const snapshot = await run(home, "2026-11-27T21:00:00Z");
  await assertNothingTold(home);
  assert.equal(flowIn(snapshot).yesterday?.date, "2026-11-26");
  const asked = home.gateway.control.calls.filter((call) => call.path.includes("/production/"));
  assert.ok(asked.length <= 2, `${asked.length} questions`);
  // Whatever is shown of it, it is not known.
  for (const flow of pointIn(snapshot).flows.filter((candidate) => candidate.flow === "production"))
    assert.deepEqual([flow.latest, flow.yesterday, flow.month, flow.year, flow.index], [null, null, null, null, null]);
  const { knownDays, wantedDays } = pointIn(snapshot).history;
  assert.equal(knownDays, wantedDays);
  // 20 to 31 October and 26 days of November.
  assert.equal(
    (await home.audit.countReadings()).find(({ flow }) => flow === "consumption")?.slots,
    (12 + 26) * 48 + 2,
  );
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-26" });
});

test("a consumption point listed with consumption it does not have is left alone the same way", async (t) => {
  const point = producerPoint({ usagePointId: "98765432109876", seed: 3, activationDate: "2026-10-20" });
  const home = await startHome(t, { points: [{ ...point, listed: { ...point.listed, hasConsumption: true } }] });
  const snapshot = await run(home, "2026-11-23T21:00:00Z");
  await assertNothingTold(home);
  assert.equal(flowIn(snapshot, "production", "98765432109876").yesterday?.date, "2026-11-22");
  const asked = home.gateway.control.calls.filter((call) => /consumption|power/.test(call.path));
  assert.ok(asked.length <= 2, `${asked.length} questions`);
});

test("a point that only produces gives its days, without contract, and without any consumption", async (t) => {
  const roof = usagePointId("98765432109876");
  const home = await startHome(t, {
    points: [producerPoint({ usagePointId: roof, seed: 3, activationDate: "2026-10-20" })],
  });
  const snapshot = await run(home, "2026-11-24T21:00:00Z");
  await assertNothingTold(home);
  assert.deepEqual(
    pointIn(snapshot, roof).flows.map(({ flow }) => flow),
    ["production"],
  );
  assert.equal(flowIn(snapshot, "production", roof).yesterday?.date, "2026-11-23");
  assert.equal(pointIn(snapshot, roof).maxPower, null);
  assert.equal(pointIn(snapshot, roof).subscribedPowerKva, null);
  assert.equal(callsOn(home, "2026-11-24", "/contract/").length, 0);
  assert.deepEqual(home.gateway.control.everBlacklisted(roof), []);
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-23", point: roof });
});
