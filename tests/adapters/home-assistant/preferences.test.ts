import assert from "node:assert/strict";
import { test } from "node:test";
import type { GridSource } from "../../../src/sync/statistics/recorder.ts";
import {
  core,
  failureOf,
  friendly,
  open,
  readerToken,
  scripted,
  session,
  startDouble,
  unknownCommand,
} from "./support.ts";

const grid = (from: string): GridSource => ({
  type: "grid",
  stat_energy_from: from,
  stat_energy_to: null,
  stat_cost: null,
  stat_compensation: null,
  entity_energy_price: null,
  number_energy_price: null,
  entity_energy_price_export: null,
  number_energy_price_export: null,
  cost_adjustment_day: 0,
});

test("before the dashboard was ever set up there are no preferences", async (t) => {
  const { loadPreferences } = await session(t, await startDouble(t));
  assert.equal(await loadPreferences(), null);
});

test("saved sources are what Home Assistant then holds, and the other lists stay", async (t) => {
  const world = await startDouble(t);
  const devices = [{ stat_consumption: "sensor.oven", name: "Four" }];
  const solar = { type: "solar", stat_energy_from: "sensor.roof", config_entry_solar_forecast: null };
  world.double.preferences = { energy_sources: [solar], device_consumption: devices, device_consumption_water: [] };
  const { loadPreferences, saveEnergySources } = await session(t, world);
  const before = await loadPreferences();
  assert.deepEqual(before, { energySources: [solar], deviceConsumption: devices });
  const after = await saveEnergySources([...(before?.energySources ?? []), grid("linky_bridge:a")]);
  assert.deepEqual(after, { energySources: [solar, grid("linky_bridge:a")], deviceConsumption: devices });
  assert.deepEqual(await loadPreferences(), after);
  assert.deepEqual(world.double.preferences?.device_consumption, devices);
});

test("fields of sources that nobody here knows are kept", async (t) => {
  let saved: unknown;
  const source = { type: "wind", stat_energy_from: "sensor.mill", future: { deep: [1, null] } };
  const url = await scripted(
    t,
    friendly(({ type, ...message }, reply) => {
      if (type === "auth/current_user") return reply(unknownCommand);
      if (type === "energy/save_prefs") saved = message;
      reply({ success: true, result: { energy_sources: [source], device_consumption: [], other: 1 } });
    }),
  );
  const { loadPreferences, saveEnergySources, close } = await open(core(url));
  const preferences = await loadPreferences();
  assert.deepEqual(preferences?.energySources, [source]);
  await saveEnergySources(preferences?.energySources ?? []);
  assert.deepEqual(saved, { id: 4, energy_sources: [source] });
  await close();
});

test("refused preferences carry Home Assistant's own words, and change nothing", async (t) => {
  const world = await startDouble(t);
  const { saveEnergySources } = await session(t, world);
  const { reason, text } = await failureOf(saveEnergySources([grid("linky_bridge:a"), grid("linky_bridge:a")]));
  assert.equal(reason, "refused");
  assert.match(text.fr, /^Home Assistant refuse la demande : « .{10,} »/);
  assert.equal(world.double.preferences, null);
});

test("a token that can only read sees the preferences and cannot save them", async (t) => {
  const { url } = await startDouble(t);
  const { loadPreferences, saveEnergySources, close } = await open(core(url, readerToken));
  assert.equal(await loadPreferences(), null);
  assert.equal((await failureOf(saveEnergySources([grid("linky_bridge:a")]))).reason, "not_admin");
  await close();
});
