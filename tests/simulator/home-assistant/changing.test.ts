import assert from "node:assert/strict";
import { test } from "node:test";
import { at, energy, energyId, home } from "./client.ts";

const rows = [1, 2, 3].map((hour) => ({ start: at(`2026-11-18T0${hour}:00:00Z`), state: 1, sum: hour }));
const prefs = {
  energy_sources: [{ type: "grid", stat_energy_from: energyId, cost_adjustment_day: 0 }],
  device_consumption: [],
};

test("clear takes rows and metadata, waits for the recorder, and leaves the preferences alone", async (t) => {
  const { double, connect } = await home(t, { commit: { delayMs: 20 } });
  double.seed(energy, rows);
  double.seed({ ...energy, statistic_id: "linky_bridge:m1_consumption_2" }, rows);
  double.preferences = prefs;
  const client = await connect().authenticate();
  assert.equal(await client.result("recorder/clear_statistics", { statistic_ids: [energyId] }), null);
  assert.deepEqual(double.ids(), ["linky_bridge:m1_consumption_2"]);
  assert.deepEqual(double.rows(energyId), []);
  assert.deepEqual(double.preferences, prefs);
});

test("a clear that does not end in time is answered with timeout, and done all the same", async (t) => {
  const { double, connect } = await home(t, { commit: { delayMs: 80 }, limits: { jobMs: 20 } });
  double.seed(energy, rows);
  const client = await connect().authenticate();
  assert.equal(await client.code("recorder/clear_statistics", { statistic_ids: [energyId] }), "timeout");
  assert.deepEqual(double.ids(), [energyId]);
  await double.settled();
  assert.deepEqual(double.ids(), []);
});

test("clear and new labels of an unknown id succeed and do nothing", async (t) => {
  const { double, connect } = await home(t);
  const client = await connect().authenticate();
  const label = { unit_of_measurement: "Wh", unit_class: "energy" };
  assert.equal(await client.code("recorder/clear_statistics", { statistic_ids: ["a:b"] }), "success");
  assert.equal(await client.code("recorder/update_statistics_metadata", { statistic_id: "a:b", ...label }), "success");
  assert.deepEqual(double.ids(), []);
});

test("new metadata are a label: no number is converted", async (t) => {
  const { double, connect } = await home(t);
  double.seed({ ...energy, unit_of_measurement: "EURO", unit_class: null }, rows);
  const client = await connect().authenticate();
  const label = { statistic_id: energyId, unit_of_measurement: "EUR", unit_class: null };
  assert.equal(await client.result("recorder/update_statistics_metadata", label), null);
  assert.equal(double.metadata(energyId)?.unit_of_measurement, "EUR");
  assert.deepEqual(
    double.rows(energyId).map(({ sum }) => sum),
    [1, 2, 3],
  );
  const { unit_class: _class, ...bare } = label;
  assert.equal(await client.code("recorder/update_statistics_metadata", bare), "invalid_format");
});

test("a class of null stays null; where it is left out it is guessed until 2026.10, and unknown before 2025.11", async (t) => {
  const { double, connect } = await home(t, { version: "2026.10.0" });
  double.seed(energy, rows);
  const client = await connect().authenticate();
  const label = { statistic_id: energyId, unit_of_measurement: "Wh" };
  await client.result("recorder/update_statistics_metadata", { ...label, unit_class: null });
  assert.equal(double.metadata(energyId)?.unit_class, null);
  assert.deepEqual(double.warnings, []);
  await client.result("recorder/update_statistics_metadata", label);
  assert.equal(double.metadata(energyId)?.unit_class, "energy");
  assert.equal(double.warnings.length, 1);
  const old = await (await home(t, { version: "2025.10.0" })).connect().authenticate();
  const classed = { ...label, unit_class: "energy" };
  assert.equal(await old.code("recorder/update_statistics_metadata", classed), "invalid_format");
  assert.equal(await old.code("recorder/update_statistics_metadata", label), "success");
});

test("an adjustment is added to every sum from its time on, in the unit given, and once more when sent again", async (t) => {
  const { double, connect } = await home(t);
  double.seed(energy, rows);
  const client = await connect().authenticate();
  const adjustment = {
    statistic_id: energyId,
    start_time: "2026-11-18T02:00:00Z",
    adjustment: 500,
    adjustment_unit_of_measurement: "Wh",
  };
  for (let time = 0; time < 2; time++) await client.result("recorder/adjust_sum_statistics", adjustment);
  await double.settled();
  assert.deepEqual(
    double.rows(energyId).map(({ state, sum }) => [state, sum]),
    [
      [1, 1],
      [1, 3],
      [1, 4],
    ],
  );
});

for (const [what, fields, code] of [
  ["an unknown id", { statistic_id: "a:b" }, "unknown_statistic_id"],
  ["a time that is none", { start_time: "noon" }, "invalid_start_time"],
  ["a unit of another class", { adjustment_unit_of_measurement: "kW" }, "invalid_units"],
  ["money", { adjustment_unit_of_measurement: "EUR" }, "invalid_units"],
  ["no unit", { adjustment_unit_of_measurement: undefined }, "invalid_format"],
] as const) {
  test(`an adjustment is refused for ${what}`, async (t) => {
    const { double, connect } = await home(t);
    double.seed(energy, rows);
    const client = await connect().authenticate();
    const good = {
      statistic_id: energyId,
      start_time: "2026-11-18T02:00:00Z",
      adjustment: 1,
      adjustment_unit_of_measurement: "kWh",
    };
    assert.equal(await client.code("recorder/adjust_sum_statistics", { ...good, ...fields }), code);
    assert.equal(await client.code("recorder/adjust_sum_statistics", good), "success");
  });
}

test("units are changed and numbers converted for an entity, and not for an external series", async (t) => {
  const { double, connect } = await home(t);
  double.seed(energy, rows);
  double.seed({ ...energy, statistic_id: "sensor.clamp", source: "recorder" }, rows);
  const client = await connect().authenticate();
  const change = { new_unit_of_measurement: "Wh", old_unit_of_measurement: "kWh" };
  for (const statistic_id of [energyId, "sensor.clamp"])
    await client.result("recorder/change_statistics_unit", { statistic_id, ...change });
  await double.settled();
  assert.equal(double.metadata(energyId)?.unit_of_measurement, "kWh");
  assert.deepEqual(
    double.rows(energyId).map(({ sum }) => sum),
    [1, 2, 3],
  );
  assert.equal(double.metadata("sensor.clamp")?.unit_of_measurement, "Wh");
  assert.deepEqual(
    double.rows("sensor.clamp").map(({ sum }) => sum),
    [1_000, 2_000, 3_000],
  );
});
