import assert from "node:assert/strict";
import { test } from "node:test";
import type { EnergyPreferences } from "../../../src/simulator/home-assistant/preferences.ts";
import { energy, energyId, home } from "./client.ts";

const grid = { type: "grid", stat_energy_from: energyId, cost_adjustment_day: 0 };
const costId = "linky_bridge:m1_cost";

test("there are no preferences before the first are saved, and then all keys of a grid source are there", async (t) => {
  const { double, connect } = await home(t);
  const client = await connect().authenticate();
  const none = await client.reply("energy/get_prefs");
  assert.deepEqual(none.error, { code: "not_found", message: "No prefs" });
  const saved = await client.result("energy/save_prefs", { energy_sources: [{ ...grid, stat_cost: costId }] });
  assert.deepEqual(saved, {
    energy_sources: [
      {
        type: "grid",
        stat_energy_from: energyId,
        stat_energy_to: null,
        stat_cost: costId,
        entity_energy_price: null,
        number_energy_price: null,
        stat_compensation: null,
        entity_energy_price_export: null,
        number_energy_price_export: null,
        cost_adjustment_day: 0,
      },
    ],
    device_consumption: [],
    device_consumption_water: [],
  });
  assert.deepEqual(await client.result("energy/get_prefs"), saved);
  assert.deepEqual(double.preferences, saved);
});

test("a list that is given replaces the one kept, a list that is not stays", async (t) => {
  const client = await (await home(t)).connect().authenticate();
  const device = { stat_consumption: "sensor.washing", name: "Lave-linge" };
  const other = { ...grid, stat_energy_from: "linky:2" };
  await client.result("energy/save_prefs", { energy_sources: [grid, other], device_consumption: [device] });
  const saved = (await client.result("energy/save_prefs", { energy_sources: [other] })) as EnergyPreferences;
  assert.deepEqual(
    saved.energy_sources.map(({ stat_energy_from }) => stat_energy_from),
    ["linky:2"],
  );
  assert.deepEqual(saved.device_consumption, [device]);
});

const { cost_adjustment_day: _day, ...withoutDay } = grid;
const refusals: readonly (readonly [string, object])[] = [
  ["the former lists", { energy_sources: [{ type: "grid", flow_from: [], flow_to: [], cost_adjustment_day: 0 }] }],
  ["flow_from beside the flat form", { energy_sources: [{ ...grid, flow_from: [] }] }],
  ["an unknown key in a source", { energy_sources: [{ ...grid, colour: "blue" }] }],
  ["an unknown type of source", { energy_sources: [{ ...grid, type: "nuclear" }] }],
  ["no cost_adjustment_day", { energy_sources: [withoutDay] }],
  ["nothing to count", { energy_sources: [{ type: "grid", cost_adjustment_day: 0 }] }],
  ["one id in two grids", { energy_sources: [grid, grid] }],
  [
    "one export id in two grids",
    {
      energy_sources: [
        { ...grid, stat_energy_to: "a:b" },
        { ...grid, stat_energy_from: "c:d", stat_energy_to: "a:b" },
      ],
    },
  ],
  [
    "both prices of an entity",
    {
      energy_sources: [
        { ...grid, stat_energy_from: "sensor.x", entity_energy_price: "sensor.price", number_energy_price: 0.2 },
      ],
    },
  ],
  [
    "both export prices",
    {
      energy_sources: [
        {
          ...grid,
          stat_energy_to: "sensor.x",
          entity_energy_price_export: "sensor.p",
          number_energy_price_export: 0.1,
        },
      ],
    },
  ],
  ["a fixed price on an external id", { energy_sources: [{ ...grid, number_energy_price: 0.2 }] }],
  ["a price entity on an external id", { energy_sources: [{ ...grid, entity_energy_price: "sensor.price" }] }],
  [
    "an export price on an external id",
    { energy_sources: [{ ...grid, stat_energy_to: "a:b", number_energy_price_export: 0.1 }] },
  ],
  [
    "two ways to tell the power",
    { energy_sources: [{ ...grid, power_config: { stat_rate: "a", stat_rate_inverted: "b" } }] },
  ],
  ["half a pair of powers", { energy_sources: [{ ...grid, power_config: { stat_rate_from: "a" } }] }],
  ["an unknown key in a device", { device_consumption: [{ stat_consumption: "sensor.x", colour: "blue" }] }],
  ["a device without statistic", { device_consumption: [{ name: "Four" }] }],
  ["an unknown list", { devices: [] }],
  ["a solar source with a price", { energy_sources: [{ type: "solar", stat_energy_from: "a:b", stat_cost: null }] }],
];

