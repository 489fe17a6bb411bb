import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf } from "../../src/domain/calendar.ts";
import { hourMs, instant } from "../../src/domain/units.ts";
import { SteppedClock } from "../../src/shared/clock.ts";
import { seedHaLinky } from "../../src/simulator/home-assistant/former-tools.ts";
import { noteOutcome } from "../../src/sync/statistics/outcome.ts";
import { HomeAssistantFailure } from "../../src/sync/statistics/recorder.ts";
import { slotsOn } from "../contracts/store-builders.ts";
import {
  adminToken,
  dates,
  everythingIn,
  meter,
  StatisticsWorld,
  type WorldOptions,
} from "../support/statistics-world.ts";
import { type Answer, codeOf, jsonOf, partsOf, post, send, serve } from "./api.ts";

const base = `linky_bridge:consumption_${meter}_base`;

/** A world with five days of a steady 600 W, written to Home Assistant, and its API. */
async function open(t: Parameters<typeof StatisticsWorld.open>[0], options: WorldOptions = {}) {
  const world = await StatisticsWorld.open(t, options);
  await world.ingest(dates("2026-11-10", "2026-11-14").flatMap((date) => slotsOn(date, 600)));
  if (options.token === undefined) await world.run();
  const { url } = await serve(t, partsOf(world));
  return { world, url };
}

test("health tells what works and since when", async (t) => {
  const { world, url } = await open(t);
  const health = async () => jsonOf(await send(`${url}/health`));
  assert.deepEqual(await health(), {
    status: "up",
    version: "1.2.3",
    database: { isReachable: true },
    lastPass: null,
    homeAssistant: { state: "waiting", url: world.homeAssistant.url },
  });
  await noteOutcome(world.store, world.clock.now(), await world.run({ check: true }));
  const { state, since } = Object.fromEntries(Object.entries((await health()).homeAssistant ?? {}));
  assert.deepEqual([state, since], ["up", new Date(world.clock.now()).toISOString()]);
  const text = { fr: "Home Assistant ne répond pas.", en: "Home Assistant does not answer." };
  await noteOutcome(world.store, world.clock.now(), new HomeAssistantFailure("unreachable", text));
  const down = Object.fromEntries(Object.entries((await health()).homeAssistant ?? {}));
  assert.deepEqual([down.state, down.reason], ["down", "home_assistant_unreachable"]);
});

test("health tells what keeps the service from storing, with 200: no restart would help", async (t) => {
  const { world } = await open(t);
  const full = {
    code: "disk_full" as const,
    text: { fr: "Le disque est plein.", en: "The disk is full." },
    detail: "",
  };
  const since = instant(Date.UTC(2026, 10, 21, 9));
  const { url } = await serve(t, { ...partsOf(world), trouble: () => ({ ...full, since }) });
  const health = jsonOf(await send(`${url}/health`), 200);
  assert.equal(health.status, "degraded");
  assert.deepEqual(health.problem, { code: "disk_full", since: "2026-11-21T09:00:00.000Z", ...full.text });
});

test("health says so where the database is gone, with 503", async (t) => {
  const world = await StatisticsWorld.open(t);
  const store = { ...world.store, loadTasks: async () => Promise.reject(new Error("gone")) };
  const { url } = await serve(t, { ...partsOf(world), store });
  assert.equal(jsonOf(await send(`${url}/health`), 503).status, "down");
});

test("the mapping table: ids, units, hours and how far each series is written", async (t) => {
  const { world, url } = await open(t);
  const { series, pending, problems } = jsonOf(await send(`${url}/api/statistics`));
  assert.deepEqual(series, [
    {
      usagePoint: meter,
      flow: "consumption",
      measure: "energy",
      role: "base",
      statisticId: base,
      name: `Consommation ${meter} Base`,
      unit: "kWh",
      baseWh: 0,
      // Five days of 600 W: 5 × 24 × 600 Wh.
      energyWh: 72_000,
      totalEur: null,
      firstHour: "2026-11-09T23:00:00.000Z",
      lastHour: "2026-11-14T22:00:00.000Z",
      writtenUntil: null,
      foreignAt: null,
      repairedAt: null,
    },
  ]);
  assert.deepEqual([pending, problems], [[], []]);
  await world.store.rewriteFrom((await world.store.loadSeries())[0]?.id ?? 0, null);
  const { series: dirty } = jsonOf(await send(`${url}/api/statistics`));
  assert.match(JSON.stringify(dirty), /"writtenUntil":"2026-11-09T23:00:00.000Z"/);
});

test("the dashboard: proposed, added once confirmed, given back once confirmed", async (t) => {
  const { world, url } = await open(t);
  const review = jsonOf(await send(`${url}/api/energy`));
  assert.equal(review.isSetUp, false);
  const apply = (body: object): Promise<Answer> => post(`${url}/api/energy/apply`, body);
  assert.equal(codeOf(await apply({ digest: review.digest }), 400), "not_confirmed");
  assert.equal(codeOf(await apply({ digest: review.digest, confirm: false }), 400), "not_confirmed");
  assert.equal(codeOf(await apply({ digest: review.digest, confirm: "true" }), 400), "invalid_request");
  assert.equal(codeOf(await apply({ digest: "of another day", confirm: true }), 409), "changed");
  assert.equal(codeOf(await apply({ confirm: true }), 400), "invalid_request");
  assert.equal(
    codeOf(await apply({ digest: review.digest, replace: ["sensor.none"], confirm: true }), 400),
    "unknown_id",
  );
  const sourcesIn = () => world.double.preferences?.energy_sources;
  assert.equal(sourcesIn(), undefined);

  const applied = jsonOf(await apply({ digest: review.digest, confirm: true }));
  assert.deepEqual(applied.added, [base]);
  assert.equal(sourcesIn()?.length, 1);
  assert.equal(codeOf(await apply({ digest: review.digest, confirm: true }), 409), "changed");

  assert.equal(codeOf(await post(`${url}/api/energy/undo`, {}), 400), "not_confirmed");
  assert.deepEqual(jsonOf(await post(`${url}/api/energy/undo`, { confirm: true })).removed, [base]);
  assert.deepEqual(sourcesIn(), []);
  assert.equal(codeOf(await post(`${url}/api/energy/undo`, { confirm: true }), 409), "nothing_to_undo");
});

