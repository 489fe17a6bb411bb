import assert from "node:assert/strict";
import { test } from "node:test";
import { solarHome } from "../../src/simulator/homes.ts";
import { HomeRun, housePoint } from "../support/home-run.ts";
import { testDatabase } from "../support/test-database.ts";

const solar = () => solarHome({ usagePointId: housePoint, seed: 7, name: "Maison" });

test("the first day of a producer's installation: all history within the fifty calls, and the second run does nothing", async (t) => {
  const home = new HomeRun(await testDatabase(t), { start: "2026-11-21T10:00:00Z", points: [solar()] });
  await home.until("2026-11-21T23:30:00Z");

  const counts = await home.audit.countReadings();
  const byFlow = Object.fromEntries(counts.map((count) => [count.flow, count]));
  // 729 days of half-hours, from 2024-11-22 to 2026-11-20, two autumn and two spring changes: 729 × 48 slots.
  assert.equal(byFlow.consumption?.slots, 729 * 48);
  assert.equal(byFlow.production?.slots, 729 * 48);
  // The official consumption of yesterday cannot be had; three years: 1095 and 1096 days.
  assert.equal(byFlow.consumption?.dailyReadings, 1095);
  assert.equal(byFlow.production?.dailyReadings, 1096);
  const { history } = home.snapshot.usagePoints[0] ?? assert.fail("no usage point");
  assert.equal(history.knownDays, history.wantedDays);
  const { no_cache: used } = home.gateway.control.used("cli_test");
  assert.ok(used <= 50, `${used} calls`);
  assert.deepEqual(home.gateway.control.everBlacklisted(housePoint), []);
  assert.deepEqual(await home.faults(), []);

  const calls = home.gateway.control.calls.length;
  const rows = await home.fingerprint();
  const messages = [...home.messages()];
  await home.pass();
  assert.equal(home.gateway.control.calls.length, calls);
  assert.equal(await home.fingerprint(), rows);
  assert.deepEqual([...home.messages()], messages);
});

test("an hour with nothing new writes no row, asks nothing and publishes nothing but the hour itself", async (t) => {
  const home = new HomeRun(await testDatabase(t), { start: "2026-11-21T10:00:00Z", points: [solar()] });
  await home.until("2026-11-21T19:05:00Z");
  const rows = await home.fingerprint();
  const calls = home.gateway.control.calls.length;
  const before = home.messages();
  await home.until("2026-11-21T20:04:00Z");
  assert.equal(await home.fingerprint(), rows);
  assert.equal(home.gateway.control.calls.length, calls);
  const changed = [...home.messages()]
    .filter(([topic, payload]) => before.get(topic) !== payload)
    .map(([topic]) => topic);
  assert.deepEqual(changed, ["myelectricaldata/ecowatt/current", "myelectricaldata/ecowatt/forecast"]);
});