for (const [what, sent] of refusals) {
  test(`preferences are refused for ${what}, and stay as they were`, async (t) => {
    const { double, connect } = await home(t);
    const client = await connect().authenticate();
    assert.equal(await client.code("energy/save_prefs", sent), "invalid_format");
    assert.equal(double.preferences, null);
  });
}

const accepted: readonly (readonly [string, object])[] = [
  ["a cost statistic and a price", { ...grid, stat_cost: costId, number_energy_price: 0.2 }],
  ["a fixed price on an entity", { ...grid, stat_energy_from: "sensor.x", number_energy_price: 0.2 }],
  ["an export alone", { type: "grid", stat_energy_to: "a:b", stat_compensation: "a:c", cost_adjustment_day: 0 }],
  ["a power alone", { type: "grid", power_config: { stat_rate_from: "a", stat_rate_to: "b" }, cost_adjustment_day: 0 }],
  ["a solar source", { type: "solar", stat_energy_from: "sensor.sun", config_entry_solar_forecast: ["x"] }],
  ["gas", { type: "gas", stat_energy_from: "sensor.gas", number_energy_price: 1 }],
];
for (const [what, source] of accepted) {
  test(`preferences are taken with ${what}`, async (t) => {
    const client = await (await home(t)).connect().authenticate();
    assert.equal(await client.code("energy/save_prefs", { energy_sources: [source] }), "success");
  });
}

test("one id may be the import of one grid and the export of another", async (t) => {
  const client = await (await home(t)).connect().authenticate();
  const mirror = { type: "grid", stat_energy_to: energyId, cost_adjustment_day: 0 };
  assert.equal(await client.code("energy/save_prefs", { energy_sources: [grid, mirror] }), "success");
});

test("until 2026.4 a price on an external id was accepted", async (t) => {
  const priced = { energy_sources: [{ ...grid, number_energy_price: 0.2 }] };
  const before = await (await home(t, { version: "2026.4.3" })).connect().authenticate();
  assert.equal(await before.code("energy/save_prefs", priced), "success");
  const after = await (await home(t, { version: "2026.5.0" })).connect().authenticate();
  assert.equal(await after.code("energy/save_prefs", priced), "invalid_format");
});

test("validate tells what does not exist, and accepts an external series however wrong it is", async (t) => {
  const { double, connect } = await home(t);
  const client = await connect().authenticate();
  const device = { stat_consumption: "sensor.washing" };
  await client.result("energy/save_prefs", {
    energy_sources: [{ ...grid, stat_cost: costId }],
    device_consumption: [device],
  });
  double.seed({ ...energy, has_sum: false, unit_of_measurement: "EUR", unit_class: null }, []);
  const issue = (type: string, id: string): object => ({
    type,
    affected_entities: [[id, null]],
    translation_placeholders: null,
  });
  assert.deepEqual(await client.result("energy/validate"), {
    energy_sources: [[issue("statistics_not_defined", costId)]],
    device_consumption: [
      [issue("statistics_not_defined", "sensor.washing"), issue("entity_not_defined", "sensor.washing")],
    ],
    device_consumption_water: [],
  });
  double.seed({ ...energy, statistic_id: costId }, []);
  double.seed({ ...energy, statistic_id: "sensor.washing", source: "recorder" }, []);
  double.setStates([{ entity_id: "sensor.washing", state: "12" }]);
  assert.deepEqual(await client.result("energy/validate"), {
    energy_sources: [[]],
    device_consumption: [[]],
    device_consumption_water: [],
  });
});

test("info knows no cost sensors", async (t) => {
  const client = await (await home(t)).connect().authenticate();
  assert.deepEqual(await client.result("energy/info"), { cost_sensors: {}, solar_forecast_domains: [] });
});