test("a dashboard changed by hand since it was shown stays as it is", async (t) => {
  const { world, url } = await open(t);
  const { digest } = jsonOf(await send(`${url}/api/energy`));
  const byHand = { energy_sources: [{ type: "solar", stat_energy_from: "sensor.panels" }], device_consumption: [] };
  world.double.preferences = byHand;
  assert.equal(codeOf(await post(`${url}/api/energy/apply`, { digest, confirm: true }), 409), "changed");
  assert.deepEqual(world.double.preferences, byHand);

  const again = jsonOf(await send(`${url}/api/energy`));
  jsonOf(await post(`${url}/api/energy/apply`, { digest: again.digest, confirm: true }));
  world.double.preferences = byHand;
  const undone = jsonOf(await post(`${url}/api/energy/undo`, { confirm: true }));
  assert.equal(undone.wasUndone, true);
});

test("two clicks at once add the sources once", async (t) => {
  const { world, url } = await open(t);
  const { digest } = jsonOf(await send(`${url}/api/energy`));
  const both = await Promise.all([1, 2].map(() => post(`${url}/api/energy/apply`, { digest, confirm: true })));
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 409]);
  assert.equal(world.double.traffic.count("energy/save_prefs"), 1);
});

test("Home Assistant that is not set, absent or closed to writing is said, without its token", async (t) => {
  const { world, url } = await open(t);
  const off = await serve(t, { ...partsOf(world), statistics: null });
  for (const path of ["/api/energy", "/api/adoption"])
    assert.equal(codeOf(await send(off.url + path), 409), "home_assistant_off");
  assert.deepEqual(jsonOf(await send(`${off.url}/health`)).homeAssistant, { state: "off" });

  const { digest } = jsonOf(await send(`${url}/api/energy`));
  world.double.down();
  const answer = await post(`${url}/api/energy/apply`, { digest, confirm: true });
  assert.equal(codeOf(answer, 503), "home_assistant_unreachable");
  assert.ok(!answer.text.includes(adminToken));
});

const house = (from: string, to: string) =>
  dates(from, to).flatMap((date) =>
    Array.from({ length: 24 }, (_, hour) => ({
      start: instant(boundsOf(date).start + hour * hourMs),
      energyWh: 300 + 10 * hour,
    })),
  );

test("a former tool's history: found, previewed, taken over once confirmed, given back once confirmed", async (t) => {
  const clock = new SteppedClock(instant(Date.UTC(2026, 10, 21, 8)));
  const world = await StatisticsWorld.open(t, { clock });
  seedHaLinky(world.double, { usagePoint: meter, hours: house("2026-11-01", "2026-11-12") });
  await world.ingest(dates("2026-11-10", "2026-11-14").flatMap((date) => slotsOn(date, 600)));
  await world.run();
  const before = everythingIn(world.double);
  const { url } = await serve(t, partsOf(world));

  const { found, adoptions } = jsonOf(await send(`${url}/api/adoption`));
  assert.deepEqual(adoptions, []);
  assert.ok(Array.isArray(found) && found.length === 1);
  assert.match(JSON.stringify(found), /"tool":"ha_linky"/);
  const request = { tool: "ha_linky", usagePoint: meter, mode: "copy" };
  const preview = jsonOf(await post(`${url}/api/adoption/preview`, request));
  assert.match(JSON.stringify(preview), new RegExp(base));
  assert.deepEqual(everythingIn(world.double), before);
  assert.equal(codeOf(await post(`${url}/api/adoption/apply`, request), 400), "not_confirmed");
  for (const wrong of [
    { ...request, tool: "abacus" },
    { ...request, usagePoint: "12" },
    { ...request, until: "2026-02-30" },
    {},
  ])
    assert.equal(codeOf(await post(`${url}/api/adoption/preview`, wrong), 400), "invalid_request");
  assert.equal(
    codeOf(await post(`${url}/api/adoption/preview`, { ...request, tool: "myelectricaldata_v1" }), 409),
    "nothing_found",
  );

  const { adoption } = jsonOf(await post(`${url}/api/adoption/apply`, { ...request, confirm: true }));
  const { id } = Object.fromEntries(Object.entries(adoption ?? {}));
  assert.notDeepEqual(everythingIn(world.double), before);
  assert.equal(codeOf(await post(`${url}/api/adoption/undo`, { id }), 400), "not_confirmed");
  jsonOf(await post(`${url}/api/adoption/undo`, { id, confirm: true }));
  await world.run();
  assert.deepEqual(everythingIn(world.double), before);
  assert.equal(codeOf(await post(`${url}/api/adoption/undo`, { id, confirm: true }), 409), "already_undone");
});
